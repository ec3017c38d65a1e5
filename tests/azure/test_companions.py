"""Companions are found by the section that they have, and say what an entry is known by."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.trees import spec, write_tree

from bikube.azure import all_companions, companion_sections, companions_of, kind_sections
from bikube.azure.companion import by_name
from bikube.azure.companions.role_assignments import COMPANION, Registry, registry_of, role_of

PRINCIPAL = "5D1C3A7E-2b4f-4c6d-8e9f-0a1b2c3d4e5f"
ID = (
    "/subscriptions/3F2B8C1D-6a4e-4f7b-9c2d-8e1a5b6c7d8e/resourcegroups/RG-a"
    "/providers/microsoft.containerregistry/registries/Contoso"
)


def test_each_file_is_called_as_its_section() -> None:
    """Which file a section is in is known without importing any; none is a kind's."""
    assert sorted(one.section for one in all_companions()) == list(companion_sections())
    assert {*companion_sections()}.isdisjoint(kind_sections())
    orders = [(one.order, one.section) for one in all_companions()]
    assert orders == sorted(orders)


def test_companions_are_found_among_other_sections() -> None:
    """Those that are asked for, and no others."""
    assert companions_of({"roleAssignments": [], "registryEndpoints": []}) == (COMPANION,)


def test_a_spec_without_one_imports_none(tmp_path: Path) -> None:
    """Neither what companions are, nor any of them."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    code = (
        "import sys; from bikube.cli.entry import run; run(['lint'])\n"
        "print([one for one in sys.modules if one.startswith('bikube.azure.companion')])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("entry", "identity"),
    [({"name": "a"}, ("a",)), ({"name": ""}, ()), ({"name": 5}, ()), ({}, ())],
)
def test_an_entry_may_be_known_by_its_name(
    entry: dict[str, object], identity: tuple[str, ...]
) -> None:
    """What has none is nothing yet."""
    assert by_name(entry) == identity


@pytest.mark.parametrize(
    ("entry", "identity"),
    [
        (
            {"registry": "Contoso", "principalId": PRINCIPAL},
            ("contoso", PRINCIPAL.lower(), "AcrPull"),
        ),
        (
            {"registry": ID, "principalId": PRINCIPAL, "role": "AcrPull"},
            (ID.lower(), PRINCIPAL.lower(), "AcrPull"),
        ),
        ({"registry": "contoso", "principalId": 5}, ()),
        ({"principalId": PRINCIPAL}, ()),
    ],
)
def test_an_assignment_is_registry_principal_and_role(
    entry: dict[str, object], identity: tuple[str, ...]
) -> None:
    """Azure minds no case."""
    assert COMPANION.identify(entry) == identity


@pytest.mark.parametrize(
    ("entry", "role"),
    [
        ({}, "AcrPull"),
        ({"roleAssignmentMode": "LegacyRegistryPermissions"}, "AcrPull"),
        (
            {"roleAssignmentMode": "AbacRepositoryPermissions"},
            "Container Registry Repository Reader",
        ),
        ({"roleAssignmentMode": "AbacRepositoryPermissions", "role": "AcrPull"}, "AcrPull"),
    ],
)
def test_the_mode_of_the_registry_says_the_role(entry: dict[str, str], role: str) -> None:
    """Unless the entry does."""
    assert role_of(entry) == role


def test_a_registry_is_named_or_pointed_to() -> None:
    """An id says where it is; a name is in the group that is deployed to."""
    assert registry_of("contoso") == Registry("contoso")
    assert registry_of(ID) == Registry("Contoso", "RG-a", "3F2B8C1D-6a4e-4f7b-9c2d-8e1a5b6c7d8e")
