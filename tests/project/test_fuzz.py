"""`make fuzz` and `make kills` find what they are there for, and the same for the same seed."""

import random
from pathlib import Path
from typing import Any

import pytest
from fuzz import runs
from fuzz.__main__ import main, tried
from fuzz.bicep import Reference, Unreadable, read_properties
from fuzz.changes import changed
from fuzz.runs import Generated, Mended
from fuzz.seeds import ODD, configurations, rule_files, specs
from fuzz.trying import Input, hold, made
from tests.support.trees import spec

from bikube.diagnostics import Diagnostic
from bikube.lint import Linted, lint
from bikube.render.bicep.literals import literal
from bikube.text import Span

NAME = "fuzz.bikube.yaml"


def test_inputs_are_the_same_for_the_same_seed() -> None:
    """Another number or seed is another input, and there are inputs of each sort."""
    first = [made(1, number) for number in range(200)]
    assert first == [made(1, number) for number in range(200)]
    assert len({one.data for one in first}) > 190
    assert made(2, 0) != first[0]
    names = {one.name for one in first}
    assert {NAME, "bikube.config.yaml"} < names
    assert any(name.startswith("own-") for name in names)


def test_there_is_much_to_begin_with() -> None:
    """Examples, golden cases, the examples of rules, and shapes that broke something once."""
    assert (len(specs()) > 400, len(rule_files()) > 50, len(configurations())) == (True, True, 2)
    assert {one.text for one in specs()} > set(ODD)


@pytest.mark.parametrize("text", ["", "a", "\n", "bikube: v1\n" * 3])
def test_whatever_is_changed_becomes_something(text: str) -> None:
    """Texts in which there is nothing to change, too."""
    for number in range(100):
        changed(text, [""], random.Random(number))  # noqa: S311


def test_what_is_tried_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """In two processes; the speed is told, and time is bounded."""
    assert main(["--count", "150", "--seed", "3", "--jobs", "2"]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert (first, last.startswith("150 inputs tried, "), last.endswith(" a second, 0 failed")) == (
        "150 inputs, SEED=3",
        True,
        True,
    )
    assert main(["--count", "100000", "--seconds", "1", "--jobs", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "1 seconds are over; the rest is not tried"


def test_every_sort_of_seed_holds() -> None:
    """As it is, without a change."""
    seeds = (*specs()[::40], *configurations(), *rule_files()[::20])
    for number, seed in enumerate(seeds):
        hold(Input(seed.name, seed.text.encode()), number)


def broken(monkeypatch: pytest.MonkeyPatch, diagnostic: Diagnostic) -> str:
    """What is said of an input in which such a thing is found."""

    def find(name: str, data: bytes, **given: Any) -> Linted:
        return lint(name, data, **given)._replace(diagnostics=(diagnostic,))

    monkeypatch.setattr("fuzz.trying.lint", find)
    with pytest.raises(AssertionError) as failure:
        hold(Input(NAME, spec().encode()), 2)
    return str(failure.value)


def test_places_outside_of_the_text_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A span has to be within it, and in order."""
    outside = Diagnostic("wrong-type", "x", Span(0, 10_000))
    assert broken(monkeypatch, outside).startswith("Span(start=0, end=10000) is outside")
    backward = Diagnostic("wrong-type", "x", Span(5, 3))
    assert broken(monkeypatch, backward).startswith("Span(start=5, end=3) is outside")


def test_findings_that_say_nothing_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message is part of each."""
    nothing = Diagnostic("wrong-type", "", Span(0, 1))
    assert broken(monkeypatch, nothing) == "wrong-type says nothing"


def test_an_exception_is_told_with_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And with how to have it again."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("fuzz.trying.lint", fail)
    failures = list(tried(1, range(200)))
    assert {one.what.partition(" (test_fuzz.py:")[0] for one in failures} == {
        "ZeroDivisionError: by zero"
    }
    monkeypatch.setattr("fuzz.__main__.ProcessPoolExecutor", _Here)
    number = failures[0].number
    assert main(["--count", "1", "--first", str(number), "--seed", "1"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert (said[3], said[-1].endswith(" 1 failed")) == (
        f"  make fuzz SEED=1 FIRST={number} COUNT=1",
        True,
    )


class _Here:
    """Runs in this process, where the code is changed."""

    def __init__(self, _jobs: int | None) -> None:
        self.map = map

    def __enter__(self) -> "_Here":
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_literals_are_read_back() -> None:
    """What is written in Bicep is what is read, whatever is in it."""
    value = {
        "a": [1, -2, 1.5, True, False, None, [], {}],
        "": "a'b\\c${d}\n\r\t\0\u2028'''",
        "ä b": [{"c": "https://management.azure.com/"}, "//x"],
    }
    text = f"resource a 'b@c' = {{\n  name: d.name\n  properties: {literal(value, 2)}\n}}\n"
    assert read_properties(text) == [value]
    long = "resource a 'b' existing = {\n  name: 'c'\n}\nresource d 'e' = {\n  properties: {\n"
    long += "    f: '''\n a\n'''\n    g: h.name\n    i: j(k.l, 'm').n\n  }\n}\n"
    assert read_properties(long) == [{"f": " a\n", "g": Reference("h.name"), "i": Reference("j")}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("resource a 'b' = {\n", "it ends too early"),
        ("resource a 'b' {\n}\n", "('sign', '{') where '=' is expected"),
        ("resource a 'b' = {\n  properties: ]\n}\n", "']' where a value is expected"),
        ("resource a 'b' = {\n  1: 2\n}\n", "'1' where a key is expected"),
        ("param a string = 'x${y}'\n", "at 17: \"'x${y}'\\n\""),
    ],
)
def test_what_is_no_template_is_not_read(text: str, said: str) -> None:
    """The reader is strict."""
    with pytest.raises(Unreadable) as failure:
        read_properties(text)
    assert str(failure.value) == said


def test_runs_that_are_killed_and_pairs_lose_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A few of each sort."""
    assert runs.main(["--kills", "2", "--pairs", "2", "--size", "9", "--seed", "1"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2 kills, 2 pairs, SEED=1",
        "1 kills of generate: 0 lost something",
        "1 kills of lint --fix: 0 lost something",
        "1 pairs of generate: 0 lost something",
        "1 pairs of lint --fix: 0 lost something",
    ]


def test_what_is_lost_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files that are torn, missing or too many, and a spec that is neither text."""
    (tmp_path / "a").mkdir()
    place = Generated(tmp_path / "a", 2)
    main_file = "aio-plant-7/bicep/main.bicep"
    (tmp_path / "a/deploy" / main_file).write_text("half", encoding="utf-8")
    assert place.torn() == [f"{main_file}: 4 bytes that no spec has"]
    assert place.ended([place.start()], 0) == ["exit codes [1]"]
    (tmp_path / "a/deploy" / main_file).write_bytes(place.trees[0][main_file])
    (tmp_path / "a/deploy/aio-plant-7/.x.bikube-tmp").write_bytes(b"")
    assert place.torn() == []
    assert place.ended([], 0) == ["other files: ['aio-plant-7/.x.bikube-tmp']"]
    (tmp_path / "b").mkdir()
    spec_place = Mended(tmp_path / "b", 2)
    spec_place.path.write_bytes(b"")
    assert spec_place.ended([]) == ["exit codes [], files ['bikube.yaml']"]
    assert runs.main(["--kills", "0", "--pairs", "0"]) == 0
    assert "0 kills of generate: 0 lost something" in capsys.readouterr().out
