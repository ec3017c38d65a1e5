"""A finding keeps its fingerprint while it stays the same, and no two findings share one."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.found import Found, linted, real, run_of, written

from bikube.lint.engine import Linted
from bikube.report.run import Context, Run
from bikube.rules.builtin import builtin_rules

HEAD = "bikube: v1\ninstance: {name: aio-x, customLocation: cl}\nregistryEndpoints:\n"
ENTRIES = (
    "  - {name: one, host: One.example.org, authentication: {method: Anonymous}}\n",
    "  - {name: two, host: Two.azurecr.io, authentication: {method: Anonymous}, odd: 1}\n",
    "  - {name: two, host: three.azurecr.io, authentication: {method: anonymous}}\n",
    "  - name: four\n    host: shared.azurecr.io\n    authentication: {method: Anonymous}\n",
    "  - name: five\n    host: https://shared.azurecr.io\n    authentication: {method: Nothing}\n",
    "  - {host: <HOST>, authentication: {method: Anonymous}}\n",
    "  - {host: Six.azurecr.io, authentication: {method: ArtifactPullSecret}}\n",
    "  - {name: seven, host: h.example.org, host: h.example.org, authentication: !x {}}\n",
    "  - {name: ab, codeSigningCas: [{type: secret}, {type: Secret, secretRef: A_}, 3]}\n",
    "  - just-text\n",
)
"""Entries with findings of many rules: alone, with a twin, of the parser, without a name."""

SECRETS = st.from_regex(r"[a-z][A-Za-z0-9]{0,17}[5-9]{3}", fullmatch=True)
"""With digits at the end, so that none is a part of a key, which would be hidden with it."""


def prints(*specs: Linted, root: str = ".") -> list[tuple[str, str]]:
    """Rule and fingerprint of every finding in ``specs``, but for what is about the whole run."""
    rules = builtin_rules()
    run = Run(specs, rules, context=Context(root=root))
    own = (one for one in run.findings if rules[one.rule].scope == "spec")
    return [(finding.rule, finding.fingerprint) for finding in own]


def spec(*entries: str) -> str:
    """A spec with ``entries``."""
    return HEAD + "".join(entries)


def test_the_entries_have_many_findings() -> None:
    """What the other tests reorder has findings of more than a dozen rules, some of them twice."""
    counts = Counter(rule for rule, _ in prints(real(spec(*ENTRIES))))
    assert len(counts) > 12
    assert max(counts.values()) > 2


@given(order=st.permutations(ENTRIES))
def test_reordered_entries_keep_their_fingerprints(order: list[str]) -> None:
    """The order of entries is in no fingerprint, not even where two entries clash."""
    assert sorted(prints(real(spec(*order)))) == sorted(prints(real(spec(*ENTRIES))))


@given(gaps=st.lists(st.sampled_from(["", "\n", "# a comment\n", "\n\n# two\n"]), min_size=11))
def test_moved_lines_keep_their_fingerprints(gaps: list[str]) -> None:
    """Lines before a finding are in no fingerprint."""
    moved = "".join(gap + piece for gap, piece in zip(gaps, (HEAD, *ENTRIES), strict=False))
    assert prints(real(moved)) == prints(real(spec(*ENTRIES)))


def test_another_style_keeps_the_fingerprints() -> None:
    """Quotes and flow are not what was found."""
    block = (
        "  - name: one\n    host: 'One.example.org'\n    authentication:\n      method: Anonymous\n"
    )
    assert prints(real(spec(block))) == prints(real(spec(ENTRIES[0])))


def test_another_file_changes_no_fingerprint() -> None:
    """A file's findings have the same fingerprints beside any other file, and none of its own."""
    other = real(spec(*ENTRIES), "plants/b.bikube.yaml")
    alone = prints(real(spec(*ENTRIES)))
    together = prints(other, real(spec(*ENTRIES)))
    assert together[len(alone) :] == alone
    assert not set(together[: len(alone)]) & set(alone)


def test_every_finding_has_its_own_fingerprint() -> None:
    """No two findings of a run share one, even if a file is looked at twice."""
    found = prints(real(spec(*ENTRIES)), real(spec(*ENTRIES)))
    assert len(set(found)) == len(found)


@given(at=st.integers(0, len(ENTRIES)))
def test_a_second_occurrence_is_new(at: int) -> None:
    """Wherever a like finding is added, all that were there are still known, and it is not."""
    twin = "  - {host: <HOST>, authentication: {method: Anonymous}}\n"
    before = set(prints(real(spec(*ENTRIES))))
    after = set(prints(real(spec(*ENTRIES[:at], twin, *ENTRIES[at:]))))
    assert before <= after
    assert {rule for rule, _ in after - before} == {"placeholder", "required-property"}


