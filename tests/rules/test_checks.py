"""What each check looks at: as a requirement it finds, as a condition it selects."""

from collections.abc import Iterator
from typing import Any

import pytest

from bikube import plugins
from bikube.azure.registries import NAMES, bare_host, classify
from bikube.azure.versions import known_versions
from bikube.diagnostics import join_pointer
from bikube.document import decode, parse
from bikube.render.target import target_apis
from bikube.rules.check import Hit
from bikube.spec.model import Spec

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
SECTION = "registryEndpoints"


def project_of(text: str) -> Spec:
    """The spec ``text``, whether or not it is one by the schema."""
    source, problem = decode("bikube.yaml", text.encode())
    document, problems = parse(source)
    assert (problem, problems) == (None, [])
    assert document is not None
    return Spec(document, target_apis())


def project_with(*entries: str) -> Spec:
    """A spec with these registry endpoints, each written in flow style."""
    return project_of(f"{HEAD}{SECTION}:\n" + "".join(f"- {entry}\n" for entry in entries))


def check(name: str, **arguments: Any) -> Any:
    """The check ``name`` with its arguments."""
    return plugins.load("bikube.rules.checks", name, "CHECK")(**arguments)


def selected(project: Spec, name: str, **arguments: Any) -> list[int]:
    """The rows that the check selects."""
    table = project.tables[SECTION]
    return list(check(name, **arguments).select(project, table, table.rows))


def found(project: Spec, name: str, **arguments: Any) -> list[int]:
    """The rows that the check finds fault with."""
    table = project.tables[SECTION]
    return [hit.pointer[1] for hit in check(name, **arguments).find(project, table, table.rows)]


def shown(hits: Iterator[Hit]) -> list[tuple[str, str, dict[str, str]]]:
    """The place of each hit, the part that it shows, and what it fills a message with."""
    return [(join_pointer(hit.pointer), hit.part, dict(hit.values)) for hit in hits]


def searched(project: Spec, name: str, **arguments: Any) -> list[tuple[str, str, dict[str, str]]]:
    """What a check of a whole spec finds."""
    return shown(check(name, **arguments).search(project))


ODD = (
    "{host: abc}",
    "{host: 12}",
    "{host: null}",
    "{}",
    "text",
    "{host: [abc]}",
    "{host: {abc: 1}}",
)
"""Entries of which one has a string, and none other anything that a check of strings judges."""


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("pattern", {"matches": "abc"}),
        ("one-of", {"values": ["abc", "xyz"]}),
        ("none-of", {"values": ["xyz"]}),
        ("text", {"holds": "b"}),
        ("text", {"ends": "bc"}),
        ("text", {"lacks": "x"}),
        ("lower-case", {}),
    ],
)
def test_what_is_no_string_is_neither_selected_nor_found(
    name: str, arguments: dict[str, Any]
) -> None:
    """Values of other types are the schema's; a missing one satisfies every requirement."""
    project = project_with(*ODD)
    assert selected(project, name, at="/host", **arguments) == [0]
    assert found(project, name, at="/host", **arguments) == []


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("pattern", {"matches": "ab"}),
        ("pattern", {"matches": "bc"}),
        ("one-of", {"values": ["xyz"]}),
        ("none-of", {"values": ["xyz", "abc"]}),
        ("text", {"holds": "x"}),
        ("text", {"ends": "ab"}),
        ("text", {"lacks": "b"}),
        ("text", {"ends": "bc", "lacks": "a"}),
        ("text", {"ends": "bc", "holds": "x"}),
    ],
)
def test_a_string_that_does_not_satisfy_is_found(name: str, arguments: dict[str, Any]) -> None:
    """What a requirement finds is what a condition leaves out."""
    project = project_with(*ODD)
    assert selected(project, name, at="/host", **arguments) == []
    assert found(project, name, at="/host", **arguments) == [0]


