"""What is in an output folder, also while somebody changes it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.support.trees import write_tree

from bikube.errors import AccessError
from bikube.files.folder import opened
from bikube.output import survey
from bikube.output.plan import Existing


def when_opened(monkeypatch: pytest.MonkeyPatch, name: str, happens: Callable[[], None]) -> None:
    """Lets something happen right before the system opens ``name`` for the first time."""
    real = os.open

    def opens(path: Any, *arguments: Any, **options: Any) -> int:
        if path == name:
            monkeypatch.undo()
            happens()
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", opens)


def test_a_file_that_goes_meanwhile_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check waits for nobody, and takes what it finds."""
    write_tree(tmp_path, {"aio/bicep/a": "a", "aio/bicep/b": "b"})
    when_opened(monkeypatch, "a", (tmp_path / "aio/bicep/a").unlink)
    with opened(str(tmp_path)) as out:
        assert survey(out, ["aio/bicep", "aio/none"]) == {"aio/bicep/b": Existing(b"b")}


@pytest.mark.parametrize("name", ["aio", "bicep"])
def test_a_folder_that_becomes_a_link_meanwhile_is_not_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nothing outside is read, though it was a folder when it was looked at."""
    write_tree(tmp_path, {"out/aio/bicep/a": "a", "theirs/bicep/secret": "mine"})
    place = tmp_path / "out/aio" if name == "aio" else tmp_path / "out/aio/bicep"

    def swap() -> None:
        place.rename(tmp_path / "moved")
        place.symlink_to(tmp_path / "theirs")

    when_opened(monkeypatch, name, swap)
    with opened(str(tmp_path / "out")) as out, pytest.raises(AccessError, match=str(place)):
        survey(out, ["aio/bicep"])


def test_a_file_that_becomes_a_link_meanwhile_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told with its path."""
    write_tree(tmp_path, {"out/aio/bicep/a": "a", "secret": "mine"})
    place = tmp_path / "out/aio/bicep/a"

    def swap() -> None:
        place.unlink()
        place.symlink_to(tmp_path / "secret")

    when_opened(monkeypatch, "a", swap)
    with opened(str(tmp_path / "out")) as out, pytest.raises(AccessError, match=str(place)):
        survey(out, ["aio/bicep"])
