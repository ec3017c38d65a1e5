"""Rule files: examples run, words have their form, and the index is that of the files."""

import json
import re
import runpy
from collections import Counter
from itertools import combinations, permutations
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bikube import plugins
from bikube.diagnostics import Diagnostic, EngineRule, Fix, Severity, join_pointer
from bikube.edits.recipes import apply
from bikube.lint.across import across
from bikube.lint.engine import Linted, lint
from bikube.rules.builtin import INDEX, builtin_rules, index_text
from bikube.rules.examples import as_spec
from bikube.rules.file import RuleFile, read_rule_file
from bikube.rules.policy import Policy
from bikube.rules.rule import Rule, Ruleset
from bikube.schema.compiler import Compiler
from bikube.schema.violations import Violation
from bikube.text.source import Source, Span

ROOT = Path(__file__).parents[2]
FILES = [
    read_rule_file(path, path.read_bytes()) for path in sorted((ROOT / "rules").glob("*.yaml"))
]
RULES = Ruleset(file.rule for file in FILES)

WITHOUT_INVALID_EXAMPLE = {
    "file-too-large": "64 MiB do not fit into a rule file",
    "file-encoding": "a rule file is UTF-8 itself",
    "custom-location-shared": "one example is one spec",
    "dataflow-name-shared": "one example is one spec",
    "duplicate-instance": "one example is one spec",
    "drift": "it is found in generated files",
}
"""Rules that another test shows at work; the reason why no example can."""


def _entry(name: str, host: str, authentication: str) -> str:
    return f"- {{name: {name}, host: '{host}', authentication: {authentication}}}\n"


_SYSTEM = "{method: SystemAssignedManagedIdentity}"
_AUDIENCE = (
    "{method: SystemAssignedManagedIdentity,"
    " systemAssignedManagedIdentitySettings: {audience: '<audience>'}}"
)
_IDENTITY = (
    "{method: UserAssignedManagedIdentity,"
    " userAssignedManagedIdentitySettings: {clientId: <a>, tenantId: <b>, scope: <c>}}"
)
_RESOURCE_MANAGER = _AUDIENCE.replace("<audience>", "https://management.azure.com/")
_TOPIC = "{dataDestination: '${x}/${inputTopic.0}'}"
_SASL = "{method: Anonymous, saslSettings: {}}}, endpointType: Mqtt"
_OLD = "bikube: v1\ninstance: {name: one, customLocation: two, aioVersion: 1.1.59}\n"
_NEW = _OLD.replace("1.1.59", "1.4.41")
_HOSTS = (
    "https://index.docker.io/v1/",
    *("<Registry>.azurecr.io", "<registry>.azurecr.io/p/", "https://<registry>/", "<registry>"),
    *("mcr.microsoft.com/<name>", "A_b.azurecr.io/", "https://a_b.azurecr.io", "a_b.azurecr.io"),
    *("ftp://Contoso.azurecr.io", "a..b/p/", "a..b", "https://a..b", "ab!", "ab"),
    *("a" * 70, "-" * 70, f"a_{'b' * 70}", f"{'a' * 60}.azurecr.us", f"{'a' * 60}.azurcr.io"),
    *(f"{'a_' * 30}.azurecr.io", "ftp://a.azurecr.us", "<registry>.azurecr.us", "ftp://a"),
    *("<registry>.azurecr.com", "ftp://a.azurecr.com", "a_b.azurecr.us", "a.azurecr.us"),
    *("ftp://a.azurecr.io:80/", "a-.azurecr.com", "https://A.azurecr.io/p/", "A_b.example"),
    *("00000000-0000-0000-0000-000000000000.azurecr.com", "ftp://<registry>"),
    *("ftp://a.eastus.data.azurecr.io", "a.eastus.data.azurecr.io/p:1", f"ftp://{'a' * 70}"),
)
_ROLES = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
registryEndpoints:
  - name: one
    host: contoso.azurecr.io
    authentication:
      method: UserAssignedManagedIdentity
      userAssignedManagedIdentitySettings: {clientId: <a>, tenantId: <b>}
roleAssignments:
  - {registry: contoso/<c>, principalId: <a>, identity: instance}
  - {registry: /subscriptions/<b>/resourceGroups/<c>, principalId: <a>, identity: user}
  - {registry: fabrikam/<c>, principalId: <a>, identity: user}
