"""Edits of a text that leave all else as it is."""

from bikube.edits.recipes import apply, compatible, plan_fix

__all__ = ["apply", "compatible", "plan_fix"]
