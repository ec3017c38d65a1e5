"""The compiler's process: it answers, or it is clear why not, and nothing of it is left behind."""

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.proof.tools import find
from tests.support import standins
from tests.support.standins import stand_in

from bikube.compiler.answers import CompilerFault, Diagnostic, Refusal, diagnostics
from bikube.compiler.process import Compiler

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compiler]:
    """The real compiler."""
    with Compiler(find("bicep"), 60, tmp_path_factory.mktemp("scratch")) as compiler:
        yield compiler


def test_the_real_compiler_answers(real: Compiler, tmp_path: Path) -> None:
    """A question has an answer, with what the compiler finds in a file."""
    file = tmp_path / "main.bicep"
    file.write_text("\n  resource\n", encoding="utf-8")
    answer = real.ask("bicep/compile", {"path": str(file)})

    assert [one[:4] for one in diagnostics(answer)] == [
        ("Error", "BCP017", 2, 11),
        ("Error", "BCP068", 2, 11),
    ] or diagnostics(answer)[0] == Diagnostic(
        "Error",
        "BCP017",
        2,
        11,
        "Expected a resource identifier at this location.",
    )


def test_a_refusal_is_in_the_compilers_words(real: Compiler) -> None:
    """What the compiler cannot do is raised, and the next question is answered."""
    with pytest.raises(Refusal, match="Could not find"):
        real.ask("bicep/compile", {"path": "/nowhere/main.bicep"})

    assert "version" in real.ask("bicep/version", {})


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (standins.HANGS, "it gave no answer in 0.3 s"),
        (standins.CRASHES, 'it ended without an answer; it said "no disk left"'),
        (standins.BABBLES, "it answers with nonsense (no header)"),
        (standins.MUMBLES, "it answers with nonsense (Expecting value"),
        (standins.WRONG_SHAPE, "it answers bicep/getSnapshot with nonsense"),
        (standins.WRONG_ERROR, "it answers bicep/getSnapshot with nonsense"),
        (standins.OLD, "it is too old, and does not know bicep/getSnapshot"),
    ],
)
def test_a_program_that_gives_no_answer_is_a_fault(body: str, fault: str, tmp_path: Path) -> None:
    """Whatever the program does, the fault says what, in bounded time, and it is asked again."""
    seconds = 0.3 if body == standins.HANGS else 30
    with Compiler(stand_in(tmp_path, body), seconds, tmp_path) as compiler:
        for _ in range(2 if "nonsense (" in fault or "ended" in fault else 1):
            with pytest.raises(CompilerFault) as raised:
                compiler.ask("bicep/getSnapshot", {})
            assert fault in str(raised.value)


def test_last_words_are_kept_and_the_flood_before_them_is_not(tmp_path: Path) -> None:
    """A program that floods standard error neither blocks nor fills memory or messages."""
    with Compiler(stand_in(tmp_path, standins.FLOODS), 30, tmp_path) as compiler:
        with pytest.raises(CompilerFault) as raised:
            compiler.ask("bicep/version", {})
        time.sleep(0.2)

    assert len(str(raised.value)) < 2_500


def test_what_the_program_has_started_ends_with_it(tmp_path: Path) -> None:
    """A child of a program that does not end by itself is ended too."""
    program = stand_in(tmp_path, standins.LEAVES_A_CHILD)
    noted = Path(f"{program}.child")
    with Compiler(program, 30, tmp_path):
        while not (noted.exists() and noted.read_text(encoding="utf-8")):
            time.sleep(0.02)
    child = int(noted.read_text(encoding="utf-8"))

    assert _is_gone(child)


def _is_gone(process: int) -> bool:
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if _is_dead(process):
            return True
        time.sleep(0.02)
    return False


def _is_dead(process: int) -> bool:
    """Whether it has ended, and only whoever adopted it has not looked yet."""
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False


def test_a_program_that_cannot_start_is_a_fault(tmp_path: Path) -> None:
    """A file that is no program is named with the system's reason."""
    file = tmp_path / "bicep"
    file.write_text("no program\n", encoding="utf-8")

    with pytest.raises(CompilerFault, match=r"bicep: it cannot be started \(Permission denied\)"):
        Compiler(file, 1, tmp_path)


def test_a_home_that_cannot_be_written_to_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is told where it may unpack itself."""
    body = "answer(id=ask()['id'], result=dict(at=os.environ['DOTNET_BUNDLE_EXTRACT_BASE_DIR']))\n"
    monkeypatch.setenv("HOME", str(tmp_path / "missing"))
    monkeypatch.delenv("DOTNET_BUNDLE_EXTRACT_BASE_DIR", raising=False)
    with Compiler(stand_in(tmp_path, body), 30, tmp_path) as compiler:
        assert compiler.ask("x", {}) == {"at": str(tmp_path)}


def test_several_threads_ask(tmp_path: Path) -> None:
    """Each has its own answer, whatever else the program says, and in which order."""
    body = """\
questions = [ask() for _ in range(3)]
answer(id=None, result={})
answer(id=99, result={})
for question in reversed(questions):
    answer(id=question["id"], result=dict(method=question["method"]))
"""
    with (
        Compiler(stand_in(tmp_path, body), 30, tmp_path) as compiler,
        ThreadPoolExecutor(3) as pool,
    ):
        asked = {name: pool.submit(compiler.ask, name, {}) for name in "abc"}
        answers = {name: one.result() for name, one in asked.items()}

    assert answers == {name: {"method": name} for name in "abc"}


def test_a_question_has_its_time_from_when_those_before_it_are_answered(tmp_path: Path) -> None:
    """Who waits for others to be answered waits no time of its own."""
    body = """\
for question in [ask() for _ in range(4)]:
    time.sleep(0.8)
    answer(id=question["id"], result={})
"""
    with (
        Compiler(stand_in(tmp_path, body), 2.0, tmp_path) as compiler,
        ThreadPoolExecutor(4) as pool,
    ):
        asked = [pool.submit(compiler.ask, "x", {}) for _ in range(4)]
        assert [one.result() for one in asked] == [{}] * 4


def test_the_settings_of_net_are_the_users_where_there_are_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program compiles itself once, unless the environment says otherwise."""
    body = "answer(id=ask()['id'], result=dict(at=os.environ['DOTNET_TieredCompilation']))\n"
    monkeypatch.delenv("DOTNET_TieredCompilation", raising=False)
    for expected in ("0", "1"):
        with Compiler(stand_in(tmp_path, body), 30, tmp_path) as compiler:
            assert compiler.ask("x", {}) == {"at": expected}
        monkeypatch.setenv("DOTNET_TieredCompilation", "1")
