"""The schema that init writes, in the language server that editors run."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.conftest import RunCli
from tests.editor.language_server import PROGRAM, Finding, LanguageServer
from tests.editor.tools import node_for
from tests.support.samples import samples

from bikube.azure import (
    all_companions,
    all_kinds,
    all_sections,
    known_versions,
    types_version,
    versions_with,
)
from bikube.azure.versions import DEFAULT_VERSION
from bikube.config.editor import editor_schema as config_schema
from bikube.document.writing import block
from bikube.render import target_apis
from bikube.rules import builtin_rules
from bikube.schema.descriptions import Descriptions, read_descriptions
from bikube.spec import spec_schema
from bikube.spec.editor import companion_descriptions, kind_descriptions

EXAMPLES = Path(__file__).parents[2] / "examples"
METHODS = {
    "Anonymous",
    "ArtifactPullSecret",
    "SystemAssignedManagedIdentity",
    "UserAssignedManagedIdentity",
}
ENDPOINT = """\
# yaml-language-server: $schema=./bikube.schema.json
bikube: v1
instance:
  name: aio-plant-7
  customLocation: cl-plant-7
registryEndpoints:
  - name: docker-hub
    host: docker.io
    authentication:
"""


HEAD = ENDPOINT.partition("registryEndpoints")[0]
Keys = list[tuple[str, int, int]]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which init was run."""
    folder = tmp_path_factory.mktemp("editor").resolve()
    subprocess.run([sys.executable, "-m", "bikube", "init", folder], check=True)
    return folder


@pytest.fixture(scope="module")
def server(started: Path) -> Iterator[LanguageServer]:
    """The language server, open on that folder."""
    with LanguageServer(node_for(PROGRAM), started) as client:
        yield client


def test_starter_spec_has_no_findings_in_an_editor(server: LanguageServer, started: Path) -> None:
    """What init writes is clean by the schema that its own first line names."""
    assert server.check((started / "bikube.yaml").read_text(encoding="utf-8")) == []


def test_wrong_key_is_reported_at_its_place(server: LanguageServer) -> None:
    """An editor underlines the key that Azure does not know, and nothing else."""
    text = ENDPOINT + "      method: Anonymous\n      anonymusSettings: {}\n"

    (found,) = server.check(text)

    assert found._replace(message="") == Finding(11, 7, "anonymusSettings", "")
    assert "anonymusSettings is not allowed" in found.message


def test_wrong_method_is_reported_with_those_that_there_are(server: LanguageServer) -> None:
    """An editor underlines a method in the wrong case, and names the right ones."""
    (found,) = server.check(ENDPOINT + "      method: anonymous\n")

    assert found._replace(message="") == Finding(10, 15, "anonymous", "")
    assert {method for method in METHODS if f'"{method}"' in found.message} == METHODS


def test_missing_setting_is_that_of_the_chosen_method(server: LanguageServer) -> None:
    """Of the four methods' settings an editor asks for those of the method that was chosen."""
    (found,) = server.check(ENDPOINT + "      method: ArtifactPullSecret\n")

    assert found.message == 'Missing property "artifactPullSecretSettings".'


def test_method_is_completed(server: LanguageServer) -> None:
    """Below authentication an editor offers the key that has to be there."""
    assert server.complete(ENDPOINT + "      ", "\n")["method"] == "method: "
    assert server.complete(ENDPOINT + "      me", "\n")["method"] == "method: "


def test_values_of_method_are_completed(server: LanguageServer) -> None:
    """After the key an editor offers exactly the four methods that Azure has."""
    assert set(server.complete(ENDPOINT + "      method: ", "\n")) == METHODS


def test_settings_are_completed_for_the_chosen_method(server: LanguageServer) -> None:
    """Once the method is there, an editor offers its settings and not another method's."""
    offered = server.complete(ENDPOINT + "      method: ArtifactPullSecret\n      ", "\n")

    assert offered["artifactPullSecretSettings"] == "artifactPullSecretSettings:\n  secretRef: "
    assert {name for name in offered if name.endswith("Settings")} == {"artifactPullSecretSettings"}


def test_variant_in_lower_camel_case_is_not_underlined(server: LanguageServer) -> None:
    """The linter only warns of it; what an editor offers is what Azure's types have."""
    text = HEAD + "akriConnectorTemplates:\n  - name: abc\n"
    text += "    deviceInboundEndpointTypes: [{endpointType: Contoso.Scale}]\n"
    text += "    runtimeConfiguration:\n      runtimeConfigurationType: managedConfiguration\n"
    text += "      managedConfigurationSettings:\n        managedConfigurationType: "
    settings = "\n        imageConfigurationSettings: {imageName: scale}\n"

    assert server.check(f"{text}imageConfiguration{settings}") == []
    (found,) = server.check(f"{text}imageconfiguration{settings}")
    assert found.message == "Valid values: ImageConfiguration, StatefulSetConfiguration."
    offered = server.complete(text, "\n")
    assert set(offered) == {"ImageConfiguration", "StatefulSetConfiguration"}


