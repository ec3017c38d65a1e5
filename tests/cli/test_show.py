"""Which findings people are shown one by one, and what is only counted."""

import json
import sys
from pathlib import Path

import pytest
from tests.conftest import Result, RunCli
from tests.proof.tools import find
from tests.support.trees import spec, write_tree

from bikube.cli.summary import wants_links

HINTS = ["3 hints; --show info lists them"]
ASKED = ["3 infos in 1 spec"]
MANY_ERRORS = [
    '501 more findings; "bikube lint --max-findings 0" lists all',
    "1,520 errors in 1 spec",
]
MANY_WARNINGS = [
    '500 more findings; "bikube lint --max-findings 0" lists all',
    "1,500 warnings in 1 spec",
]
STALE = '3 files would change; run "bikube generate"'


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
    result = run_cli("lint", "--ignore", "kubernetes-preview,registry-role-missing", cwd=plant)
    assert result.err.splitlines()[1:] == ["1 hint; --show info lists it"]


@pytest.mark.parametrize("options", [("--show", "info"), ("--fail-level", "info")])
def test_hints_are_listed_where_they_are_asked_for(
    run_cli: RunCli, plant: Path, options: tuple[str, str]
) -> None:
    """That is by the option, or because the exit code depends on them."""
    result = run_cli("lint", *options, cwd=plant)
    expected = ["kubernetes-preview", "code-signing-absent", "registry-role-missing"]
    assert listed(result) == expected
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
    assert [one["severity"] for one in json.loads(result.out)["diagnostics"]] == ["info"] * 3
    assert result.err.splitlines() == ASKED


def test_generate_lists_no_hints(run_cli: RunCli, plant: Path) -> None:
    """It prints errors and warnings only, whether it writes or checks."""
    write_tree(plant, {"bikube.config.yaml": "show: info\n"})
    assert run_cli("generate", cwd=plant).err == ""
    assert run_cli("generate", "--check", cwd=plant) == Result(0, "", "")
    write_tree(plant, {"bikube.yaml": spec(host="Plant7.azurecr.io")})
    warned = run_cli("generate", cwd=plant)
    assert [line.split(":")[3] for line in warned.err.splitlines()[::5]] == [
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
        "101 hints; --show info lists them",
    ]
    made = "out: 50 instances, 150 files (150 created)\n"
    same = made.replace("created", "unchanged")
    assert run_cli("generate", cwd=tmp_path) == Result(0, made, "")
    assert run_cli("generate", cwd=tmp_path) == Result(0, same, "")
    assert run_cli("generate", "--check", cwd=tmp_path) == Result(0, "", "")