"""
TWICE_WRONG = [
    _ROLES,
    *(
        _entry("default", host, _SYSTEM)
        + _entry("twin", host, _SYSTEM)
        + _entry("anonymous", host, "{method: Anonymous}")
        for host in _HOSTS
    ),
    _entry("one", "contoso.azurecr.io", _AUDIENCE),
    _entry("one", "contoso.azurecr.io", _IDENTITY),
    _entry("one", "contoso.azurecr.io", _IDENTITY.replace("<b>", "<a>")),
    _entry("one", "contoso.azurecr.io", "99999999999999999999"),
    _entry("<name>", "contoso.azurecr.io", "{method: <method>}"),
    _entry(
        "one",
        "harbor.example.org",
        "{method: ArtifactPullSecret, artifactPullSecretSettings: {secretRef: <PULL_SECRET>}}",
    ),
    f"{_OLD}targets: {{bicep: {{apiVersion: 2025-08-01}}}}\n",
    f"{_OLD}pullSecrets:\n"
    "  - {name: a, keyvaultName: kv-1, keyvaultSecretName: s, type: <T>}\n"
    "  - {name: b, keyvaultName: <KV>, keyvaultSecretName: <S>, clientId: <C>, tenantId: <T>}\n"
    "registryEndpoints:\n"
    + _entry(
        "one",
        "harbor.example.org",
        "{method: ArtifactPullSecret, artifactPullSecretSettings: {secretRef: <PULL_SECRET>}}",
    ),
    f"{_OLD}registryEndpoints:\n" + _entry("one", "contoso.azurecr.io", _SYSTEM),
    f"{_NEW}registryEndpoints:\n" + _entry("one", "contoso.azurecr.us", _RESOURCE_MANAGER),
    _NEW
    + """\
registryEndpoints:
  - {name: <name>, host: a.azurecr.io, authentication: {method: Anonymous}}
brokerListeners:
  - {name: abc, brokerRef: <b>, ports: [{port: 1, authenticationRef: <a>}]}
  - {name: bcd, serviceType: ClusterIp, ports: [{port: 1, tls: {manual: {secretRef: <secret>}}}]}
  - {name: cde, serviceType: ClusterIp, ports: []}
akriConnectorTemplates:
  - name: abc
    runtimeConfiguration:
      managedConfigurationSettings:
        imageConfigurationSettings: {imageName: 'plant7.azurecr.io/rest:1.0'}
  - {name: bcd, brokerRef: <broker>, ports: []}
dataflowGraphs:
  - {name: abc, nodes: [], nodeConnections: [{from: {name: <a>}, to: {name: <b>}}]}
  - {name: bcd, profileRef: ab, nodes: [], nodeConnections: []}
""",
    f"{_NEW}brokerListeners: [{{name: abc, ports: [{{port: 1, authenticationRef: <a>}}]}}]\n",
    f"{_NEW}dataflowGraphs: [{{nodes: [{{destinationSettings: {_TOPIC}}}]}}]\n",
    _NEW
    + """\
brokerListeners:
  - {name: abc, serviceType: LoadBalancer, ports: [{port: 1, authorizationRef: abc}]}
""",
    f"{_NEW}dataflows: [{{operations: [{{destinationSettings: {_TOPIC}}}]}}]\n",
    _NEW
    + """\
dataflowEndpoints:
  - {name: hub, endpointType: Kafka, kafkaSettings: {host: 'plant7.servicebus.windows.net:9093'}}
