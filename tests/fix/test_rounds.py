"""Fixing a whole spec: rounds, refusals, and that the rules' declarations are true."""

from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.distribution import ROOT
from tests.support.trees import spec

from bikube.diagnostics import Diagnostic, Edit, Fix, Severity
from bikube.document import parse
from bikube.fix.rounds import Fixed, fix_spec
from bikube.lint.engine import Linted, lint
from bikube.rules.builtin import builtin_rules
from bikube.rules.examples import as_spec
from bikube.rules.file import read_rule_file
from bikube.rules.rule import Rule, Ruleset
from bikube.text.source import Source, Span

RULES = builtin_rules()
HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
SYSTEM = "authentication: {method: SystemAssignedManagedIdentity}"


def mended(text: str, *, unsafe: bool = False, rules: Ruleset = RULES) -> Fixed:
    """``text`` after its fixes."""
    return fix_spec(text.encode(), partial(lint, "bikube.yaml", rules=rules), unsafe=unsafe)


def after(text: str, *, unsafe: bool = False) -> str:
    """The text that fixes make of ``text``, which a second run leaves as it is."""
    first = mended(text, unsafe=unsafe)
    assert first.refusal == ""
    again = mended(first.data.decode(), unsafe=unsafe)
    assert (again.data, again.fixed) == (first.data, {})
    return first.data.decode()


def rule(name: str, way: dict[str, Any], *, matches: str) -> Rule:
    """A rule about hosts with a fix of its own."""
    return Rule(
        id=name,
        summary="A host is as this test wants it.",
        severity=Severity.WARNING,
        since="0.1.0",
        sections=("registryEndpoints",),
        require={"pattern": {"at": "/host", "matches": matches}},
        message="one; two; three",
        fix={"safe": True, **way},
    )


def fixes_of(linted: Linted) -> list[tuple[str, Fix]]:
    """Each fix that a finding offers, with the finding's rule."""
    return [(one.rule, one.fix) for one in linted.diagnostics if one.fix is not None]


def test_fixes_that_meet_are_applied_in_rounds() -> None:
    """Three rules about one host all have their way."""
    text = as_spec(f"- name: abc\n  host: https://X.azurecr.io//  # c\n  {SYSTEM}\n")
    assert after(text) == text.replace("https://X.azurecr.io//", "x.azurecr.io")


def test_a_map_whose_members_all_go_stays_as_an_empty_one() -> None:
    """Not one null after the other, and the null that is left: only what was null goes."""
    text = (
        f"{HEAD}registryEndpoints:\n"
        "  - name: abc\n"
        "    host: x.azurecr.io\n"
        "    authentication:\n"
        "      method: SystemAssignedManagedIdentity\n"
        "      systemAssignedManagedIdentitySettings:\n"
        "        audience: null\n"
        "        # Microsoft's how-to has these.\n"
        "        extensionName: null\n"
        "        tenantId: ~\n"
    )
    assert after(text) == (
        f"{HEAD}registryEndpoints:\n"
        "  - name: abc\n"
        "    host: x.azurecr.io\n"
        "    authentication:\n"
        "      method: SystemAssignedManagedIdentity\n"
        "      systemAssignedManagedIdentitySettings: {}\n"
        "        # Microsoft's how-to has these.\n"
    )


def test_unsafe_fixes_are_for_those_who_ask() -> None:
    """A misspelt key stays with safe fixes, and is renamed with unsafe ones."""
    text = f"{HEAD}registryEndpoints:\n  - name: abc\n    hots: X.azurecr.io\n    {SYSTEM}\n"
    assert after(text) == text
    assert after(text, unsafe=True) == text.replace("hots: X", "host: x")


def test_two_keys_for_one_are_left_to_the_author() -> None:
    """If either of two unknown keys may be meant for a third, neither is renamed."""
    entry = f"- name: abc\n  hots: x.azurecr.io\n  hosst: y.azurecr.io\n  {SYSTEM}\n"
    assert after(as_spec(entry), unsafe=True) == as_spec(entry)


def test_a_removed_property_becomes_the_one_that_replaced_it() -> None:
    """The single key of the preview version becomes a list of one."""
    text = as_spec(
        f"- name: abc\n  host: x.azurecr.io\n  {SYSTEM}\n"
        "  trustSettings:\n    trustedSigningKeys:\n      type: Secret\n      secretRef: ca\n"
    )
    assert after(text, unsafe=True) == as_spec(
        f"- name: abc\n  host: x.azurecr.io\n  {SYSTEM}\n"
        "  codeSigningCas:\n    - type: Secret\n      secretRef: ca\n"
    )


