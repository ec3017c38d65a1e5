"""Which findings people are shown one by one, and what is only counted."""

import json
from pathlib import Path

import pytest
from tests.conftest import Result, RunCli
from tests.support.trees import spec, write_tree

HINTS = ["2 hints; --show info lists them"]
ASKED = ["2 infos in 1 spec"]


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """A folder with one good spec."""
    return write_tree(tmp_path, {"bikube.yaml": spec()})


def listed(result: Result) -> list[str]:
    """The rules of the findings on standard output, in their order."""
    heads = (line for line in result.out.splitlines() if line.startswith("bikube.yaml:"))
    return [head.partition("[")[2].partition("]")[0] for head in heads]


def test_hints_are_counted(run_cli: RunCli, plant: Path) -> None:
    """A good spec has no finding that is listed, and a line says how many hints there are."""
    result = run_cli("lint", cwd=plant)
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == ["no errors or warnings in 1 spec", *HINTS]


def test_one_hint_is_one(run_cli: RunCli, plant: Path) -> None:
    """The line is right for a single one."""
    result = run_cli("lint", "--ignore", "kubernetes-preview", cwd=plant)
    assert result.err.splitlines()[1:] == ["1 hint; --show info lists it"]


@pytest.mark.parametrize("options", [("--show", "info"), ("--fail-level", "info")])
def test_hints_are_listed_where_they_are_asked_for(
    run_cli: RunCli, plant: Path, options: tuple[str, str]
) -> None:
    """That is by the option, or because the exit code depends on them."""
    result = run_cli("lint", *options, cwd=plant)
    assert listed(result) == ["kubernetes-preview", "code-signing-absent"]
    assert result.err.splitlines() == ASKED


def test_a_configuration_may_ask_for_hints(run_cli: RunCli, plant: Path) -> None:
    """``show: info`` lists them, from any working directory; ``--show warning`` goes before it."""
    write_tree(plant, {"bikube.config.yaml": "show: info\n", "elsewhere/notes": ""})
    assert run_cli("lint", cwd=plant).err.splitlines() == ASKED
    assert run_cli("lint", "../bikube.yaml", cwd=plant / "elsewhere").err.splitlines() == ASKED
    counted = run_cli("lint", "--show", "warning", cwd=plant)
    assert (counted.out, counted.err.splitlines()[1:]) == ("", HINTS)
    settings = json.loads(run_cli("config", "--format", "json", cwd=plant).out)["settings"]
    assert {"name": "show", "value": "info", "origin": "bikube.config.yaml:1"} in settings


def test_programs_get_every_finding(run_cli: RunCli, plant: Path) -> None:
    """A report for programs has the hints, so that nothing has to be said of them."""
    result = run_cli("lint", "--format", "json", cwd=plant)
    assert [one["severity"] for one in json.loads(result.out)["diagnostics"]] == ["info"] * 2
    assert result.err.splitlines() == ASKED


def test_generate_lists_no_hints(run_cli: RunCli, plant: Path) -> None:
    """It prints errors and warnings only, whether it writes or checks."""
    write_tree(plant, {"bikube.config.yaml": "show: info\n"})
    assert run_cli("generate", cwd=plant).err == ""
    assert run_cli("generate", "--check", cwd=plant) == Result(0, "", "")
    write_tree(plant, {"bikube.yaml": spec(host="Plant7.azurecr.io")})
    warned = run_cli("generate", cwd=plant)
    assert [line.split(":")[3] for line in warned.err.splitlines()[::3]] == [
        " warning[registry-host-case]"
    ]


ALIASED = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
registryEndpoints:
  - {name: one, host: one.azurecr.io, authentication: &login {method: Anonymus}}
  - {name: two, host: two.azurecr.io, authentication: *login}
  - {name: three, host: three.azurecr.io, authentication: *login}
"""


def test_what_an_alias_repeats_is_shown_once(run_cli: RunCli, plant: Path) -> None:
    """Equal findings at one place are one block with a count; the summary counts them all."""
    write_tree(plant, {"bikube.yaml": ALIASED})
    linted, generated = (run_cli(command, cwd=plant) for command in ("lint", "generate"))
    for text in (linted.out, generated.err):
        heads = [line for line in text.splitlines() if "[unknown-value]" in line]
        assert [head.endswith(" (3 times)") for head in heads] == [True]
    assert linted.err.startswith("3 errors, 2 warnings in 1 spec; 3 fixable with --fix --unsafe-")


def test_many_good_specs_are_few_lines(run_cli: RunCli, tmp_path: Path) -> None:
    """Whatever is done with fifty good specs, it is said in three lines at most."""
    specs = {f"plants/{n}.bikube.yaml": spec(f"aio-{n}", name=f"acr-{n}") for n in range(50)}
    config = "specs: [plants/*.yaml]\nout: out\n"
    write_tree(tmp_path, {**specs, "bikube.config.yaml": config})
    assert run_cli("lint", cwd=tmp_path).err.splitlines() == [
        "no errors or warnings in 50 specs",
        "51 hints; --show info lists them",
    ]
    made = "out: 50 instances, 150 files (150 created)\n"
    same = made.replace("created", "unchanged")
    assert run_cli("generate", cwd=tmp_path) == Result(0, made, "")
    assert run_cli("generate", cwd=tmp_path) == Result(0, same, "")
    assert run_cli("generate", "--check", cwd=tmp_path) == Result(0, "", "")
