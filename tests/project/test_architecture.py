"""The documented structure is the real one."""

import ast
import re
import runpy
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

from tests.support.trees import spec, write_tree

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
        "  interruption.py",
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


def _entered() -> set[tuple[str, str]]:
    """Package and module of each import that goes past the face of another package."""
    root = ROOT / "generator" / "bikube"
    found = set()
    for path in root.rglob("*.py"):
        own = path.relative_to(root).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            root_name, *inner = node.module.split(".")
            if root_name != "bikube":
                continue
            if len(inner) == 1 and (root / inner[0]).is_dir() and inner[0] != own:
                face = import_module(f"bikube.{inner[0]}")
                found |= {
                    (inner[0], one.name) for one in node.names if one.name not in face.__all__
                }
            elif len(inner) > 1 and inner[0] not in (own, "app", "cli"):
                found.add((inner[0], inner[1]))
    return found


def test_packages_are_entered_by_their_faces() -> None:
    """Past a face there are only the second doors that docs/architecture.md names, each in use."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.split("## Faces", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split("|") for line in table.splitlines() if line.startswith("| `")]
    doors = {
        (package.strip(" `"), door)
        for package, listed in rows
        for door in re.findall("`([a-z_]+)`", listed)
    }
    assert _entered() == doors


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


_COUNT_ENTERED = """
import sys
from pathlib import Path

entered = set()


def see(frame, event, _argument):
    # The bodies of modules and classes run while they are made; only functions are entered.
    if event == "call" and frame.f_code.co_flags & 1:
        entered.add(frame.f_code.co_filename)


sys.setprofile(see)
from bikube.cli.entry import run

code = run(["lint", *sys.argv[1:]])
sys.setprofile(None)
import bikube

package = Path(bikube.__file__).parent
assert code == 0
print(sum(package in Path(name).parents for name in entered))
"""


def test_a_clean_lint_enters_few_modules(tmp_path: Path) -> None:
    """What a reader follows from the command line to a clean report is 55 modules at most."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    quiet = ["--ignore", "kubernetes-preview,code-signing-absent,registry-role-missing"]
    command = [sys.executable, "-c", _COUNT_ENTERED, str(tmp_path / "bikube.yaml"), *quiet]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == "no findings in 1 spec\n"
    assert 40 < int(done.stdout) <= 55
