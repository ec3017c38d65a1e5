"""Pictures of specs: resources, what they refer to, and the way that data takes through them."""

from bikube.graph.composing import Subject, picture_of
from bikube.graph.cutting import around, names_in
from bikube.graph.drawing import Drawing, drawing_names, load_drawing
from bikube.graph.picture import Arrow, Box, Picture

__all__ = [
    "Arrow",
    "Box",
    "Drawing",
    "Picture",
    "Subject",
    "around",
    "drawing_names",
    "load_drawing",
    "names_in",
    "picture_of",
]