def test_what_only_documentation_has_goes_safely_where_it_is_null() -> None:
    """Null is in neither output, so that removing it changes nothing; a value stays."""
    settings_ = (
        "systemAssignedManagedIdentitySettings: {audience: a, tenantId: null, extensionName: e}"
    )
    text = as_spec(
        "- name: abc\n  host: x.azurecr.io\n  authentication:\n"
        f"    method: SystemAssignedManagedIdentity\n    {settings_}\n"
    )
    assert after(text) == text.replace(", tenantId: null", "")
    assert after(text, unsafe=True) == text.replace(", tenantId: null", "")


def test_a_byte_order_mark_and_line_ends_stay() -> None:
    """What is no part of the mistake is byte for byte what it was."""
    text = f"{HEAD}registryEndpoints:\n  - name: abc\n    host: X.azurecr.io\n    {SYSTEM}"
    data = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    result = fix_spec(data, partial(lint, "bikube.yaml", rules=RULES), unsafe=False)
    assert result.data == data.replace(b"X.", b"x.")


@pytest.mark.parametrize(
    "text", ["", "a: 1\n", "a: [\n", "bikube: v1\n\ud7ff: \x00", f"{HEAD}a: 1\na: 2\n"]
)
def test_what_is_no_spec_stays(text: str) -> None:
    """Where nothing can be understood, or nothing can be fixed, nothing changes."""
    result = mended(text, unsafe=True)
    assert (result.data.decode(), result.fixed, result.refusal) == (text, {}, "")


def test_fixes_that_come_to_no_end_change_nothing() -> None:
    """A rule whose fix makes what it finds is refused, and named."""
    endless = rule("endless", {"replace": {"pattern": r"\Z", "by": "x"}}, matches="y")
    text = as_spec(f"- name: abc\n  host: y.azurecr.io\n  {SYSTEM}\n")
    result = mended(text, rules=Ruleset([*RULES, endless]))
    assert result.refusal == "its fixes come to no end (endless)"
    assert (result.data.decode(), result.fixed) == (text, {})
    assert result.linted is result.before


def test_fixes_that_bring_an_error_change_nothing() -> None:
    """A rule whose fix breaks the spec is refused, and so is all else in that run."""
    breaking = rule("breaking", {"write": 5}, matches="z")
    text = as_spec(f"- name: abc\n  host: X.azurecr.io\n  {SYSTEM}\n  healthState: null\n")
    result = mended(text, rules=Ruleset([*RULES, breaking]))
    assert result.refusal == 'its fixes would bring a new error of rule "wrong-type"'
    assert (result.data.decode(), result.fixed) == (text, {})


def test_errors_that_come_to_light_are_not_held_against_a_fix() -> None:
    """What is wrong below a misspelt key, or beside a misspelt method, was so before."""
    text = (
        f"{HEAD}registryEndpoint:\n"
        "  - {name: A, host: 5, authentication: {method: anonymous, x: 1, secretRef: y}}\n"
        "  - {name: abc, host: x.azurecr.io, authentication: {method: Anonimous, x: 1, y: 2}}\n"
    )
    shown = after(text, unsafe=True)
    assert shown == (
        text.replace("registryEndpoint:", "registryEndpoints:")
        .replace("host: 5", 'host: "5"')
        .replace("anonymous", "Anonymous")
        .replace("Anonimous", "Anonymous")
    )


def test_an_error_that_a_fix_brings_elsewhere_is_held_against_it() -> None:
    """Another API version may not know what the spec has: then the version stays as it is."""
    text = (
        f"{HEAD}targets: {{bicep: {{apiVersion: 2025-07-01-preview}}}}\nregistryEndpoints:\n"
        f"  - name: abc\n    host: x.azurecr.io\n    {SYSTEM}\n    trustSettings:\n"
    )
    convertible = text + "      trustedSigningKeys: {type: Secret, secretRef: ca}\n"
    assert after(convertible, unsafe=True) == convertible.replace(
        "2025-07-01-preview", "2025-10-01"
    ).replace("trustSettings:", "codeSigningCas:").replace("trustedSigningKeys:", "-")
    aliased = text + "      trustedSigningKeys: &ca {type: Secret, secretRef: ca}\nx-ca: *ca\n"
    result = mended(aliased, unsafe=True)
    assert result.refusal == 'its fixes would bring a new error of rule "property-not-in-version"'
    assert result.data.decode() == aliased


def test_fixes_that_make_a_rule_fail_change_nothing() -> None:
    """A rule that cannot look at what a fix has made is as bad as an error."""
    failing = rule("failing", {"write": "{nothing}"}, matches="[^x].*")
    text = as_spec(f"- name: abc\n  host: X.azurecr.io\n  {SYSTEM}\n")
    result = mended(text, rules=Ruleset([*RULES, failing]))
    assert result.refusal == 'its fixes would make rule "failing" fail'
    assert result.data.decode() == text


