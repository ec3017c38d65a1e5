"""Composes pictures of specs: what is in which box, and what is marked."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from bikube.diagnostics import Diagnostic, Pointer
from bikube.graph.entries import Entry, entries_of
from bikube.graph.marks import Mark, mark_at, marks_of
from bikube.graph.naming import Ids
from bikube.graph.picture import Arrow, Box, Picture, Shape, Standing
from bikube.graph.ways import Ways, ways_of
from bikube.spec import Spec
from bikube.text import printable, shorten

_CAPITAL = re.compile(r"(?=[A-Z])")


class Subject(NamedTuple):
    """A spec to draw with what is found in it; ``hide`` takes the credentials out of its texts."""

    spec: Spec
    diagnostics: tuple[Diagnostic, ...]
    hide: Callable[[str], str]

    def show(self, text: str) -> str:
        """A text of the spec as it may be shown, cut where it is long."""
        return printable(shorten(self.hide(text)))

    def title(self, name: str) -> str:
        """The same of a name, which may be missing."""
        return self.show(name) if name.strip() else "(no name)"


class _Content(NamedTuple):
    """All that is known of one instance before it is drawn; ``below`` has ids by their parent's."""

    subject: Subject
    entries: tuple[Entry, ...]
    ways: Ways
    marks: Mapping[Pointer, Mark]
    below: Mapping[str, list[Entry]]


def picture_of(subjects: Iterable[Subject]) -> Picture:
    """The picture of ``subjects``, each an instance in a box of its own.

    The same specs with the same findings give the same picture, in whatever order their entries
    and findings stand.
    """
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    for number, subject in enumerate(subjects, start=1):
        ids = Ids(f"i{number}_" if number > 1 else "")
        box_id = ids.give("instance")
        content = _content(subject, ids)
        boxes.append(_instance(content, box_id))
        arrows += sorted(_arrows(content), key=lambda one: (*one[:4], one.severity or 0))
    return Picture(tuple(boxes), tuple(arrows))


def _content(subject: Subject, ids: Ids) -> _Content:
    entries = tuple(entries_of(subject.spec, ids))
    places = {one.place: one.id for one in entries}
    places |= {part.place: part.id for one in entries for part in one.parts if not part.is_missing}
    ways = ways_of(subject.spec, places, ids)
    drawn = {(), *places, *(way.place for way in ways.ways)}
    drawn |= {step.place for one in entries for step in one.steps}
    below: dict[str, list[Entry]] = {}
    for one in entries:
        if one.place in ways.above:
            below.setdefault(ways.above[one.place], []).append(one)
    return _Content(subject, entries, ways, marks_of(subject.diagnostics, drawn), below)


def _instance(content: _Content, box_id: str) -> Box:
    mark = mark_at(content.marks, ())
    lines = (content.subject.title(content.subject.spec.instance.name), *mark.line)
    inner = (*_resources(content), *_others(content), *_topics(content))
    return Box(box_id, lines, severity=mark.severity, inner=inner)


def _resources(content: _Content) -> Iterator[Box]:
    """Those that are not in the box of another resource."""
    return (
        _resource(one, content) for one in content.entries if one.place not in content.ways.above
    )


def _resource(entry: Entry, content: _Content) -> Box:
    mark = mark_at(content.marks, entry.place)
    name = content.subject.title(entry.identity[-1] if entry.identity else "")
    children = content.below.get(entry.id, ())
    return Box(
        entry.id,
        (name, _words(entry.kind.singular), *mark.line),
        _shape(entry.id, content),
        severity=mark.severity,
        inner=(*_parts(entry, content), *(_resource(one, content) for one in children)),
    )


def _parts(entry: Entry, content: _Content) -> Iterator[Box]:
    for part in entry.parts:
        mark = Mark() if part.is_missing else mark_at(content.marks, part.place)
        standing: Standing = "missing" if part.is_missing else "described"
        lines = (content.subject.title(part.name), *mark.line)
        yield Box(part.id, lines, standing=standing, severity=mark.severity)


def _others(content: _Content) -> Iterator[Box]:
    """What is named and not described, with what is below it."""
    for one in sorted(content.ways.others.values()):
        lines = (content.subject.title(one.name), _words(one.singular))
        children = content.below.get(one.id, ())
        inner = tuple(_resource(child, content) for child in children)
        yield Box(one.id, lines, _shape(one.id, content), one.standing, inner=inner)


def _shape(box: str, content: _Content) -> Shape:
    return "store" if box in content.ways.stores else "box"


def _topics(content: _Content) -> Iterator[Box]:
    topics = sorted(content.ways.topics.items(), key=lambda pair: (pair[1], pair[0]))
    return (Box(one, (content.subject.title(topic),), "topic") for one, topic in topics)


def _arrows(content: _Content) -> Iterator[Arrow]:
    show, marks = content.subject.show, content.marks
    for way in content.ways.ways:
        severity = mark_at(marks, way.place).severity if way.place else None
        yield Arrow(way.start, way.end, show(way.label), way.sort, severity)
    for entry in content.entries:
        for step in entry.steps:
            severity = mark_at(marks, step.place).severity
            yield Arrow(step.start, step.end, show(step.output), "data", severity)


def _words(singular: str) -> str:
    return _CAPITAL.sub(" ", singular).lower()
