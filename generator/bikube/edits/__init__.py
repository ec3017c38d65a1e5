"""Edits of a text that leave all else as it is."""

from bikube.edits.insertion import insert
from bikube.edits.recipes import (
    apply,
    compatible,
    plan_fix,
    quoting,
    removal,
    renaming,
    reshaping,
    rewriting,
    splitting,
)

__all__ = [
    "apply",
    "compatible",
    "insert",
    "plan_fix",
    "quoting",
    "removal",
    "renaming",
    "reshaping",
    "rewriting",
    "splitting",
]
