"""One loop over libyaml's events that builds data and spans together.

The C parser gives events with marks. Composing nodes or loading data first would cost twice the
time and four times the memory, and in C would crash the process on deep nesting.
"""

from collections.abc import Callable
from functools import cached_property
from itertools import repeat
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from bikube.diagnostics import MAX_FINDINGS, Diagnostic, EngineRule, diagnose
from bikube.document.anchors import AliasFault, Anchors, content_start
from bikube.document.breaks import open_events
from bikube.document.oddkeys import OddKeys
from bikube.document.places import Places
from bikube.document.scalars import FIRST, NumberOutOfRange, Scalar, resolve
from bikube.document.tags import Tags
from bikube.document.tree import Document
from bikube.text import Source, Span, shorten

MAX_EVENTS = 1_500_000
"""Keys, values, beginnings and ends that a spec may have; 100,000 endpoints have less. It bounds
the memory that is taken, which is up to a kilobyte for each that has a finding."""

_TOO_MANY_EVENTS = (
    f"the file has more than {MAX_EVENTS:,} keys and values; no spec needs that; split the spec"
)

MAX_SCALAR = 262_144
"""Characters of a key or value: as many as Kubernetes takes in all annotations of an object. What
looks at a text may take a hundred times its length."""

MAX_DEPTH = 60
"""Levels of a spec. No template is evaluated in which a resource's properties have more than 61,
and these begin two levels below the spec's top."""

_Frame = tuple[Any, list[int], Any, Any]
"""The container around an open one, its marks and waiting key, and how the open one began."""

_BLOCKS = ("|", ">")


class Parsed(NamedTuple):
    """What could be read of a source: no document if its syntax is broken."""

    document: Document | None
    diagnostics: list[Diagnostic]


class _Stop(Exception):
    """The rest of the text cannot be read sensibly; the diagnostic says why."""

    def __init__(self, rule: EngineRule, message: str, span: Span) -> None:
        super().__init__(message)
        self.diagnostic = diagnose(rule, message, span)


def parse(source: Source) -> Parsed:
    """The document in ``source``, and every diagnostic of its YAML."""
    builder = _Builder(source)
    try:
        document = builder.build()
    except _Stop as stop:
        return Parsed(None, [*builder.found, stop.diagnostic])
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        # Imported here because only broken YAML needs its words.
        from bikube.document.faults import before_too_deep, explain

        shallow = before_too_deep(source, error)
        if shallow is not None:
            return parse(shallow)
        fault = explain(source, error, builder.opened)
        return Parsed(None, [*builder.found, fault])
    return Parsed(document, builder.diagnostics)


def _extent(event: Any) -> Span:
    return Span(event.start_mark.index, event.end_mark.index)


def _first(event: Any) -> Span:
    return Span(event.start_mark.index, event.start_mark.index + 1)


class _TooMany(Exception):
    """There is so much that the rest of the text is not read; the text says of what."""


