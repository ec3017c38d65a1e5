"""Cuts out of a picture what is around some of its boxes."""

from collections.abc import Collection, Iterable, Iterator

from bikube.graph.picture import Box, Picture


def names_in(picture: Picture) -> set[str]:
    """What its boxes are called."""
    return {box.lines[0] for box in picture.all_boxes}


def around(picture: Picture, names: Collection[str]) -> Picture:
    """The boxes called ``names`` with all inside, what they have arrows with, and the boxes around.

    A topic among these brings the endpoint that it is of.
    """
    chosen = [box for box in picture.all_boxes if box.lines[0] in names]
    core = {box.id for box in Picture(tuple(chosen), ()).all_boxes}
    topics = {box.id for box in picture.all_boxes if box.shape == "topic"}
    arrows = [one for one in picture.arrows if one.start in core or one.end in core]
    near = {end for one in arrows for end in (one.start, one.end)}
    arrows += [one for one in picture.arrows if one.end in (near - core) & topics]
    kept = {end for one in arrows for end in (one.start, one.end)}
    order = [one for one in picture.arrows if one in set(arrows)]
    return Picture(tuple(_pruned(picture.boxes, core, kept)), tuple(order))


def _pruned(boxes: Iterable[Box], core: set[str], kept: set[str]) -> Iterator[Box]:
    for box in boxes:
        if box.id in core:
            yield box
            continue
        inner = tuple(_pruned(box.inner, core, kept))
        if inner or box.id in kept:
            yield box._replace(inner=inner)