def test_a_pattern_says_of_a_host_what_is_wrong() -> None:
    """With ``words: host`` a message can name the part, the advice and the host that was meant."""
    project = project_with("{host: 'contoso.azurecr.io:443'}")
    table = project.tables[SECTION]
    arguments = {"at": "/host", "matches": "[^:]*"}
    plain = check("pattern", **arguments).find(project, table, table.rows)
    told = check("pattern", **arguments, words="host").find(project, table, table.rows)
    nothing = {"part": "", "advice": "", "meant": ""}
    words = {
        "part": '":443" follows the name',
        "advice": 'write "contoso.azurecr.io"',
        "meant": "contoso.azurecr.io",
    }
    place = "/registryEndpoints/0/host"
    assert shown(plain) == [(place, "value", nothing)]
    assert shown(told) == [(place, "value", words)]


def test_differs_compares_two_strings_of_an_entry() -> None:
    """Capitals make no difference; what is no string is neither selected nor found."""
    project = project_with(
        "{host: abc, name: ABC}", "{host: abc, name: abd}", "{host: 12, name: 12}", "{host: abc}"
    )
    table = project.tables[SECTION]
    arguments = {"at": "/host", "other": "/name"}
    assert selected(project, "differs", **arguments) == [1]
    (hit,) = check("differs", **arguments).find(project, table, table.rows)
    assert hit.pointer == (SECTION, 0, "host")
    assert [(one.pointer, one.message) for one in hit.mentions] == [
        ((SECTION, 0, "name"), "the same here")
    ]


def test_a_check_looks_only_at_the_rows_it_is_given() -> None:
    """Rows that an earlier condition has left out are not judged."""
    project = project_with("{host: ABC}", "{host: ABC}", "{host: abc}", "{host: 5}")
    table = project.tables[SECTION]
    lower = check("lower-case", at="/host")
    assert [hit.pointer for hit in lower.find(project, table, [1, 2, 3])] == [(SECTION, 1, "host")]
    assert lower.select(project, table, [1, 2, 3]) == [2]


def test_lower_case_knows_all_letters() -> None:
    """Letters outside ASCII have cases too; digits and signs have none."""
    project = project_with("{host: bÜcher}", "{host: straße-7}", "{host: Ω}", "{host: '7-'}")
    assert found(project, "lower-case", at="/host") == [0, 2]


def test_a_pattern_matches_across_lines() -> None:
    """The whole value counts, a line break at its end included."""
    project = project_with('{host: "a\\nb"}', '{host: "ab\\n"}', "{host: ab}")
    assert found(project, "pattern", at="/host", matches="a.?b") == [1]
    assert found(project, "pattern", at="/host", matches="^a.?b$") == [1]


def test_properties_are_reached_through_maps_only() -> None:
    """A pointer that leads through a list, a string or nothing leads to nothing."""
    inner = ("{a: {b: x}}", "{a: [x]}", "{a: b}", "{}", "{a: {b: y}}")
    assert selected(project_with(*inner), "one-of", at="/a/b", values=["x", "y"]) == [0, 4]


@pytest.mark.parametrize("value", ["0", "''", "false", "[]", "{}"])
def test_present_is_all_but_null(value: str) -> None:
    """``null`` means not set; whatever else stands there is present."""
    project = project_with(
        f"{{name: abc, host: {value}}}", "{name: bcd, host: null}", "{name: cde}"
    )
    assert selected(project, "present", at="/host") == [0]
    assert found(project, "present", at="/host") == [1, 2]


def test_what_is_absent_is_shown_at_the_name() -> None:
    """An entry without a name is left to the schema."""
    project = project_with("{name: abc}", "{name: 5}", "{}", "text")
    table = project.tables[SECTION]
    hits = check("present", at="/host").find(project, table, table.rows)
    assert shown(hits) == [("/registryEndpoints/0/name", "value", {})]


def test_empty_judges_maps_only() -> None:
    """A list without items is no empty map."""
    project = project_with("{a: {}}", "{a: {b: 1}}", "{a: []}", "{a: ''}", "{a: null}", "{}")
    assert selected(project, "empty", at="/a") == [0]
    assert found(project, "empty", at="/a") == [1]