def test_statistics_are_short_for_a_format(run_cli: RunCli, plant: Path) -> None:
    """They count every finding, hints too, and other reports may go to files."""
    write_tree(plant, {"bikube.yaml": spec(host="Plant7.azurecr.io")})
    short = run_cli("lint", "--statistics", "--format", "json=all.json", cwd=plant)
    assert short.out == run_cli("lint", "--format", "statistics", cwd=plant).out
    assert short.out.splitlines() == [
        "1 warning[registry-host-case] [*]",
        "1 info[code-signing-absent]",
        "1 info[kubernetes-preview]",
        "1 info[registry-role-missing]",
    ]
    assert short.err == "1 warning, 3 infos in 1 spec; 1 fixable with --fix\n"
    assert len(json.loads((plant / "all.json").read_text())["diagnostics"]) == 4
    both = run_cli("lint", "--statistics", "--format", "json", cwd=plant)
    said = '"--statistics" goes to standard output, and another report, too; name a file'
    assert (both.code, both.out) == (2, "")
    assert both.err.startswith(f"bikube: {said}")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--select", "registry-host-case"), ["registry-host-case"]),
        (("--select", "registry-*"), ["registry-host-case", "registry-role-missing"]),
        (("--select", "registry"), ["registry-host-case", "registry-role-missing"]),
        (("--select", "registry-host-"), ["registry-host-case"]),
        (("--select", "*-preview,code"), ["kubernetes-preview", "code-signing-absent"]),
        (("--ignore", "registry-host,code-*"), ["kubernetes-preview", "registry-role-missing"]),
        (("--ignore", "*"), []),
    ],
)
def test_rules_are_chosen_by_id_prefix_or_glob(
    run_cli: RunCli, plant: Path, options: tuple[str, str], expected: list[str]
) -> None:
    """A prefix is of whole words; a pattern that fits structural rules switches off the others."""
    write_tree(plant, {"bikube.yaml": spec(host="Plant7.azurecr.io")})
    assert sorted(listed(run_cli("lint", "--show", "info", *options, cwd=plant))) == sorted(
        expected
    )


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("registry-host-csae", 'did you mean "registry-host-case"?'),
        ("regis", '"bikube rules" lists them'),
        ("zz*", 'no rule matches "zz*"; a pattern of ids is expected; "bikube rules" lists them'),
    ],
)
def test_what_means_no_rule_is_refused(
    run_cli: RunCli, plant: Path, option: str, given: str, said: str
) -> None:
    """It is wrong usage, and the nearest id is told if there is one."""
    result = run_cli("lint", option, given, cwd=plant)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_a_structural_rule_is_not_ignored_by_its_id(run_cli: RunCli, plant: Path) -> None:
    """It is always on, and the option that says otherwise is refused."""
    result = run_cli("lint", "--ignore", "yaml-syntax", cwd=plant)
    said = 'rule "yaml-syntax" is structural and always on; leave it out of "--ignore"'
    assert result == Result(2, "", f"bikube: {said}\n")


def test_files_are_listed(run_cli: RunCli, tmp_path: Path) -> None:
    """The specs of the run come a line each, sorted, and none is read."""
    specs = {f"{name}.bikube.yaml": "a: [\n" for name in ("b", "a", "c")}
    config = "specs: ['*.bikube.yaml']\nexclude: [c.*]\n"
    write_tree(tmp_path, {**specs, "bikube.config.yaml": config})
    every = run_cli("lint", "--show-files", cwd=tmp_path)
    assert every == Result(0, "a.bikube.yaml\nb.bikube.yaml\n", "")
    named = run_cli("lint", "--show-files", "b.bikube.yaml", "gone.yaml", cwd=tmp_path)
    assert named == Result(0, "b.bikube.yaml\ngone.yaml\n", "")
    none = run_cli("lint", "--show-files", "nothing/", cwd=tmp_path / "..")
    assert (none.code, none.out) == (0, "nothing/\n")


