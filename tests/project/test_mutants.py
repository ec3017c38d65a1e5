"""`make mutants` finds the changes that code offers, and leaves the work tree alone."""

import subprocess
from pathlib import Path

import pytest
from mutants.__main__ import Tried, main, modules, report, sample
from mutants.changes import changes
from mutants.trying import ROOT, Copy

SOURCE = '''\
"""Docs."""


def wide(text: str, *, most: int = 9) -> bool:
    """More docs."""
    if not text and most:
        return False
    return len(text[1:]) >= most + 1
'''


def test_changes_of_a_module() -> None:
    """Comparisons, constants, operands, conditions, negations, slices and returns change."""
    found = sorted((one.line, one.what.split(": ")[-1]) for one in changes(SOURCE.encode()))
    assert found == [
        (4, "is 10"),
        (6, "condition is False"),
        (6, "condition is True"),
        (6, "condition negated"),
        (6, "not dropped"),
        (6, "operand most dropped"),
        (6, "operand not text dropped"),
        (7, "None is returned"),
        (7, "is True"),
        (8, "GtE is Gt"),
        (8, "None is returned"),
        (8, "is 2"),
        (8, "is 2"),
        (8, "lower end dropped"),
        (8, "plus is minus"),
    ]


def test_a_change_is_made_in_its_place() -> None:
    """What stands around it stays as it is, and letters of more than one byte do not shift it."""
    source = "a = 'ä' < b  # ü\n".encode()
    made = [change.apply(source).decode() for change in changes(source)]
    assert made == ["a = ('') < b  # ü\n", "a = ('ä' <= b)  # ü\n"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f(a, b=1)\n", {"(f(a))", "(2)"}),
        ("x = [a for a in b if c]\n", {"([a for a in b])"}),
        ("while a:\n    break\n", {"(not a)", "(True)", "(False)", "continue"}),
        ("if TYPE_CHECKING:\n    import a\n", set()),
        ("def f(a: 'x') -> 'y': ...\n", set()),
    ],
)
def test_what_parts_become(source: str, expected: set[str]) -> None:
    """Keywords and conditions are dropped; what only a type checker reads is left."""
    assert {change.text for change in changes(source.encode())} - {"(None)"} == expected


def test_changes_of_the_package_are_python() -> None:
    """None is noticed only because it cannot be compiled, and there are thousands."""
    found = 0
    # A third of the modules has every form of change many times over.
    for name in modules([])[::3]:
        source = (ROOT / name).read_bytes()
        for change in changes(source):
            compile(change.apply(source), name, "exec")
            found += 1
    assert found > 3000


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    """It has the size that is asked for, and comes from the modules that are named."""
    names = modules(["generator/bikube/text"])
    assert {Path(name).parent.name for name in names} == {"text"}
    first = sample(names, 5, 1)
    assert (len(first), first) == (5, sample(names, 5, 1))
    assert first != sample(names, 5, 2)


def test_a_change_is_noticed_in_a_copy(tmp_path: Path) -> None:
    """The tests of the module fail in the copy; it is as before afterwards, as is the project."""
    module = "generator/bikube/text/source.py"
    before = (ROOT / module).read_bytes()
    change = next(one for one in changes(before) if "None is returned" in one.what)
    project = Copy(tmp_path, "0")
    stages = project.stages(module)
    assert next(stages) == ["tests/text/test_source.py"]
    assert next(stages) == ["tests/text"]
    assert project.notices(module, change, float("inf")) == "tests/text/test_source.py"
    assert (tmp_path / module).read_bytes() == before == (ROOT / module).read_bytes()


def test_score_and_survivors_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 1 where fewer are noticed than are to be, or nothing was tried."""
    (change, *_) = changes(b"a < b\n")
    tried = [Tried("a.py", change, "tests/test_a.py"), Tried("b.py", change, "")]
    assert [report(tried, 50), report(tried, 51), report([], 0)] == [0, 1, 1]
    assert capsys.readouterr().out.splitlines()[1:3] == [
        "1 of 2 changes were noticed (50 %)",
        "  b.py:1: a < b: Lt is LtE: SURVIVED",
    ]


def test_a_run_ends_when_its_time_is_over() -> None:
    """What is left is not tried, and the work tree is as before."""
    status = ["git", "status", "--porcelain", "generator"]
    before = subprocess.run(status, cwd=ROOT, capture_output=True, check=True).stdout
    assert main(["generator/bikube/text", "--sample", "2", "--seed", "1", "--seconds", "0"]) == 1
    assert subprocess.run(status, cwd=ROOT, capture_output=True, check=True).stdout == before
