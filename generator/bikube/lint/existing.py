"""What a spec says to exist: once, and only of what it does not describe."""

from collections.abc import Iterator, Sequence
from typing import Any

from bikube.diagnostics import Diagnostic, Pointer, Related, diagnose
from bikube.document import Document
from bikube.spec import Spec
from bikube.spec.references import known
from bikube.text import shorten


def strangely_existing(spec: Spec) -> Iterator[Diagnostic]:
    """Each item below "existing" that is described, and each that repeats one that is not."""
    for section, named in spec.existing.items():
        described = known(spec, section).described if section in spec.tables else {}
        for identity, indices in named.items():
            row = described.get(identity)
            if row is None:
                yield from _repeated(spec.document, section, identity[-1], indices)
                continue
            for index in indices:
                yield _described(spec.document, (section, row), index, identity[-1])
    for section, items in spec.existing_beside.items():
        for text, indices in _texts(items).items():
            yield from _repeated(spec.document, section, text, indices)


def _texts(items: list[Any]) -> dict[str, list[int]]:
    """Where each text stands in a list."""
    found: dict[str, list[int]] = {}
    for index, one in enumerate(items):
        if isinstance(one, str):
            found.setdefault(one, []).append(index)
    return found


def _described(document: Document, entry: Pointer, index: int, name: str) -> Diagnostic:
    section, there = str(entry[0]), document.span((*entry, "name"))
    line = document.source.position(there.start).line
    message = (
        f'"{shorten(name)}" is described in "{section}" (line {line}); "existing" is for what this'
        " spec does not describe"
    )
    pointer = ("existing", section, index)
    advice = "choose one of the two"
    found = diagnose(
        "existing-and-described", message, document.span(pointer), pointer, help=advice
    )
    return found._replace(related=(Related(there, "described here"),))


def _repeated(
    document: Document, section: str, name: str, indices: Sequence[int]
) -> Iterator[Diagnostic]:
    first = document.span(("existing", section, indices[0]))
    line = document.source.position(first.start).line
    message = f'"{shorten(name)}" of "{section}" is said to exist already (the first: line {line})'
    for index in indices[1:]:
        pointer = ("existing", section, index)
        found = diagnose(
            "existing-repeated",
            message,
            document.span(pointer),
            pointer,
            help="once is enough; correct the name if another one is meant",
        )
        yield found._replace(related=(Related(first, "said first here"),))
