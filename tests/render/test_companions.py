"""What companions are rendered into: files of their own, and nothing else is changed by them."""

from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.evaluate import evaluate, templates

HEAD = "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a}\n"
ENDPOINT = (
    "registryEndpoints: [{name: a1b, host: a.azurecr.io, authentication: {method: Anonymous}}]\n"
)
GUID = "5d1c3a7e-2b4f-4c6d-8e9f-0a1b2c3d4e5f"
NEAR = "5d1c3a7e-2b4f-4c6d-8e9f-0a1b2c3d4e60"
ID = (
    "/subscriptions/3f2b8c1d-6a4e-4f7b-9c2d-8e1a5b6c7d8e/resourceGroups/{group}"
    "/providers/Microsoft.ContainerRegistry/registries/{name}"
)


def roles(*entries: tuple[str, str]) -> str:
    """A section with an assignment for each registry and principal."""
    lines = [
        f"  - {{registry: {registry!r}, principalId: {principal}, identity: extension}}\n"
        for registry, principal in entries
    ]
    return "roleAssignments:\n" + "".join(lines)


def files(run_cli: RunCli, folder: Path, text: str) -> dict[str, bytes]:
    """What the spec ``text`` is rendered into."""
    (folder / "bikube.yaml").write_text(text, encoding="utf-8")
    result = run_cli("generate", cwd=folder)
    assert result.code == 0, result.err
    out = folder / "deploy/aio-a"
    found = [path for path in out.rglob("*") if path.is_file()]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def test_role_assignments_are_in_templates_of_their_own(run_cli: RunCli, tmp_path: Path) -> None:
    """All other files stay as they are, and the module goes with what needs it."""
    alone = files(run_cli, tmp_path, HEAD + ENDPOINT)
    near = files(run_cli, tmp_path, HEAD + ENDPOINT + roles(("contoso", GUID)))
    far = files(
        run_cli, tmp_path, HEAD + ENDPOINT + roles((ID.format(group="g", name="contoso"), GUID))
    )
    both = {"bicep/role-assignments.bicep", "bicep/role-assignment-module.bicep"}

    assert near.keys() - alone.keys() == {"bicep/role-assignments.bicep"}
    assert far.keys() - alone.keys() == both
    assert {name: near[name] for name in alone} == {name: far[name] for name in alone} == alone
    assert files(run_cli, tmp_path, HEAD + ENDPOINT) == alone


@pytest.mark.usefixtures("bicep")
def test_a_spec_may_have_nothing_but_role_assignments(run_cli: RunCli, tmp_path: Path) -> None:
    """There is no template of AIO then, no manifest, and no kustomization."""
    text = HEAD + roles(("contoso", GUID))
    assert files(run_cli, tmp_path, text).keys() == {"bicep/role-assignments.bicep"}
    for options in ((), ("--committed",)):
        result = run_cli("verify", *options, cwd=tmp_path)
        assert result.code == 0
        assert result.out.startswith("proved as the spec says: 1 resource, 7 values\n")


@pytest.mark.parametrize(
    "empty", ["roleAssignments: []\n", "roleAssignments:\npullSecrets: null\n"]
)
def test_an_empty_section_is_no_output(run_cli: RunCli, tmp_path: Path, empty: str) -> None:
    """It is as if it were not there."""
    alone = files(run_cli, tmp_path, HEAD + ENDPOINT)
    assert files(run_cli, tmp_path, HEAD + ENDPOINT + empty) == alone


@pytest.mark.usefixtures("bicep")
def test_a_module_of_the_output_that_is_gone_is_drift(run_cli: RunCli, tmp_path: Path) -> None:
    """And a proof of what is committed says that it is missing, whatever other specs have."""
    text = HEAD + ENDPOINT + roles((ID.format(group="g", name="contoso"), GUID))
    assert files(run_cli, tmp_path, text)
    (tmp_path / "deploy/aio-a/bicep/role-assignment-module.bicep").unlink()

    assert run_cli("generate", "--check", cwd=tmp_path).code == 1
    result = run_cli("verify", "--committed", cwd=tmp_path)
    assert result.code == 1
    assert "role-assignments.bicep:3: this cannot be evaluated: " in result.out


@pytest.mark.parametrize(
    "entries",
    [
        # Two principals that begin alike.
        (("contoso", GUID), ("contoso", NEAR)),
        # One name in two groups: a warning, and yet two resources.
        (
            (ID.format(group="a", name="contoso"), GUID),
            (ID.format(group="b", name="contoso"), GUID),
        ),
        ((ID.format(group="it's", name="contoso"), GUID),),
        (("CONTOSO", GUID), ("c0nt0so", GUID)),
    ],
)
def test_any_assignments_are_a_template(
    run_cli: RunCli, bicep: BicepRpc, tmp_path: Path, entries: tuple[tuple[str, str], ...]
) -> None:
    """Symbols are told apart and groups are quoted: each entry is one assignment."""
    files(run_cli, tmp_path, HEAD + roles(*entries))
    folder = tmp_path / "deploy/aio-a/bicep"
    found = evaluate(bicep, templates(folder))

    assert len({one.data["id"] for one in found}) == len(entries)
    for file in templates(folder):
        assert bicep.compile(file).diagnostics == ()
        assert bicep.format(file) == file.read_bytes().decode()