class _Builder:
    """Fills containers from events; an instance serves one source."""

    def __init__(self, source: Source) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._source = source
        self._odd_keys: OddKeys | None = None
        self._places = Places()
        self._keys: dict[str, str] = {}
        self._aliased = False
        self._is_bounded = len(source.text) > MAX_EVENTS
        self._stack: list[_Frame] = []

    @cached_property
    def _anchors(self) -> Anchors:
        """Made for those who have any."""
        return Anchors()

    @cached_property
    def _tags(self) -> Tags:
        return Tags(self._source, self.diagnostics, self._resolve)

    @property
    def found(self) -> list[Diagnostic]:
        """What is wrong as far as the text was read."""
        odd = self._odd_keys.report() if self._odd_keys is not None else []
        return [*self.diagnostics, *odd]

    @property
    def opened(self) -> int:
        """Where the innermost container begins that is open; only within one is there any."""
        opened = self._stack[-1][-1] if self._stack else None
        return content_start(self._source.text, opened.start_mark.index) if opened else 0

    def build(self) -> Document:
        get = open_events(self._source.text)
        try:
            return self._build(get)
        except _TooMany as error:
            raise _Stop("file-too-large", str(error), _first(get())) from None

    def _build(self, get: Callable[[], Any]) -> Document:
        get()
        if type(get()) is StreamEndEvent:
            found = "has nothing but comments" if self._source.text.strip() else "is empty"
            message = f'the file {found}; a spec begins with "bikube: v1"; run "bikube init"'
            raise _Stop("empty-file", message, Span(0, 0))
        data = self._read(get)
        get()
        if type(more := get()) is DocumentStartEvent:
            message = "a second YAML document; a spec file holds one; move it to a file of its own"
            raise _Stop("multiple-documents", message, _extent(more))
        keys = self._keys.keys()
        return Document(self._source, data, keys, self._places, has_aliases=self._aliased)

    def _count_findings(self) -> None:
        """Stops where there are too many, which is looked at in long texts only."""
        odd = self._odd_keys.count if self._odd_keys else 0
        if self._is_bounded and len(self.diagnostics) + odd > MAX_FINDINGS:
            raise _TooMany(f"more than {MAX_FINDINGS:,} findings before this; mend these first")

    # Scalars without anchor or tag that are no blocks, and not very long, are handled in this one
    # loop, because there are a hundred thousand of them; what is rare has a method of its own.
    def _read(self, get: Callable[[], Any]) -> Any:  # noqa: C901 - a call an event costs a third
        """Reads events up to the end of the root node, and gives back its data."""
        root: list[Any] = []
        first: _Frame = (root, [], None, None)
        container, marks, key, _event = first
        shared = self._keys.setdefault  # Equal keys are one string.
        for _ in repeat(None, MAX_EVENTS):
            event = get()
            kind = type(event)
            if kind is ScalarEvent:
                start, end, value = event.start_mark.index, event.end_mark.index, event.value
                is_key = key is None and type(container) is dict
                is_plain = event.anchor is None and event.tag is None and event.style not in _BLOCKS
                if not is_plain or end - start > MAX_SCALAR:
                    start, end, value = self._rare_scalar(event, is_key=is_key)
                elif not is_key and not event.style and value[:1] in FIRST:
                    value = self._resolve(value, start, end)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                container, marks, key = self._open((container, marks, key, event)), [], None
                continue
            elif kind is AliasEvent:
                start, end, value = self._alias(event)
            else:
                value, (start, end) = container, self._close(event, container, marks)
                container, marks, key, _ = self._stack.pop()
            marks += (start, end)
            if type(container) is list:
                container.append(value)
            elif key is not None:
                container[key] = value
                key = None
            elif type(value) is str and value not in container and value != "<<":
                key = shared(value, value)
            else:
                key = self._odd_key(container, marks, value, event)
            if root:
                self._places.end(marks)
                return root[0]
        raise _TooMany(_TOO_MANY_EVENTS)

    def _resolve(self, text: str, start: int, end: int) -> Scalar:
        try:
            return resolve(text)
        except NumberOutOfRange:
            message = (
                f"number {shorten(text)} is out of range; numbers are finite and integers fit 64"
                " bits; write a smaller one, or quote it to make it a string"
            )
            self.diagnostics.append(diagnose("number-out-of-range", message, Span(start, end)))
            self._count_findings()
            return text

    def _rare_scalar(self, event: Any, *, is_key: bool) -> tuple[int, int, Scalar]:
        start = content_start(self._source.text, event.start_mark.index)
        end = event.end_mark.index
        if len(event.value) > MAX_SCALAR:
            message = (
                f"a text of {len(event.value):,} characters; keys and values have at most"
                f" {MAX_SCALAR:,}; shorten it"
            )
            raise _Stop("file-too-large", message, Span(start, start + 1))
        if event.style in _BLOCKS:
            end = start + len(self._source.text[start:end].rstrip())
        span = Span(min(start, end), end)
        value: Scalar = event.value
        tag = event.tag
        if tag is None and event.style == "" and not is_key:
            value = self._resolve(event.value, *span)
        elif tag is not None:
            value = self._tags.scalar(event, span)
            self._count_findings()
        self._anchors.define(event.anchor, value)
        return span.start, span.end, value

    def _open(self, frame: _Frame) -> dict[str, Any] | list[Any]:
        """The container that begins, inside of that of ``frame``, if one may begin there."""
        around, _, key, event = frame
        is_map = type(event) is MappingStartEvent
        if key is None and type(around) is dict:
            raise _Stop("complex-key", *self._no_key(_first(event)))
        if len(self._stack) >= MAX_DEPTH:
            message = f"nesting is deeper than {MAX_DEPTH} levels; no spec needs that; flatten it"
            raise _Stop("nesting-too-deep", message, _first(event))
        if event.tag is not None:
            self._tags.container(event, {} if is_map else [])
            self._count_findings()
        if event.anchor is not None:
            self._anchors.open(event.anchor)
        self._stack.append(frame)
        return {} if is_map else []

    def _no_key(self, span: Span) -> tuple[str, Span]:
        # Imported here because hardly any spec has a map or list as a key.
        from bikube.document.foreign import no_key

        return no_key(self._source.text, span)

    def _close(self, event: Any, container: Any, marks: list[int]) -> tuple[int, int]:
        """Files the spans of ``container``, and says where it stands itself.

        A block's end mark lies on the next token, so it ends where its last child ends.
        """
        opened = self._stack[-1][-1]
        start = opened.start_mark.index
        end = marks[-1] if marks and not opened.flow_style else event.end_mark.index
        if opened.anchor is not None or opened.tag is not None:
            start = content_start(self._source.text, start)
            self._anchors.define(opened.anchor, container)
        if self._odd_keys is not None:
            self.diagnostics += self._odd_keys.settle(container)
            self._count_findings()
        self._places.add(container, marks)
        return start, end

    def _alias(self, event: Any) -> tuple[int, int, Any]:
        start, end = event.start_mark.index, event.end_mark.index
        try:
            self._aliased = True
            value = self._anchors.follow(event.anchor, MAX_DEPTH - len(self._stack))
        except AliasFault as fault:
            raise _Stop("alias", str(fault), Span(start, end)) from None
        return start, end, value

    def _odd_key(self, container: Any, marks: list[int], value: Any, event: Any) -> object:
        """A key that is no new string, or what stands for it until the end of its map."""
        if isinstance(value, dict | list):
            raise _Stop("complex-key", *self._no_key(Span(*marks[-2:])))
        odd_keys = self._odd_keys = self._odd_keys or OddKeys(self._source)
        key = event.value if type(event) is ScalarEvent else str(value)
        first = None if key == "<<" and event.style == "" else key
        if first is not None and first not in container:
            return first
        stand_in = odd_keys.add(container, marks, first)
        self._count_findings()
        return stand_in
