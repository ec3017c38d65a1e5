"""Lints files: reads every one, reports on all that could be read."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bikube.app.requests import MOST, BaselineChoice, LintRequest, RuleChoice
from bikube.app.specs import Input, Selection, distinct, select
from bikube.config import Config
from bikube.diagnostics import Severity
from bikube.errors import AccessError, UsageError
from bikube.files import PassedOver
from bikube.lint import Fault, Linted, lint, once_a_run
from bikube.report import Context, Run
from bikube.rules import Policy, Ruleset, builtin_rule_file, builtin_rules, meant

if TYPE_CHECKING:
    from bikube.app.baseline import Baseline, BaselineNews
    from bikube.app.fix import FixedFile
    from bikube.files.locks import Waits
    from bikube.rules.file import RuleFile

Progress = Callable[[int, int], None]
"""Is told how many of how many specs are done."""


class Outcome(NamedTuple):
    """The specs that were read, and why others could not be."""

    linted: tuple[Linted, ...]
    unreadable: tuple[str, ...]
    rules: Ruleset

    @property
    def faults(self) -> list[Fault]:
        """The rules that failed."""
        return [fault for one in self.linted for fault in one.faults]


class LintResult(NamedTuple):
    """What came of a run: what is found, the specs that changed or would, and the baseline's news.

    ``has_stdin`` says that standard input was one of the specs; ``spares_stdin`` that it was
    named, and left out for its name. ``passed_over`` is what could have been meant too.
    """

    run: Run
    fixed: "tuple[FixedFile, ...]"
    baseline: "BaselineNews | None"
    has_stdin: bool
    spares_stdin: bool
    passed_over: tuple[PassedOver, ...] = ()


Look = Callable[[Input, RuleChoice], Linted]
"""Reads one spec and lints it; raises ``AccessError`` where that cannot be done."""


def lint_specs(request: LintRequest, *, progress: Progress, waits: "Waits") -> LintResult:
    """Lints the specs of ``request``, after the changes that it wants.

    While another run writes to one of its files, ``waits`` is told.

    Raises:
        UsageError: there are no such specs, a configuration or the baseline is malformed, a rule
            is chosen that there is not, a report would overwrite a file of the run, or the day of
            the reason has passed.
        AccessError: a configuration or the baseline cannot be read.
    """
    selection = select(request.specs)
    request = request._replace(rules=chosen_rules(request.rules, selection.inputs))
    known = known_findings(request.baseline, selection.config)
    if request.reports:
        # Imported here because most reports go to standard output.
        from bikube.app.reports import refuse_overwriting

        refuse_overwriting(request.reports, selection, [known.path] if known is not None else [])
    fixed: tuple[FixedFile, ...] = ()
    if request.changes.any:
        # Imported here because a run that changes nothing need not pay for it.
        from bikube.app.fix import fix_inputs

        outcome, fixed = fix_inputs(
            selection.inputs, request, known, progress=progress, waits=waits
        )
    else:
        outcome = lint_inputs(selection.inputs, request.rules, progress=progress)
    news = None
    if known is not None:
        from bikube.app.baseline import apply_baseline

        outcome, news = apply_baseline(known, outcome, request, waits)
    root = known.root if known is not None else selection.root
    least = _least(request, selection)
    run = run_of(outcome, selection, root=root, fail_level=request.fail_level, least=least)
    stdin = (selection.has_stdin, selection.spares_stdin)
    return LintResult(run.limited(request.most), fixed, news, *stdin, selection.passed_over)


def known_findings(choice: BaselineChoice, config: Config | None) -> "Baseline | None":
    """The baseline of a run, if it has one.

    Raises:
        UsageError: it is malformed, or is to be pruned and there is none.
        AccessError: it cannot be read.
    """
    path = baseline_path(choice, config)
    if path is None and not choice.prune:
        return None
    # Imported here because most runs have no baseline.
    from bikube.app.baseline import load_baseline

    return load_baseline(choice, path)


def baseline_path(choice: BaselineChoice, config: Config | None) -> Path | None:
    """Where the baseline is that is chosen, else the one of ``config``.

    Raises:
        UsageError: that of ``config`` is out of its reach.
    """
    path = choice.write or choice.use
    is_configured = config is not None and config.baseline is not None and not choice.none
    if path is None and config is not None and is_configured:
        # Imported here because few configurations have a baseline.
        from bikube.config.reach import reached

        path = reached(config, config.baseline or "", "baseline")
    return path


def run_of(
    outcome: Outcome, selection: Selection, *, root: str, fail_level: Severity, least: Severity
) -> Run:
    """``outcome`` as it may be shown; see ``Context``."""
    context = Context(
        fail_level=fail_level,
        least=least,
        most=MOST,
        unreadable=outcome.unreadable,
        root=root,
        repository=cache(_repository),
        rule_file=_rule_files(selection.inputs),
    )
    return Run(outcome.linted, outcome.rules, context=context)


def _least(request: LintRequest, selection: Selection) -> Severity:
    """The least severity that people are shown: what makes the run fail always is."""
    shown = request.show
    if shown is None:
        configs = distinct((selection.config, *(one.config for one in selection.inputs)))
        shown = min((one.show for one in configs), default=Severity.WARNING)
    return min(shown, request.fail_level)


def _repository() -> str:
    # Imported here because few reports are for hosts of repositories.
    from bikube.files.git import work_tree

    return work_tree()


def _rule_files(inputs: Sequence[Input]) -> "Callable[[str], RuleFile | None]":
    """Finds what a rule's file says, be it built in or brought by a configuration of ``inputs``."""

    @cache
    def brought() -> "dict[str, RuleFile]":
        # Imported here because few reports quote rules.
        from bikube.config.loading import custom_rules

        configs = distinct(one.config for one in inputs)
        return {file.rule.id: file for config in configs for file in custom_rules(config)}

    def find(rule: str) -> "RuleFile | None":
        return builtin_rule_file(rule) or brought().get(rule)

    return find


