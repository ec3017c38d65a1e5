"""Standard streams that are closed, full, broken or merged: as users expect."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.runner import PROGRAM
from tests.support.trees import spec, write_tree

from bikube.cli.streams import prepare
from bikube.cli.summary import progress_line

WARNED = spec(host="Plant7.azurecr.io")
WRONG = "bikube: v1\nhosts: []\n"
SAID = "bikube: standard output: it is closed; send it to a file, or to /dev/null\n"
# Something is written already when the module of a command is looked for.
ENDING = """
import sys
class Finder:
    def find_spec(self, name, *_):
        if name.startswith("bikube.cli.commands."):
            sys.stdout.write("report")
            {happens}
sys.meta_path.insert(0, Finder())
from bikube.__main__ import main
main()
"""
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")


def shell(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Runs ``command``, in which "bikube" is the program, and gives back the code of that."""
    program = " ".join(f"'{part}'" for part in PROGRAM)
    script = f'bikube() {{ {program} "$@"; }}; {command}; exit ${{PIPESTATUS[0]}}'
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a spec that has a warning, and one with an error."""
    return write_tree(tmp_path, {"a.bikube.yaml": WARNED, "b.bikube.yaml": WRONG})


@pytest.mark.parametrize(
    "command", ["lint a.bikube.yaml", "lint --format json a.bikube.yaml", "schema", "rules"]
)
def test_a_report_to_a_closed_output_is_not_lost_in_silence(folder: Path, command: str) -> None:
    """Exit code is 2, and one line says why; with standard error closed too, the code says it."""
    done = shell(f"bikube {command} >&-", folder)
    assert (done.returncode, done.stderr) == (2, SAID)
    assert shell(f"bikube {command} >&- 2>&- <&-", folder).returncode == 2


def test_who_says_nothing_needs_no_output(folder: Path) -> None:
    """A closed standard output is no matter to a run that writes nothing there."""
    (folder / "c.bikube.yaml").write_text(spec())
    done = shell("bikube lint c.bikube.yaml >&-", folder)
    assert (done.returncode, done.stderr.splitlines()[0]) == (0, "no errors or warnings in 1 spec")


def test_a_file_is_never_taken_for_a_closed_stream(folder: Path) -> None:
    """What a run opens first gets the number of a stream that is closed, unless that is filled."""
    done = shell("bikube lint --fix a.bikube.yaml <&- >&- 2>&-", folder)
    assert (done.returncode, (folder / "a.bikube.yaml").read_text()) == (0, spec())


@pytest.mark.parametrize("to", ["/dev/null", "&-", pytest.param("/dev/full", marks=FULL)])
@pytest.mark.parametrize(("name", "code"), [("a.bikube.yaml", 0), ("b.bikube.yaml", 1)])
def test_words_that_nobody_takes_change_nothing(
    folder: Path, to: str, name: str, code: int
) -> None:
    """With standard error full or closed, report and exit code are what they are without."""
    done = shell(f"bikube lint {name} 2>{to}", folder)
    assert (done.returncode, done.stdout) == (code, shell(f"bikube lint {name}", folder).stdout)
    assert done.stdout.startswith(f"{name}:")


@FULL
def test_both_streams_may_be_full(folder: Path) -> None:
    """Exit code is still 2."""
    assert shell("bikube lint a.bikube.yaml >/dev/full 2>&1", folder).returncode == 2


@FULL
@pytest.mark.parametrize(
    ("arguments", "happens", "code", "said"),
    [
        ("rules", "raise KeyboardInterrupt", 130, "bikube: interrupted\n"),
        ("rules --fixx", "pass", 2, "Usage: bikube rules "),
        ("explain nothing", "pass", 2, "bikube: "),
        ("rules", "raise ZeroDivisionError", 3, "bikube: a fault in bikube "),
        ("rules", "pass", 2, "bikube: standard output: no space left on device"),
    ],
    ids=["keys", "usage", "user", "fault", "nothing"],
)
def test_what_ends_a_run_is_told_where_standard_output_is_full(
    folder: Path, arguments: str, happens: str, code: int, said: str
) -> None:
    """What is to stand above has no place; words and exit code are those without, and no more."""
    (folder / "run.py").write_text(ENDING.format(happens=happens), encoding="utf-8")
    command = f"BIKUBE_TRACEBACK=1 '{sys.executable}' run.py {arguments}"
    done = shell(f"{command} >/dev/full", folder)
    assert (done.returncode, done.stderr[: len(said)]) == (code, said)
    assert ("Traceback" in done.stderr) == (code == 3)
    assert shell(f"{command} >/dev/full 2>&1", folder).returncode == code


def test_a_reader_of_words_who_goes_away_stops_nothing(folder: Path) -> None:
    """The report is whole where the reader of standard error has left."""
    done = shell("bikube lint a.bikube.yaml 2>&1 >report | true", folder)
    report = (folder / "report").read_text()
    assert (done.returncode, done.stderr) == (0, "")
    assert report == shell("bikube lint a.bikube.yaml", folder).stdout


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "link"])
def test_a_report_to_a_name_of_standard_output_replaces_no_file(folder: Path, name: str) -> None:
    """It stands behind what a log has already, and before the report without a name."""
    (folder / "log").write_text("earlier\n", encoding="utf-8")
    (folder / "link").symlink_to("/dev/stdout")
    text = shell("bikube lint a.bikube.yaml", folder).stdout
    json = shell("bikube lint a.bikube.yaml --format json", folder).stdout
    done = shell(f"bikube lint a.bikube.yaml --format text --format json={name} >> log", folder)
    assert (done.returncode, (folder / "log").read_text()) == (0, f"earlier\n{json}{text}")


@pytest.mark.parametrize("to", ["/dev/stdout | cat", ">(cat) | cat"])
def test_a_report_to_a_pipe_by_its_descriptor_is_whole(folder: Path, to: str) -> None:
    """Also to what a shell calls ``/dev/fd/63``."""
    json = shell("bikube lint a.bikube.yaml --format json", folder).stdout
    done = shell(f"bikube lint a.bikube.yaml --format json={to}", folder)
    assert (done.returncode, done.stdout) == (0, json)


def test_a_report_to_standard_error_stands_above_what_is_said_of_it(folder: Path) -> None:
    """And nothing goes to standard output."""
    json = shell("bikube lint a.bikube.yaml --format json", folder)
    done = shell("bikube lint a.bikube.yaml --format json=/dev/stderr", folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", json.stdout + json.stderr)


def test_merged_streams_are_in_order(folder: Path) -> None:
    """What is said about a report stands below it, where both go to one place."""
    report = shell("bikube lint a.bikube.yaml", folder)
    merged = shell("bikube lint a.bikube.yaml 2>&1 | cat", folder)
    assert merged.stdout == report.stdout + report.stderr


def test_the_first_line_is_the_first_of_the_report(folder: Path) -> None:
    """``2>&1 | head -1`` shows one line, and nobody complains."""
    report = shell("bikube lint a.bikube.yaml", folder).stdout
    done = shell("bikube lint a.bikube.yaml 2>&1 | head -1", folder)
    assert (done.stdout, done.stderr) == (report.splitlines(keepends=True)[0], "")
    schema = shell("bikube schema 2>&1 | head -1", folder)
    assert (schema.stdout, schema.stderr) == ("{\n", "")


def test_a_dumb_terminal_sees_no_progress(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It could not take back what is shown."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    clock = iter([0.0, 2.0])
    monkeypatch.setattr("bikube.cli.summary.monotonic", lambda: next(clock))
    progress_line("linted")(1, 2)
    assert capsys.readouterr().err == ""


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Lets a test have its own standard streams."""
    with monkeypatch.context() as patch:
        yield patch


