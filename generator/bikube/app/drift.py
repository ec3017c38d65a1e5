"""What is wrong with generated files, as findings at their places."""

from collections.abc import Iterator
from typing import NamedTuple

from bikube.app.generate import Action, Generation, Output, Step
from bikube.diagnostics import diagnose
from bikube.lint import Linted
from bikube.render import target
from bikube.report import Run
from bikube.text import Source, Span, split_lines


def with_drift(generation: Generation) -> Run:
    """The run of ``generation`` with a finding for each generated file that is not as it should be.

    What kept output from being looked at is told as what kept specs from it.
    """
    run = generation.run
    context = run.context
    if generation.refusal:
        context = context._replace(unreadable=(*context.unreadable, generation.refusal))
    outputs = generation.outputs or ()
    others = [file for output in outputs for file in _drifted(output)]
    return run.beside(others, context)


def is_reformatted(step: Step) -> bool:
    """Whether the file of ``step`` is another one, but only in layout, as a formatter leaves it."""
    if step.action is not Action.UPDATE:
        return False
    old, new = _text(step.before), _text(step.after)
    if old.partition("\n")[0] != new.partition("\n")[0]:
        return False
    return target(step.path.split("/")[1]).is_same(old, new)


def _drifted(output: Output) -> Iterator[Linted]:
    """The files of ``output`` that have findings, in the order of its plan."""
    for step in (*output.plan.steps, *output.leftovers.steps):
        said = list(_findings(step, output))
        if said:
            source = Source(str(output.folder / step.path), _text(step.before))
            span = _first_difference(source, step)
            found = tuple(diagnose("drift", one.message, span, help=one.help) for one in said)
            yield Linted(source, None, None, found)


class _Said(NamedTuple):
    """What is wrong with a file, and what to do about it."""

    message: str
    help: str


_GENERATE = 'run "bikube generate"'


def _findings(step: Step, output: Output) -> Iterator[_Said]:
    """What is wrong with the file of ``step``: nothing, or up to two things."""
    if step in output.leftovers.steps:
        yield _Said(output.why_unwanted(step.path)[1], 'run "bikube generate --prune"')
        return
    spec = f'"{output.specs.get(step.path.partition("/")[0])}"'
    match step.action:
        case Action.CREATE:
            yield _Said(f"the file is missing; {spec} generates it", _GENERATE)
        case Action.UPDATE:
            yield _of_update(step, spec)
        case Action.DELETE:
            yield _Said(f"{spec} does not generate this file", _GENERATE)
        case Action.BLOCKED:
            found, _, help = step.reason.rpartition("; ")
            yield _Said(f"in the way of what {spec} generates: {found}", help)
    if step.path in output.untracked:
        yield _Said(f"{spec} generates this file, and git does not have it", 'run "git add"')


def _of_update(step: Step, spec: str) -> _Said:
    if is_reformatted(step):
        found = f"only the layout is not what {spec} generates; a formatter has rewritten it"
        return _Said(found, f"exclude output from formatters, then {_GENERATE}")
    found = f"from here on this is not what {spec} generates"
    return _Said(found, f"change the spec in place of its output, then {_GENERATE}")


def _text(data: bytes) -> str:
    # What was edited since then may be no UTF-8.
    return data.decode("utf-8", "replace")


def _first_difference(source: Source, step: Step) -> Span:
    """The first line that is not as it should be, else the first of all."""
    lines = split_lines(source.text)
    number = 0
    if step.action is Action.UPDATE:
        wanted = split_lines(_text(step.after))
        pairs = zip(lines, wanted, strict=False)
        shorter = min(len(lines), len(wanted))
        number = next((at for at, (old, new) in enumerate(pairs) if old != new), shorter)
    number = min(number, max(len(lines) - 1, 0))
    start = sum(map(len, lines[:number]))
    end = start + len(lines[number].rstrip("\r\n")) if lines else start
    return Span(start, end)
