"""Runs a rule's examples: the proof that comes with every rule file."""

from collections.abc import Iterator

from bikube.diagnostics import Diagnostic, Fix, join_pointer
from bikube.edits import apply
from bikube.lint.engine import Linted, lint
from bikube.rules import Ruleset
from bikube.rules.examples import as_spec
from bikube.rules.file import Expectation, Invalid, RuleFile
from bikube.text import advise

_NAME = "example.yaml"


def failures(file: RuleFile, rules: Ruleset) -> Iterator[str]:
    """What each example of ``file`` shows to be wrong, one line each, linted with ``rules``.

    A valid example must be free of the rule's findings. An invalid one must have exactly the
    findings that it expects, and become ``fixed`` by the rule's fixes; without that, none mends it.
    """
    for failure in (
        *_outside(file, rules),
        *_valid(file, rules),
        *_invalid(file, rules),
        *_examples(file, rules),
    ):
        yield f"{file.path}: {failure}"


def _outside(file: RuleFile, rules: Ruleset) -> Iterator[str]:
    """What is wrong before any example is linted."""
    for name in file.rule.yields:
        if rules.get(name) is None:
            advice = advise(name, rules.ids, otherwise='"bikube rules" lists them')
            yield f'yields to the unknown rule "{name}"; {advice}'
    if not file.valid or not file.invalid:
        yield "a rule has valid and invalid examples; one of them is missing; add it"


def _valid(file: RuleFile, rules: Ruleset) -> Iterator[str]:
    for number, valid in enumerate(file.valid, start=1):
        linted = _lint(file, valid, rules)
        for obstacle in _obstacles(file, linted):
            yield f"valid example {number} {obstacle}"
        for diagnostic in _found(file, linted):
            found = f"{join_pointer(diagnostic.pointer)} ({diagnostic.text})"
            yield f"valid example {number} has a finding at {found}; none is expected"


def _invalid(file: RuleFile, rules: Ruleset) -> Iterator[str]:
    for number, invalid in enumerate(file.invalid, start=1):
        for failure in _compare(file, invalid, rules):
            yield f"invalid example {number} {failure}"


def _examples(file: RuleFile, rules: Ruleset) -> Iterator[str]:
    """What the rule's page would show and should not."""
    for number, example in enumerate(file.examples, start=1):
        if example.wrong and not _found(file, _lint(file, example.wrong, rules)):
            yield f'example {number} has no finding in "wrong"; one is expected'
        if example.right and _found(file, _lint(file, example.right, rules)):
            yield f'example {number} has a finding in "right"; none is expected'


def _lint(file: RuleFile, example: str, rules: Ruleset) -> Linted:
    return lint(_NAME, _spec(file, example).encode(), rules)


def _spec(file: RuleFile, example: str) -> str:
    return as_spec(example, file.rule.sections)


def _obstacles(file: RuleFile, linted: Linted) -> Iterator[str]:
    """Why the rule has not looked at an example, so that no finding proves nothing."""
    if linted.spec is None and not file.rule.builtin:
        yield f"is no spec ({linted.diagnostics[0].text})"
    for fault in linted.faults:
        if fault.rule == file.rule.id:
            yield f"makes the rule fail ({fault.kind})"


def _found(file: RuleFile, linted: Linted) -> list[Diagnostic]:
    return [one for one in linted.diagnostics if one.rule == file.rule.id]


def _compare(file: RuleFile, invalid: Invalid, rules: Ruleset) -> Iterator[str]:
    linted = _lint(file, invalid.spec, rules)
    yield from _obstacles(file, linted)
    diagnostics = _found(file, linted)
    expected = [_shown(one) for one in invalid.expect]
    actual = [
        _shown(
            Expectation(
                at=join_pointer(diagnostic.pointer),
                text=linted.source.cut(diagnostic.span),
                message=diagnostic.message if _wants_message(invalid, diagnostic) else None,
            )
        )
        for diagnostic in diagnostics
    ]
    if sorted(actual) != sorted(expected):
        yield f"has {'; '.join(actual) or 'no finding'}; expected is {'; '.join(expected)}"
    fixes = [diagnostic.fix for diagnostic in diagnostics if diagnostic.fix is not None]
    if invalid.fixed is None and fixes:
        yield 'is fixed, and no "fixed" says what it becomes; add it, or correct the fix'
    if invalid.fixed is not None and _fixed(linted, fixes) != _spec(file, invalid.fixed):
        yield "becomes something else than its fixed form; correct the fix or the example"


def _wants_message(invalid: Invalid, diagnostic: Diagnostic) -> bool:
    place = join_pointer(diagnostic.pointer)
    return any(one.at == place and one.message is not None for one in invalid.expect)


def _shown(expectation: Expectation) -> str:
    message = f" saying {expectation.message}" if expectation.message is not None else ""
    return f'"{expectation.text}" at {expectation.at}{message}'


def _fixed(linted: Linted, fixes: list[Fix]) -> str:
    return apply(linted.source.text, fixes)
