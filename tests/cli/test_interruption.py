"""Ctrl-C and other signals that end a run, at any moment: one line, exit code 130, 143 or 129."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from tests.support import standins
from tests.support.runner import PROGRAM
from tests.support.standins import stand_in
from tests.support.trees import spec, write_tree

from bikube import interruption

SAID = "bikube: interrupted\n"
SIGNALS = [
    (signal.SIGINT, 130, SAID),
    (signal.SIGTERM, 143, "bikube: terminated\n"),
    (signal.SIGHUP, 129, "bikube: hung up\n"),
]
NAMES = ["INT", "TERM", "HUP"]
each_signal = pytest.mark.parametrize(("number", "code", "said"), SIGNALS, ids=NAMES)
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
# A run that is held where what is generated is about to be moved to its place.
HELD = """
import os, sys, time
def held(*paths, **folders):
    open("ready", "w").close()
    time.sleep(60)
os.replace = os.rename = held
sys.argv[1:] = ["generate"]
from bikube.__main__ import main
main()
"""
START = "import sys; sys.argv[1:] = ['lint', '-']; from bikube.__main__ import main; main()"


@pytest.fixture
def keys() -> Iterator[None]:
    """Leaves what signals do, and who is told of what is lost, as they are found."""
    before = {number: signal.getsignal(number) for number, _, _ in SIGNALS}
    hook = sys.unraisablehook
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
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


def until(path: Path, pattern: str) -> None:
    """Waits until there is a file like ``pattern`` in the folder ``path``."""
    for _ in range(3000):
        if any(path.glob(pattern)):
            return
        time.sleep(0.01)
    raise AssertionError(pattern)


@each_signal
def test_a_run_that_is_stopped_says_so(
    tmp_path: Path, number: signal.Signals, code: int, said: str
) -> None:
    """And nothing of where it was."""
    command = [*PROGRAM, "lint", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        assert process.stdin is not None
        # More than a pipe holds: when all is written, the run is reading.
        process.stdin.write(b"#" * 1_000_000)
        process.stdin.flush()
        process.send_signal(number)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (code, b"", said.encode())


@each_signal
def test_a_proof_that_is_stopped_leaves_nothing(
    tmp_path: Path, number: signal.Signals, code: int, said: str
) -> None:
    """What it has written for the Bicep CLI goes, though "timeout" sends its signal twice."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    program = stand_in(tmp_path, standins.HANGS)
    command = [*PROGRAM, "verify", "--bicep-cli", str(program)]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, cwd=tmp_path, env={**os.environ, "TMPDIR": str(scratch)}
    ) as process:
        until(scratch, "bikube-*/*")
        os.kill(process.pid, number)
        os.kill(process.pid, number)
        _, err = process.communicate()
    assert (process.returncode, err) == (code, said.encode())
    assert list(scratch.iterdir()) == []


@each_signal
def test_an_output_that_is_stopped_leaves_nothing(
    tmp_path: Path, number: signal.Signals, code: int, said: str
) -> None:
    """The folder in which it was made goes; no file of it is there."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    command = [sys.executable, "-c", HELD]
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        until(tmp_path, "ready")
        process.send_signal(number)
        _, err = process.communicate()
    assert (process.returncode, err) == (code, said.encode())
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "bikube.yaml",
        "ready",
    ]
    assert list(tmp_path.rglob(".*")) == []


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


def test_a_callback_tells_which_signal_came(tmp_path: Path) -> None:
    """Where it can only end the process."""
    command = [sys.executable, "-c", IN_A_CALLBACK.replace("SIGINT", "SIGTERM") + START]
    done = subprocess.run(command, cwd=tmp_path, input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (143, b"", b"bikube: terminated\n")


@pytest.mark.parametrize("name", NAMES)
def test_what_the_caller_ignores_stays_so(tmp_path: Path, name: str) -> None:
    """As a shell ignores Ctrl-C for what it starts with "&", and "nohup" the end of a terminal."""
    script = f'trap "" {name}; exec "$@"'
    importing = IMPORTING.replace("SIGINT", f"SIG{name}")
    command = ["sh", "-c", script, "sh", sys.executable, "-c", importing + START]
    given = b"bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
    done = subprocess.run(command, cwd=tmp_path, input=given, capture_output=True, check=False)
    assert done.returncode == 0


@each_signal
@pytest.mark.usefixtures("keys", "leaving")
def test_a_signal_once_more_ends_a_run_at_once(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    number: signal.Signals,
    code: int,
    said: str,
) -> None:
    """The first time it takes back what it has begun; what comes twice in a moment came once."""
    clock = iter([5.0, 5.4, 5.6])
    monkeypatch.setattr("bikube.interruption.monotonic", lambda: next(clock))
    interruption.raise_once()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)
    signal.raise_signal(number)
    with pytest.raises(SystemExit) as stop:
        signal.raise_signal(number)
    assert (stop.value.code, capfd.readouterr().err) == (code, said)


@pytest.mark.usefixtures("keys", "leaving")
def test_another_signal_is_never_the_same(capfd: pytest.CaptureFixture[str]) -> None:
    """Whoever presses the keys is not waited for when the run is to end."""
    interruption.raise_once()
    with pytest.raises(KeyboardInterrupt):
        press()
    with pytest.raises(SystemExit) as stop:
        signal.raise_signal(signal.SIGTERM)
    assert (stop.value.code, capfd.readouterr().err) == (143, "bikube: terminated\n")


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
    for number, _, _ in SIGNALS:
        signal.raise_signal(number)
        assert signal.getsignal(number) is signal.SIG_IGN


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
    assert [interruption.words(number) for number, _, _ in SIGNALS] == [
        f"\n{said}" for _, _, said in SIGNALS
    ]