def test_hover_on_host_says_what_it_is(server: LanguageServer) -> None:
    """Over a key an editor shows what it is, with an example."""
    (shown,) = server.hover(ENDPOINT, [(8, 5)])

    assert shown.startswith("#### host\n\nThe name by which the registry is reached, ")
    assert "\n\nExample: plant7registry.azurecr.io\n" in shown


def test_hover_on_method_explains_each_one(server: LanguageServer) -> None:
    """Over a method an editor shows what each of the four does."""
    (shown,) = server.hover(ENDPOINT + "      method: Anonymous\n", [(10, 15)])

    words = read_descriptions("kinds/registryEndpoints").properties["authentication/method"]
    assert [line for line in shown.splitlines() if line.startswith("* ")] == [
        f"* `{value}`: {text}" for value, text in words.values.items()
    ]


def test_offered_methods_are_explained(server: LanguageServer) -> None:
    """Each method that is offered says what it does."""
    words = read_descriptions("kinds/registryEndpoints").properties["authentication/method"]

    assert server.offer_words(ENDPOINT + "      method: ", "\n") == words.values


def test_known_versions_are_offered(server: LanguageServer) -> None:
    """For apiVersion an editor offers those that have a section, and says who serves them."""
    offered = server.offer_words(HEAD + "targets:\n  bicep:\n    apiVersion: ", "\n")

    known = {version for kind in all_kinds() for version in versions_with(kind.arm_type)}
    assert offered.keys() == known
    assert offered["2026-07-01"] == "Served from Azure IoT Operations 1.4 on."


def test_known_versions_of_the_cluster_are_offered(server: LanguageServer) -> None:
    """For manifests these are other ones."""
    offered = server.complete(HEAD + "targets:\n  kubernetes:\n    apiVersion: ", "\n")

    assert offered == {"v1": "v1", "v1beta1": "v1beta1"}


def test_another_version_is_no_mistake(server: LanguageServer) -> None:
    """A version that is not known is left to the linter, which only warns of it."""
    assert server.check(HEAD + "targets: {bicep: {apiVersion: 2099-01-01}}\n") == []


def test_releases_are_offered_in_quotes(server: LanguageServer) -> None:
    """A release is a string, and would be a number without quotes."""
    offered = server.complete(HEAD + "  aioVersion: ", "\n")

    assert offered["1.4"] == '"1.4"'
    assert server.check(f"{HEAD}  aioVersion: {offered['1.4']}\n") == []


def test_a_default_is_offered(server: LanguageServer) -> None:
    """The key comes with the value that it has without it."""
    offered = server.complete(HEAD + "  ", "\n")

    assert offered["namespace"] == "namespace: ${1:azure-iot-operations}"


@pytest.mark.parametrize("wrong", ["our-identity", "3f2b8c1d6a4e4f7b9c2d8e1a5b6c7d8e"])
def test_wrong_guid_is_underlined(server: LanguageServer, wrong: str) -> None:
    """A client id that is no GUID is underlined, and an editor says what is expected."""
    settings = f"{{clientId: {wrong}, tenantId: 9A8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d}}"
    text = ENDPOINT + "      method: UserAssignedManagedIdentity\n"
    text += f"      userAssignedManagedIdentitySettings: {settings}\n"

    assert server.check(text) == [
        Finding(
            *(11, 55, wrong),
            "A GUID is expected: the client id that the identity's overview page shows.",
        )
    ]


@pytest.mark.parametrize("wrong", ["http://docker.io", "my registry", "docker.io@sha256:ab"])
def test_wrong_host_is_underlined(server: LanguageServer, wrong: str) -> None:
    """What can be no host of a registry is underlined; the linter has an error for each."""
    text = ENDPOINT.replace("docker.io", wrong) + "      method: Anonymous\n"

    expected = "A registry's host is expected, such as plant7registry.azurecr.io."
    assert server.check(text) == [Finding(8, 11, wrong, expected)]


def test_read_only_is_not_offered(server: LanguageServer) -> None:
    """What only Azure sets is not offered in an entry."""
    offered = server.complete(ENDPOINT + "      method: Anonymous\n    ", "\n")

    assert {"metadata", "codeSigningCas"} <= offered.keys()
    assert offered.keys() & {"provisioningState", "healthState"} == set()


def test_read_only_is_underlined(server: LanguageServer) -> None:
    """Where it was pasted all the same, an editor says what to do."""
    text = ENDPOINT + "      method: Anonymous\n    provisioningState: Succeeded\n"

    expected = Finding(11, 5, "provisioningState: Succeeded", "Set by Azure; leave it out.")
    assert server.check(text) == [expected]


def _keys(text: str) -> Keys:
    """Path, line and column of every key in ``text``, as PyYAML reads it."""
    found: Keys = []

    def visit(node: yaml.Node, path: str) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inner = f"{path}/{key.value}".removeprefix("/")
                found.append((inner, key.start_mark.line + 1, key.start_mark.column + 1))
                visit(value, inner)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                visit(item, f"{path}/*")

    root = yaml.compose(text)
    assert root is not None
    visit(root, "")
    return found


