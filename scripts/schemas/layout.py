"""Writes JSON so that a diff of two versions shows whole properties."""

import json

# Objects down to this depth are written with one member a line: root, `$defs`, a definition, its
# `properties`. What lies deeper takes one line.
_EXPANDED_DEPTH = 4


def json_text(value: object) -> str:
    """`value` as JSON with sorted keys, and a newline at the end."""
    return _written(value, 0) + "\n"


def _written(value: object, depth: int) -> str:
    if depth < _EXPANDED_DEPTH and isinstance(value, dict) and len(value) > 1:
        lines = [f"{json.dumps(key)}: {_written(value[key], depth + 1)}" for key in sorted(value)]
        return _block("{}", lines, depth)
    if (
        depth < _EXPANDED_DEPTH
        and isinstance(value, list)
        and any(isinstance(item, dict) for item in value)
    ):
        return _block("[]", [_written(item, _EXPANDED_DEPTH) for item in value], depth)
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _block(brackets: str, lines: list[str], depth: int) -> str:
    """`lines` between brackets, one level further in than `depth`."""
    pad = " " * depth
    inner = ",\n".join(f"{pad} {line}" for line in lines)
    return f"{brackets[0]}\n{inner}\n{pad}{brackets[1]}"
