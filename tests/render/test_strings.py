"""Whatever the schema lets through arrives: in the compiler's evaluation, and in YAML readers.

A spec of a dozen endpoints goes through the compiler at once. Rules that a configuration may switch
off have no say here; what remains is what must be refused, or carried.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.data import mismatches
from tests.proof.evaluate import evaluate
from tests.proof.manifests import kustomize, read_text
from yamllint import linter  # type: ignore[import-untyped]
from yamllint.config import YamlLintConfig  # type: ignore[import-untyped]

from bikube.diagnostics import Pointer, Severity
from bikube.lint.engine import Linted, lint
from bikube.render.rendering import render
from bikube.render.target import target_names
from bikube.rules.builtin import builtin_rules
from bikube.rules.rule import Ruleset

# Other tests enter this code too; to count branches would double what so many cases take.
pytestmark = pytest.mark.no_cover

STRUCTURAL = Ruleset(rule for rule in builtin_rules() if rule.structural or rule.builtin)
YAMLLINT = YamlLintConfig("{extends: default, rules: {line-length: disable}}")
DIRECTIVE = "#disable-next-line "
UNKNOWN, MISSPELT = "BCP037", "BCP089"
ADMIN_NAME = "adminusername-should-not-be-literal"
OWN = ("name", "metadata")

many = settings(max_examples=100, suppress_health_check=list(HealthCheck))

CLOUD_HOSTS = (
    *("management.azure.com", "management.core.windows.net", "gallery.azure.com"),
    *("graph.windows.net", "login.microsoftonline.com", "a.database.windows.net"),
    *("core.windows.net", "Vault.Azure.Net", "azuredatalakestore.net", "datalake.azure.net"),
    *("azuredatalakeanalytics.net", "schema.management.azure.com", "management.azure.community"),
)
NEIGHBOURS = (
    *("", "", "", "https://", ":443", "/", ".", "-", "_", "x", "X", "7", "schema.", "x.", ".evil"),
    *(
        "\u00e9",
        "\u00b2",
        "\u0663",
        "\u2167",
        "\U0001d41a",
        "\n",
        "\t",
        "\x01",
        "'",
        "\\",
        "$",
        " ",
    ),
    *("\u0301", "\u202e", "\u200b", "\u017f", "\u212a", "@", "]", "{", "management.azure.com"),
)
HARD = (
    *(
        "",
        " ",
        "  a",
        "a  ",
        "\t",
        "\n",
        "\r\n",
        "\n\n",
        "'",
        "''",
        "'''",
        '"',
        "\\",
        "\\n",
        "\\u{1}",
    ),
    *(
        "$",
        "${x}",
        "$${x}",
        "\\${x}",
        "{0}",
        "%s",
        "//",
        "/* */",
        "#",
        "# a",
        "a #b",
        "a:b",
        "a: b",
    ),
    *("[", "[[", "[x]", "[concat('a')]", "[[x]", "{}", "[]", "- a", "? a", ": a", "&a", "*a", "!a"),
    *("|", ">", ">-", "@", "`", "%", "---", "...", "--- a", "<<", "=", "~", "null", "Null", "true"),
    *("YES", "y", "n", "on", "Off", "012", "0o7", "0x1F", "0b1", "1_000", "1e3", "1.", ".5", "+1"),
    *("-0", ".inf", "-.INF", ".nan", "12:30:45", "1:2", "2025-10-01", "2025-10-01T12:00:00Z"),
    *("\x00", "\x07", "\x1b[31m", "\x7f", "\x80", "\x85", "\xa0", "\xad", "\u2028", "\u2029"),
    *("\u061c", "\u3164", "\ufe0f", "\ufff9", "\U000e0041"),
    *("\u200b", "\u202e", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\U0001f600", "\U0010ffff"),
    *("#disable-next-line x", "a" * 700, "\u4e2d" * 400, "__proto__", "copy", "$schema"),
)
KEYS = (
    *(
        "adminUsername",
        "ADMINUSERNAME",
        "copy",
        "Copy",
        "name",
        "type",
        "host",
        "for",
        "if",
        "null",
    ),
    *("NULL", "true", "param", "a-b", "a.b", "1a", "_", "A", "a", "imageReference", "location"),
)

scalar_texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(st.sampled_from("aZ09 '\"\\$#:-[]{}\n\t\x00\x85\u2028\ufeff\U0001f600"), max_size=12),
    st.sampled_from(HARD),
)
cloud_texts = st.lists(
    st.one_of(st.sampled_from(NEIGHBOURS), st.sampled_from(CLOUD_HOSTS)), min_size=1, max_size=5
).map("".join)
texts = scalar_texts | cloud_texts
keys = st.one_of(
    texts,
    st.sampled_from(KEYS),
    st.sampled_from([255, 256, 997, 998, 999, 1000, 1024, 1025]).map(lambda size: "k" * size),
)
numbers = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([0, -1, 2**53, 2**53 + 1, 2**63 - 1, -(2**63)]),
    st.floats(allow_nan=False, allow_infinity=False),
)
values = st.recursive(
    st.one_of(texts, numbers, st.booleans(), st.none()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)
hosts = texts.filter(lambda text: 3 <= len(text) <= 63)
string_maps = st.dictionaries(keys, texts, max_size=3)


def method(name: str, settings_key: str, members: st.SearchStrategy[Any]) -> Any:
    """An authentication by the method ``name``."""
    return st.fixed_dictionaries({"method": st.just(name), settings_key: members})


authentications = st.one_of(
    method("Anonymous", "anonymousSettings", st.dictionaries(keys, values, max_size=4)),
    method(
        "ArtifactPullSecret",
        "artifactPullSecretSettings",
        st.fixed_dictionaries({"secretRef": texts}),
    ),
    method(
        "SystemAssignedManagedIdentity",
        "systemAssignedManagedIdentitySettings",
        st.fixed_dictionaries({}, optional={"audience": texts, "extensionName": texts}),
    ),
    method(
        "UserAssignedManagedIdentity",
        "userAssignedManagedIdentitySettings",
        st.fixed_dictionaries({"clientId": texts, "tenantId": texts}, optional={"scope": texts}),
    ),
)
authorities = st.one_of(
    st.fixed_dictionaries({"type": st.just("Secret"), "secretRef": texts}),
    st.fixed_dictionaries({"type": st.just("ConfigMap"), "configMapRef": texts}),
)
endpoints = st.fixed_dictionaries(
    {"host": hosts, "authentication": authentications},
    optional={
        "codeSigningCas": st.lists(authorities, max_size=3),
        "metadata": st.fixed_dictionaries(
            {}, optional={"labels": string_maps, "annotations": string_maps}
        ),
    },
)
strangers = st.one_of(
    texts,
    st.sampled_from(
        ["adminUsername", "codesigningcas", "codeSigningCa", "hosts", "provisioningState"]
    ),
).filter(lambda key: key not in (*OWN, "host", "authentication", "codeSigningCas"))
strange_endpoints = st.builds(
    lambda known, unknown: {**known, **unknown},
    endpoints,
    st.dictionaries(strangers, values.filter(lambda value: value is not None), max_size=3),
)
cloudy_endpoints = st.fixed_dictionaries(
    {
        "host": cloud_texts.filter(lambda text: 3 <= len(text) <= 63),
        "authentication": method(
            "Anonymous",
            "anonymousSettings",
            st.dictionaries(
                cloud_texts, cloud_texts | st.lists(cloud_texts, max_size=3), max_size=6
            ),
        ),
    }
)
locations = st.one_of(
    st.from_regex("[a-zA-Z0-9]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?", fullmatch=True),
    texts.filter(lambda text: text and "/" not in text).map(
        lambda group: (
            f"/subscriptions/1/resourceGroups/{group}"
            "/providers/Microsoft.ExtendedLocation/customLocations/cl-plant-7"
        )
    ),
)


def flow(value: Any) -> str:
    """A value in YAML, nothing left to guess: question marks before keys, no character raw."""
    match value:
        case dict():
            members = [f"? {flow(key)} : {flow(child)}" for key, child in value.items()]
            return f"{{{', '.join(members)}}}"
        case list():
            return f"[{', '.join(map(flow, value))}]"
        case str():
            return '"' + "".join(f"\\U{ord(character):08x}" for character in value) + '"'
        case _:
            return json.dumps(value)


class Spec(NamedTuple):
    """A spec as data: what stands in its sections."""

    version: str
    location: str
    endpoints: list[dict[str, Any]]

    @property
    def text(self) -> bytes:
        """The spec as a file."""
        spec = {
            "bikube": "v1",
            "instance": {"name": "aio-plant-7", "customLocation": self.location},
            "targets": {"bicep": {"apiVersions": {"registryEndpoints": self.version}}},
            "registryEndpoints": self.endpoints,
        }
        return flow(spec).encode()

    def without(self, rows: set[int]) -> "Spec":
        """The spec without some of its endpoints."""
        kept = [entry for row, entry in enumerate(self.endpoints) if row not in rows]
        return self._replace(endpoints=kept)


def specs(version: str, entries: st.SearchStrategy[Any]) -> st.SearchStrategy[Spec]:
    """Specs of a dozen endpoints, each with a name of its own."""

    def named(location: str, written: list[dict[str, Any]]) -> Spec:
        numbered = [{"name": f"e-{row}", **entry} for row, entry in enumerate(written)]
        return Spec(version, location, numbered)

    return st.builds(named, locations, st.lists(entries, min_size=4, max_size=14))


def accepted(spec: Spec) -> tuple[Spec, Linted]:
    """What is left of a spec when everything that must be refused is taken out of it."""
    linted = lint("spec.yaml", spec.text, STRUCTURAL)
    assert linted.document is not None
    refused = list(_refused(linted))
    if any(pointer[:1] != ("registryEndpoints",) for pointer in refused):
        return accepted(spec._replace(location="cl-plant-7"))
    if refused:
        return accepted(spec.without({int(pointer[1]) for pointer in refused}))
    return spec, linted


def _refused(linted: Linted) -> Iterator[Pointer]:
    for found in linted.diagnostics:
        if STRUCTURAL[found.rule].structural and found.severity is Severity.ERROR:
            yield found.pointer


@pytest.mark.parametrize(
    ("version", "entries"),
    [
        ("2026-07-01", endpoints),
        ("2026-07-01", strange_endpoints),
        ("2026-07-01", strange_endpoints | cloudy_endpoints),
        ("2025-10-01-preview", strange_endpoints),
    ],
    ids=["known", "strange", "cloudy", "untyped"],
)
def test_nearly_all_that_is_drawn_is_accepted(
    version: str, entries: st.SearchStrategy[Any]
) -> None:
    """What the tests below carry is what they draw, but for a tenth at most."""
    drawn = kept = 0

    @settings(many, max_examples=40)
    @given(specs(version, entries))
    def draw(spec: Spec) -> None:
        nonlocal drawn, kept
        left, _ = accepted(spec)
        drawn += 1 + len(spec.endpoints)
        kept += (left.location == spec.location) + len(left.endpoints)

    draw()
    assert drawn >= 100
    assert kept >= 0.9 * drawn


def written(linted: Linted, folder: Path) -> dict[str, bytes]:
    """The files of both outputs, which are in ``folder`` too."""
    assert linted.spec is not None
    files = {}
    for file in render(linted.spec, "spec.yaml", target_names()):
        name = file.path.removeprefix("aio-plant-7/")
        files[name] = file.data
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file.data)
    return files


def properties(entry: dict[str, Any]) -> dict[str, Any]:
    """What both outputs have to hold of an entry."""
    return {key: value for key, value in entry.items() if key not in OWN}


def assert_bicep_is_silent(bicep: BicepRpc, file: Path) -> None:
    """Neither compiler nor linter nor formatter have anything to say."""
    assert bicep.compile(file).diagnostics == ()
    assert bicep.format(file) == file.read_bytes().decode()


def assert_carried(bicep: BicepRpc, spec: Spec, folder: Path) -> None:
    """Both outputs hold what the spec says, and no tool minds how."""
    spec, linted = accepted(spec)
    files = written(linted, folder)
    if not spec.endpoints:
        assert files == {}
        return
    template = folder / "bicep" / "main.bicep"
    assert_bicep_is_silent(bicep, template)
    evaluated = {each.data["name"]: each.data for each in evaluate(bicep, [template])}
    expected = {f"aio-plant-7/{entry['name']}": properties(entry) for entry in spec.endpoints}
    found = {name: data["properties"] for name, data in evaluated.items()}
    assert list(mismatches(found, expected)) == []
    names = {data["extendedLocation"]["name"] for data in evaluated.values()}
    assert [name.endswith(spec.location) for name in names] == [True]
    for entry in spec.endpoints:
        name = f"registryendpoint-{entry['name']}.yaml"
        assert_manifest(files[f"kubernetes/{name}"], name, entry)


def assert_manifest(data: bytes, name: str, entry: dict[str, Any]) -> None:
    """Readers of YAML 1.1 and 1.2 find the entry, and yamllint finds nothing."""
    assert list(linter.run(data, YAMLLINT)) == []
    (manifest,) = read_text(data, name)
    metadata = {
        "name": entry["name"],
        "namespace": "azure-iot-operations",
        **{key: value for key, value in entry.get("metadata", {}).items() if value},
    }
    expected = {**manifest, "metadata": metadata, "spec": properties(entry)}
    assert list(mismatches(manifest, expected)) == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place for outputs, each written over the one before."""
    return tmp_path_factory.mktemp("strings")