dataflows: [{name: a, operations: [{sourceSettings: {endpointRef: hub}}]}]
dataflowGraphs: [{name: b, nodes: [{sourceSettings: {endpointRef: hub}}]}]
""",
    f"{_NEW}dataflowEndpoints: [{{mqttSettings: {{authentication: {_SASL}}}]\n",
]
"""Mistakes that more than one rule would find, if none yielded."""

SAME_PLACE = [
    (
        "each is about its own part of a host: scheme, letters, path, last slash",
        {
            "registry-host-case",
            "registry-host-https",
            "registry-host-path",
            "registry-host-scheme",
            "registry-host-trailing-slash",
        },
        {
            "registry-host-acr-data",
            "registry-host-acr-name",
            "registry-host-acr-suffix",
            "registry-host-acr-undocumented",
            "registry-host-case",
            "registry-host-docker-hub",
            "registry-host-domain",
            "registry-host-form",
            "registry-host-gcr",
            "registry-host-https",
            "registry-host-path",
            "registry-host-trailing-slash",
            "registry-identity-host",
        },
    ),
    (
        "they compare two entries, and say nothing of the host itself",
        {"registry-host-shared", "registry-host-twin"},
        {
            "registry-host-acr-suffix",
            "registry-host-acr-undocumented",
            "registry-host-case",
            "registry-host-docker-hub",
            "registry-host-domain",
            "registry-host-https",
            "registry-host-path",
            "registry-host-scheme",
            "registry-host-trailing-slash",
        },
    ),
    (
        "one says what an entry lacks, the other what the spec does",
        {"code-signing-absent"},
        {"unused-resource"},
    ),
    (
        "it says once a spec that a registry may not be supported, whatever else is wrong",
        {"registry-support"},
        {
            "registry-endpoint-reserved",
            "registry-host-case",
            "registry-host-domain",
            "registry-host-form",
            "registry-host-https",
            "registry-host-path",
            "registry-host-scheme",
            "registry-host-trailing-slash",
            "registry-identity-host",
            "wrong-length",
        },
    ),
    (
        "what a version is, and what a release serves, are two things",
        {"api-version-not-served"},
        {"api-version-newer", "api-version-preview"},
    ),
    (
        "it shows an entry by its name",
        {"code-signing-absent"},
        {"wrong-length", "wrong-pattern"},
    ),
    (
        "what fills in a variable, and whether it can be filled in, are two things",
        {"dataflow-flux-variable", "graph-flux-variable"},
        {"dataflow-topic-variable", "graph-topic-variable"},
    ),
    (
        "both show a data flow by its name, and say what of it is not there",
        {"dataflow-schema"},
        {"dataflow-destination", "dataflow-source"},
    ),
    (
        "a port is shown by its number, whatever it lacks, and whether or not that is taken",
        {"listener-authentication", "listener-authorization-alone", "listener-tls"},
        {
            "listener-authentication",
            "listener-authorization-alone",
            "listener-port-repeated",
            "listener-tls",
        },
    ),
    (
        "how a value is written, and what it asks for or rules out, are two things",
        {"enum-case", "enum-value"},
        {
            "endpoint-authentication-settings",
            "endpoint-settings",
            "listener-service-type",
            "listener-tls-settings",
        },
    ),
]
"""Rules that may speak of one place together, and why."""


class Case(NamedTuple):
    """One example of a rule, and what it must come to."""

    file: RuleFile
    text: str
    expected: list[tuple[str, str]]
    messages: list[str | None]
    fixed: str | None


def spec_of(file: RuleFile, example: str) -> str:
    """The example as a whole spec."""
    return as_spec(example, file.rule.sections)


def cases() -> list[Any]:
    """Every example of every rule; what is valid expects nothing."""
    found = []
    for file in FILES:
        name = file.rule.id
        for number, text in enumerate(file.valid):
            case = Case(file, spec_of(file, text), [], [], None)
            found.append(pytest.param(case, id=f"{name}-valid-{number}"))
        for number, example in enumerate(file.invalid):
            expected = [(one.at, one.text) for one in example.expect]
            messages = [one.message for one in example.expect]
            fixed = None if example.fixed is None else spec_of(file, example.fixed)
            case = Case(file, spec_of(file, example.spec), expected, messages, fixed)
            found.append(pytest.param(case, id=f"{name}-invalid-{number}"))
    return found


def linted(text: str) -> Linted:
    """``text`` after all rules; none of them may have failed."""
    result = lint("bikube.yaml", text.encode(), RULES)
    assert result.faults == ()
    return result


def findings(text: str, rule: str) -> list[Diagnostic]:
    """What ``rule`` finds in ``text``."""
    return [one for one in linted(text).diagnostics if one.rule == rule]


def fixes(found: list[Diagnostic]) -> list[Fix]:
    """The fixes that the findings offer."""
    return [one.fix for one in found if one.fix is not None]


def place(finding: Diagnostic, source: Source) -> tuple[str, str]:
    """The pointer of a finding, and the text that it underlines."""
    return join_pointer(finding.pointer), source.cut(finding.span)


@pytest.mark.parametrize("case", cases())
def test_an_example_has_the_findings_it_says(case: Case) -> None:
    """A rule finds what its example says, at that pointer and text, and nothing else."""
    found = findings(case.text, case.file.rule.id)
    source = Source("bikube.yaml", case.text)
    assert [place(one, source) for one in found] == case.expected
    said = [one.message for one in found]
    assert [wanted or message for wanted, message in zip(case.messages, said, strict=True)] == said


@pytest.mark.parametrize("case", cases())
def test_a_valid_example_has_no_error(case: Case) -> None:
    """What a rule calls valid can be generated: no rule finds an error in it."""
    severe = [one for one in linted(case.text).diagnostics if one.severity is Severity.ERROR]
    assert [one.rule for one in severe if not case.expected] == []


@pytest.mark.parametrize("case", cases())
def test_messages_have_all_parts(case: Case) -> None:
    """The message says what is wrong, and the help what to do.

    A message has one part, or two where it says what is expected, too. All is filled in.
    """
    for one in findings(case.text, case.file.rule.id):
        parts = len(one.message.split("; "))
        assert (parts in (1, 2), bool(one.help)) == (True, True), one.text
        for text in filter(None, (one.message, one.help)):
            assert not text[0].isupper() or text.startswith(("API ", "Azure ")), text
            assert not re.search(r"\.$|\s$|\{[a-z_]+\}", text), text


@pytest.mark.parametrize("case", cases())
def test_a_fix_mends_what_it_is_for(case: Case) -> None:
    """The fixes give the text that the example says, and a second round finds nothing to fix."""
    rule = case.file.rule.id
    found = findings(case.text, rule)
    offered = fixes(found)
    fixed = apply(case.text, offered)
    assert (fixed if offered else None) == case.fixed
    again = findings(fixed, rule)
    assert len(again) == len(found) - len(offered)
    assert fixes(again) == []


@pytest.mark.parametrize("case", cases())
def test_a_finding_underlines_the_offending_key_or_value(case: Case) -> None:
    """The underlined text is a key, or what reads back as the value, at the finding's pointer."""
    result = linted(case.text)
    for one in result.diagnostics:
        problem = one
        if problem.pointer and result.document is not None:
            spans = {result.document.span(problem.pointer, part) for part in ("key", "value")}
            assert problem.span in spans


