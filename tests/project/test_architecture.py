"""The documented structure is the real one."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _documented() -> list[set[str]]:
    """The rooms of every layer in the table of docs/architecture.md, from top to bottom."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = text.split("## Layers", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")]
    return [set(re.findall(r"`([a-z_]+)`", " ".join(cells))) for cells in rows[1:]]


def _contracted() -> list[set[str]]:
    """The modules of every layer in the import contract, from top to bottom."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    there = [re.sub(r"\([a-z_]+\)", "", layer) for layer in contract["layers"]]
    return [layer for text in there if (layer := set(re.findall(r"[a-z_]+", text)))]


def test_documented_layers_are_those_of_the_contract() -> None:
    """The table in docs/architecture.md names exactly the modules of each layer, in its order."""
    assert _documented() == _contracted()


def test_every_module_stays_small() -> None:
    """No module of the package has more than three hundred lines."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "generator").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


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
