"""Writes into docs/architecture.md what the code itself says: its tree, and who may import what.

``make docs`` runs it; a test holds the committed page to what it would write.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
PACKAGE = ROOT / "generator" / "bikube"

_WIDE = 24
_PLUGINS = {
    "azure/kinds": "KIND",
    "cli/commands": "COMMAND",
    "graph/formats": "DRAWING",
    "render/targets": "TARGET",
    "report/formats": "REPORT",
    "report/proofs": "PROOF_REPORT",
    "rules/checks": "CHECK",
}
"""Folders in which a file is found by itself, with the constant that each has."""


def page(text: str) -> str:
    """The page ``text`` with its generated parts as they should be."""
    parts = {"tree": f"```\n{tree()}```", "contract": f"```toml\n{contract()}```"}
    for name, part in parts.items():
        begin, end = f"<!-- {name}: written by `make docs` -->\n", f"\n<!-- end of {name} -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise SystemExit(f"docs/architecture.md has no one place for its {name}; mark it")
        before, rest = text.split(begin)
        text = before + begin + part + end + rest.split(end)[1]
    return text


def tree() -> str:
    """Every package and module with the first line of its docstring."""
    return "generator/bikube/\n" + "".join(f"{line}\n" for line in _folder(PACKAGE, 1))


def _folder(folder: Path, depth: int) -> Iterator[str]:
    margin = "  " * depth
    for path in sorted(folder.iterdir(), key=lambda path: (path.is_file(), path.name)):
        if (path / "__init__.py").is_file():
            constant = _PLUGINS.get(path.relative_to(PACKAGE).as_posix())
            note = f" (one file each: {constant})" if constant else ""
            yield _line(margin, f"{path.name}/", _summary(path / "__init__.py") + note)
            if not constant:
                yield from _folder(path, depth + 1)
        elif path.suffix == ".py" and path.name != "__init__.py":
            yield _line(margin, path.name, _summary(path))


def _line(margin: str, name: str, summary: str) -> str:
    return f"{margin}{name:{_WIDE - len(margin)}} {summary}"


def _summary(path: Path) -> str:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return doc.split("\n\n")[0].replace("\n", " ").replace("``", "").removesuffix(".")


def contract() -> str:
    """The layers of the import contract, from top to bottom, as pyproject.toml has them."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = tomllib.loads(text)["tool"]["importlinter"]["contracts"][0]["layers"]
    return "layers = [\n" + "".join(f'    "{layer}",\n' for layer in layers) + "]\n"


def main() -> int:
    """Writes the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
