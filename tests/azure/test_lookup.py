"""Kinds are found by the section that they have."""

import subprocess
import sys
from pathlib import Path

import pytest

from bikube.azure import all_kinds, kind_of, kind_sections, kinds_of
from bikube.azure.lookup import KindNotFound


def test_each_file_is_called_as_its_section() -> None:
    """Which file a section is in is known without importing any."""
    assert [kind_of(section).section for section in kind_sections()] == list(kind_sections())
    assert {kind.section for kind in all_kinds()} == set(kind_sections())


def test_kinds_come_in_the_order_in_which_they_deploy() -> None:
    """Those that are asked for, and no others."""
    orders = [(kind.order, kind.section) for kind in all_kinds()]
    assert orders == sorted(orders)
    endpoints = kind_of("registryEndpoints")
    assert kinds_of({"registryEndpoints": 5, "assets": 5}) == (endpoints,)


def test_no_kind_has_a_section_that_is_unknown() -> None:
    """Neither one that is like another."""
    with pytest.raises(KindNotFound):
        kind_of("registryendpoints")


def test_a_spec_pays_for_no_other_section(tmp_path: Path) -> None:
    """A run imports the kinds of the sections that a spec has."""
    entry = "{name: a1b, host: a.azurecr.io, authentication: {method: Anonymous}}"
    (tmp_path / "bikube.yaml").write_text(
        "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a}\n"
        f"registryEndpoints: [{entry}]\ndataflowProfiles: [{{name: a1b}}]\n",
        encoding="utf-8",
    )
    code = (
        "import sys; from bikube.cli.entry import run; run(['lint'])\n"
        "print(*sorted(one for one in sys.modules if one.startswith('bikube.azure.kinds.')))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].split() == [
        "bikube.azure.kinds.dataflow_profiles",
        "bikube.azure.kinds.registry_endpoints",
    ]