def may_meet(one: str, other: str) -> bool:
    """Whether two rules may speak of one place."""
    return any(
        (one in some and other in others) or (other in some and one in others)
        for _reason, some, others in SAME_PLACE
    )


@pytest.mark.parametrize("case", cases())
def test_one_mistake_is_one_finding(case: Case) -> None:
    """No two rules speak of the same place, but for pairs that say different things."""
    by_span: dict[Span, set[str]] = {}
    for one in linted(case.text).diagnostics:
        by_span.setdefault(one.span, set()).add(one.rule)
    pairs = {pair for found in by_span.values() for pair in combinations(sorted(found), 2)}
    assert {pair for pair in pairs if not may_meet(*pair)} == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.rule.id)
def test_a_rule_file_is_complete(file: RuleFile) -> None:
    """A rule has prose of its form, sources, and examples of both kinds."""
    rule = file.rule
    assert rule.id == file.path.stem
    assert rule.since == "0.1.0"
    assert rule.summary.endswith(".")
    assert rule.summary.count("\n") == 0
    assert file.remediation.endswith(".")
    assert file.rationale.endswith(".")
    assert [url for url in file.references if not url.startswith("https://")] == []
    assert file.valid
    assert bool(file.invalid) == (rule.id not in WITHOUT_INVALID_EXAMPLE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.rule.id)
def test_checks_take_the_arguments_that_a_rule_gives(file: RuleFile) -> None:
    """Every check that a rule names is there and takes these arguments."""
    rule = file.rule
    placed = (rule.where, rule.when, rule.unless, rule.require)
    for name, arguments in (pair for checks in placed for pair in checks.items()):
        check = plugins.load("bikube.rules.checks", name, "CHECK")
        violations: list[Violation] = []
        Compiler({}).compile(check.parameters)(arguments, None, violations)
        assert violations == []


