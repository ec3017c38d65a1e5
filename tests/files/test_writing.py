"""Writing in one stroke, wherever links lead, and whatever a killed run has left."""

import fcntl
import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.support.trees import write_tree

from bikube.errors import AccessError
from bikube.files.folder import Folder, opened
from bikube.files.writing import (
    holding_file,
    is_temporary,
    new_name,
    replacing,
    staging,
    sweep,
    write_all,
    write_pieces,
    write_whole,
)


def never(path: str) -> None:
    """Is told of no run that writes."""
    raise AssertionError(path)


def names(folder: Path) -> list[str]:
    """What is in ``folder``."""
    return sorted(path.name for path in folder.iterdir())


def put(folder: Folder, name: str, data: bytes) -> None:
    """Writes ``data`` to ``name``."""
    with replacing(folder, name) as descriptor:
        write_all(descriptor, data)


def test_no_two_names_are_the_same() -> None:
    """And nobody else's file has such a name."""
    found = {new_name() for _ in range(100)}
    assert len(found) == 100
    assert all(map(is_temporary, found))
    assert not any(map(is_temporary, (".a.bikube-tmp", "a", next(iter(found))[1:])))


@pytest.mark.parametrize("held", [True, False])
def test_a_file_is_replaced_and_nothing_is_left_over(tmp_path: Path, held: bool) -> None:
    """Also where the system has no descriptors of folders."""
    write_tree(tmp_path, {"a": "old", "b/c": "old"})
    with opened(str(tmp_path), held=held) as folder:
        put(folder, "a", b"new")
        with staging(folder) as stage, folder.below("b") as below:
            put(stage, "c", b"new")
            stage.move("c", below, "c")
    assert (names(tmp_path), names(tmp_path / "b")) == (["a", "b"], ["c"])
    assert [(tmp_path / name).read_text() for name in ("a", "b/c")] == ["new", "new"]


