"""Where the Bicep CLI is looked for, and what is said where there is none."""

from pathlib import Path

import pytest

from bikube.compiler.program import find_bicep
from bikube.errors import UsageError


def program(folder: Path) -> Path:
    """A program called as the Bicep CLI is."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "bicep"
    file.write_text("#!/bin/sh\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def test_the_nearest_word_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line goes before the variable, that before PATH, that before Azure's CLI."""
    named, variable, path, azure = (tmp_path / name for name in ("a", "b", "c", "d/bin"))
    monkeypatch.setenv("AZURE_CONFIG_DIR", str(azure.parent))
    monkeypatch.delenv("BIKUBE_BICEP", raising=False)
    monkeypatch.setenv("PATH", str(path))
    with pytest.raises(UsageError, match=r'there is no Bicep CLI.* run "az bicep install"'):
        find_bicep(None)
    assert find_bicep_of(azure) == find_bicep(None)
    assert find_bicep_of(path) == find_bicep(None)
    monkeypatch.setenv("BIKUBE_BICEP", str(program(variable)))
    assert find_bicep(None) == variable / "bicep"
    assert find_bicep(program(named)) == named / "bicep"


def find_bicep_of(folder: Path) -> Path:
    """Puts a program there."""
    return program(folder)


@pytest.mark.parametrize("name", ["missing", "."])
def test_what_is_named_has_to_be_a_program(name: str, tmp_path: Path) -> None:
    """A path that is none is not passed over for another program."""
    with pytest.raises(UsageError, match="is no program; the Bicep CLI is expected"):
        find_bicep(tmp_path / name)