def test_fixes_that_leave_no_yaml_change_nothing() -> None:
    """Whatever edits may come to, what cannot be read again is not given back."""
    text = spec()
    fix = Fix((Edit(Span(0, 8), "["),), True)
    harm = Diagnostic("r", "one; two; three", Span(0, 6), fix=fix, severity=Severity.INFO)

    def look(data: bytes) -> Linted:
        linted = lint("bikube.yaml", data, RULES)
        if linted.document is None:
            return linted
        return linted._replace(diagnostics=(*linted.diagnostics, harm))

    result = fix_spec(text.encode(), look, unsafe=False)
    assert (result.data.decode(), result.refusal) == (text, "its fixes would leave no spec")


RULE_FILES = [
    read_rule_file(path, path.read_bytes()) for path in sorted((ROOT / "rules").glob("*.yaml"))
]
EXAMPLES = [
    pytest.param(as_spec(example.spec, file.rule.sections), id=f"{file.rule.id}-{number}")
    for file in RULE_FILES
    for number, example in enumerate(file.invalid)
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_fix_is_declared_in_its_rule_file(text: str) -> None:
    """What has a fix says so, and no fix is called safer than its rule says."""
    offered = fixes_of(lint("bikube.yaml", text.encode(), RULES))
    for name, fix in offered:
        assert RULES[name].fix != {}
        assert RULES[name].fix["safe"] or not fix.safe


def test_every_fix_that_is_declared_is_offered_as_safe_as_it_is_said() -> None:
    """The wrong examples have a fix of every rule that declares one, and of no other."""
    offered = {
        (name, fix.safe)
        for file in RULE_FILES
        for example in file.invalid
        for name, fix in fixes_of(
            lint("bikube.yaml", as_spec(example.spec, file.rule.sections).encode(), RULES)
        )
    }
    declared = {(rule.id, rule.fix["safe"]) for rule in RULES if rule.fix}
    assert offered == declared


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_wrong_example_is_mended_to_a_fixed_point(text: str) -> None:
    """All fixes together leave no more errors than before, nothing to fix, and valid YAML."""
    result = mended(text, unsafe=True)
    assert result.refusal == ""
    assert fixes_of(result.linted) == []
    assert mended(result.data.decode(), unsafe=True).data == result.data


MISTAKES = {
    "host: good.azurecr.io": [
        ("host: Good.azurecr.io", "host: good.azurecr.io"),
        ('host: "https://good.azurecr.io/"  # h', 'host: "good.azurecr.io"  # h'),
        ("hots: good.azurecr.io", "host: good.azurecr.io"),
    ],
    "method: Anonymous": [
        ("method: 'anonymous'", "method: 'Anonymous'"),
        ("method: Anonimous", "method: Anonymous"),
    ],
    "# end": [
        ("healthState: null  # gone\n    # end", "# end"),
        ("codeSigningCas:\n    # end", "# end"),
        ("provisioningState: Ok\n    healthState: {a: 1}\n    # end", "# end"),
    ],
}
ENTRY = (
    "  # entry {0}\n  - name: e-{0}  # name\n    host: good.azurecr.io\n    authentication:\n"
    "      method: Anonymous\n    # end\n"
)


@given(st.data())
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)
def test_injected_mistakes_are_mended_and_nothing_else(choices: st.DataObject) -> None:
    """Whatever known mistakes are put into a spec, mending gives just the spec without them."""
    wrong = right = f"{HEAD}registryEndpoints:\n"
    for number in range(choices.draw(st.integers(1, 4))):
        entry = fixed = ENTRY.format(number)
        for place, ways in MISTAKES.items():
            before, mended_ = choices.draw(st.sampled_from([(place, place), *ways]))
            entry, fixed = entry.replace(place, before), fixed.replace(place, mended_)
        wrong, right = wrong + entry, right + fixed
    line_end = choices.draw(st.sampled_from(["\n", "\r\n"]))
    wrong, right = wrong.replace("\n", line_end), right.replace("\n", line_end)
    result = mended(wrong, unsafe=True)
    assert (result.data.decode(), result.refusal) == (right, "")
    document, problems = parse(Source("bikube.yaml", right))
    assert document is not None
    assert problems == []
    assert mended(right, unsafe=True).data == result.data


def test_every_declared_fix_is_shown_at_work() -> None:
    """A rule that says it fixes has an example with the text after it, and only such a rule."""
    declared = {file.rule.id for file in RULE_FILES if file.rule.fix}
    shown = {file.rule.id for file in RULE_FILES if any(one.fixed for one in file.invalid)}
    assert shown == declared
