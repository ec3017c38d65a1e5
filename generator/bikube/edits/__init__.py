"""Edits of a text that leave all else as it is."""

from bikube.edits.recipes import (
    apply,
    compatible,
    plan_fix,
    quoting,
    removal,
    renaming,
    reshaping,
    rewriting,
)

__all__ = [
    "apply",
    "compatible",
    "plan_fix",
    "quoting",
    "removal",
    "renaming",
    "reshaping",
    "rewriting",
]
