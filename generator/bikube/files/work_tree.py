"""Finds the root of a repository."""

import os


def work_tree(folder: str = os.curdir) -> str:
    """The nearest folder with a ``.git`` from ``folder`` upward; without one, ``folder`` itself."""
    start = place = os.path.abspath(folder)
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            return start
        place = above
    return place
