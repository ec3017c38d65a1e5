"""What keeps schemas from being derived."""


class Unusable(Exception):
    """A program without the types that are wanted, or types that are not understood; says why."""
