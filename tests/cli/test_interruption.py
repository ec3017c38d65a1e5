"""Ctrl-C at any moment: one line, exit code 130."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from tests.support.runner import PROGRAM

from bikube import interruption

SAID = "bikube: interrupted\n"
# What stands before each: a module that presses the keys when it is looked for, or when a weak
# reference goes, where Python can raise nothing.
IMPORTING = """
import signal, sys
class Finder:
    def find_spec(self, name, *_):
        if name == "bikube.cli.commands.lint":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Finder())
"""
IN_A_CALLBACK = """
import signal, sys, weakref
class Thing: pass
class Finder:
    def find_spec(self, name, *_):
        if name == "bikube.cli.commands.lint":
            thing = Thing()
            self.kept = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
            del thing
sys.meta_path.insert(0, Finder())
"""
START = "import sys; sys.argv[1:] = ['lint', '-']; from bikube.__main__ import main; main()"


@pytest.fixture
def keys() -> Iterator[None]:
    """Leaves what Ctrl-C does, and who is told of what is lost, as they are found."""
    before, hook = signal.getsignal(signal.SIGINT), sys.unraisablehook
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
    sys.unraisablehook = hook


@pytest.fixture
def leaving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raises ``SystemExit`` where the process would end at once."""

    def leave(code: int) -> NoReturn:
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", leave)


def press() -> None:
    """Ctrl-C."""
    signal.raise_signal(signal.SIGINT)


def test_a_run_that_is_stopped_says_so(tmp_path: Path) -> None:
    """And nothing of where it was."""
    command = [*PROGRAM, "lint", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        assert process.stdin is not None
        # More than a pipe holds: when all is written, the run is reading.
        process.stdin.write(b"#" * 1_000_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", SAID.encode())


@pytest.mark.parametrize(
    "before",
    [
        IMPORTING.replace("bikube.cli.commands.lint", "bikube.cli"),
        IMPORTING,
        IN_A_CALLBACK.replace("bikube.cli.commands.lint", "bikube.cli"),
        IN_A_CALLBACK,
    ],
    ids=["first imports", "a command's import", "callback in the first", "callback in a command's"],
)
def test_imports_are_interrupted_alike(tmp_path: Path, before: str) -> None:
    """Before the command line is there, while it looks for a command, and where Python is deaf."""
    command = [sys.executable, "-c", before + START]
    done = subprocess.run(command, cwd=tmp_path, input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", SAID.encode())


def test_what_runs_in_the_background_is_not_interrupted(tmp_path: Path) -> None:
    """Where a shell has it ignored for what it starts with "&", it stays so."""
    script = 'trap "" INT; exec "$@"'
    command = ["sh", "-c", script, "sh", sys.executable, "-c", IMPORTING + START]
    spec = b"bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
    done = subprocess.run(command, cwd=tmp_path, input=spec, capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.usefixtures("keys", "leaving")
def test_the_keys_once_more_end_a_run_at_once(capfd: pytest.CaptureFixture[str]) -> None:
    """The first time it takes back what it has begun."""
    interruption.raise_once()
    with pytest.raises(KeyboardInterrupt):
        press()
    with pytest.raises(SystemExit) as stop:
        press()
    assert (stop.value.code, capfd.readouterr().err) == (130, SAID)


@pytest.mark.usefixtures("keys", "leaving")
def test_before_there_is_a_command_nothing_is_taken_back(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The process ends where it is."""
    interruption.end_at_once()
    with pytest.raises(SystemExit) as stop:
        press()
    assert (stop.value.code, capfd.readouterr().err) == (130, SAID)


@pytest.mark.usefixtures("keys")
def test_when_all_is_said_the_keys_change_nothing() -> None:
    """And nothing else counts from then on."""
    interruption.ignore()
    interruption.raise_once()
    press()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


class _Deaf:
    """Something that fails where nobody can hear it."""

    def __init__(self, error: type[BaseException]) -> None:
        self.error = error

    def __del__(self) -> None:
        raise self.error


@pytest.mark.usefixtures("keys", "leaving")
def test_only_interruptions_are_taken_for_one(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What else Python cannot raise is told as ever."""
    told: list[type[BaseException] | None] = []
    monkeypatch.setattr(sys, "__unraisablehook__", lambda lost: told.append(lost.exc_type))
    monkeypatch.setattr(os, "_exit", lambda _code: None)
    interruption.raise_once()
    for error in (ValueError, KeyboardInterrupt):
        _Deaf(error)
    assert (told, capfd.readouterr().err) == ([ValueError, KeyboardInterrupt], SAID)


def test_on_a_terminal_it_begins_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """There, "^C" stands at the cursor, or how far the run was."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert interruption.words() == "\n" + SAID
