"""The tags of YAML's core schema; a spec has no use for any other."""

import re
from collections.abc import Callable
from typing import Any

from bikube.diagnostics import Diagnostic, diagnose
from bikube.document.scalars import Scalar
from bikube.text import Source, Span, describe

TAG = r"!<[^>\s]*>|![^\s,\[\]{}]*"
"""The pattern of a tag as it is written."""

_CORE = "tag:yaml.org,2002:"
_STRINGS = ("!", f"{_CORE}str")
_MAPS = ("!", f"{_CORE}map")
_LISTS = ("!", f"{_CORE}seq")
_SCALARS: dict[str, type] = {
    f"{_CORE}null": type(None),
    f"{_CORE}bool": bool,
    f"{_CORE}int": int,
    f"{_CORE}float": float,
}
"""The tags of scalars that are no strings."""

_KNOWN = {*_STRINGS, *_MAPS, *_LISTS, *_SCALARS}


class Tags:
    """The tags of one document; what is wrong with them is added to ``diagnostics``.

    ``resolve`` reads the plain scalar of a text, and reports one that has no value.
    """

    def __init__(
        self,
        source: Source,
        diagnostics: list[Diagnostic],
        resolve: Callable[[str, int, int], Scalar],
    ) -> None:
        self._source = source
        self._diagnostics = diagnostics
        self._resolve = resolve

    def scalar(self, event: Any, span: Span) -> Scalar:
        """The value of a scalar with a tag, which stands at ``span``."""
        text: str = event.value
        if event.tag in _STRINGS:
            return text
        if event.tag not in _SCALARS:
            self._refuse(event, text)
            return text
        reported = len(self._diagnostics)
        value = self._resolve(text, *span)
        if _fits(event.tag, value):
            return _SCALARS[event.tag](value) if value is not None else None
        if len(self._diagnostics) == reported:
            self._refuse(event, value)
        return value

    def container(self, event: Any, container: object) -> None:
        """Looks at the tag of a map or list; ``container`` is one without members."""
        if event.tag not in (_MAPS if isinstance(container, dict) else _LISTS):
            self._refuse(event, container)

    def _refuse(self, event: Any, value: object) -> None:
        match = re.compile(TAG).search(self._source.text, event.start_mark.index)
        span = Span(*(match.span() if match else (event.start_mark.index, event.end_mark.index)))
        message = _refusal(event.tag, self._source.cut(span), value)
        self._diagnostics.append(diagnose("unknown-tag", message, span))


def _fits(tag: str, value: Scalar) -> bool:
    """Whether a scalar that reads as ``value`` without ``tag`` is of its type."""
    wanted = _SCALARS.get(tag)
    return wanted is type(value) or (wanted is float and type(value) is int)


def _refusal(tag: str, written: str, value: object) -> str:
    """What is wrong with ``tag``, spelt as ``written``, before ``value``."""
    if tag in _KNOWN:
        return (
            f'tag "{written}" does not fit; what it stands before is {describe(value)}; remove it'
        )
    return f'tag "{written}" is not known; only the tags of the YAML core schema are; remove it'