def lint_input(one: Input, choice: RuleChoice) -> Linted:
    """Reads ``one`` and lints it with the rules of its configuration; raises as ``Input.read``."""
    # No name for the bytes here: of a large spec they are let go as soon as they are text.
    return lint(one.name, one.read(), rules_of(one), _policy(one, choice))


def lint_bytes(one: Input, choice: RuleChoice, data: bytes) -> Linted:
    """Lints ``data`` as if it were the content of ``one``."""
    return lint(one.name, data, rules_of(one), _policy(one, choice))


def _policy(one: Input, choice: RuleChoice) -> Policy:
    """How rules count for ``one``: as its configuration says, but for what is chosen for a run."""
    policy = one.config.policy(one.name) if one.config is not None else Policy()
    return policy._replace(**{**choice._asdict(), "targets": targets_of(one, choice)})


def targets_of(one: Input, choice: RuleChoice) -> tuple[str, ...]:
    """What ``one`` is rendered into: as chosen for the run, else as its configuration says."""
    configured = one.config.targets_of(one.name) if one.config is not None else ()
    return tuple(choice.targets) or configured


def rules_of(one: Input) -> Ruleset:
    """The rules of the configuration of ``one``."""
    return one.config.rules if one.config is not None else builtin_rules()


def lint_inputs(
    inputs: Sequence[Input], choice: RuleChoice, *, progress: Progress, look: Look = lint_input
) -> Outcome:
    """Looks at every input; one that cannot be read does not keep the others from being linted."""
    rules = _all_rules(inputs)
    linted: list[Linted] = []
    unreadable: list[str] = []
    for done, one in enumerate(inputs, start=1):
        try:
            linted.append(look(one, choice))
        except AccessError as error:
            unreadable.append(str(error))
        progress(done, len(inputs))
    if len(linted) > 1:
        # Imported here because editors and hooks often look at one spec.
        from bikube.lint.across import across

        linted = list(across(linted, rules))
    return Outcome(tuple(once_a_run(linted, rules)), tuple(unreadable), rules)


def _all_rules(inputs: Sequence[Input]) -> Ruleset:
    configs = distinct(one.config for one in inputs)
    brought = [rule for config in configs for rule in config.rules]
    return Ruleset([*builtin_rules(), *brought]) if brought else builtin_rules()


def chosen_rules(choice: RuleChoice, inputs: Sequence[Input]) -> RuleChoice:
    """``choice`` with the ids of all rules that it means, among those that count for ``inputs``.

    Raises:
        UsageError: it means a rule that there is not, or ignores a structural one by its id.
    """
    rules = _all_rules(inputs)
    for name in choice.ignore:
        rule = rules.get(name)
        if rule is not None and rule.structural:
            raise UsageError(
                f'rule "{name}" is structural and always on; leave it out of "--ignore"'
            )
    select, ignore = (
        tuple(name for given in names for name in meant(given, rules))
        for names in (choice.select, choice.ignore)
    )
    return choice._replace(select=select, ignore=ignore)
