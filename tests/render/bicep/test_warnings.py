"""What the compiler warns about in generated Bicep, and how a directive silences it."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.proof.bicep_rpc import BicepError, BicepRpc
from tests.proof.evaluate import evaluate
from tests.proof.snippets import ANONYMOUS, HEAD, Codes, Value, endpoint, free, quoted, typed

from bikube.azure import kind_of
from bikube.render.bicep.warnings import Codes as Said
from bikube.render.bicep.warnings import Warnings, type_codes

pytest_plugins = ["tests.proof.fixtures"]

SAMPLE = Path(__file__).parents[2] / "proof" / "sample" / "bicep" / "main.bicep"
URL = "https://management.azure.com/"


@pytest.mark.parametrize(
    "text",
    [
        "https://management.azure.com/",
        "MANAGEMENT.AZURE.COM",
        "a.management.azure.com",
        "a-management.azure.com_b",
        "x management.core.windows.net",
        "gallery.azure.com:443",
        "graph.windows.net",
        "login.microsoftonline.com",
        "a.database.windows.net",
        "a.blob.core.windows.net",
        "a.vault.azure.net",
        "azuredatalakestore.net",
        "azuredatalakeanalytics.net",
        "datalake.azure.net",
        "schema.management.azure.com and management.azure.com",
        "\x01management.azure.com",
    ],
)
def test_environment_urls_warn(text: str, codes: Codes, value: Value) -> None:
    """A cloud's host, or one below it, is found in values, list items and keys of any case."""
    assert codes(free(f"a: {quoted(text)}")) == ["no-hardcoded-env-urls"]
    assert codes(free("a: [", quoted(text), "]")) == ["no-hardcoded-env-urls"]
    assert codes(free(f"{quoted(text)}: 1")) == ["no-hardcoded-env-urls"]
    silent = free("#disable-next-line no-hardcoded-env-urls", f"a: {quoted(text)}")
    assert codes(silent) == []
    assert value(silent) == {"a": text}


@pytest.mark.parametrize(
    "text",
    [
        "xmanagement.azure.com",
        "management.azure.community",
        "1graph.windows.net",
        "\u00e9graph.windows.net",
        "schema.management.azure.com",
        "https://containerregistry.azure.net",
        "contoso.azurecr.io",
        "management.usgovcloudapi.net",
        "a.kusto.windows.net",
        # The rule reads the source: there, the letter of an escape stands before the host.
        "\nmanagement.azure.com",
        "\tmanagement.azure.com",
    ],
)
def test_other_hosts_are_silent(text: str, codes: Codes) -> None:
    """Part of a longer word is no host, other clouds' hosts are not looked for."""
    assert codes(free(f"a: {quoted(text)}")) == []


def test_a_directive_silences_its_codes_on_the_next_line_only(codes: Codes) -> None:
    """Codes are parted by spaces, a code without a finding is fine, other lines are untouched."""
    url = f"zzz: '{URL}'"
    both = ["BCP037", "no-hardcoded-env-urls"]

    assert codes(typed(url)) == both
    assert codes(typed("#disable-next-line BCP037", url)) == ["no-hardcoded-env-urls"]
    assert codes(typed("#disable-next-line no-hardcoded-env-urls", url)) == ["BCP037"]
    assert codes(typed("#disable-next-line BCP037 no-hardcoded-env-urls", url)) == []
    assert codes(typed("#disable-next-line BCP073 BCP089", "codeSigningCas: []")) == []
    assert codes(typed("#disable-next-line no-hardcoded-env-urls BCP037", url, f"y{url}")) == both
    assert codes(typed("#disable-next-line BCP037", "", url)) == both
    assert "BCP022" in codes(typed("#disable-next-line BCP037, no-hardcoded-env-urls", url))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("zzz: 1", "BCP037"),
        ("Host: 'x'", "BCP037"),
        ("codesigningcas: []", "BCP089"),
        ("provisioningState: 'Succeeded'", "BCP073"),
        ("healthState: 'Available'", "BCP073"),
        ("codeSigningCas: {}", "BCP036"),
        ("codeSigningCas: [{type: 'Secret', secretRef: 5}]", "BCP036"),
        ("codeSigningCas: [{type: 'secret', secretRef: 'x'}]", "BCP088"),
        ("codeSigningCas: [{type: 'Other'}]", "BCP036"),
        ("codeSigningCas: [{type: 'Secret', configMapRef: 'x'}]", "BCP037"),
        ("codeSigningCas: ['x']", "BCP034"),
    ],
)
def test_what_the_types_object_to_is_a_warning_that_can_be_silenced(
    line: str, code: str, codes: Codes
) -> None:
    """Unknown, misspelt, read-only and mistyped members are warnings on their own line."""
    assert code in codes(typed(line))
    assert code not in codes(typed(f"#disable-next-line {code}", line))


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("'ab'", ["BCP333"]),
        (f"'{'a' * 64}'", ["BCP332"]),
        (f"'{'a' * 63}'", []),
        ("5", ["BCP036"]),
        ("null", ["BCP036"]),
    ],
)
def test_lengths_and_types_of_a_host_are_warnings(
    host: str, found: list[str], codes: Codes
) -> None:
    """A value out of limits still compiles."""
    assert codes(typed().replace("'abc.io'", host)) == found