def test_rules_yield_to_rules_that_are_there_and_do_not_yield_back() -> None:
    """Following ``yields`` ends, and a rule that speaks once a spec has none."""

    def louder(rule: Rule, path: tuple[str, ...]) -> None:
        assert rule.id not in path
        for name in rule.yields:
            louder(RULES[name], (*path, rule.id))

    for rule in RULES:
        louder(rule, ())
        assert not (rule.once and rule.yields)


def test_no_rule_yields_in_vain() -> None:
    """For each rule and each that it yields to there is a mistake that both would find."""
    loud = Ruleset(rule._replace(yields=()) for rule in RULES)
    met = set()
    for text in TWICE_WRONG:
        by_span: dict[Span, set[str]] = {}
        for one in lint("bikube.yaml", as_spec(text).encode(), loud).diagnostics:
            by_span.setdefault(one.span, set()).add(one.rule)
        met |= {pair for found in by_span.values() for pair in permutations(found, 2)}
    declared = {(rule.id, name) for rule in RULES for name in rule.yields}
    assert declared - met == set()


def test_structural_rules_yield_to_errors_only() -> None:
    """What a finding that stops the output yields to, stops it as well."""
    louder = {name for rule in RULES if rule.structural for name in rule.yields}
    assert {RULES[name].severity for name in louder} == {Severity.ERROR}


def test_every_check_serves_a_rule() -> None:
    """No check is there for nothing."""
    used = {
        name
        for rule in RULES
        for part in (rule.where, rule.when, rule.unless, rule.require)
        for name in part
    }
    assert used == set(plugins.names("bikube.rules.checks"))


BUILTIN = {file.rule.id for file in FILES if file.rule.builtin}


def test_the_engine_knows_just_the_rules_whose_files_say_so() -> None:
    """What it may report has a file, and what a file calls built in it may report."""
    assert set(get_args(EngineRule)) == BUILTIN


def test_the_engine_reports_every_rule_that_it_knows() -> None:
    """The example of a built-in rule shows its finding, but for those that no example can have."""
    shown = {
        one.rule
        for file in FILES
        if file.rule.builtin
        for example in file.invalid
        for one in linted(spec_of(file, example.spec)).diagnostics
        if one.rule == file.rule.id
    }
    assert BUILTIN - shown == WITHOUT_INVALID_EXAMPLE.keys()
    assert shown - BUILTIN == set()


def test_the_index_is_that_of_the_rule_files() -> None:
    """``make rules`` has been run, and the index gives the very rules of the files."""
    assert INDEX.read_text(encoding="utf-8") == index_text(RULES)
    assert list(builtin_rules()) == list(RULES)


def test_the_script_writes_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The developers' script writes what the drift test wants."""
    monkeypatch.setattr("bikube.rules.builtin.INDEX", tmp_path / "index.json")
    runpy.run_path(str(ROOT / "scripts" / "write_rules_index.py"), run_name="__main__")
    assert (tmp_path / "index.json").read_bytes() == INDEX.read_bytes()


def said(result: Linted) -> list[tuple[str, str]]:
    """Rule and message of every finding."""
    return [(one.rule, one.text) for one in result.diagnostics]


def test_a_file_past_64_mib_is_not_read() -> None:
    """One byte past the limit is one too many."""
    limit = 64 * 1024 * 1024
    assert said(lint("bikube.yaml", b"#" * (limit + 1), RULES)) == [
        (
            "file-too-large",
            "the file is too large; at most 64 MiB are read; split the spec",
        )
    ]
    assert [rule for rule, _ in said(lint("bikube.yaml", b"#" * limit, RULES))] == ["empty-file"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("bikube: v1\n".encode("utf-16"), "the file is UTF-16"),
        (b"\xfe\xff" + "bikube: v1\n".encode("utf-16-be"), "the file is UTF-16"),
        ("bikube: v1\n".encode("utf-32"), "the file is UTF-32"),
        ("bikube: v1 # Stra\xdfe\n".encode("latin-1"), "byte 0xdf is not UTF-8"),
    ],
)
def test_another_encoding_is_refused(data: bytes, found: str) -> None:
    """UTF-16, UTF-32 and Latin-1 are named, and nothing more is said about such a file."""
    message = f"{found}; YAML specs are UTF-8; save the file as UTF-8"
    assert said(lint("bikube.yaml", data, RULES)) == [("file-encoding", message)]