def test_registry_is_any_or_none_of_a_few() -> None:
    """A host that is no string is of no registry, and not found either."""
    hosts = ("contoso.azurecr.io", "mcr.microsoft.com", "harbor.example.org", "5", "null")
    project = project_with(*(f"{{host: {host}}}" for host in hosts))
    assert selected(project, "registry", any=["acr", "mcr"]) == [0, 1]
    assert found(project, "registry", any=["acr", "mcr"]) == [2]
    assert selected(project, "registry", none=["acr"]) == [1, 2]
    assert found(project, "registry", none=["acr", "mcr"]) == [0, 1]


@pytest.mark.parametrize(
    ("host", "registry"),
    [
        ("contoso.azurecr.io", "acr"),
        ("contoso-a1b2.azurecr.us", "acr"),
        ("HTTPS://Contoso.AzureCR.cn:443/path", "acr"),
        ("contoso.eastus.geo.azurecr.io", "acr"),
        ("contoso.eastus.data.azurecr.io", "acr-data"),
        ("data.azurecr.io", "acr"),
        ("east.data.azurecr.io", "acr"),
        ("azurecr.io", "acr-near"),
        ("contoso.azurecr.io.example.org", "unknown"),
        ("contoso.azurecr.de", "acr-near"),
        ("example.org/contoso.azurecr.io", "unknown"),
        ("mcr.microsoft.com", "mcr"),
        ("mcr.azure.cn", "mcr"),
        ("docker.io", "docker-hub"),
        ("index.docker.io", "docker-hub"),
        ("registry-1.docker.io", "docker-hub"),
        ("hub.docker.com", "docker-hub-website"),
        ("registry.hub.docker.com/library", "docker-hub-website"),
        ("ghcr.io/azure-samples", "ghcr"),
        ("quay.io", "quay"),
        ("gcr.io", "gcr"),
        ("asia.gcr.io", "gcr"),
        ("mirror.gcr.io", "unknown"),
        ("europe-west1-docker.pkg.dev", "gar"),
        ("docker.pkg.dev", "unknown"),
        ("public.ecr.aws", "ecr-public"),
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "ecr"),
        ("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "ecr"),
        ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "ecr"),
        ("123456789012.dkr-ecr.eu-west-1.on.aws", "ecr"),
        ("123456789012.dkr-ecr-fips.us-east-1.on.aws", "ecr"),
        ("app.lambda-url.eu-west-1.on.aws", "unknown"),
        ("ecr-public.aws.com", "ecr-public"),
        ("12345678901.dkr.ecr.eu-west-1.amazonaws.com", "unknown"),
        ("s3.eu-west-1.amazonaws.com", "unknown"),
        ("10.0.0.5:5000", "unknown"),
        ("[::1]:5000", "unknown"),
        ("localhost", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_host_is_of_one_registry(host: str, registry: str) -> None:
    """Scheme, path, port and capitals do not matter; what looks alike is not taken for it."""
    assert classify(host) == registry
    assert registry in NAMES


@pytest.mark.parametrize(
    ("host", "bare"),
    [
        ("harbor.example.org", "harbor.example.org"),
        ("OCI+x.1-a://Harbor.example.org:8443/a:b", "harbor.example.org"),
        ("a/b://c", "a"),
    ],
)
def test_a_bare_host_has_neither_scheme_nor_port_nor_path(host: str, bare: str) -> None:
    """A scheme stands at the start."""
    assert bare_host(host) == bare


LOGIN = "authentication: {method: Anonymous}"
OTHER = "authentication: {method: ArtifactPullSecret, artifactPullSecretSettings: {secretRef: abc}}"


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("quay.io", "quay.io", True),
        ("quay.io", "https://QUAY.io/", True),
        ("quay.io", "quay.io/org", True),
        ("quay.io/org", "quay.io", True),
        ("quay.io/org", "quay.io/org/team", True),
        ("quay.io/org", "quay.io/org-2", False),
        ("quay.io/org-2", "quay.io/org", False),
        ("quay.io:443", "quay.io", False),
        ("quay.io", "quay.io.example.org", False),
    ],
)
def test_hosts_are_shared_by_whole_steps_of_their_paths(
    first: str, second: str, *, shared: bool
) -> None:
    """The order in the spec does not matter, and half a step is none."""
    entries = (f"{{name: abc, host: '{first}', {LOGIN}}}", f"{{name: bcd, host: '{second}', {{}}}}")
    for login, equal in ((LOGIN, True), (OTHER, False)):
        project = project_with(entries[0], entries[1].replace("{}", login, 1))
        hit = [1] if shared else []
        assert found(project, "same-host", authentication="equal") == (hit if equal else [])
        assert found(project, "same-host", authentication="different") == ([] if equal else hit)


