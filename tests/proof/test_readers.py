"""What the proof stands on: strict equality, readers that refuse what is unclear, and tools."""

from datetime import date
from pathlib import Path

import pytest
from tests.proof.data import mismatches
from tests.proof.manifests import ManifestError, read_folder, read_text
from tests.proof.tools import find

LIST = "apiVersion: x\nkind: Kustomization\nresources: "


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        (1, 1.0, []),
        (0, -0.0, []),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        (1, True, [("", "int 1 against bool True")]),
        (0, False, [("", "int 0 against bool False")]),
        (0.0, False, [("", "float 0.0 against bool False")]),
        (2**53, float(2**53) + 2, [("", "int 9007199254740992 against float 9007199254740994.0")]),
        (2**53 + 1, float(2**53), [("", "int 9007199254740993 against float 9007199254740992.0")]),
        (
            date(2025, 10, 1),
            "2025-10-01",
            [("", "date datetime.date(2025, 10, 1) against str '2025-10-01'")],
        ),
        (1, "1", [("", "int 1 against str '1'")]),
        (None, "", [("", "NoneType None against str ''")]),
        ("e\u0301", "\u00e9", [("", "str 'e\u0301' against str '\u00e9'")]),
        ("a\x00", "a", [("", "str 'a\\x00' against str 'a'")]),
        ({}, [], [("", "dict {} against list []")]),
        ({"a/b~": 1}, {}, [("/a~1b~0", "int 1 against nothing")]),
        ({}, {"": None}, [("/", "nothing against NoneType None")]),
        ({1: 2}, {1: 2}, [("/1", "the key 1 is not a string")]),
        ([1, 2], [2, 1], [("/0", "int 1 against int 2"), ("/1", "int 2 against int 1")]),
        ([1], [1, 2], [("", "1 items against 2")]),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, [("/a/0/b", "int 1 against int 2")]),
    ],
)
def test_equality_is_strict_about_types(
    left: object, right: object, found: list[tuple[str, str]]
) -> None:
    """Data is equal when types and values are, numbers of both kinds aside."""
    assert [tuple(each) for each in mismatches(left, right)] == found


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\na: 2\n", "duplicate key"),
        ("a: on\n", "x.yaml: YAML 1.2 and 1.1 read /0/a differently: str 'on' against bool True"),
        ("a: 012\n", "read /0/a differently: int 12 against int 10"),
        ("a: 1e3\n", "read /0/a differently: float 1000.0 against str '1e3'"),
        ("a: 12:30:45\n", "read /0/a differently: str '12:30:45' against int 45045"),
        ("on: a\n", "read /0/on differently: str 'a' against nothing"),
        ("a: =\n", "could not determine a constructor"),
        ("a: !tag b\n", "could not determine a constructor"),
        ("a: [\n", "x.yaml: "),
        ("a: \x1b\n", "special characters are not allowed"),
    ],
)
def test_readers_that_disagree_are_an_error(text: str, complaint: str) -> None:
    """A text that YAML 1.1 and 1.2 read differently, or not at all, is refused."""
    with pytest.raises(ManifestError) as error:
        read_text(text.encode(), "x.yaml")

    assert complaint in str(error.value)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"extra.yaml": "a: 1\n"}, "kustomization.yaml lists ['a.yaml']; the folder has"),
        ({"a.yaml": ""}, "a.yaml: not one mapping but 0 documents"),
        ({"a.yaml": "a: 1\n---\na: 1\n"}, "a.yaml: not one mapping but 2 documents"),
        ({"a.yaml": "- 1\n"}, "a.yaml: not one mapping but 1 documents"),
        ({"kustomization.yaml": "kind: Kustomization\n"}, "not a plain list of resources"),
        (
            {"kustomization.yaml": f"{LIST}[a.yaml, a.yaml]\n"},
            "kustomization.yaml lists ['a.yaml', 'a.yaml']; the folder has ['a.yaml']",
        ),
        (
            {"kustomization.yaml": f"{LIST}[b.yaml]\n"},
            "kustomization.yaml lists ['b.yaml']; the folder has ['a.yaml']",
        ),
        (
            {"kustomization.yaml": f"{LIST}[a.yaml]\nnamePrefix: x\n"},
            "not a plain list of resources",
        ),
    ],
)
def test_a_folder_is_what_its_kustomization_lists(
    changes: dict[str, str], complaint: str, tmp_path: Path
) -> None:
    """Every manifest is listed once, holds one document, and nothing changes it on its way."""
    files = {
        "kustomization.yaml": f"{LIST}[a.yaml]\n",
        "a.yaml": "a: 1\n",
    }
    for name, text in (files | changes).items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(ManifestError) as error:
        read_folder(tmp_path)

    assert complaint in str(error.value)


def test_a_missing_tool_fails_in_ci_and_skips_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a tool a test cannot run: a fault in CI, elsewhere a skip that says how to get it."""
    monkeypatch.setenv("BIKUBE_BICEP", "/nowhere/bicep")
    reason = "/nowhere/bicep is not a program on this machine; put it on PATH, or name it in"
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=reason):
        find("bicep")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match=reason):
        find("bicep")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.skip.Exception, match="kubectl is not a program on this machine"):
        find("kubectl")