def test_a_second_spec_of_an_instance_is_an_error() -> None:
    """The later spec is reported, at the name."""
    head = "bikube: v1\ninstance: {{name: {}, customLocation: cl-plant}}\nx-a: {}\n"
    specs = [head.format("aio-7", "first"), head.format("aio-8", ""), head.format("aio-7", "")]
    read = [lint(f"{number}.yaml", text.encode(), RULES) for number, text in enumerate(specs)]
    found = [
        (result.source.name, *place(one, result.source), one.text)
        for result in across(read, RULES)
        for one in result.diagnostics
        if one.rule == "duplicate-instance"
    ]
    message = (
        'instance "aio-7" is described in "0.yaml" too; one spec describes an instance;'
        " merge the two, or rename one"
    )
    assert found == [("2.yaml", "/instance/name", "aio-7", message)]


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (
            {"type": "string", "x-known": ["Low", "High"]},
            "low",
            ("enum-case", '"low" has the wrong case; Azure\'s types have "Low"; write it so'),
        ),
        (
            {"type": "string", "x-known": ["Low", "High"]},
            "Hihg",
            (
                "enum-value",
                '"level" is "Hihg"; Azure\'s types list "Low", "High"; did you mean "High"?',
            ),
        ),
        (
            {"type": "integer", "minimum": 1, "maximum": 16},
            17,
            (
                "out-of-range",
                '"level" is 17; at least 1 and at most 16 is allowed; write 16 or less',
            ),
        ),
    ],
)
def test_rules_of_kinds_to_come(
    schema: dict[str, Any], value: object, expected: tuple[str, str]
) -> None:
    """Open sets and bounds have rules before the first kind needs them."""
    violations: list[Violation] = []
    Compiler({}).compile(schema)(value, (None, "level"), violations)
    assert [(one.rule, one.message) for one in violations] == [expected]
    assert RULES[expected[0]].builtin


DOCUMENT = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
targets: {bicep: {apiVersions: {registryEndpoints: 2025-10-01-preview}}}
registryEndpoints:
  - name: system
    host: https://myregistry.azurecr.io
    authentication:
      method: SystemAssignedManagedIdentity
      systemAssignedManagedIdentitySettings:
        audience: https://management.azure.com/
        extensionName: null
        tenantId: null
  - name: user
    host: myregistry2.azurecr.io
    authentication:
      method: UserAssignedManagedIdentity
      userAssignedManagedIdentitySettings:
        clientId: 3f2b8c1d-6a4e-4f7b-9c2d-8e1a5b6c7d8e
        tenantId: 9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d
        scope: null
  - name: pull-secret
    host: myregistry.azurecr.io
    authentication:
      method: ArtifactPullSecret
      artifactPullSecretSettings: {secretRef: my-registry-secret}
  - name: public
    host: myregistry3.azurecr.io
    authentication: {method: Anonymous, anonymousSettings: {}}
  - name: docker-hub
    host: docker.io
    authentication: {method: ArtifactPullSecret, artifactPullSecretSettings: {secretRef: hub}}
  - name: google
    host: gcr.io
    authentication: {method: ArtifactPullSecret, artifactPullSecretSettings: {secretRef: gcr}}
"""


def test_what_the_document_shows_is_at_most_a_warning() -> None:
    """Microsoft's how-to can be generated, and each of its oddities is explained once."""
    found = Counter((one.severity.label, one.rule) for one in linted(DOCUMENT).diagnostics)
    assert found == {
        ("warning", "api-version-unknown"): 1,
        ("warning", "documented-only-property"): 2,
        ("warning", "null-value"): 1,
        ("warning", "registry-acr-anonymous"): 1,
        ("warning", "registry-host-gcr"): 1,
        ("info", "registry-host-https"): 1,
        ("info", "registry-host-shared"): 1,
        ("info", "registry-support"): 1,
        ("info", "code-signing-absent"): 1,
        ("info", "kubernetes-preview"): 1,
        ("info", "registry-role-missing"): 1,
    }


@pytest.mark.parametrize(
    ("version", "severity"),
    [("2025-10-01", Severity.ERROR), ("2025-10-01-preview", Severity.WARNING)],
)
def test_an_unknown_key_is_a_warning_where_there_are_no_types(
    version: str, severity: Severity
) -> None:
    """Azure may have the property in a version that it has published no types for."""
    spec = DOCUMENT.replace("2025-10-01-preview", version).replace("extensionName", "novelty")
    assert [one.severity for one in findings(spec, "unknown-key")] == [severity]


