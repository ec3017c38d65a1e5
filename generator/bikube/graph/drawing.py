"""Formats of pictures: one file each in ``formats/``, whose constant ``DRAWING`` writes one."""

from typing import Protocol

from bikube import plugins
from bikube.graph.picture import Picture

_FORMATS = "bikube.graph.formats"


class Drawing(Protocol):
    """A format: a picture in, the whole text out, with a line end behind it."""

    def __call__(self, picture: Picture) -> str:
        """``picture`` in this format."""
        ...


def drawing_names() -> tuple[str, ...]:
    """The formats that there are."""
    return plugins.names(_FORMATS)


def load_drawing(name: str) -> Drawing:
    """The format called ``name``."""
    drawing: Drawing = plugins.load(_FORMATS, name, "DRAWING")
    return drawing
