"""Bad input is a clear finding with its place, and nothing is written; odd good input is none.

What blocks the way of output is in ``test_outputs``, ``test_planning`` and ``test_commands``,
where credentials may stand in ``test_redaction``.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Result, RunCli
from tests.support.badinputs import BAD, GOOD, HEAD, ODD, endpoint, spec
from tests.support.runner import PROGRAM, open_to_all, without_privileges
from tests.support.trees import write_tree

CONFIG = "rules: {kubernetes-preview: off, code-signing-absent: off, registry-role-missing: off}\n"
"""What every spec has is switched off, so that the findings are those of the mistake alone."""

_FINDING = re.compile(
    r"bikube\.yaml:(\d+:\d+: )(?:error|warning|info)\[([a-z-]+)\](: )(?:\[\*\] )?(.*)"
)
_HELP = "help: "


def findings(result: Result) -> list[str]:
    """The findings in the text report, as ``line:column: rule: message``, and ``; help``."""
    found: list[str] = []
    for line in (result.out + result.err).splitlines():
        match = _FINDING.fullmatch(line)
        if match is not None:
            found.append("".join(match.groups()))
        elif line.startswith(_HELP):
            found[-1] += f"; {line.removeprefix(_HELP)}"
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below ``folder``, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"/"
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("command", ["lint", "generate"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_finding_and_nothing_is_written(
    run_cli: RunCli, tmp_path: Path, name: str, command: str
) -> None:
    """Exit code is 1, the mistake is told once with its place, and no file comes or changes."""
    text, expected = BAD[name]
    data = text.encode() if isinstance(text, str) else text
    write_tree(tmp_path, {"bikube.config.yaml": CONFIG})
    (tmp_path / "bikube.yaml").write_bytes(data)
    result = run_cli(command, cwd=tmp_path)
    assert (result.code, findings(result)) == (1, expected)
    assert "\n1 error in 1 spec" in f"\n{result.err}"
    assert result.err.endswith("\nnothing was written\n") is (command == "generate")
    assert tree(tmp_path) == {"bikube.yaml": data, "bikube.config.yaml": CONFIG.encode()}


@pytest.mark.parametrize("number", [".nan", "-.inf", "9223372036854775808", "9" * 70])
@pytest.mark.parametrize(
    "text",
    [
        "bikube: v1\ninstance: {name: aio-plant-7, customLocation: %s}\n",
        "bikube: v1\ninstance: {name: %s, customLocation: cl-plant-7}\n",
        GOOD.replace("v1", "%s"),
        GOOD.replace("a1b", "%s"),
        GOOD.replace("SystemAssignedManagedIdentity", "%s"),
        f"{HEAD}registryEndpoints: %s\n",
        f"{HEAD}registryEndpoints: [%s]\n",
        f"{GOOD}targets: {{bicep: {{apiVersion: %s}}}}\n",
        f"{GOOD}existing: {{registryEndpoints: [%s]}}\n",
        spec(endpoint(more="    metadata: {labels: {a: %s}}\n")),
        spec(endpoint(more="      systemAssignedManagedIdentitySettings: {audience: %s}\n")),
        spec(
            endpoint(
                method="UserAssignedManagedIdentity",
                more="      userAssignedManagedIdentitySettings: {clientId: %s, tenantId: %s}\n",
            )
        ),
        spec(
            endpoint(
                method="ArtifactPullSecret",
                more="      artifactPullSecretSettings: {secretRef: %s}\n",
            )
        ),
    ],
)
def test_a_number_that_cannot_be_read_is_told_once(
    run_cli: RunCli, tmp_path: Path, text: str, number: str
) -> None:
    """Wherever it stands, no rule has anything to say of what is left of it."""
    write_tree(tmp_path, {"bikube.config.yaml": CONFIG, "bikube.yaml": text.replace("%s", number)})
    found = [line.split(": ")[1] for line in findings(run_cli("lint", cwd=tmp_path))]
    resources = "registryEndpoints" in text
    assert found == [
        *([] if resources else ["empty-spec"]),
        *["number-out-of-range"] * text.count("%s"),
    ]


def test_a_credential_that_is_out_of_range_is_told_as_a_credential(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """Of two rules to which all others yield, the one about credentials is the louder."""
    text = f"{GOOD}x-a: {{password: 99999999999999999999}}\n"
    write_tree(tmp_path, {"bikube.config.yaml": CONFIG, "bikube.yaml": text})
    result = run_cli("lint", cwd=tmp_path)
    assert [line.split(": ")[:2] for line in findings(result)] == [["8:17", "credential"]]


def test_two_specs_of_one_instance_are_refused(run_cli: RunCli, tmp_path: Path) -> None:
    """The second one is told where the first one is, and neither is written."""
    write_tree(tmp_path, {"bikube.config.yaml": CONFIG, "a.yaml": GOOD, "b.yaml": GOOD})
    before = tree(tmp_path)
    for command in ("lint", "generate"):
        result = run_cli(command, "a.yaml", "b.yaml", cwd=tmp_path)
        assert result.code == 1
        said = (result.out + result.err).splitlines()
        assert said[0] == (
            'b.yaml:2:18: error[duplicate-instance]: instance "aio-plant-7" is described in'
            ' "a.yaml" too; one spec describes an instance'
        )
        assert "help: merge the two, or rename one" in said
    assert tree(tmp_path) == before


def _unreadable(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)


@pytest.mark.parametrize(
    "command", [("lint",), ("generate",), ("lint", "--fix"), ("lint", "--diff")]
)
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda _path: None, "there is no such file; check the path"),
        (lambda path: path.symlink_to("gone"), "there is no such file; check the path"),
        (
            lambda path: path.symlink_to(path.name),
            "too many levels of symbolic links; remove the links that lead to each other",
        ),
        (_unreadable, "permission denied; check the rights on it"),
    ],
)
def test_a_spec_that_cannot_be_read_is_told(
    run_cli: RunCli,
    tmp_path: Path,
    command: tuple[str, ...],
    make: Callable[[Path], object],
    said: str,
) -> None:
    """Exit code is 2, with path and reason; the spec beside it is looked at, nothing written."""
    write_tree(tmp_path, {"good.yaml": GOOD, "bikube.config.yaml": "specs: ['*.yaml']\n"})
    open_to_all(tmp_path)
    make(tmp_path / "bad.yaml")
    before = sorted(path.name for path in tmp_path.iterdir())
    with without_privileges():
        result = run_cli(*command, "good.yaml", "bad.yaml", cwd=tmp_path)
    assert result.code == 2
    assert f"bikube: bad.yaml: {said}\nno errors or warnings in 1 spec\n" in result.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("command", ["lint", "generate"])
def test_a_folder_in_the_place_of_a_spec_is_told(
    run_cli: RunCli, tmp_path: Path, command: str
) -> None:
    """Exit code is 2 with what is there, whether the folder is named or not."""
    (tmp_path / "bikube.yaml").mkdir()
    unnamed, named = run_cli(command, cwd=tmp_path), run_cli(command, "bikube.yaml", cwd=tmp_path)
    assert (unnamed.code, named.code) == (2, 2)
    assert unnamed.err.startswith("bikube: bikube.yaml: this is a folder; name a file in it\n")
    assert named.err == (
        'bikube: no spec in folder "bikube.yaml"; "bikube.yaml" or "*.bikube.yaml" is expected,'
        " which no .gitignore excludes; check the path\n"
    )
    assert tree(tmp_path) == {"bikube.yaml": b"/"}


@pytest.mark.parametrize("name", ODD)
def test_odd_input_is_no_finding_and_its_output_is_right(
    run_cli: RunCli, tmp_path: Path, name: str
) -> None:
    """There is no finding at all, and the output is that of a plain spec, byte for byte."""
    data, plain = ODD[name]
    outputs = []
    for folder, content in (("odd", data), ("plain", plain.encode())):
        write_tree(tmp_path / folder, {"bikube.config.yaml": CONFIG})
        (tmp_path / folder / "bikube.yaml").write_bytes(content)
        linted = run_cli("lint", cwd=tmp_path / folder)
        assert linted == Result(0, "", "no findings in 1 spec\n")
        assert run_cli("generate", cwd=tmp_path / folder).code == 0
        outputs.append(tree(tmp_path / folder / "deploy"))
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 3


_PEAK = """\
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, used = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss)
"""


def _peak(folder: Path, endpoints: int) -> int:
    """The most memory that linting so many endpoints takes, in the system's own unit.

    A small process stands between, because the peak of a process counts its parent's.
    """
    entries = (
        endpoint(f"plant{number}.azurecr.io", name=f"a{number:06}") for number in range(endpoints)
    )
    write_tree(folder, {"bikube.config.yaml": CONFIG, "bikube.yaml": spec(*entries)})
    command = [sys.executable, "-c", _PEAK, *PROGRAM, "lint"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    code, peak = done.stdout.split()
    assert (code, done.stderr) == ("0", "no findings in 1 spec\n")
    return int(peak)


def test_memory_grows_with_the_number_of_endpoints_and_no_faster(tmp_path: Path) -> None:
    """100,000 endpoints are linted without a finding, in ten times the memory of 10,000."""
    least, some, many = (_peak(tmp_path, count) for count in (1, 10_000, 100_000))
    assert many - least <= 11 * (some - least)
