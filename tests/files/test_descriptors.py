"""Names of open descriptors lead to what is open, never to the file behind it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bikube.errors import AccessError
from bikube.files.descriptors import named_descriptor, open_again
from bikube.files.writing import is_stream, write_pieces

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are in no folder there")


@contextmanager
def open_to(path: Path, flags: int) -> Iterator[int]:
    """A descriptor of the file at ``path``."""
    descriptor = os.open(path, flags)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def test_names_of_standard_streams_are_known(tmp_path: Path) -> None:
    """And whatever leads there by links."""
    (tmp_path / "log").symlink_to("out")
    (tmp_path / "out").symlink_to("/dev/stdout")
    names = ("/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd/17", str(tmp_path / "log"))
    assert [named_descriptor(name) for name in names] == [0, 1, 2, 17, 1]


@LINUX
def test_names_that_linux_has_are_known() -> None:
    """A process, one of its threads, and another process have a folder of them."""
    names = ("/proc/self/fd/3", f"/proc/{os.getpid()}/fd/4", "/proc/thread-self/fd/5")
    assert [named_descriptor(name) for name in names] == [3, 4, 5]
    assert named_descriptor("/proc/1/fd/1") == "/proc/1/fd/1"


def test_other_names_are_those_of_files(tmp_path: Path) -> None:
    """Also a number in a folder, a link that leads nowhere, and one that leads to itself."""
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "gone").symlink_to("fd/1")
    (tmp_path / "7").write_text("", encoding="utf-8")
    names = [str(tmp_path / name) for name in ("round", "gone", "7", "new", "")]
    others = ["7", os.devnull, "/dev/fd", "/dev/fd/01", "/dev/fd/x"]
    assert [named_descriptor(name) for name in (*names, *others)] == [None] * 10


def test_a_file_behind_a_descriptor_is_added_to(tmp_path: Path) -> None:
    """What others have written there stays, and what they write next stands behind."""
    log = tmp_path / "log"
    log.write_text("earlier\n", encoding="utf-8")
    with open_to(log, os.O_WRONLY | os.O_APPEND) as descriptor:
        write_pieces(f"/dev/fd/{descriptor}", ["re", "port ä\n"])
        os.write(descriptor, b"later\n")
    assert log.read_text(encoding="utf-8") == "earlier\nreport ä\nlater\n"
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


@LINUX
def test_a_descriptor_of_another_process_is_added_to(tmp_path: Path) -> None:
    """As a container's log is, ``/proc/1/fd/1``."""
    log = tmp_path / "log"
    log.write_text("earlier\n", encoding="utf-8")
    with open_to(log, os.O_WRONLY) as descriptor:
        other = open_again(f"/proc/{os.getpid()}/fd/{descriptor}")
        os.write(other, b"report\n")
        os.close(other)
    assert log.read_text(encoding="utf-8") == "earlier\nreport\n"


def test_a_pipe_without_a_name_is_written_to() -> None:
    """A shell's ``>()`` is one."""
    reading, writing = os.pipe()
    write_pieces(f"/dev/fd/{writing}", ["report\n"])
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        assert pipe.read() == "report\n"


def test_what_is_not_open_for_writing_is_told() -> None:
    """A descriptor that is closed, and one to read from."""
    reading, writing = os.pipe()
    os.close(writing)
    for descriptor in (reading, writing):
        said = f"/dev/fd/{descriptor}: bad file descriptor; open it for writing, or name a file"
        with pytest.raises(AccessError) as stop:
            write_pieces(f"/dev/fd/{descriptor}", ["report"])
        assert str(stop.value) == said
    os.close(reading)


def test_what_is_written_to_as_it_is(tmp_path: Path) -> None:
    """Descriptors, devices and pipes; no file, no folder, and nothing that is to be one."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("", encoding="utf-8")
    streams = ["/dev/stdout", os.devnull, str(tmp_path / "pipe")]
    others = [str(tmp_path), str(tmp_path / "file"), str(tmp_path / "new")]
    assert [is_stream(path) for path in (*streams, *others)] == [True] * 3 + [False] * 3
