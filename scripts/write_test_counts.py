"""Writes how many tests each folder has to ``tests/counts.json``; run by ``make counts``."""

import ast
import json
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
COUNTS = TESTS / "counts.json"


def counts(folder: Path = TESTS) -> dict[str, dict[str, int]]:
    """Test functions, and properties among them, by folder; parametrised cases count once."""
    found: dict[str, dict[str, int]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        name = path.relative_to(folder).parts[0]
        of_folder = found.setdefault(name, {"functions": 0, "properties": 0})
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                of_folder["functions"] += 1
                decorators = " ".join(map(ast.unparse, node.decorator_list))
                of_folder["properties"] += "given(" in decorators
    return found


def text() -> str:
    """The content of the file."""
    return json.dumps(counts(), indent=1) + "\n"


if __name__ == "__main__":
    COUNTS.write_text(text(), encoding="utf-8")