def test_a_name_out_of_pattern_is_a_warning(codes: Codes) -> None:
    """Names are checked against the types' pattern and lengths."""
    assert codes(typed().replace("'endpoint'", "'End_point'")) == ["BCP416"]
    assert codes(typed().replace("'endpoint'", "'e'")) == ["BCP333", "BCP416"]


def test_null_is_silent_on_an_optional_property(codes: Codes) -> None:
    """Azure's types let an optional property be null, a required one not."""
    assert codes(typed("codeSigningCas: null")) == []


def test_a_missing_property_is_found_where_its_object_begins(codes: Codes) -> None:
    """The directive for it belongs above the object's key, not inside the object."""
    missing = typed().replace("    host: 'abc.io'\n", "")
    assert codes(missing) == ["BCP035"]
    key, directive = "  properties: {", "  #disable-next-line BCP035"
    assert codes(missing.replace(key, f"{key}\n{directive}")) == ["BCP035"]
    assert codes(missing.replace(key, f"{directive}\n{key}")) == []


def test_a_version_without_types_is_one_warning(codes: Codes) -> None:
    """Nothing in the resource is checked then, and a directive makes it silent."""
    text = HEAD + endpoint(["host: 5", "zzz: 1"], version="2025-10-01-preview")

    assert codes(text) == ["BCP081"]
    assert codes(text.replace("\nresource e", "\n#disable-next-line BCP081\nresource e")) == []


@pytest.mark.parametrize("symbol", ["endpoint_resource", "endpoint_a_b_resource", "e_In_resource"])
def test_a_symbol_that_ends_like_the_decompilers_warns_at_the_name(
    symbol: str, codes: Codes
) -> None:
    """A resource whose name ends in `-resource` needs a directive above its name."""
    text = HEAD + endpoint(["host: 'abc.io'", *ANONYMOUS], symbol=symbol)
    silenced = text.replace("  name: 'e", "  #disable-next-line decompiler-cleanup\n  name: 'e")

    assert codes(text) == ["decompiler-cleanup"]
    assert codes(silenced) == []


@pytest.mark.parametrize("symbol", ["endpoint_resources", "endpoint_resource_a", "endpoint_a_var"])
def test_other_symbols_are_silent(symbol: str, codes: Codes) -> None:
    """Only resources are named so by the decompiler, and only at the end."""
    assert codes(HEAD + endpoint(["host: 'abc.io'", *ANONYMOUS], symbol=symbol)) == []


def test_property_names_that_the_linter_minds(codes: Codes) -> None:
    """A literal user name of an administrator and a preview image are found by their keys."""
    assert codes(free("ADMINusername: 'x'")) == ["adminusername-should-not-be-literal"]
    assert codes(free("adminUsername: 5")) == []
    image = ["storageProfile: {", "imageReference: {", "sku: 'a-preview'", "}", "}"]
    assert codes(free(*image)) == []
    assert codes(typed(*image)) == ["BCP037", "use-stable-vm-image"]


