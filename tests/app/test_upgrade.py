"""``bikube upgrade``: specs in another API version, and what that changes for them."""

import sys
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.proof.tools import find
from tests.support import standins
from tests.support.standins import stand_in
from tests.support.trees import write_tree

ROOT = Path(__file__).parents[2]
needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="starts scripts")
TYPES = (
    "  types: https://github.com/Azure/bicep-types-az/blob/main/generated/iotoperations_1"
    "/microsoft.iotoperations/{}/types.md\n"
)
SPEC = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
targets: {bicep: {apiVersion: 2025-07-01-preview}}
registryEndpoints:
  - name: our-acr
    host: contoso.azurecr.io
    authentication: {method: SystemAssignedManagedIdentity}
    trustSettings: {trustedSigningKeys: {type: Secret, secretRef: our-ca}}
"""
NEW = SPEC.replace("2025-07-01-preview", "2025-10-01").replace(
    "trustSettings: {trustedSigningKeys: {type: Secret, secretRef: our-ca}}",
    "codeSigningCas: [{type: Secret, secretRef: our-ca}]",
)
REPORT = """\
  renamed    registryEndpoints/trustSettings: "codeSigningCas" (8:5)
""" + TYPES.format("2025-10-01")
STALE = 'what is generated from 1 spec may be stale now; run "bikube generate"\n'


def test_a_spec_is_written_and_told_about(run_cli: RunCli, tmp_path: Path) -> None:
    """The file is in the new version; the report has each change with its place and its source."""
    write_tree(tmp_path, {"bikube.yaml": SPEC})

    result = run_cli("upgrade", "--no-verify", "--to", "2025-10-01", cwd=tmp_path)

    assert (result.code, result.err) == (0, STALE)
    assert result.out == f"bikube.yaml: is in API version 2025-10-01\n{REPORT}"
    assert (tmp_path / "bikube.yaml").read_text(encoding="utf-8") == NEW
    again = run_cli("upgrade", "--no-verify", "--to", "2025-10-01", cwd=tmp_path)
    said = "bikube.yaml: was in API version 2025-10-01 already\n"
    assert again == (0, said, "")


def test_a_diff_writes_nothing(run_cli: RunCli, tmp_path: Path) -> None:
    """The diff is on standard output, the report apart from it; a change is exit code 1."""
    write_tree(tmp_path, {"bikube.yaml": SPEC})

    result = run_cli("upgrade", "--no-verify", "--to", "2025-10-01", "--diff", cwd=tmp_path)

    assert result.code == 1
    assert result.out.startswith("--- bikube.yaml\n+++ bikube.yaml\n")
    assert "+targets: {bicep: {apiVersion: 2025-10-01}}\n" in result.out
    assert result.err == f"bikube.yaml: would be in API version 2025-10-01\n{REPORT}"
    assert (tmp_path / "bikube.yaml").read_text(encoding="utf-8") == SPEC
    write_tree(tmp_path, {"bikube.yaml": NEW})
    nothing = run_cli("upgrade", "--no-verify", "--to", "2025-10-01", "--diff", cwd=tmp_path)
    said = "bikube.yaml: was in API version 2025-10-01 already\n"
    assert nothing == (0, "", said)


def test_standard_input_goes_to_standard_output(run_cli: RunCli, tmp_path: Path) -> None:
    """As it is in the new version, with the report apart; refused, it comes back unchanged."""
    done = run_cli(
        "upgrade", "--no-verify", "-", "--to", "2025-10-01", cwd=tmp_path, stdin=SPEC.encode()
    )
    refused = run_cli(
        "upgrade", "--no-verify", "-", "--to", "2024-11-01", cwd=tmp_path, stdin=SPEC.encode()
    )

    assert (done.code, done.out) == (0, NEW)
    assert done.err == f"<stdin>: is in API version 2025-10-01\n{REPORT}"
    assert (refused.code, refused.out) == (1, SPEC)


def test_one_that_needs_a_person_keeps_no_other_back(run_cli: RunCli, tmp_path: Path) -> None:
    """It stays, with what is wrong; a credential in it is not shown."""
    wrong = SPEC.replace("trustedSigningKeys", "password: hunter2-hunter2, trustedSigningKeys")
    old = SPEC.replace("cl-plant-7}", "cl-plant-7, aioVersion: '1.1'}")
    write_tree(tmp_path, {"a.bikube.yaml": wrong, "b.bikube.yaml": SPEC, "c.bikube.yaml": old})

    result = run_cli("upgrade", "--no-verify", ".", "--to", "2025-10-01", cwd=tmp_path)

    first, *rest = result.out.splitlines()
    assert (result.code, result.err) == (1, f"2 specs not upgraded\n{STALE}")
    assert first == "a.bikube.yaml: stays as it is: it has errors; mend these first"
    assert rest[0].startswith("  8:")
    assert "hunter2" not in result.out
    assert "b.bikube.yaml: is in API version 2025-10-01" in rest
    assert any("stays as it is: AIO 1.1 serves up to" in line for line in rest)
    written = [(tmp_path / f"{name}.bikube.yaml").read_text(encoding="utf-8") for name in "abc"]
    assert written == [wrong, NEW, old]


def test_what_is_wrong_afterwards_is_at_its_place(run_cli: RunCli, tmp_path: Path) -> None:
    """An error that only the new version has is told where it stands in the file that is there."""
    two = NEW.replace("our-ca}]", "our-ca}, {type: Secret, secretRef: b}]")
    write_tree(
        tmp_path, {"bikube.yaml": two.replace("targets: {bicep: {apiVersion: 2025-10-01}}\n", "")}
    )

    result = run_cli("upgrade", "--no-verify", "--to", "2025-07-01-preview", cwd=tmp_path)

    first, second, *_ = result.out.splitlines()
    assert result.code == 1
    assert first.endswith("in API version 2025-07-01-preview it has errors that need a person")
    assert second.startswith('  7:21: "codeSigningCas" is not in API version 2025-07-01-preview;')
    assert second.endswith("[property-not-in-version]")


def test_what_is_no_yaml_is_told_at_its_place(run_cli: RunCli, tmp_path: Path) -> None:
    """A text that cannot be read stays as it is, and its mistake has line and column."""
    write_tree(tmp_path, {"bikube.yaml": "bikube: v1\ninstance: [a\n"})
    result = run_cli("upgrade", "--no-verify", "--to", "2025-10-01", cwd=tmp_path)
    assert result.code == 1
    first, *rest = result.out.splitlines()
    assert first == "bikube.yaml: stays as it is: it has errors; mend these first"
    assert [(line[:9], line[-14:]) for line in rest] == [("  2:11: [", " [yaml-syntax]")]


def test_latest_is_what_the_release_serves(run_cli: RunCli, tmp_path: Path) -> None:
    """Each spec goes as far as its own release; what is relaxed has its place."""
    endpoint = SPEC.partition("    trustSettings")[0].replace("-07-01-preview", "-10-01")
    old = endpoint.replace("cl-plant-7}", "cl-plant-7, aioVersion: 1.3.137}")
    explorer = """\