def test_what_nobody_can_make_again_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system is asked to write it out, and only then to rename it."""
    calls: list[str] = []

    def noting(name: str, function: Callable[..., Any]) -> None:
        def noted(*arguments: Any, **options: Any) -> Any:
            calls.append(name)
            return function(*arguments, **options)

        monkeypatch.setattr(os, name, noted)

    noting("fsync", os.fsync)
    noting("replace", os.replace)
    write_tree(tmp_path, {"a": "old"})
    write_whole(tmp_path / "new", b"new")
    write_pieces(str(tmp_path / "report"), ["new"])
    with holding_file(tmp_path / "a", never) as file:
        file.replace(b"new", instead_of=b"old", changes="its fixes")
    assert calls == ["fsync", "replace"] * 3


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_what_is_stopped_changes_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    """The old file is whole, and the new one is gone."""
    write_tree(tmp_path, {"a": "old"})
    with opened(str(tmp_path)) as folder:
        with pytest.raises(error), replacing(folder, "a"):
            raise error
        with pytest.raises(error), staging(folder):
            raise error
    assert (names(tmp_path), (tmp_path / "a").read_text()) == (["a"], "old")


def test_a_file_in_a_folder_that_becomes_a_link_is_replaced_where_it_was(tmp_path: Path) -> None:
    """Nothing outside is written to, though it has the same name."""
    write_tree(tmp_path, {"specs/a": "old", "theirs/a": "mine"})
    with holding_file(tmp_path / "specs/a", never) as file:
        (tmp_path / "specs").rename(tmp_path / "moved")
        (tmp_path / "specs").symlink_to("theirs")
        assert file.read() == b"old"
        file.replace(b"new", instead_of=b"old", changes="its fixes")
    assert (tmp_path / "moved/a").read_text() == "new"
    assert (names(tmp_path / "theirs"), (tmp_path / "theirs/a").read_text()) == (["a"], "mine")


@pytest.mark.parametrize("how", ["link", "other file", "other words", "nothing"])
def test_what_changes_meanwhile_is_not_replaced(tmp_path: Path, how: str) -> None:
    """What somebody has put there without a lock stays, be it the file or what is in it."""
    write_tree(tmp_path, {"a": "old", "theirs": "mine"})
    with holding_file(tmp_path / "a", never) as file:
        was = file.read()
        if how == "other words":
            (tmp_path / "a").write_text("saved", encoding="utf-8")
        else:
            (tmp_path / "a").unlink()
        if how == "link":
            (tmp_path / "a").symlink_to("theirs")
        elif how == "other file":
            write_tree(tmp_path, {"a": "saved"})
        said = "a: the file changed meanwhile; its fixes are not written; run it again"
        with pytest.raises(AccessError, match=said):
            file.replace(b"new", instead_of=was, changes="its fixes")
    there = {path.name: path.read_text() for path in tmp_path.iterdir()}
    left = {"link": {"a": "mine"}, "nothing": {}}.get(how, {"a": "saved"})
    assert there == {"theirs": "mine", **left}


def test_the_owner_stays(tmp_path: Path) -> None:
    """Where root fixes a file of somebody else; others cannot give theirs away."""
    write_tree(tmp_path, {"a": "old"})
    owner = (1234, 4321) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
    os.chown(tmp_path / "a", *owner)
    with holding_file(tmp_path / "a", never) as file:
        file.replace(b"new", instead_of=b"old", changes="its fixes")
    status = (tmp_path / "a").stat()
    assert ((status.st_uid, status.st_gid), (tmp_path / "a").read_text()) == (owner, "new")


def test_what_is_no_file_is_read_and_not_replaced() -> None:
    """A device stays one."""
    with holding_file(Path(os.devnull), never) as file:
        assert file.read() == b""
        with pytest.raises(AccessError, match="null: no regular file; its fixes are not written"):
            file.replace(b"new", instead_of=b"", changes="its fixes")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize("held", [True, False])
def test_leftovers_are_removed_and_followed_nowhere(tmp_path: Path, held: bool) -> None:
    """Files, folders, links and pipes; but nothing where no lock can tell whether a run lives."""
    found = [new_name() for _ in range(4)]
    write_tree(tmp_path, {"out/mine": "mine", f"out/{found[0]}": "", f"out/{found[1]}/0/a": ""})
    write_tree(tmp_path, {"theirs/a": "mine"})
    (tmp_path / "out" / found[2]).symlink_to(tmp_path / "theirs")
    os.mkfifo(tmp_path / "out" / found[3])
    with opened(str(tmp_path / "out"), held=held) as folder:
        sweep(folder)
    assert names(tmp_path / "out") == ["mine"]
    assert (tmp_path / "theirs/a").read_text() == "mine"


def test_what_a_run_is_writing_is_no_leftover(tmp_path: Path) -> None:
    """Its lock says that it lives."""
    with (
        opened(str(tmp_path)) as folder,
        staging(folder),
        replacing(folder, "a") as descriptor,
        opened(str(tmp_path)) as other,
    ):
        before = names(tmp_path)
        put(other, "b", b"b")
        assert names(tmp_path) == sorted([*before, "b"])
        write_all(descriptor, b"a")
    assert names(tmp_path) == ["a", "b"]


def test_what_is_swept_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run may take what is new for a leftover, for a moment."""
    refusals = 2
    lock = fcntl.flock

    def busy(descriptor: int, operation: int) -> None:
        nonlocal refusals
        refusals -= 1
        if refusals >= 0:
            raise BlockingIOError
        lock(descriptor, operation)

    with opened(str(tmp_path)) as folder:
        monkeypatch.setattr(fcntl, "flock", busy)
        with replacing(folder, "a"):
            pass
        refusals = 2
        with staging(folder) as stage:
            put(stage, "b", b"")
            stage.move("b", folder, "b")
        monkeypatch.undo()
        sweep(folder)
    assert names(tmp_path) == ["a", "b"]


def test_what_the_system_takes_in_pieces_is_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system may take less than it is given."""
    take = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: take(descriptor, data[:3]))
    write_whole(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_a_leftover_deeper_than_calls_stops_nobody(tmp_path: Path) -> None:
    """Somebody has put it there; it stays, and the run goes on."""
    leftover = tmp_path / new_name()
    leftover.mkdir()
    descriptor = os.open(leftover, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=descriptor)
        below = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
    os.close(descriptor)
    write_whole(tmp_path / "a", b"new")
    subprocess.run(("rm", "-rf", leftover), check=True)  # Deeper than Python removes folders.
    assert names(tmp_path) == ["a"]
