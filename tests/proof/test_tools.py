"""What the proof stands on beside the package: another reader of YAML 1.1, and tools."""

import pytest
from tests.proof.data import mismatches
from tests.proof.manifests import ManifestError, read_text
from tests.proof.tools import find


def test_a_mismatch_in_words() -> None:
    """Two values are shown with their types, and what is not there is nothing."""
    assert [tuple(each) for each in mismatches({"a/b~": 1, "c": 1}, {"c": 1.0})] == [
        ("/a~1b~0", "int 1 against nothing"),
        ("/c", "int 1 against float 1.0"),
    ]


def test_another_reader_of_yaml_1_1_has_to_agree() -> None:
    """What the package's own tables take for the same is held to PyYAML too."""
    assert read_text(b"a: 1\n", "x.yaml") == [{"a": 1}]
    for text in (b"a: on\n", b"a: =\n", b"a: [\n"):
        with pytest.raises(ManifestError, match=r"x\.yaml: "):
            read_text(text, "x.yaml")


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