def test_equal_authentication_may_be_written_differently() -> None:
    """The order of members, empty settings and ``null`` say nothing."""
    settings = "systemAssignedManagedIdentitySettings"
    project = project_with(
        "{name: abc, host: quay.io, authentication: {method: SystemAssignedManagedIdentity}}",
        f"{{name: bcd, host: quay.io, authentication: {{{settings}: {{audience: null}},"
        " method: SystemAssignedManagedIdentity}}",
        f"{{name: cde, host: quay.io, authentication: {{{settings}: {{audience: abc}},"
        " method: SystemAssignedManagedIdentity}}",
        "{name: def, host: quay.io, authentication: [method]}",
    )
    assert found(project, "same-host", authentication="equal") == [1]
    assert found(project, "same-host", authentication="different") == [2, 3]
    assert selected(project, "same-host", authentication="equal") == [0, 2, 3]


def test_a_shared_host_refers_to_the_first_that_matches() -> None:
    """A twin is preferred to an entry that only has the host."""
    project = project_with(
        f"{{name: abc, host: quay.io, {LOGIN}}}",
        f"{{name: bcd, host: quay.io, {OTHER}}}",
        f"{{name: cde, host: quay.io, {OTHER}}}",
        "{name: def, host: 5}",
    )
    table = project.tables[SECTION]
    equal = check("same-host", authentication="equal").find(project, table, table.rows)
    assert shown(equal) == [("/registryEndpoints/2/host", "value", {"first": "bcd"})]
    different = check("same-host", authentication="different").find(project, table, table.rows)
    assert shown(different) == [("/registryEndpoints/1/host", "value", {"first": "abc"})]


def test_a_path_has_so_many_steps() -> None:
    """Hosts with long paths are compared as a whole, and by their first hundred steps."""
    long = "a.io" + "/b" * 150
    entries = (f"name: e{number}, host: {host}" for number, host in enumerate((long, long, "a.io")))
    project = project_with(*(f"{{{one}, authentication: {{method: x}}}}" for one in entries))
    assert found(project, "same-host", authentication="equal") == [1, 2]
    deep = project_with(f"{{name: a, host: {long}}}", f"{{name: b, host: {long}/c}}")
    assert found(deep, "same-host", authentication="equal") == []


def test_ten_thousand_entries_of_one_host_are_compared_once() -> None:
    """Every entry but the first is found, and refers to the first."""
    entries = (f"{{name: n{number:05}, host: quay.io, {LOGIN}}}" for number in range(10_000))
    project = project_with(*entries)
    table = project.tables[SECTION]
    hits = list(check("same-host", authentication="equal").find(project, table, table.rows))
    assert {hit.values["first"] for hit in hits} == {"n00000"}
    assert len(hits) == 9_999


VERSIONS = """\
targets:
  bicep:
    apiVersion: 2025-07-01-preview
    apiVersions: {registryEndpoints: 2024-11-01}
registryEndpoints: []
"""