dataflowEndpoints:
  - name: explorer
    endpointType: DataExplorer
    dataExplorerSettings:
      host: a.b.kusto.windows.net
      database: d
      authentication: {method: SystemAssignedManagedIdentity}
"""
    write_tree(tmp_path, {"a.bikube.yaml": old, "b.bikube.yaml": endpoint + explorer})

    result = run_cli("upgrade", "--no-verify", ".", "--to", "latest", cwd=tmp_path)

    assert result.code == 0
    assert "a.bikube.yaml: is in API version 2026-03-01\n" in result.out
    assert "b.bikube.yaml: is in API version 2026-10-01\n" in result.out
    relaxed = "dataflowEndpoints/dataExplorerSettings/host: pattern"
    (line,) = (one for one in result.out.splitlines() if relaxed in one)
    assert line.startswith("  relaxed    ")
    assert line.endswith(" → none (12:7)")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "2025-10-02"), '"2025-10-02" is no API version that bikube knows'),
        ((), "Missing option"),
        (("nowhere.yaml", "--to", "latest"), "nowhere.yaml"),
    ],
)
def test_wrong_usage(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    """A version or a spec that there is not is told before anything is written."""
    write_tree(tmp_path, {"bikube.yaml": SPEC})

    result = run_cli("upgrade", "--no-verify", *arguments, cwd=tmp_path)

    assert (result.code, said.lower() in result.err.lower()) == (2, True), result.err
    assert (tmp_path / "bikube.yaml").read_text(encoding="utf-8") == SPEC


def test_a_file_that_cannot_be_written(run_cli: RunCli, tmp_path: Path) -> None:
    """It is told, with exit code 2; the others are upgraded."""
    write_tree(tmp_path, {"a.bikube.yaml": SPEC, "b.bikube.yaml": SPEC})
    (tmp_path / "a.bikube.yaml").chmod(0o444)

    result = run_cli("upgrade", "--no-verify", ".", "--to", "2025-10-01", cwd=tmp_path)

    assert result.code == 2
    assert "a.bikube.yaml: the file is read-only" in result.err
    texts = [(tmp_path / f"{name}.bikube.yaml").read_text(encoding="utf-8") for name in "ab"]
    assert texts == [SPEC, NEW]


def test_what_only_the_new_version_has_is_at_what_holds_it(run_cli: RunCli, tmp_path: Path) -> None:
    """An error in a property that is not there yet is told at its entry."""
    rule = """\