@pytest.mark.parametrize(
    ("chosen", "term", "is_terminal", "expected"),
    [
        (None, "xterm", True, True),
        (True, "xterm", True, True),
        (True, "xterm", False, False),
        (False, "xterm", True, False),
        (None, "dumb", True, False),
        (True, "dumb", True, False),
        (None, "linux", True, False),
    ],
)
def test_links_are_for_terminals_with_colours(
    monkeypatch: pytest.MonkeyPatch,
    chosen: bool | None,
    term: str,
    *,
    is_terminal: bool,
    expected: bool,
) -> None:
    """A file or a pipe has none, even where it has colours."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal, raising=False)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", term)
    assert wants_links(chosen) is expected


def _many(count: int) -> str:
    """A spec with so many errors at their places, and one that aliases repeat twenty times."""
    odd = "".join(f"odd{number}: 1\n" for number in range(count))
    return f"{spec()}x-a: &a [ghp_{'a' * 20}]\nx-b: [{', '.join(['*a'] * 19)}]\n{odd}"


@pytest.mark.parametrize("format_", ["text", "concise"])
def test_a_run_lists_so_many_findings(run_cli: RunCli, tmp_path: Path, format_: str) -> None:
    """Equal findings at a place are one of these, and the others are counted."""
    write_tree(tmp_path, {"bikube.yaml": _many(5)})
    few = run_cli("lint", "--format", format_, "--max-findings", "4", cwd=tmp_path)
    assert listed(few) == ["credential", *["unknown-section"] * 3]
    assert "(20 times)" in few.out
    assert few.err.splitlines()[:2] == [
        '2 more findings; "bikube lint --max-findings 0" lists all',
        "25 errors in 1 spec",
    ]
    for enough in ("0", "6"):
        every = run_cli("lint", "--format", format_, "--max-findings", enough, cwd=tmp_path)
        assert listed(every) == ["credential", *["unknown-section"] * 5]
        assert (every.code, every.err.splitlines()[0]) == (few.code, "25 errors in 1 spec")


def test_a_run_lists_a_thousand_findings(run_cli: RunCli, tmp_path: Path) -> None:
    """That is what people may still read; the exit code is about all."""
    write_tree(tmp_path, {"bikube.yaml": _many(1_500)})
    linted = run_cli("lint", cwd=tmp_path)
    assert (linted.code, len(listed(linted))) == (1, 1_000)
    assert linted.err.splitlines()[0].startswith("501 more findings;")
    generated = run_cli("generate", "--check", cwd=tmp_path)
    assert (generated.code, generated.err.count("unknown-section")) == (1, 999)
    assert generated.err.splitlines()[-3:] == [*MANY_ERRORS, "nothing was written"]


def _warned(run_cli: RunCli, folder: Path, *arguments: str) -> tuple[int, list[str], str]:
    """Code, lines of standard error below the findings, and all that lists findings, of a run."""
    write_tree(folder, {"bikube.yaml": spec() + "# bikube: ignore[nope] why\n" * 1_500})
    result = run_cli(*arguments, cwd=folder)
    lines = result.err.splitlines()
    first = next(at for at, line in enumerate(lines) if line[:1].isdigit())
    return result.code, lines[first:], result.out + result.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], (0, 1_000, MANY_WARNINGS)),
        (["--check"], (1, 1_000, [*MANY_WARNINGS, STALE])),
        (["--diff"], (1, 1_000, [*MANY_WARNINGS, STALE])),
        (
            ["--check", "--format", "text"],
            (1, 1_000, [MANY_WARNINGS[0].replace("500", "503"), MANY_WARNINGS[1], STALE]),
        ),
        (["--check", "--format", "json"], (1, 1_500, [MANY_WARNINGS[1], STALE])),
    ],
)
def test_a_run_that_renders_says_what_it_does_not_list(
    run_cli: RunCli, tmp_path: Path, arguments: list[str], expected: tuple[int, int, list[str]]
) -> None:
    """As ``lint`` does; drift counts where it is in the list, and a program reads all."""
    code, lines, text = _warned(run_cli, tmp_path, "generate", *arguments)
    assert (code, text.count("malformed-suppression"), lines) == expected


def test_a_proof_says_what_it_does_not_list(run_cli: RunCli, tmp_path: Path) -> None:
    """Warnings keep nothing from being proved."""
    find("bicep")
    assert _warned(run_cli, tmp_path, "verify")[:2] == (0, MANY_WARNINGS)


def test_a_run_that_renders_sums_up_what_it_found_and_nothing_else(
    run_cli: RunCli, plant: Path
) -> None:
    """A spec without a warning has no such line, one with a warning has it before the rest."""
    assert run_cli("generate", cwd=plant).err == ""
    write_tree(plant, {"bikube.yaml": spec() + "# bikube: ignore[nope] why\n"})
    assert run_cli("generate", cwd=plant).err.splitlines()[-1] == "1 warning in 1 spec"
    write_tree(plant, {"elsewhere": ""})
    refused = run_cli("generate", "--out", "elsewhere", cwd=plant)
    assert refused.code == 2
    said, why = refused.err.splitlines()[-2:]
    assert (said, why.partition(": ")[0]) == ("1 warning in 1 spec", "bikube")


@pytest.mark.parametrize("format_", ["json", "sarif", "gitlab", "junit", "statistics"])
def test_reports_for_programs_have_every_finding(
    run_cli: RunCli, tmp_path: Path, format_: str
) -> None:
    """A program would take one that is left out for one that is mended."""
    write_tree(tmp_path, {"bikube.yaml": _many(5)})
    every, few = (
        run_cli("lint", "--format", format_, "--max-findings", most, cwd=tmp_path)
        for most in ("0", "1")
    )
    assert few == every