@pytest.mark.parametrize(
    ("body", "finds", "expected"),
    [
        (VERSIONS, "unknown", []),
        (
            VERSIONS,
            "preview",
            [
                (
                    "/targets/bicep/apiVersion",
                    "value",
                    {"nearest": "2025-10-01", "advice": 'write "2025-10-01"'},
                )
            ],
        ),
        (
            VERSIONS,
            "without-type",
            [
                (
                    "/targets/bicep/apiVersions/registryEndpoints",
                    "value",
                    {
                        "nearest": "2025-10-01",
                        "sections": '"registryEndpoints"',
                        "note": "",
                        "when": "that type is there since 2025-07-01-preview",
                    },
                )
            ],
        ),
        (VERSIONS.replace("registryEndpoints: []\n", ""), "without-type", []),
        (
            VERSIONS.replace("2024-11-01", "2026-05-05"),
            "unknown",
            [
                (
                    "/targets/bicep/apiVersions/registryEndpoints",
                    "value",
                    {"nearest": "2026-03-01"},
                )
            ],
        ),
        (
            VERSIONS.replace("2024-11-01", "2099-01-01"),
            "newer",
            [
                (
                    "/targets/bicep/apiVersions/registryEndpoints",
                    "value",
                    {"newest": known_versions()[-1]},
                )
            ],
        ),
        ("targets: {bicep: {apiVersion: latest}}\n", "newer", []),
        ("targets: {bicep: {apiVersion: 7, apiVersions: []}}\n", "unknown", []),
        ("targets: {bicep: here}\n", "unknown", []),
        ("targets: []\n", "unknown", []),
        ("", "unknown", []),
    ],
)
def test_api_versions_are_found_where_they_are_written(
    body: str, finds: str, expected: list[Any]
) -> None:
    """Only versions that the spec names itself; what the schema refuses is left to it."""
    assert searched(project_of(HEAD + body), "api-version", finds=finds) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "/bikube"),
        ("registryEndpoints: []\n", "/registryEndpoints"),
        ("registryEndpoints:\n", None),
        ("registryEndpoints: {}\n", None),
        ("x-notes: 1\nexisting: {}\ntargets: {}\n", "/bikube"),
        ("registryEndpoints: [{}]\n", None),
        ("registryEndpoint: [{}]\n", None),
    ],
)
def test_a_spec_without_resources(body: str, expected: str | None) -> None:
    """An unknown section is a mistake of its own, and so is one that is no list."""
    hits: list[Any] = [] if expected is None else [(expected, "key", {})]
    assert searched(project_of(HEAD + body), "described") == hits


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("registryEndpoints: [{}]\n", "/bikube"),
        ("registryEndpoints: [{}]\ntargets: {kubernetes: {}}\n", "/targets/kubernetes"),
        ("registryEndpoints: [{}]\ntargets: none\n", "/bikube"),
        ("registryEndpoints: []\n", None),
        ("", None),
    ],
)
def test_a_spec_with_resources_is_shown_at_a_key(body: str, expected: str | None) -> None:
    """The key that the rule names is shown where it is written."""
    hits: list[Any] = [] if expected is None else [(expected, "key", {})]
    assert searched(project_of(HEAD + body), "no-resources", at="/targets/kubernetes") == hits


@pytest.mark.parametrize(
    ("value", "placeholder"),
    [
        ("<YOUR_ACR_NAME>.azurecr.io", "<YOUR_ACR_NAME>"),
        ("'a <b c-d.e> f'", "<b c-d.e>"),
        ('"\\x3cNAME>"', "<NAME>"),
        ("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"),
        ('"\\x300000000-0000-0000-0000-000000000000"', "00000000-0000-0000-0000-000000000000"),
        ("'#{acr}#.azurecr.io'", "#{acr}#"),
        ("'%ACR%.azurecr.io'", "%ACR%"),
        ("__ACR__.azurecr.io", "__ACR__"),
        ("YOUR_ACR.azurecr.io", "YOUR_ACR"),
        ("changeme", "changeme"),
        ("REPLACE_ME", "REPLACE_ME"),
        ("changeme.azurecr.io", None),
        ("a%C3%BCb", None),
        ("a__b__c_", None),
        ("'<bob@example.org>'", None),
        ("'1 < 2 > 1'", None),
        ("<>", None),
        ("<a", None),
        ("10000000-0000-0000-0000-000000000000", None),
    ],
)
def test_placeholders(value: str, placeholder: str | None) -> None:
    """They are looked for in what a string says, not in how it is escaped."""
    hits = [("/registryEndpoints/0/host", "value", {"found": placeholder})] if placeholder else []
    assert searched(project_with(f"{{host: {value}}}"), "placeholder") == hits