def _silent(server: LanguageServer, text: str, words: Descriptions, below: str = "") -> list[str]:
    """The paths below a key at which an editor does not show the words for them."""
    keys = [one for one in _keys(text) if one[0].startswith(below)]
    # At the first letter the server still sees what is in front of it.
    shown = server.hover(text, [(line, column + 1) for _, line, column in keys])
    silent = []
    for (path, _, _), hover in zip(keys, shown, strict=True):
        said = words.of(path.removeprefix(below))
        if said is None or said.text not in hover:
            silent.append(path)
    assert len(keys) > 0
    return silent


@pytest.mark.parametrize("version", known_versions())
def test_hover_on_every_property_says_what_it_is(
    server: LanguageServer, started: Path, version: str
) -> None:
    """Over each property of each kind, in each variant, an editor shows the words for it."""
    name = f"schema-{version}.json"
    command = [sys.executable, "-m", "bikube", "schema", "--api-version", version]
    (started / name).write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    schema = spec_schema(target_apis(), version)
    silent = []
    for kind in all_kinds():
        entries = samples(schema["properties"][kind.section]["items"], schema["$defs"])
        body = block({kind.section: entries}).removeprefix("\n")
        text = f"# yaml-language-server: $schema=./{name}\n{body}\n"
        words = kind_descriptions(kind, types_version(kind.arm_type, version))
        silent += _silent(server, text, words, f"{kind.section}/*/")
    assert silent == []


def test_hover_on_every_property_of_a_companion_says_what_it_is(server: LanguageServer) -> None:
    """The same holds for what companions have, whatever the API version."""
    schema = spec_schema(target_apis())
    silent = []
    for companion in all_companions():
        entries = samples(schema["properties"][companion.section]["items"], schema["$defs"])
        text = ENDPOINT.partition("\n")[0] + block({companion.section: entries}) + "\n"
        words = companion_descriptions(companion)
        silent += _silent(server, text, words, f"{companion.section}/*/")
    assert silent == []


def test_hover_on_every_other_key_says_what_it_is(server: LanguageServer) -> None:
    """The same holds for the keys of a spec that are not in its sections."""
    schema = spec_schema(target_apis())
    sections = all_sections()
    own = {key: one for key, one in schema["properties"].items() if key not in sections}
    (sample,) = samples({**schema, "properties": own}, schema["$defs"])
    text = ENDPOINT.partition("\n")[0] + block({**sample, "x-any": "abc"}) + "\n"

    words = read_descriptions("spec")
    assert _silent(server, text, words.joined({"x-any": words.properties["x-*"]})) == []


def test_configuration_is_explained(server: LanguageServer, started: Path) -> None:
    """In a configuration every key is explained, and rules and their levels are offered."""
    schema = config_schema(builtin_rules())
    (started / "config.json").write_text(json.dumps(schema), encoding="utf-8")
    modeline = "# yaml-language-server: $schema=./config.json\n"
    text = f"{modeline}out: build\nrules:\n  registry-host-case: off\n"

    assert server.check(text) == []
    hovers = server.hover(text, [(2, 1), (3, 1), (4, 3)])
    assert [hover.splitlines()[2] for hover in hovers] == [
        "The folder that generate writes to, counted from this file.",
        "How bad the findings of single rules are, by the ids of the rules.",
        "A registry host is lower-case.",
    ]
    offered = server.complete(f"{modeline}rules:\n  ", "\n")
    assert {rule.id for rule in builtin_rules() if not rule.structural} <= offered.keys()


def test_schema_is_valid(started: Path) -> None:
    """The schema is one of the draft that it names."""
    schema = json.loads((started / "bikube.schema.json").read_bytes())

    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)


def test_another_validator_accepts_the_examples(started: Path, run_cli: RunCli) -> None:
    """check-jsonschema has nothing to object to in the examples, and does in a wrong spec.

    The schema is that of the API version which a spec asks for.
    """
    wrong = started / "wrong.yaml"
    wrong.write_text(ENDPOINT + "      method: anonymous\n", encoding="utf-8")
    found = {}
    for spec in [*sorted(EXAMPLES.rglob("*bikube.yaml")), wrong]:
        asked = re.search(r"^    apiVersion: (20\S+)$", spec.read_text("utf-8"), re.MULTILINE)
        version = asked[1] if asked else DEFAULT_VERSION
        schema = started / f"{version}.json"
        schema.write_text(run_cli("schema", "--api-version", version).out, encoding="utf-8")
        command = [sys.executable, "-m", "check_jsonschema", "--schemafile"]
        command += [str(schema), str(spec)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found[spec.name] = (done.returncode, "$.registryEndpoints[0]" in done.stdout)

    assert found == {
        "bikube.yaml": (0, False),
        "bottling.bikube.yaml": (0, False),
        "lab.bikube.yaml": (0, False),
        "wrong.yaml": (1, True),
    }
