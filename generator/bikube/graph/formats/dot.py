"""A graph in the DOT language, which Graphviz lays out: ``dot -Tsvg``."""

from collections.abc import Iterable, Iterator, Mapping

from bikube.diagnostics import Severity
from bikube.graph.picture import Arrow, Box, Picture

_SHAPES = {"box": "box", "store": "cylinder", "topic": "oval"}
_RED, _YELLOW, _GREY = "#cc0000", "#b58900", "#888888"
_COLOURS = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW}
_FILLS = {Severity.ERROR: "#ffdddd", Severity.WARNING: "#fff3cc"}
_STANDINGS = {"described": "", "outside": _GREY, "missing": _RED}

# In a label "\" begins an escape, and "&" an entity; nothing else has a meaning between quotes.
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})

Attributes = dict[str, str]

_PLAIN: Mapping[str, str] = {"style": '""', "color": '"black"'}
"""What a group says of itself, since it would look like the one around it."""


def draw(picture: Picture) -> str:
    """The graph from left to right."""
    leaves = {box.id: _leaf(box) for box in picture.all_boxes}
    lines = [
        "digraph bikube {",
        "  rankdir=LR",
        "  compound=true",
        '  node [fontname="sans-serif", shape="box"]',
        '  edge [fontname="sans-serif"]',
        '  graph [fontname="sans-serif"]',
        *_boxes(picture.boxes, "  "),
        *(_arrow(arrow, leaves) for arrow in picture.arrows),
        "}",
    ]
    return "".join(f"{line}\n" for line in lines)


def _leaf(box: Box) -> str:
    """The first box in ``box`` that has none itself: arrows lead to such only."""
    while box.inner:
        box = box.inner[0]
    return box.id


def _boxes(boxes: Iterable[Box], margin: str) -> Iterator[str]:
    for box in boxes:
        if box.inner:
            yield f"{margin}subgraph cluster_{box.id} {{"
            for name, value in {**_PLAIN, **_look(box)}.items():
                yield f"{margin}  {name}={value}"
            yield from _boxes(box.inner, margin + "  ")
            yield f"{margin}}}"
        else:
            look = _look(box) | {"shape": f'"{_SHAPES[box.shape]}"'}
            yield f"{margin}{box.id} [{_listed(look)}]"


def _look(box: Box) -> Attributes:
    """Label and colours; what is no group may have a shape as well."""
    found = {"label": _label("\\n".join(map(_escape, box.lines)))}
    styles = [] if box.standing == "described" else ["dashed"]
    if box.severity is not None:
        found |= {"style": f'"{",".join([*styles, "filled"])}"'}
        found |= {"color": f'"{_COLOURS[box.severity]}"', "fillcolor": f'"{_FILLS[box.severity]}"'}
    elif styles:
        found |= {"style": '"dashed"', "color": f'"{_STANDINGS[box.standing]}"'}
    return found


def _arrow(arrow: Arrow, leaves: Mapping[str, str]) -> str:
    look: Attributes = {}
    if arrow.label.strip():
        look["label"] = _label(_escape(arrow.label))
    if arrow.sort == "reference":
        look["style"] = '"dashed"'
    if arrow.severity is not None:
        look |= {"color": f'"{_COLOURS[arrow.severity]}"', "penwidth": "2"}
    start, end = leaves[arrow.start], leaves[arrow.end]
    for name, box, leaf in (("ltail", arrow.start, start), ("lhead", arrow.end, end)):
        if box != leaf:
            look[name] = f'"cluster_{box}"'
    attributes = f" [{_listed(look)}]" if look else ""
    return f"  {start} -> {end}{attributes}"


def _listed(attributes: Attributes) -> str:
    return ", ".join(f"{name}={value}" for name, value in attributes.items())


def _label(escaped: str) -> str:
    return f'"{escaped}"'


def _escape(text: str) -> str:
    return text.translate(_ESCAPES)


DRAWING = draw
