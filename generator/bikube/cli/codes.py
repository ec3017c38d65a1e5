"""Exit codes: 0 is clean, 1 is findings or drift."""

WRONG_USAGE = 2
"""Wrong usage or configuration, an unreadable file, a full or read-only disk."""

FAULT = 3
"""A fault in bikube or in a rule."""
