"""A run of the tests says at its end what it did not test, and what it measured."""

import subprocess
import sys
from pathlib import Path

from tests.support.distribution import ROOT
from tests.support.summary import not_tested

TESTS = """\
import pytest

@pytest.mark.parametrize("number", range(3))
def test_needs(number):
    pytest.skip("no compiler here")

@pytest.mark.skipif(True, reason="no rights here")
def test_never():
    pass

def test_measures(record_property):
    record_property("summary", "9 of 10 were noticed")
    record_property("other", "not shown")
"""


def _pytest(folder: Path, *options: str) -> list[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
    command += ["-p", "tests.support.summary", "--rootdir", str(folder), *options]
    run = subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.splitlines()


def test_the_end_of_a_run_says_what_was_skipped_and_measured(tmp_path: Path) -> None:
    """Reasons are grouped, with files and counts, in front of pytest's last line."""
    (tmp_path / "test_some.py").write_text(TESTS, encoding="utf-8")
    for options in (("-n", "0"), ("-n", "1")):
        shown = _pytest(tmp_path, *options)
        start = next(number for number, line in enumerate(shown) if "measured" in line)
        assert [line.strip("= ") for line in shown[start:]][:-1] == [
            "measured",
            "9 of 10 were noticed",
            "NOT TESTED: 4 skipped",
            "3 skipped: no compiler here",
            "3 in test_some.py",
            "1 skipped: no rights here",
            "1 in test_some.py",
        ]
        assert shown[-1].startswith("1 passed, 4 skipped in ")


def test_a_run_that_tests_all_says_nothing_more(tmp_path: Path) -> None:
    """Without a skipped test there is no such section."""
    (tmp_path / "test_some.py").write_text("def test_one():\n    pass\n", encoding="utf-8")
    assert [line for line in _pytest(tmp_path) if "NOT TESTED" in line or "measured" in line] == []


def test_the_commonest_reason_comes_first() -> None:
    """A reason stands once, above the files that it is about."""
    skipped = [("b.py", "x"), ("a.py", "y"), ("a.py", "x"), ("b.py", "x"), ("c.py", "a")]
    assert list(not_tested(skipped)) == [
        "3 skipped: x",
        "      1 in a.py",
        "      2 in b.py",
        "1 skipped: a",
        "      1 in c.py",
        "1 skipped: y",
        "      1 in a.py",
    ]