@many
@given(specs("2026-07-01", endpoints))
def test_every_value_arrives_in_both_outputs(bicep: BicepRpc, folder: Path, spec: Spec) -> None:
    """Strings, keys and numbers come back as they are, wherever the schema has a place for them."""
    assert_carried(bicep, spec, folder)


@many
@given(specs("2026-07-01", strange_endpoints))
def test_unknown_properties_arrive_too(bicep: BicepRpc, folder: Path, spec: Spec) -> None:
    """What the types lack is carried as it is, and the compiler is silent about it."""
    assert_carried(bicep, spec, folder)


@many
@given(specs("2025-10-01-preview", strange_endpoints))
def test_a_version_without_types_carries_all(bicep: BicepRpc, folder: Path, spec: Spec) -> None:
    """Where the compiler has nothing to compare with, it is silent all the same."""
    assert_carried(bicep, spec, folder)


@many
@given(specs("2026-07-01", strange_endpoints | cloudy_endpoints))
def test_directives_stand_before_the_lines_that_need_them(
    bicep: BicepRpc, folder: Path, spec: Spec
) -> None:
    """Without its directives the compiler minds just the lines that had one, for those reasons."""
    spec, linted = accepted(spec)
    text = written(linted, folder).get("bicep/main.bicep", b"").decode()
    silenced, bare = taken_apart(text)
    template = folder / "bicep" / "bare.bicep"
    template.write_text(bare, encoding="utf-8")
    found: dict[int, set[str]] = {}
    for diagnostic in bicep.compile(template).diagnostics:
        found.setdefault(diagnostic.line, set()).add(diagnostic.code)

    for number, codes in silenced.items():
        # Which of the two an unknown property gets depends on what the compiler makes of its name.
        if MISSPELT in codes:
            found[number] = {UNKNOWN if code == MISSPELT else code for code in found[number]}
        # Below a property of that name the linter does not look for another one.
        needless = {MISSPELT} | ({ADMIN_NAME} - found.get(number, set()))
        silenced[number] = codes - needless
    assert {number: codes for number, codes in silenced.items() if codes} == found