def test_closed_streams_are_opened(streams: pytest.MonkeyPatch) -> None:
    """Input is empty, output refuses, and words are taken by nobody."""
    for name in ("stdin", "stdout", "stderr"):
        streams.setattr(sys, name, None)
    prepare()
    with sys.stdin, sys.stderr:
        sys.stderr.write("words")
        assert sys.stdin.read() == ""
    sys.stdout.write("report")
    with pytest.raises(OSError, match="Bad file descriptor"):
        sys.stdout.flush()
    # It is not written again when the stream is collected.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.stdout.close()


class _Gone(io.RawIOBase):
    """A stream whose reader leaves and comes back."""

    is_gone = True

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        if self.is_gone:
            raise BrokenPipeError
        return len(data)


def test_words_follow_the_report(streams: pytest.MonkeyPatch) -> None:
    """Before words are said, all of the report is written; whether they are taken is no matter."""
    report, words = io.BytesIO(), io.BytesIO()
    streams.setattr(sys, "stdout", io.TextIOWrapper(report, encoding="utf-8"))
    streams.setattr(sys, "stderr", io.TextIOWrapper(words, encoding="utf-8", errors="strict"))
    first = sys.stderr
    prepare()
    sys.stdout.write("report")
    assert (sys.stderr.write("é\n"), report.getvalue()) == (2, b"report")
    assert (words.getvalue(), sys.stderr.errors, first.closed) == ("é\n".encode(), "strict", False)
    gone = _Gone()
    streams.setattr(sys, "stderr", io.TextIOWrapper(io.BufferedWriter(gone), encoding="utf-8"))
    prepare()
    assert sys.stderr.write("a\n") == 2
    sys.stderr.flush()
    # Python 3.13 complains where a stream cannot be closed.
    gone.is_gone = False


class _Scant(io.RawIOBase):
    """A stream that takes three bytes at a time."""

    def __init__(self) -> None:
        self.taken = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.taken += bytes(data[:3])
        return min(len(data), 3)


def test_streams_without_a_buffer_lose_nothing(streams: pytest.MonkeyPatch) -> None:
    """As they are with ``PYTHONUNBUFFERED``; what is not taken at once is offered again."""
    raw = {name: _Scant() for name in ("stdout", "stderr")}
    before = {name: io.TextIOWrapper(one, encoding="ascii") for name, one in raw.items()}  # type: ignore[type-var]
    for name, stream in before.items():
        streams.setattr(sys, name, stream)
    prepare()
    sys.stdout.write("a long report\n")
    sys.stderr.write("and its words\n")
    assert {name: one.taken for name, one in raw.items()} == {
        "stdout": b"a long report\n",
        "stderr": b"and its words\n",
    }
    assert (sys.stdout.encoding, before["stdout"].closed) == ("ascii", False)


@pytest.mark.parametrize("how", ["PYTHONUNBUFFERED= ", "PYTHONUNBUFFERED=1 "])
def test_a_report_that_is_cut_is_told(folder: Path, how: str) -> None:
    """Where a system takes the first part only, whether Python has buffers or not."""
    done = shell(f"(ulimit -f 100; {how}bikube schema spec > cut)", folder)
    said = "file too large; raise the limit on the size of files, and run it again"
    assert (done.returncode, done.stderr) == (2, f"bikube: standard output: {said}\n")


def test_a_stream_of_another_kind_is_left_alone(streams: pytest.MonkeyPatch) -> None:
    """Who calls bikube from Python may have streams of their own."""
    own = (io.StringIO(), io.StringIO())
    streams.setattr(sys, "stdout", own[0])
    streams.setattr(sys, "stderr", own[1])
    prepare()
    assert (sys.stdout, sys.stderr) == own
