"""Locks: the second run waits for the first, and nothing is left behind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from bikube.errors import AccessError
from bikube.files.locks import holding, try_lock


def never(path: str) -> None:
    """Is told of no run that writes."""
    raise AssertionError(path)


class Second:
    """A second run for the folder ``path``, and what it was told while it waited."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: list[str] = []
        self.waits, self.has_it = Event(), Event()
        self.thread = Thread(target=self._run)

    def _run(self) -> None:
        with holding(str(self.path), self._tell):
            (self.path / "second").touch()
            self.has_it.set()

    def _tell(self, path: str) -> None:
        self.told.append(path)
        self.waits.set()


@contextmanager
def ended(second: Second) -> Iterator[None]:
    """``second`` has ended at the end of this."""
    try:
        yield
    finally:
        second.thread.join(timeout=30)
    assert not second.thread.is_alive()


def test_the_second_run_waits_and_is_told(tmp_path: Path) -> None:
    """It goes on when the first one has ended, in the same folder."""
    second = Second(tmp_path)
    with ended(second):
        with holding(str(tmp_path), never):
            second.thread.start()
            assert second.waits.wait(timeout=30)
            assert not second.has_it.is_set()
        assert second.has_it.wait(timeout=30)
    assert second.told == [str(tmp_path)]


def test_a_short_wait_needs_no_word(tmp_path: Path) -> None:
    """Most runs need less to write than anybody would notice."""
    second = Second(tmp_path)
    with ended(second), holding(str(tmp_path), never):
        second.thread.start()
        second.thread.join(0.05)
        assert not second.has_it.is_set()
    assert (second.told, (tmp_path / "second").exists()) == ([], True)


def test_a_folder_that_was_made_in_vain_is_removed(tmp_path: Path) -> None:
    """With those above it; one that was there, or that has something in it, stays."""
    (tmp_path / "there").mkdir()
    for name in ("there", "a/b/c"):
        with holding(str(tmp_path / name), never):
            assert (tmp_path / name).is_dir()
    with holding(str(tmp_path / "used/x"), never):
        (tmp_path / "used/file").touch()
    assert {path.name for path in tmp_path.iterdir()} == {"there", "used"}
    assert [path.name for path in (tmp_path / "used").iterdir()] == ["file"]


def test_a_folder_that_goes_meanwhile_is_made_anew(tmp_path: Path) -> None:
    """Whoever waited for it has one that is there."""
    path = tmp_path / "a/b"
    second = Second(path)
    with ended(second), holding(str(path), never):
        second.thread.start()
        assert second.waits.wait(timeout=30)
    assert [one.name for one in path.iterdir()] == ["second"]


def test_where_no_folder_can_be_made_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A working directory that is gone, or a file in the way."""
    (tmp_path / "gone").mkdir()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for path, said in (("out", "there is no such file"), (str(tmp_path / "file"), "exists")):
        with pytest.raises(AccessError, match=said), holding(path, never):
            pass


@pytest.mark.parametrize("otherwise", [True, False])
def test_where_there_are_no_locks_the_caller_says_what_that_means(
    tmp_path: Path, otherwise: bool
) -> None:
    """As on some network drives; here it is a descriptor that is closed."""
    descriptor = os.open(tmp_path, os.O_RDONLY)
    os.close(descriptor)
    assert try_lock(descriptor, otherwise=otherwise) is otherwise