def taken_apart(text: str) -> tuple[dict[int, set[str]], str]:
    """A template's directives, by the lines that they are about, and the template without them."""
    silenced: dict[int, set[str]] = {}
    bare: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith(DIRECTIVE):
            silenced[len(bare) + 1] = set(line.split()[1:])
        else:
            bare.append(line)
    return silenced, "".join(bare)


@pytest.mark.parametrize("levels", [58, 59])
def test_nesting_is_refused_before_the_compiler_fails(
    levels: int, bicep: BicepRpc, folder: Path
) -> None:
    """The deepest value that the linter lets through is one that a template can carry."""
    value: Any = "deep"
    for _ in range(levels - 3):
        value = [value]
    entry = {"name": "deep", "host": "mcr.microsoft.com"}
    settings_of = {"anonymousSettings": {"list": value}, "method": "Anonymous"}
    spec = Spec("2026-07-01", "cl-plant-7", [{**entry, "authentication": settings_of}])
    linted = lint("spec.yaml", spec.text, STRUCTURAL)

    assert [found.rule for found in linted.diagnostics] == (
        ["nesting-too-deep"] if levels > 58 else []
    )
    if linted.spec is not None:
        assert_carried(bicep, spec, folder)


@pytest.mark.parametrize("text", ["x" * 131_072, "\U0001f600" * 65_536, "[" * 131_072])
def test_a_string_of_131072_characters_is_carried_and_one_more_refused(
    text: str, bicep: BicepRpc, folder: Path
) -> None:
    """Longer ones in values and keys stop the compiler, so the linter stops them before."""

    def spec(value: str) -> Spec:
        members = {"method": "Anonymous", "anonymousSettings": {value: value}}
        entry = {"name": "long", "host": "mcr.microsoft.com", "authentication": members}
        return Spec("2026-07-01", "cl-plant-7", [entry])

    pointer = ("registryEndpoints", 0, "authentication", "anonymousSettings", f"{text}x")
    refused = lint("spec.yaml", spec(f"{text}x").text, builtin_rules())
    limits = [one for one in refused.diagnostics if one.rule == "template-limits"]

    assert_carried(bicep, spec(text), folder)
    assert [problem.pointer for problem in limits] == [pointer, pointer]


