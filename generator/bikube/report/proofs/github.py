"""Annotations on GitHub: an error for each difference, and a notice with the verdict."""

from collections.abc import Iterator

from bikube.report.formats.github import escape, escape_property
from bikube.report.proof import Point, Proofs
from bikube.text import printable


def report(proofs: Proofs) -> Iterator[str]:
    """One workflow command for each."""
    for point in proofs.points:
        yield f"::error {_place(point)}title=verify::{escape(_text(point))}\n"
    kind = "notice" if proofs.holds else "error"
    yield f"::{kind} title=bikube verify::{escape(proofs.verdict)}\n"


def _place(point: Point) -> str:
    if not point.told:
        return ""
    told = point.told[0]
    line = f"line={told.line}," if told.line else ""
    return f"file={escape_property(told.file)},{line}"


def _text(point: Point) -> str:
    lines = [printable(point.text)]
    for told in point.told:
        value = f": {printable(told.value)}" if told.value else ""
        lines.append(f"{told.side} {printable(told.place)}{value}")
    return "\n".join(lines)


PROOF_REPORT = report