@pytest.mark.parametrize(
    "line",
    [
        *("password: 'x'", "clientSecret: 'x'", "accountKey: 'AccountKey=x'", "sas: 'sig=x'"),
        *("location: 'westus'", "id: '/subscriptions/x'", "resourceId: '/subscriptions/x'"),
        *("commandToExecute: 'x'", "tags: {}", "dependsOn: []", "copy: []", "outputs: 'x'"),
        *("connectionString: 'Endpoint=sb://x/;SharedAccessKey=y'", "scope: 'x'"),
    ],
)
def test_other_property_names_are_silent(line: str, codes: Codes) -> None:
    """No rule that is on by default looks for secrets or locations in properties."""
    assert codes(free(line)) == []


def test_an_existing_resource_has_to_be_used(codes: Codes) -> None:
    """A parent that no child refers to is a warning; so is an instance without resources."""
    assert codes(HEAD) == ["no-unused-existing-resources"]
    assert codes("param unused string = 'x'\n") == ["no-unused-params"]
    assert codes("// nothing\n") == []


def test_a_symbolic_name_is_the_name_and_a_dependency(bicep: BicepRpc) -> None:
    """`endpoint.name` evaluates to the string, and the compiled template waits for the endpoint."""
    compiled = json.loads(bicep.compile(SAMPLE).template or "{}")["resources"]
    graph = next(each for each in compiled if each["type"].endswith("/dataflowGraphs"))
    (evaluated,) = (
        each.data for each in evaluate(bicep, [SAMPLE]) if each.data["type"] == graph["type"]
    )
    arguments = [
        "'Microsoft.IoTOperations/instances/registryEndpoints'",
        "parameters('instanceName')",
        "'system'",
    ]

    assert graph["dependsOn"] == [f"[resourceId({', '.join(arguments)})]"]
    settings = evaluated["properties"]["nodes"][0]["graphSettings"]
    assert settings["registryEndpointRef"] == "system"


def test_a_template_has_at_most_800_resources(codes: Codes) -> None:
    """Existing resources count; one too many is an error."""

    def template(count: int) -> str:
        properties = ["host: 'abc.io'", *ANONYMOUS]
        return HEAD + "".join(endpoint(properties, symbol=f"end{index}") for index in range(count))

    assert codes(template(799)) == []
    assert codes(template(800)) == ["max-resources"]


def test_format_wants_one_member_a_line_and_empty_braces_closed(
    bicep: BicepRpc, tmp_path: Path
) -> None:
    """What differs from the sample's shape only in white space is formatted into it."""
    text = SAMPLE.read_text(encoding="utf-8")
    file = tmp_path / "main.bicep"
    for before, after in [("{}", "{\n}"), ("[]", "[ ]"), ("      ", "   "), ("\n\n", "\n\n\n\n")]:
        changed = text.replace(before, after)
        file.write_text(changed, encoding="utf-8")
        assert changed != text
        assert bicep.format(file) == text


def test_a_template_with_an_error_is_not_evaluated(bicep: BicepRpc, tmp_path: Path) -> None:
    """A snapshot of a template that does not compile is refused."""
    (tmp_path / "main.bicep").write_text(HEAD + "resource x\n", encoding="utf-8")
    (tmp_path / "main.bicepparam").write_text("using 'main.bicep'\n", encoding="utf-8")

    with pytest.raises(BicepError):
        bicep.snapshot(tmp_path / "main.bicepparam")


def said(version: str, **properties: Any) -> Said:
    """What is known in advance of a registry endpoint with these properties."""
    return Warnings(kind_of("registryEndpoints"), version).codes(properties)