def test_placeholders_in_free_text_are_none() -> None:
    """Keys, annotations and ``x-`` sections may hold what looks like one."""
    body = "x-a: [<NAME>]\nregistryEndpoints: [{<KEY>: 1, metadata: {annotations: {a: <NAME>}}}]\n"
    assert searched(project_of(HEAD + body), "placeholder") == []


def test_credentials_are_found_in_keys_and_values() -> None:
    """In ``x-`` sections too, since the file is what is shared."""
    body = "x-a: {password: abc-def}\nregistryEndpoints: [{ghp_0123456789abcdefghij: 1}]\n"
    assert searched(project_of(HEAD + body), "credential") == [
        ("/x-a/password", "value", {}),
        ("/registryEndpoints/0/ghp_0123456789abcdefghij", "key", {}),
    ]


def test_members_judges_the_strings_of_a_map() -> None:
    """A key or value that does not match as a whole is shown; what is no string is the schema's."""
    project = project_with(
        "{a: {b: b, c: cb, d: 5}}", "{a: {b: b}}", "{a: {}}", "{a: [c]}", "{a: c}", "{}"
    )
    table = project.tables[SECTION]
    for part, place in (("key", ["/a/c", "/a/d"]), ("value", ["/a/c"])):
        members = check("members", at="/a", part=part, matches="b")
        hits = shown(members.find(project, table, table.rows))
        assert hits == [(f"/registryEndpoints/0{one}", part, {}) for one in place]
        assert members.select(project, table, table.rows) == [1, 2]


def test_the_size_of_a_map_is_that_of_its_strings() -> None:
    """Bytes of UTF-8 count, of keys and of values; what is no map has no size."""
    project = project_with(
        "{a: {b: c}}", "{a: {b: ü, 5: 5}}", "{a: [b, c, d, e]}", "{a: bcde}", "{}"
    )
    table = project.tables[SECTION]
    size = check("map-size", at="/a", most=2)
    hits = shown(size.find(project, table, table.rows))
    assert hits == [("/registryEndpoints/1/a", "key", {"size": "4"})]
    assert size.select(project, table, table.rows) == [0]


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("/instance/name", [("/instance/name", "value", {"part": "", "advice": "", "meant": ""})]),
        ("/instance/customLocation", []),
        ("/instance/other", []),
        ("/instance/name/more", []),
        ("/registryEndpoints", []),
        ("/bikube", [("/bikube", "value", {"part": "", "advice": "", "meant": ""})]),
    ],
)
def test_a_pattern_looks_at_a_value_of_the_spec(
    at: str, found: list[tuple[str, str, object]]
) -> None:
    """What is not there, or is no string, satisfies it."""
    project = project_with("{}")
    assert shown(check("pattern", at=at, matches="cl-.*").search(project)) == found


@pytest.mark.parametrize(
    ("sku", "selects", "finds"),
    [("", [], []), ("Standard", [0], []), ("Essentials", [], ["/instance/sku"])],
)
def test_an_edition_counts_where_it_is_said(sku: str, selects: list[int], finds: list[str]) -> None:
    """A spec that names no edition is neither selected nor found."""
    head = HEAD.replace("}", f", sku: {sku}}}" if sku else "}")
    project = project_of(f"{head}{SECTION}:\n- {{name: one}}\n")
    table = project.tables[SECTION]
    one = check("edition", any=["Standard"])
    assert list(one.select(project, table, table.rows)) == selects
    assert [join_pointer(hit.pointer) for hit in one.find(project, table, table.rows)] == finds
