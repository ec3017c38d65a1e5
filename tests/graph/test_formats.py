"""Each format, read by the program that it is for: what comes back is the picture, and no more."""

import re
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.editor.pictures import Pictures, Seen, SeenArrow, SeenBox

from bikube.diagnostics import Severity
from bikube.graph import Arrow, Box, Picture, drawing_names, load_drawing
from bikube.graph.picture import Shape, Sort, Standing
from bikube.text import printable

FORMATS = ["dot", "mermaid"]
RED, YELLOW, GREY = "#cc0000", "#b58900", "#888888"
COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW}

HOSTILE = [
    *('a"]; click a "javascript:alert(1)"', '"]:::error', '"| b --> c', "end", "subgraph x"),
    *("`# *markdown*`", "**bold** _italic_", "<b>bold</b>", "<script>alert(1)</script>", "<br/>"),
    *(
        "%%{init: {'theme': 'dark'}}%%",
        "%% comment",
        "---",
        "$$x^2$$",
        "fa:fa-car",
        "@{shape: rect}",
    ),
    *("style a:#f00;", "lifestyle: x:#1;", "classDef a fill:#f00;", "linkStyle 0 stroke:#f00"),
    *(
        "#35;",
        "#quot;",
        "&quot;",
        "&amp;#35;",
        "&#x3c;",
        "ﬂ°°60¶ß",
        "ﬂ°quot¶ß",
        "\\n",
        "a\\",
        "\\N \\G",
    ),
    *(
        "plant7/+/temp#",
        "${inputTopic.2}",
        "a & b",
        "x -> y",
        "{a|b}",
        "[a]",
        "(a)",
        "((a))",
        "{{a}}",
    ),
    *(
        "Größe",
        "温度",
        "😀",
        "a;b",
        "a,b",
        "  spaced  ",
        "'",
        '"',
        "|",
        "##vso[task.complete]",
        "::error::x",
    ),
    *(
        "digraph",
        "node [color=red]",
        "<TABLE>",
        "// comment",
        "/* x */",
        "-- --",
        "A---oB",
        "default",
    ),
]


def expected_in_mermaid(picture: Picture) -> Seen:
    """What Mermaid has to see."""
    shapes = {"box": "square", "store": "cylinder", "topic": "stadium"}
    lines = {"data": "normal", "reference": "dotted"}
    boxes = [
        SeenBox(
            box.id,
            "\n".join(box.lines),
            "" if box.inner else shapes[box.shape],
            tuple(_classes(box)),
            around,
        )
        for box, around in placed(picture.boxes, "")
    ]
    arrows = [
        SeenArrow(
            arrow.start,
            arrow.end,
            arrow.label if arrow.label.strip() else "",
            (
                lines[arrow.sort],
                *(
                    (f"stroke:{COLOURS[arrow.severity]}", "stroke-width:2px", "fill:none")
                    if arrow.severity
                    else ()
                ),
            ),
        )
        for arrow in picture.arrows
    ]
    return Seen(sorted(boxes), sorted(arrows))


def _classes(box: Box) -> Iterator[str]:
    """Findings first, as the classes are in the text."""
    if box.severity is not None:
        yield box.severity.label
    if box.standing != "described":
        yield box.standing


def expected_in_dot(picture: Picture) -> Seen:
    """What Graphviz has to see."""
    shapes = {"box": "box", "store": "cylinder", "topic": "oval"}
    leaves = {box.id: leaf(box) for box in picture.all_boxes}
    boxes = [
        SeenBox(
            f"cluster_{box.id}" if box.inner else box.id,
            _in_svg("\n".join(box.lines)),
            "" if box.inner else shapes[box.shape],
            _dot_looks(box),
            around and f"cluster_{around}",
        )
        for box, around in placed(picture.boxes, "")
    ]
    arrows = [
        SeenArrow(
            leaves[arrow.start],
            leaves[arrow.end],
            _in_svg(arrow.label if arrow.label.strip() else ""),
            (
                "dashed" if arrow.sort == "reference" else "",
                COLOURS[arrow.severity] if arrow.severity else "",
            ),
        )
        for arrow in picture.arrows
    ]
    return Seen(sorted(boxes), sorted(arrows))


def _in_svg(text: str) -> str:
    """Graphviz writes several blanks as ones that do not break; the reader takes both for one."""
    return text.replace("\xa0", " ")


