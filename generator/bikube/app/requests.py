"""What can be asked of bikube: one frozen request per use case, built once and never changed.

What belongs together in several requests is a value of its own, with the name of what it chooses.
"""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from bikube.diagnostics import Severity

if TYPE_CHECKING:
    from bikube.fix.ignores import Reason as Reason  # noqa: PLC0414 - the command line needs its type

Mode = Literal["write", "check", "diff"]
"""Whether a plan is carried out, listed, or shown as diffs."""

MOST = 1_000
"""How many findings people are shown one by one, if nobody asks for more."""

STDIN = "-"
"""The argument that means standard input."""


class SpecChoice(NamedTuple):
    """Which specs a run is about.

    ``arguments`` are paths, folders, globs, or ``STDIN``, which is called ``stdin_name``; without
    any, the specs are those of a configuration. The configuration in the file ``config`` serves
    every spec. ``exclude`` are patterns that count from the working directory. With ``outside``
    configurations may name files outside of their repositories.
    """

    arguments: Sequence[str] = ()
    stdin_name: str | None = None
    config: Path | None = None
    exclude: Sequence[str] = ()
    outside: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether these are all specs of a configuration."""
        return not (self.arguments or self.exclude)


class RuleChoice(NamedTuple):
    """The day of the run, the rules that it switches on or off, the targets that it renders.

    Without ``targets`` they are those of each spec's configuration.
    """

    today: date
    select: Collection[str] = ()
    ignore: Collection[str] = ()
    targets: Collection[str] = ()


class BaselineChoice(NamedTuple):
    """The baseline to use, whether to use none, the one to write, and whether to prune it."""

    use: Path | None = None
    none: bool = False
    write: Path | None = None
    prune: bool = False


class Changes(NamedTuple):
    """What is to be done with specs: fix findings, ``unsafe`` ones too; silence what is left.

    With ``diff`` no file is changed; ``diff`` alone is about fixes.
    """

    fix: bool = False
    unsafe: bool = False
    reason: "Reason | None" = None
    diff: bool = False

    @property
    def fixes(self) -> bool:
        """Whether findings are fixed, or a diff shows how."""
        return self.fix or (self.diff and self.reason is None)

    @property
    def any(self) -> bool:
        """Whether specs are changed, or a diff shows how they would be."""
        return self.fixes or self.reason is not None


class LintRequest(NamedTuple):
    """What ``bikube lint`` asks for; findings at or above ``fail_level`` make the run fail.

    ``reports`` are the files that reports are going to be written to. People are shown what is at
    or above ``show``, and without it what a configuration says, else errors and warnings; no more
    than ``most`` of it, unless that is 0.
    """

    specs: SpecChoice
    rules: RuleChoice
    baseline: BaselineChoice = BaselineChoice()
    changes: Changes = Changes()
    fail_level: Severity = Severity.ERROR
    show: Severity | None = None
    most: int = MOST
    reports: Sequence[str] = ()


class GenerateRequest(NamedTuple):
    """What ``bikube generate`` asks for.

    Without ``out`` the output folder is that of each spec's configuration. Only with the mode
    ``write`` anything is written. With ``prune`` that includes the removal of output of instances
    that no spec describes, and of targets that a spec is not rendered into any more. With
    ``tracked`` git is asked whether it has what is generated; a run that writes cannot.
    ``reports`` are the files that reports are going to be written to.
    """

    specs: SpecChoice
    rules: RuleChoice
    baseline: BaselineChoice = BaselineChoice()
    out: Path | None = None
    mode: Mode = "write"
    reports: Sequence[str] = ()
    prune: bool = False
    tracked: bool = False


class CompilerChoice(NamedTuple):
    """The Bicep CLI that evaluates Bicep, if one is named, and how long it may take to answer."""

    program: Path | None = None
    seconds: float = 120.0


class VerifyRequest(NamedTuple):
    """What ``bikube verify`` asks for: a proof of what specs are rendered into.

    Without ``out`` the output folder is that of each spec's configuration. With ``committed`` it
    is about the files that are there, else about fresh ones, and nothing is written.
    """

    specs: SpecChoice
    rules: RuleChoice
    baseline: BaselineChoice = BaselineChoice()
    compiler: CompilerChoice = CompilerChoice()
    out: Path | None = None
    committed: bool = False


class ForeignRequest(NamedTuple):
    """Asks whether a ``.bicep`` or ``.bicepparam`` file and a folder of manifests say the same."""

    bicep: Path
    manifests: Path
    compiler: CompilerChoice = CompilerChoice()


class UpgradeRequest(NamedTuple):
    """What ``bikube upgrade`` asks for: specs in the API version ``to``, or its ``latest``.

    With ``diff`` no file is changed. With ``verify`` what each spec is rendered into is proved
    before and after, by the ``compiler`` or, if none is named, where there is one.
    """

    specs: SpecChoice
    rules: RuleChoice
    to: str
    diff: bool = False
    verify: bool = True
    compiler: CompilerChoice = CompilerChoice()
