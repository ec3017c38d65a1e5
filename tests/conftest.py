"""What the tests share: the command line in this process, and the rewriting of golden cases."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import settings
from tests.support.trees import FAILING

from bikube.cli.entry import run
from bikube.rules import checks

# Random in CI too; what fails can be run again from what is printed. Times are not what is tested.
settings.register_profile("bikube", deadline=None, print_blob=True)
settings.load_profile("bikube")

# A CI may force colours on what it runs; tests compare plain text.
os.environ.pop("FORCE_COLOR", None)

pytest_plugins = ["tests.proof.fixtures", "tests.support.summary"]

UPDATE_GOLDEN = "--update-golden"


class Result(NamedTuple):
    """What a run of the command line gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


RunCli: TypeAlias = Callable[..., Result]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites golden cases."""
    parser.addoption(
        UPDATE_GOLDEN, action="store_true", help="rewrite the files expected in golden/"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to rewrite what CI is to compare with."""
    if config.getoption(UPDATE_GOLDEN) and os.environ.get("CI") == "true":
        raise pytest.UsageError(f"{UPDATE_GOLDEN} is for a developer's machine, not for CI")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether this run rewrites golden cases."""
    return bool(request.config.getoption(UPDATE_GOLDEN))


@pytest.fixture
def run_cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> RunCli:
    """Run ``bikube`` with some arguments, in a folder, with bytes on standard input."""

    def run_in(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> Result:
        with monkeypatch.context() as patch:
            if cwd is not None:
                patch.chdir(cwd)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            capsys.readouterr()
            code = run([str(argument) for argument in arguments])
        return Result(code, *capsys.readouterr())

    return run_in


@pytest.fixture
def failing_check(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A check that somebody has added, and that always fails."""
    folder = tmp_path_factory.mktemp("checks")
    (folder / "fails.py").write_text(FAILING, encoding="utf-8")
    checks.__path__.append(str(folder))
    yield
    checks.__path__.remove(str(folder))
    sys.modules.pop("bikube.rules.checks.fails", None)
