"""A client of Mermaid and Graphviz, which read the pictures that bikube draws."""

from pathlib import Path
from typing import NamedTuple

from tests.editor.lines import LineScript

SCRIPT = Path(__file__).with_suffix(".mjs")
PROGRAM = Path(__file__).parent / "node_modules/mermaid"


class SeenBox(NamedTuple):
    """A box as a reader has it; ``around`` is the id of the innermost group that it is in."""

    id: str
    text: str
    shape: str
    looks: tuple[str, ...]
    around: str


class SeenArrow(NamedTuple):
    """An arrow as a reader has it."""

    start: str
    end: str
    text: str
    looks: tuple[str, ...]


class Seen(NamedTuple):
    """All of a picture, sorted; a group has no shape."""

    boxes: list[SeenBox]
    arrows: list[SeenArrow]


class Pictures(LineScript):
    """Both readers in one process, which take some milliseconds a picture."""

    def __init__(self, node: Path) -> None:
        super().__init__(node, SCRIPT)

    def read(self, format_: str, text: str) -> Seen:
        """What the reader of ``format_`` sees in ``text``.

        Raises:
            LineError: it is no picture to that reader.
        """
        answer = self.ask({"format": format_, "text": text})
        boxes = [
            SeenBox(id_, shown, shape, tuple(looks), around)
            for id_, shown, shape, looks, around in answer["boxes"]
        ]
        arrows = [
            SeenArrow(start, end, shown, tuple(looks))
            for start, end, shown, looks in answer["arrows"]
        ]
        return Seen(sorted(boxes), sorted(arrows))
