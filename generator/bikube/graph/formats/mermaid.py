"""A flowchart of Mermaid, which GitHub, GitLab and many editors show in Markdown.

Texts stand in quotes, and whatever is no plain character in them is an entity, which Mermaid
writes ``#35;``: quotes, tags and Markdown are such, and so are directives (``%%{…}%%``), formulas
(``$$``), icons (``fa:fa-…``), and what Mermaid takes for a style before it reads anything.
"""

import re
from collections.abc import Iterable, Iterator

from bikube.diagnostics import Severity
from bikube.graph.picture import Arrow, Box, Picture

# Mermaid takes blanks away that stand at an end.
_ODD = re.compile(r"[^A-Za-z0-9 _.,/+()=-]|\A | \Z")
_SHAPES = {"box": ('["', '"]'), "store": ('[("', '")]'), "topic": ('(["', '"])')}
_LINES = {"data": "-->", "reference": "-.->"}
_RED, _YELLOW, _GREY = "#cc0000", "#b58900", "#888888"
_COLOURS = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW}
_CLASSES = {
    "error": f"fill:#ffdddd,stroke:{_RED},color:#000000",
    "warning": f"fill:#fff3cc,stroke:{_YELLOW},color:#000000",
    "missing": f"stroke:{_RED},stroke-dasharray:4 4",
    "outside": f"stroke:{_GREY},stroke-dasharray:4 4",
}


def draw(picture: Picture) -> str:
    """The flowchart from left to right."""
    lines = [
        "flowchart LR",
        *_boxes(picture.boxes, "  "),
        *map(_arrow, picture.arrows),
        *_classes(picture),
        *_arrow_colours(picture.arrows),
    ]
    return "".join(f"{line}\n" for line in lines)


def _boxes(boxes: Iterable[Box], margin: str) -> Iterator[str]:
    for box in boxes:
        label = "<br/>".join(map(_escape, box.lines))
        if box.inner:
            yield f'{margin}subgraph {box.id}["{label}"]'
            yield from _boxes(box.inner, margin + "  ")
            yield f"{margin}end"
        else:
            start, end = _SHAPES[box.shape]
            yield f"{margin}{box.id}{start}{label}{end}"


def _arrow(arrow: Arrow) -> str:
    label = f'|"{_escape(arrow.label)}"|' if arrow.label.strip() else ""
    return f"  {arrow.start} {_LINES[arrow.sort]}{label} {arrow.end}"


def _classes(picture: Picture) -> Iterator[str]:
    """The classes that are in use, each with the boxes that are of it."""
    of: dict[str, list[str]] = {}
    for box in picture.all_boxes:
        if box.standing != "described":
            of.setdefault(box.standing, []).append(box.id)
        if box.severity is not None:
            of.setdefault(box.severity.label, []).append(box.id)
    for name, style in _CLASSES.items():
        if name in of:
            yield f"  classDef {name} {style}"
            yield f"  class {','.join(of[name])} {name}"


def _arrow_colours(arrows: Iterable[Arrow]) -> Iterator[str]:
    of: dict[Severity, list[str]] = {}
    for number, arrow in enumerate(arrows):
        if arrow.severity is not None:
            of.setdefault(arrow.severity, []).append(str(number))
    for severity in sorted(of):
        style = f"stroke:{_COLOURS[severity]},stroke-width:2px"
        yield f"  linkStyle {','.join(of[severity])} {style}"


def _escape(text: str) -> str:
    return _ODD.sub(lambda match: f"#{ord(match.group())};", text)


DRAWING = draw
