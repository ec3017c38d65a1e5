"""Keys that a map has twice: no fix takes one of them away, or gives it another name."""

from bisect import bisect_left

from bikube.diagnostics import Diagnostic, Fix


def left_alone(found: list[Diagnostic]) -> list[Diagnostic]:
    """``found`` without fixes of keys that are there twice; which one is meant, nobody knows.

    The other would count in its place, with whatever is wrong with that.
    """
    keys = sorted(
        related.span.start
        for one in found
        if one.rule == "duplicate-key"
        for related in one.related
    )
    return [
        one._replace(fix=None) if one.fix is not None and _touches(one.fix, keys) else one
        for one in found
    ]


def _touches(fix: Fix, starts: list[int]) -> bool:
    """Whether ``fix`` replaces what stands at one of ``starts``."""
    return any(
        bisect_left(starts, edit.span.start) < bisect_left(starts, edit.span.end)
        for edit in fix.edits
    )
