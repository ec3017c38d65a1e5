"""Fixtures that share one process of a tool among all tests of a session."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.editor import pictures as readers
from tests.editor.prettier import PROGRAM, Prettier
from tests.editor.tools import node_for
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.evaluate import evaluate
from tests.proof.snippets import Codes, Value
from tests.proof.tools import find


@pytest.fixture(scope="session")
def bicep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BicepRpc]:
    """The real compiler."""
    with BicepRpc(find("bicep"), tmp_path_factory.mktemp("bicep")) as client:
        yield client


@pytest.fixture(scope="session")
def kubectl() -> Path:
    """Where kubectl is."""
    return find("kubectl")


@pytest.fixture(scope="session")
def prettier() -> Iterator[Prettier]:
    """The formatter, by its defaults."""
    with Prettier(node_for(PROGRAM)) as client:
        yield client


@pytest.fixture(scope="session")
def pictures() -> Iterator[readers.Pictures]:
    """Mermaid and Graphviz."""
    with readers.Pictures(node_for(readers.PROGRAM)) as client:
        yield client


@pytest.fixture
def codes(bicep: BicepRpc, tmp_path: Path) -> Codes:
    """The codes of what compiler and linter find in a template, in order of lines."""

    def ask(text: str) -> list[str]:
        file = tmp_path / "main.bicep"
        file.write_text(text, encoding="utf-8", newline="")
        found = sorted(bicep.compile(file).diagnostics, key=lambda each: each.line)
        return [each.code for each in found]

    return ask


@pytest.fixture
def value(bicep: BicepRpc, tmp_path: Path) -> Value:
    """What the object that `tests.proof.snippets.free` fills evaluates to."""

    def ask(text: str) -> Any:
        file = tmp_path / "main.bicep"
        file.write_text(text, encoding="utf-8", newline="")
        (resource,) = evaluate(bicep, [file])
        return resource.data["properties"]["authentication"]["anonymousSettings"]

    return ask
