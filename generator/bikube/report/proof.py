"""Proofs as they may be shown: differences in words, with lines, and without credentials."""

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from bikube.credentials.redaction import Redactor, hide_tokens
from bikube.text import Source, shorten
from bikube.verify import Absence, Difference, Proof, Side, Sighting, Tally


class Told(NamedTuple):
    """What one side says at a place; ``line`` is 0 where none is known, ``value`` may be empty."""

    side: str
    file: str
    line: int
    value: str

    @property
    def place(self) -> str:
        """The file, and the line if there is one."""
        return f"{self.file}:{self.line}" if self.line else self.file


class Point(NamedTuple):
    """One difference; ``resource`` is empty where it is about a whole file."""

    resource: str
    path: str
    message: str
    told: tuple[Told, ...]

    @property
    def text(self) -> str:
        """What is wrong, in one line."""
        return (
            " ".join(filter(None, (self.resource, self.path)))
            + ": " * bool(self.resource)
            + self.message
        )


class Proved(NamedTuple):
    """What was proved of one spec, or of one pair of files, and where that failed.

    ``sides`` are the outputs that there are; ``apart`` are resources of other services.
    """

    name: str
    sides: tuple[str, ...]
    tallies: Mapping[str, Tally]
    points: tuple[Point, ...]
    apart: tuple[str, ...]


class Proofs(NamedTuple):
    """All proofs of a run, and the version of the compiler that evaluated the Bicep."""

    proved: tuple[Proved, ...]
    compiler: str

    @property
    def tallies(self) -> dict[str, Tally]:
        """What was compared, by section."""
        found: dict[str, Tally] = {}
        for one in self.proved:
            for section, tally in one.tallies.items():
                found[section] = found.get(section, Tally()).plus(tally)
        return found

    @property
    def total(self) -> Tally:
        """All that was compared."""
        total = Tally()
        for one in self.tallies.values():
            total = total.plus(one)
        return total

    @property
    def points(self) -> tuple[Point, ...]:
        """Every difference."""
        return tuple(point for one in self.proved for point in one.points)

    @property
    def holds(self) -> bool:
        """Whether there is no difference."""
        return not self.points

    @property
    def verdict(self) -> str:
        """The line that says it all."""
        total = self.total
        numbers = f"{_counted(total.resources, 'resource')}, {_counted(total.values, 'value')}"
        if not self.holds:
            return f"not equal: {_counted(len(self.points), 'difference')} in {numbers}"
        are_two = all(len(one.sides) > 1 for one in self.proved)
        return f"proved {'equal' if are_two else 'as the spec says'}: {numbers}"


def proved(name: str, sides: tuple[Side, ...], proof: Proof, texts: Callable[[str], str]) -> Proved:
    """``proof`` as it may be shown; ``texts`` gives the texts of the files that it is about."""
    hide = _Hider(texts)
    return Proved(
        name,
        tuple(side.value for side in sides),
        proof.tallies,
        tuple(hide.point(one) for one in proof.differences),
        tuple(f"{file}: {what} ({side.value})" for side, file, what in proof.apart),
    )


class _Hider:
    """Turns differences into words, and takes the credentials of their files out of these."""

    def __init__(self, texts: Callable[[str], str]) -> None:
        self._texts = texts
        self._redactors: dict[str, Redactor] = {}

    def point(self, one: Difference) -> Point:
        """A difference in words."""
        told = tuple(self._told(sighting) for sighting in one.sightings)
        message, path = one.message, one.path
        for sighting in one.sightings:
            redactor = self._redactor(sighting.file)
            message, path = redactor.hide(message), redactor.hide(path)
        return Point(hide_tokens(one.resource), hide_tokens(path), hide_tokens(message), told)

    def _told(self, sighting: Sighting) -> Told:
        side = sighting.side.value
        if isinstance(sighting.value, Absence):
            return Told(side, sighting.file, sighting.line, sighting.value.value)
        value = json.dumps(sighting.value, ensure_ascii=False, default=str)
        # A key may say that its value is a credential.
        key = next((one for one in reversed(sighting.pointer) if isinstance(one, str)), "value")
        lead = f"{key}: "
        hidden = Redactor(Source("", lead + value), None).hide_line(1).removeprefix(lead)
        hidden = self._redactor(sighting.file).hide(hidden)
        return Told(side, sighting.file, sighting.line, shorten(hidden))

    def _redactor(self, file: str) -> Redactor:
        if file not in self._redactors:
            self._redactors[file] = Redactor(Source(file, self._texts(file)), None)
        return self._redactors[file]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