def test_white_space_at_the_end_of_a_block_counts_for_a_string() -> None:
    """It is part of the value, which stops the compiler, though it stands in no span."""
    head = "      method: Anonymous\n      anonymousSettings:\n        long: |+\n          x\n"
    entry = f"  - name: long\n    host: mcr.microsoft.com\n    authentication:\n{head}"
    start = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
    text = f"{start}registryEndpoints:\n{entry}" + "\n" * 131_072
    refused = lint("spec.yaml", text.encode(), builtin_rules())
    pointer = ("registryEndpoints", 0, "authentication", "anonymousSettings", "long")
    limits = [one.pointer for one in refused.diagnostics if one.rule == "template-limits"]
    assert limits == [pointer]


@pytest.mark.parametrize(
    "location", ["", "a/b", "cl-", "a b", "cl\n", "x" * 64, "/subscriptions/1/customLocations/cl"]
)
def test_what_is_no_location_is_refused(location: str) -> None:
    """Azure's types allow other names no more, and a slash in one could not be evaluated."""
    refused = lint("spec.yaml", Spec("2026-07-01", location, []).text, STRUCTURAL)

    assert [one.pointer for one in refused.diagnostics] == [("instance", "customLocation")]


def test_kubectl_reads_the_hard_ones_too(kubectl: Path, tmp_path: Path) -> None:
    """A reader in yet another language finds the same keys and strings."""
    # Kustomize reads the others too, but what it writes then is no YAML.
    readable = [
        text
        for text in (*HARD, *CLOUD_HOSTS, *KEYS)
        if text.isprintable() and text not in {"<<", "="}
    ]
    entries: list[dict[str, Any]] = [
        {
            "name": f"e-{number}",
            "metadata": {"annotations": {"a": text}, "labels": {"a": text}},
            "host": "mcr.microsoft.com",
            "authentication": {
                "method": "Anonymous",
                "anonymousSettings": {"list": [text], text: text},
            },
        }
        for number, text in enumerate(readable)
    ]
    _, linted = accepted(Spec("2026-07-01", "cl-plant-7", entries))
    written(linted, tmp_path)
    built = {each["metadata"]["name"]: each for each in kustomize(kubectl, tmp_path / "kubernetes")}

    assert built.keys() == {entry["name"] for entry in entries}
    for entry in entries:
        found = built[entry["name"]]
        metadata = {**found["metadata"], **entry["metadata"]}
        assert list(mismatches(found["spec"], properties(entry))) == []
        assert list(mismatches(found["metadata"], metadata)) == []