def test_the_compiler_minds_what_its_types_lack() -> None:
    """Codes stand at the member: unknown, perhaps misspelt, read-only, too long in UTF-16."""
    settings = {"audience": "a", "extensionName": "x"}
    result = said(
        "2025-10-01",
        host="\U0001f600" * 32,
        trustSettings={"unknown": {"below": 1}},
        codeSigningCa=[],
        provisioningState="Succeeded",
        authentication={
            "method": "SystemAssignedManagedIdentity",
            "systemAssignedManagedIdentitySettings": settings,
        },
        codeSigningCas=[{"type": "Secret", "secretRef": "s", "zzz": 1}],
    )
    authentication = ("authentication", "systemAssignedManagedIdentitySettings", "extensionName")

    assert result == {
        ("host",): "BCP332",
        ("trustSettings",): "BCP037",
        ("codeSigningCa",): "BCP037 BCP089",
        ("provisioningState",): "BCP073",
        authentication: "BCP037",
        ("codeSigningCas", 0, "zzz"): "BCP037",
    }


TEMPLATES, BROKERS = "akriConnectorTemplates", "brokers"


@pytest.mark.parametrize(
    ("section", "properties", "found"),
    [
        (
            TEMPLATES,
            {
                "runtimeConfiguration": {
                    "runtimeConfigurationType": "managedConfiguration",
                    "managedConfigurationSettings": {"managedConfigurationType": "x", "zzz": 1},
                }
            },
            {("runtimeConfiguration", "runtimeConfigurationType"): "BCP088"},
        ),
        (
            TEMPLATES,
            {
                "mqttConnectionConfiguration": {
                    "authentication": {
                        "method": "serviceAccountToken",
                        "serviceAccountTokenSettings": {"audience": "a", "zzz": 1},
                    }
                }
            },
            {
                ("mqttConnectionConfiguration", "authentication", "method"): "BCP088",
                (
                    *("mqttConnectionConfiguration", "authentication"),
                    *("serviceAccountTokenSettings", "zzz"),
                ): "BCP037",
            },
        ),
        (
            TEMPLATES,
            {
                "runtimeConfiguration": {
                    "runtimeConfigurationType": "ManagedConfiguration",
                    "managedConfigurationSettings": {
                        "managedConfigurationType": "StatefulSetConfiguration",
                        "statefulSetConfigurationSettings": {"any key": {"any": 1}},
                        "additionalConfiguration": {"any key": "any"},
                    },
                }
            },
            {},
        ),
        (
            BROKERS,
            {
                "persistence": {
                    "retain": {"mode": "All"},
                    "stateStore": {"mode": "None", "stateStoreSettings": {}},
                    "subscriberQueue": {"mode": "Custom", "subscriberQueueSettings": {}},
                }
            },
            {
                ("persistence", "retain"): "BCP035",
                ("persistence", "retain", "mode"): "BCP036",
                ("persistence", "stateStore", "mode"): "BCP036",
            },
        ),
    ],
    ids=["required", "optional", "map", "described"],
)
def test_a_variant_that_the_types_lack_has_a_code(
    section: str, properties: dict[str, Any], found: Said
) -> None:
    """Below it the compiler looks on where a union that may be left out has a single variant."""
    assert Warnings(kind_of(section), "2025-10-01").codes(properties) == found


@pytest.mark.parametrize("host", ["\U0001f600" * 31, "\u4e2d" * 63, "a" * 63])
def test_a_host_that_fits_has_no_code(host: str) -> None:
    """Up to 63 units of UTF-16 the compiler says nothing."""
    authentication = {"method": "Anonymous", "anonymousSettings": {}}

    assert said("2025-10-01", host=host, authentication=authentication) == {}


@pytest.mark.parametrize("version", ["2025-10-01-preview", "2024-11-01", "2099-01-01"])
def test_a_version_without_types_has_no_codes(version: str) -> None:
    """There the compiler warns once of the version, and of nothing below it."""
    authentication = {"method": "Anonymous", "zzz": 1}
    result = said(version, host="\U0001f600" * 63, zzz=1, authentication=authentication)

    assert result == {}


def test_a_type_that_azure_does_not_describe_has_a_code() -> None:
    """The line that names it gets a warning; a type that is known gets none."""
    arm_type = kind_of("registryEndpoints").arm_type
    assert type_codes(arm_type, "2025-10-01") == ()
    assert type_codes(arm_type, "2099-01-01") == ("BCP081",)
    assert type_codes("Microsoft.IoTOperations/instances/none", "2025-10-01") == ("BCP081",)
