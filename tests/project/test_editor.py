"""The schema that init writes, in the language server that editors run."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.editor.language_server import PROGRAM, Finding, LanguageServer
from tests.editor.tools import node_for

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


def test_schema_is_valid(started: Path) -> None:
    """The schema is one of the draft that it names."""
    schema = json.loads((started / "bikube.schema.json").read_bytes())

    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)


def test_another_validator_accepts_the_examples(started: Path) -> None:
    """check-jsonschema has nothing to object to in the examples, and does in a wrong spec."""
    wrong = started / "wrong.yaml"
    wrong.write_text(ENDPOINT + "      method: anonymous\n", encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile"]
    command += [str(started / "bikube.schema.json")]

    accepted = subprocess.run([*command, *sorted(EXAMPLES.rglob("*bikube.yaml"))], check=False)
    refused = subprocess.run([*command, wrong], capture_output=True, text=True, check=False)

    assert (accepted.returncode, refused.returncode) == (0, 1)
    assert "$.registryEndpoints[0].authentication.method" in refused.stdout
