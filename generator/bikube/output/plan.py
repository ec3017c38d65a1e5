"""Compares what should be with what is, and says what to do about each file; touches nothing."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from bikube.output.generated import RenderedFile, owns


class Action(Enum):
    """What happens to one file."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"


class Existing(NamedTuple):
    """A file that is there: its content, or why it is none that bikube could have written."""

    data: bytes
    obstacle: str = ""


class Step(NamedTuple):
    """One file's part in a plan; ``reason`` says why it is blocked."""

    action: Action
    path: str
    before: bytes = b""
    after: bytes = b""
    reason: str = ""


class Plan(NamedTuple):
    """Every step, in the order in which it is carried out: deletions come last."""

    steps: tuple[Step, ...]

    def of(self, *actions: Action) -> tuple[Step, ...]:
        """The steps with one of ``actions``."""
        return tuple(step for step in self.steps if step.action in actions)

    @property
    def changes(self) -> tuple[Step, ...]:
        """The steps that change something."""
        return self.of(Action.CREATE, Action.UPDATE, Action.DELETE)


def plan(rendered: Iterable[RenderedFile], existing: Mapping[str, Existing]) -> Plan:
    """What to do so that exactly the ``rendered`` files of bikube's are there.

    ``existing`` are the files in the folders concerned, by path. Files that do not carry
    bikube's header are a user's own: they are left alone, and block a file of the same name.
    A file is equal if its lines are: git may write CRLF where bikube writes LF. What a power cut
    left of a file of bikube's is written anew: nothing, only the beginning, or zeros.
    """
    steps = []
    wanted = set()
    for file in rendered:
        wanted.add(file.path)
        steps.append(_step(file, existing.get(file.path)))
    for path, found in sorted(existing.items()):
        if path not in wanted and not found.obstacle and owns(found.data):
            steps.append(Step(Action.DELETE, path, before=found.data))
    return Plan(tuple(steps))


def _step(file: RenderedFile, found: Existing | None) -> Step:
    if found is None:
        return Step(Action.CREATE, file.path, after=file.data)
    if found.obstacle:
        return Step(Action.BLOCKED, file.path, reason=found.obstacle)
    # What git's core.autocrlf did is undone, also for a diff, which is about what has changed.
    before = found.data.replace(b"\r\n", b"\n")
    if file.data in (before, found.data):
        return Step(Action.UNCHANGED, file.path, before, file.data)
    if not owns(found.data) and not _is_torn(found.data, file.data):
        reason = "it does not carry bikube's header, so somebody wrote it; move it away"
        return Step(Action.BLOCKED, file.path, reason=reason)
    return Step(Action.UPDATE, file.path, before, file.data)


def _is_torn(found: bytes, wanted: bytes) -> bool:
    """Whether ``found`` holds nothing that is not in ``wanted``, or in no text at all."""
    return wanted.startswith(found) or not found.strip(b"\0")