@pytest.mark.parametrize(
    "entry",
    [
        "  - {name: uno, host: One.example.org, authentication: {method: Anonymous}}\n",
        "  - {name: one, host: Uno.example.org, authentication: {method: Anonymous}}\n",
    ],
    ids=["name", "value"],
)
def test_another_thing_has_another_fingerprint(entry: str) -> None:
    """The entry and the value count."""
    rule = "registry-host-case"
    (before,) = [one for one in prints(real(spec(ENTRIES[0]))) if one[0] == rule]
    (after,) = [one for one in prints(real(spec(entry))) if one[0] == rule]
    assert before != after


def test_what_a_map_lacks_is_the_same_whatever_else_it_has() -> None:
    """A finding about a map or a list is not about what is in it."""
    entry = "  - {name: one, host: one.azurecr.io, authentication: %s}\n"
    found = [
        [one for one in prints(real(spec(entry % settings))) if one[0] == "required-property"]
        for settings in ("{artifactPullSecretSettings: {secretRef: a-1}}", "{}")
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 1


def test_what_is_said_once_belongs_to_the_file() -> None:
    """A rule that reports the first of many places has one fingerprint a file."""
    first = Found("once", "one", pointer=("things", 0, "name"))
    second = Found("once", "two", pointer=("things", 1, "name"))
    found = [next(run_of(linted([one])).findings).fingerprint for one in (first, second)]
    assert found[0] == found[1]


def test_what_is_said_once_a_run_is_the_same_wherever_it_is_said() -> None:
    """Of which spec it is said depends on the others of the run."""
    first = linted([Found("run", "one", pointer=("things", 0, "name"))], name="a.yaml")
    second = linted([Found("run", "two", pointer=("things", 1, "name"))], name="b.yaml")
    found = [next(run_of(spec).findings).fingerprint for spec in (first, second)]
    assert found[0] == found[1]


def test_names_on_the_command_line_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However a file is named, and from wherever, it is the same file below the root."""
    root = tmp_path / "repository"
    (root / "plants").mkdir(parents=True)
    text = spec(*ENTRIES)
    monkeypatch.chdir(root)
    names = ["plants/a.yaml", "./plants/../plants/a.yaml", str(root / "plants/a.yaml")]
    found = [prints(real(text, name)) for name in names]
    monkeypatch.chdir(root / "plants")
    found.append(prints(real(text, "a.yaml"), root=".."))
    found.append(prints(real(text, "./a.yaml"), root=str(root)))
    assert found == [found[0]] * 5
    assert prints(real(text, "a.yaml")) != found[0]


@given(one=SECRETS, two=SECRETS)
def test_a_credential_is_in_no_fingerprint(one: str, two: str) -> None:
    """Another credential in its place, in values, keys and names, changes no fingerprint."""

    def found(secret: str) -> list[tuple[str, str]]:
        token = "ghp_" + (secret * 16)[:20]
        text = spec(
            *ENTRIES,
            f"  - name: {token}\n    host: Eight.azurecr.io\n"
            f"    authentication: {{method: Anonymous, password: {secret}}}\n",
            f"  - {{name: nine, host: 'https://u:{token}@Nine.azurecr.io', {token}: 1,"
            f" {token}: 2, token: '{secret}'}}\n",
        )
        return sorted(prints(real(text)))

    assert found(one) == found(two)
    assert "credential" in dict(found(one))


@pytest.mark.parametrize("text", ["a: [", "", "\x00", "[]"], ids=["syntax", "empty", "nul", "list"])
def test_what_is_no_spec_has_fingerprints_too(text: str) -> None:
    """A finding in a text without data is known by rule and file."""
    ((rule, first),) = prints(real(text))
    ((_, moved),) = prints(real("# moved\n" + text))
    assert (rule, first) == (rule, moved)
    assert [(rule, first)] != prints(real(text, "b.yaml"))


def test_all_formats_have_the_same_fingerprints() -> None:
    """JSON, SARIF and GitLab say the same of the same finding."""
    run = Run([real(spec(*ENTRIES)), real(spec(ENTRIES[1]), "b.yaml")], builtin_rules())
    expected = [finding.fingerprint for finding in run.findings]
    plain = json.loads(written("json", run))["diagnostics"]
    results = json.loads(written("sarif", run))["runs"][0]["results"]
    violations = json.loads(written("gitlab", run))
    assert [one["fingerprint"] for one in plain] == expected
    assert [one["partialFingerprints"] for one in results] == [
        {"bikube/v1": fingerprint} for fingerprint in expected
    ]
    assert [one["fingerprint"] for one in violations] == expected


def test_fingerprints_stay_what_they_are() -> None:
    """Baselines outlive versions: these values change with a major version only."""
    found = Found("some-warning", "'A\U0001f600b'", pointer=("things", 0, "host"))
    run = run_of(linted([found, found, found._replace(twin="x"), Found("once", "one")]))
    (file,) = run.specs
    assert [file.fingerprint(number) for number in range(4)] == [
        "68ab9e107aecdfdfbb95647bfa43f785",
        "7acf06a89b4d855c7ea2ecba4861885a",
        "7467bbf552491fdd95a03606b9003d55",
        "4976268fc3471c737a3c2e06cbe87f3e",
    ]