STRINGS = st.text(min_size=1, max_size=70) | st.from_regex(
    r"\A(https?://|oci://)?[A-Za-z0-9._-]{0,30}(\.azurecr\.(io|us)|\.data\.azurecr\.cn|gcr\.io|"
    r"hub\.docker\.com)?(:[0-9]{0,6})?[/.a-z<>@ ]{0,9}\Z"
)


@settings(deadline=None)
@given(host=STRINGS, identifier=STRINGS, scope=STRINGS, audience=STRINGS)
def test_any_string_is_judged_and_mended_once(
    host: str, identifier: str, scope: str, audience: str
) -> None:
    """No string makes a rule fail, and after its fixes a rule has nothing more to fix."""
    user = {"clientId": identifier, "tenantId": identifier, "scope": scope}
    entries = [
        {
            "name": "user",
            "host": host,
            "authentication": {
                "method": "UserAssignedManagedIdentity",
                "userAssignedManagedIdentitySettings": user,
            },
        },
        {
            "name": "system",
            "host": host,
            "authentication": {
                "method": "SystemAssignedManagedIdentity",
                "systemAssignedManagedIdentitySettings": {"audience": audience},
            },
        },
    ]
    text = as_spec("- " + json.dumps(entries[0]) + "\n- " + json.dumps(entries[1]) + "\n")
    for rule in {one.rule for one in linted(text).diagnostics if one.fix}:
        fixed = apply(text, fixes(findings(text, rule)))
        assert fixes(findings(fixed, rule)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.rule.id)
def test_no_rule_advises_to_throw_away_what_was_written(file: RuleFile) -> None:
    """What is in the wrong place has a right one, and what is too much can be left out."""
    advice = f"{file.rule.message} {file.rule.help} {file.remediation}"
    assert re.findall(r"(?i)\b(?:remove|delete|drop|erase)\b", advice) == []


@pytest.mark.parametrize(("length", "found"), [(262_143, []), (262_144, ["annotations-size"])])
def test_annotations_have_a_bound_in_bytes(length: int, found: list[str]) -> None:
    """Keys count like values, and of a letter beyond ASCII every byte."""
    text = "\u00fc" * (length // 2) + "a" * (length % 2)
    entry = (
        f"{{name: one, metadata: {{annotations: {{a: '{text}'}}}}, host: a.example.org,"
        " authentication: {method: Anonymous}}"
    )
    linted = lint("a", f"{_OLD}registryEndpoints: [{entry}]\n".encode(), RULES)
    wanted = [one for one in linted.diagnostics if one.rule in ("annotations-size", "yaml-syntax")]
    assert [one.rule for one in wanted] == found
    assert [one.message for one in wanted] == [
        'the annotations of "one" have 262,145 bytes; Kubernetes takes at most 262,144 for an object'  # noqa: E501
    ] * len(found)


@pytest.mark.parametrize(("targets", "count"), [((), 11), (("kubernetes",), 11), (("bicep",), 0)])
def test_labels_count_where_manifests_are_written(targets: tuple[str, ...], count: int) -> None:
    """What Kubernetes refuses is an error each, but not in a run that writes Bicep only."""
    refused = ("bad key", "a/b/c", "Contoso.com/x", "")
    values = ("line 7", "this/should/fail", "ends-", 'hello"', "a" * 64)
    labels = dict.fromkeys(refused, "x") | {
        f"a{index}": value for index, value in enumerate(values)
    }
    annotations = {"bad key": "x", 'contoso.com/owner"': "x"}
    entry = {
        "name": "one",
        "metadata": {"labels": labels, "annotations": annotations},
        "host": "a.example.org",
        "authentication": {"method": "Anonymous"},
    }
    text = f"{_OLD}registryEndpoints: [{json.dumps(entry)}]\n"
    linted = lint("a", text.encode(), RULES, Policy(targets=targets))
    rules = ("label-key", "label-value", "annotation-key")
    found = [one.severity for one in linted.diagnostics if one.rule in rules]
    assert found == [Severity.ERROR] * count
