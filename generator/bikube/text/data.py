"""Data as JSON that may be shown: in a log it commands nobody, and what it says stays the same."""

import json
from typing import Any


def as_json(value: Any, *, indent: int | None = None) -> str:
    """``value`` in ASCII; where two number signs could begin a command, one is an escape."""
    # Outside of strings JSON has none.
    return json.dumps(value, indent=indent).replace("##", r"#\u0023")