def _dot_looks(box: Box) -> tuple[str, str]:
    standings = {"described": "", "outside": GREY, "missing": RED}
    styles = ["dashed"] * (box.standing != "described") + ["filled"] * (box.severity is not None)
    colour = COLOURS[box.severity] if box.severity else standings[box.standing]
    return ",".join(styles), colour


def leaf(box: Box) -> str:
    """Where arrows to a group lead in DOT."""
    return leaf(box.inner[0]) if box.inner else box.id


def placed(boxes: tuple[Box, ...], around: str) -> Iterator[tuple[Box, str]]:
    """Each box, and the id of the one that it is in."""
    for box in boxes:
        yield box, around
        yield from placed(box.inner, box.id)


EXPECTED = {"dot": expected_in_dot, "mermaid": expected_in_mermaid}

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=12),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map("".join),
).map(printable)
titles = texts.filter(lambda text: bool(text.strip()))
severities = st.sampled_from([None, Severity.WARNING, Severity.ERROR])


@st.composite
def drawn(draw: st.DrawFn) -> Picture:
    """Pictures with groups in groups, and arrows between anything."""
    shapes = st.sampled_from(get_args(Shape))
    standings = st.sampled_from(get_args(Standing))
    numbers = iter(range(1_000))

    def boxes(depth: int) -> tuple[Box, ...]:
        return tuple(
            Box(
                f"b{next(numbers)}",
                tuple(draw(st.lists(titles, min_size=1, max_size=3))),
                draw(shapes),
                draw(standings),
                draw(severities),
                boxes(depth - 1) if depth and draw(st.booleans()) else (),
            )
            for _ in range(draw(st.integers(1, 3)))
        )

    picture = Picture(boxes(2), ())
    ids = [box.id for box in picture.all_boxes]
    outer = {inner: box.id for box in picture.all_boxes for inner in _within(box)}
    pairs = [
        (start, end)
        for start in ids
        for end in ids
        if start != end and end not in outer.get(start, "") and not _is_around(picture, start, end)
    ]
    arrows = [
        Arrow(start, end, draw(texts), draw(st.sampled_from(get_args(Sort))), draw(severities))
        for start, end in (draw(st.lists(st.sampled_from(pairs), max_size=3)) if pairs else ())
    ]
    return picture._replace(arrows=tuple(arrows))


def _within(box: Box) -> list[str]:
    return [one.id for one in Picture(box.inner, ()).all_boxes]


def _is_around(picture: Picture, one: str, other: str) -> bool:
    """Whether one of two boxes is in the other: nothing leads from a box to what is in it."""
    inner = {box.id: _within(box) for box in picture.all_boxes}
    return one in inner[other] or other in inner[one]


def test_every_format_has_a_reader() -> None:
    """Those below are all that there are."""
    assert list(drawing_names()) == FORMATS == sorted(EXPECTED)


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picture=drawn())
def test_a_reader_sees_the_picture(format_: str, picture: Picture, pictures: Pictures) -> None:
    """Boxes, groups, arrows, texts and looks are those that were drawn, whatever the texts are."""
    assert pictures.read(format_, load_drawing(format_)(picture)) == EXPECTED[format_](picture)


@pytest.mark.parametrize("format_", FORMATS)
def test_no_text_means_anything(format_: str, pictures: Pictures) -> None:
    """Each of many hostile texts is read back as it is, as a name, a title and a label."""
    shown = list(map(printable, HOSTILE))
    inner = tuple(Box(f"b{number}", (text, text)) for number, text in enumerate(shown))
    groups = [
        Box(f"g{n}", (text,), inner=(box,))
        for n, (text, box) in enumerate(zip(shown, inner, strict=True))
    ]
    arrows = [Arrow("b0", f"b{n}", text, "data") for n, text in enumerate(shown) if n]
    picture = Picture(tuple(groups), tuple(arrows))
    assert pictures.read(format_, load_drawing(format_)(picture)) == EXPECTED[format_](picture)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_log_is_not_commanded(format_: str) -> None:
    """No line begins as a command does, nor has one that runners obey anywhere."""
    box = Box("a", tuple(map(printable, ("::error::x", "##vso[x]", "##[error]x"))))
    text = load_drawing(format_)(Picture((box,), (Arrow("a", "a", printable("::x"), "data"),)))
    assert not re.search(r"(?m)^\s*::|##[a-z]*\[", text)
