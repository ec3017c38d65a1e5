"""The documented structure is the real one."""

import ast
import re
import runpy
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_documented_tree_and_contract_are_those_of_the_code() -> None:
    """docs/architecture.md shows what ``make docs`` would write: each module, and each layer."""
    page = ROOT / "docs" / "architecture.md"
    script = runpy.run_path(str(ROOT / "scripts" / "write_architecture.py"))
    written = page.read_text(encoding="utf-8")
    assert written == script["page"](written)
    assert re.findall(r"^  \S+\.py", written, re.MULTILINE) == [
        "  __main__.py",
        "  assets.py",
        "  diagnostics.py",
        "  errors.py",
        "  plugins.py",
    ]


def test_every_package_has_its_layer() -> None:
    """The contract names each package and module, so that none is free to import what it likes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = " ".join(project["tool"]["importlinter"]["contracts"][0]["layers"])
    package = ROOT / "generator" / "bikube"
    there = {path.parent.name for path in package.glob("*/__init__.py")}
    there |= {path.stem for path in package.glob("*.py") if path.name != "__init__.py"}
    assert set(re.findall(r"[a-z_]+", layers)) == there


def test_every_module_stays_small() -> None:
    """No module of the package has more than three hundred lines."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "generator").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_every_function_stays_small() -> None:
    """From its ``def`` on, no function has more than forty lines, and 90 % at most twenty."""
    lengths = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": len(range(node.lineno, end + 1))
        for path in (ROOT / "generator").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (end := node.end_lineno)
    }
    assert {name: length for name, length in lengths.items() if length > 40} == {}
    assert sum(length <= 20 for length in lengths.values()) >= 0.9 * len(lengths)


def test_no_pattern_is_possessive() -> None:
    """Python before 3.11.5 has some of these match what they should not."""
    possessive = re.compile(r"[\])}\w.][*+?}]\+")
    sources = [*(ROOT / "generator").rglob("*.py"), *(ROOT / "rules").glob("*.yaml")]
    found = [
        (path.name, line)
        for path in sources
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"""r?f?["'].*["']""", line) and possessive.search(line)
    ]
    assert found == []