id: unsigned
summary: Nothing is signed.
severity: error
since: 1.0.0
sections: [registryEndpoints]
rationale: None.
remediation: None.
references: [https://example.com]
each: /codeSigningCas/*
require: {one-of: {at: /type, values: [ConfigMap]}}
message: it is signed
help: sign nothing
valid:
  - |
    - {name: a1b, host: contoso.azurecr.io, authentication: {method: Anonymous}}
invalid:
  - spec: |
      - {name: a1b, host: contoso.azurecr.io, codeSigningCas: [{type: Secret}]}
    expect: [{at: /registryEndpoints/0/codeSigningCas/0/type, text: Secret}]
"""
    config = "customRules: [unsigned.yaml]\n"
    write_tree(tmp_path, {"bikube.yaml": SPEC, "bikube.config.yaml": config, "unsigned.yaml": rule})

    result = run_cli("upgrade", "--no-verify", "--to", "2025-10-01", cwd=tmp_path)

    first, second, *_ = result.out.splitlines()
    assert (result.code, second) == (1, "  5:5: it is signed; sign nothing [unsigned]"), result.err
    assert first.endswith("it has errors that need a person")


def test_what_is_required_now_is_at_what_lacks_it(run_cli: RunCli, tmp_path: Path) -> None:
    """An older version wants the group of an issuer; what is no spec is so from its start."""
    listener = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
targets: {bicep: {apiVersion: 2026-10-01}}
brokerListeners:
  - name: default
    ports:
      - port: 8883
        tls:
          mode: Automatic
          certManagerCertificateSpec:
            issuerRef: {kind: Issuer, name: ours}
"""
    write_tree(tmp_path, {"a.bikube.yaml": listener, "b.bikube.yaml": "x: 1\n"})

    result = run_cli("upgrade", "--no-verify", ".", "--to", "2026-07-01", cwd=tmp_path)

    path = "brokerListeners/ports/*/tls/certManagerCertificateSpec/issuerRef/group"
    assert result.code == 1
    assert f"  tightened  {path}: required now (11:24)\n" in result.out
    assert '  1:1: no "bikube" key; a spec begins with "bikube: v1";' in result.out


def test_what_an_alias_repeats_is_told_once(run_cli: RunCli, tmp_path: Path) -> None:
    """An error in what two entries share has the place of the one that is written."""
    shared = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
registryEndpoints:
  - {name: a1b, host: a.azurecr.io, authentication: &same {method: 5}}
  - {name: b1c, host: b.azurecr.io, authentication: *same}
"""
    write_tree(tmp_path, {"bikube.yaml": shared})

    result = run_cli("upgrade", "--no-verify", "--to", "latest", cwd=tmp_path)

    _, *told = result.out.splitlines()
    assert (result.code, len(told)) == (1, 1)
    assert told[0].startswith('  4:68: "method" is the number 5')
    assert told[0].endswith("(2 times) [wrong-type]")


def test_a_variant_that_is_gone_needs_a_person(run_cli: RunCli, tmp_path: Path) -> None:
    """It is told at its value, with the versions that have it."""
    lab = (ROOT / "examples/plant/lab.bikube.yaml").read_text(encoding="utf-8")
    write_tree(tmp_path, {"bikube.yaml": lab})

    result = run_cli("upgrade", "--no-verify", "--to", "2025-10-01", cwd=tmp_path)

    _, first, *rest = result.out.splitlines()
    at = "akriConnectorTemplates/runtimeConfiguration/runtimeConfigurationType"
    assert result.code == 1
    assert first.startswith('  34:33: "HelmConfiguration" is not in API version 2025-10-01; it is')
    assert f'  removed    {at}: variant "HelmConfiguration" (34:7)' in rest


def test_a_warning_that_the_new_version_brings(run_cli: RunCli, tmp_path: Path) -> None:
    """It is told with its place in the new text; one that was there before is not."""
    head, _, _ = SPEC.partition("targets:")
    profile = "dataflowProfiles: [{name: heavy, instanceCount: 2}]\n"
    write_tree(tmp_path, {"bikube.yaml": f"{head}{profile}"})

    result = run_cli("upgrade", "--no-verify", "--to", "2026-11-01-preview", cwd=tmp_path)
    lines = [line for line in result.out.splitlines() if line.startswith("  found ")]

    assert result.code == 0
    assert [line[:19] for line in lines] == ["  found      5:17: "]
    assert lines[0].endswith("[api-version-preview]")


def test_both_sides_are_verified(run_cli: RunCli, tmp_path: Path) -> None:
    """By the real compiler, before anything is written; a spec that stays is not evaluated."""
    write_tree(tmp_path, {"a.bikube.yaml": SPEC, "b.bikube.yaml": NEW})
    compiler = ("--bicep-cli", str(find("bicep")))

    result = run_cli("upgrade", ".", "--to", "2025-10-01", *compiler, cwd=tmp_path)

    assert (result.code, result.err) == (0, STALE)
    assert "a.bikube.yaml: is in API version 2025-10-01, verified before and after\n" in result.out
    assert "b.bikube.yaml: was in API version 2025-10-01 already\n" in result.out
    assert (tmp_path / "a.bikube.yaml").read_text(encoding="utf-8") == NEW


@needs_scripts
def test_what_is_not_verified_is_not_written(run_cli: RunCli, tmp_path: Path) -> None:
    """A compiler that sees no resources makes the proof fail: the spec stays as it is."""
    write_tree(tmp_path, {"bikube.yaml": SPEC, "x/.keep": ""})
    body = standins.NO_SNAPSHOT.replace('"[]"', "'{\"predictedResources\": []}'")
    compiler = ("--bicep-cli", str(stand_in(tmp_path / "x", body)))

    result = run_cli("upgrade", "--to", "2025-10-01", *compiler, cwd=tmp_path)

    first, second, *_ = result.out.splitlines()
    differs = '"bikube verify" finds differences'
    assert (result.code, result.err) == (1, "1 spec not upgraded\n")
    assert first == f"bikube.yaml: stays as it is: {differs} in it as it is"
    assert second == "  it describes no resource (deploy/aio-plant-7/bicep/main.bicep)"
    assert (tmp_path / "bikube.yaml").read_text(encoding="utf-8") == SPEC


@needs_scripts
def test_a_compiler_that_gives_no_answer(run_cli: RunCli, tmp_path: Path) -> None:
    """It is asked once; nothing is written, and the run fails."""
    write_tree(tmp_path, {"a.bikube.yaml": SPEC, "b.bikube.yaml": SPEC, "x/.keep": ""})
    compiler = ("--bicep-cli", str(stand_in(tmp_path / "x", standins.CRASHES)))

    result = run_cli("upgrade", ".", "--to", "2025-10-01", *compiler, cwd=tmp_path)

    assert result.code == 2
    for name in ("a.bikube.yaml", "b.bikube.yaml"):
        assert f"{name}: stays as it is: it could not be verified\n" in result.out
        assert (tmp_path / name).read_text(encoding="utf-8") == SPEC
    said = 'it ended without an answer; it said "no disk left"; what was to be verified since'
    assert result.err.count(said) == 1


def test_without_a_compiler_that_is_said(
    run_cli: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The spec is written all the same, unless a compiler was named that there is not."""
    write_tree(tmp_path, {"bikube.yaml": SPEC})
    for variable in ("PATH", "AZURE_CONFIG_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / "empty"))
    monkeypatch.delenv("BIKUBE_BICEP", raising=False)

    named = run_cli("upgrade", "--to", "2025-10-01", "--bicep-cli", "no-bicep", cwd=tmp_path)
    kept = (tmp_path / "bikube.yaml").read_text(encoding="utf-8")
    none = run_cli("upgrade", "--to", "2025-10-01", cwd=tmp_path)
    again = run_cli("upgrade", "--to", "2025-10-01", cwd=tmp_path)

    assert (named.code, kept) == (2, SPEC)
    assert named.err.startswith('bikube: "no-bicep" is no program')
    assert (none.code, none.err) == (0, f"not verified: there is no Bicep CLI\n{STALE}")
    assert (tmp_path / "bikube.yaml").read_text(encoding="utf-8") == NEW
    assert (again.code, again.err) == (0, "")


@needs_scripts
def test_a_file_that_changes_meanwhile_is_not_overwritten(run_cli: RunCli, tmp_path: Path) -> None:
    """Somebody saves it while it is verified: what they wrote stays, and the others go on."""
    write_tree(tmp_path, {"a.bikube.yaml": SPEC, "b.bikube.yaml": SPEC, "x/.keep": ""})
    saves = f"open({str(tmp_path / 'a.bikube.yaml')!r}, 'a').write('# mine\\n')\n"
    real = find("bicep")
    program = stand_in(
        tmp_path / "x", f"{saves}os.execv({str(real)!r}, ['bicep', 'jsonrpc', '--stdio'])\n"
    )

    result = run_cli("upgrade", ".", "--to", "2025-10-01", "--bicep-cli", program, cwd=tmp_path)

    texts = [(tmp_path / f"{name}.bikube.yaml").read_text(encoding="utf-8") for name in "ab"]
    assert (result.code, texts) == (2, [f"{SPEC}# mine\n", NEW])
    assert "b.bikube.yaml: is in API version 2025-10-01, verified before and after" in result.out
    assert result.err == (
        "bikube: a.bikube.yaml: the file changed meanwhile; its new version and what comes of it"
        f" are not written; run it again\n{STALE}"
    )
