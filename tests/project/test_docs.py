"""The generated documentation is what the program itself says."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    """What ``make docs`` would write."""
    spec = importlib.util.spec_from_file_location("write_docs", ROOT / "scripts/write_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, str] = module.documents()
    return found


def test_documentation_is_up_to_date(documents: dict[str, str]) -> None:
    """The committed pages, the index and the picture are what ``make docs`` writes."""
    committed = {path: (ROOT / path).read_text(encoding="utf-8") for path in documents}
    assert committed == documents


def test_no_page_is_left_over(documents: dict[str, str]) -> None:
    """There is no page of a rule that is gone."""
    pages = {f"docs/rules/{path.name}" for path in (ROOT / "docs/rules").glob("*.md")}
    assert pages == {path for path in documents if path.startswith("docs/rules/")}
