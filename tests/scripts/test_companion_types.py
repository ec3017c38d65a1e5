"""What companions have in Bicep fits the types of other services that the Bicep CLI carries."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from scripts.schemas.bundle import Bundle, inflate
from scripts.schemas.carried import embedded
from scripts.schemas.derivation import derive
from tests.proof.bicep_rpc import BicepRpc
from tests.scripts.bundles import ASSEMBLY

from bikube.azure.companions.pull_secrets import API_VERSION, COMPANION, SYNCS
from bikube.schema import DEFINITIONS

GOLDEN = Path(__file__).parents[2] / "golden"
TYPES = re.compile(r"[^/]+/microsoft\.secretsynccontroller/([^/]+)/types\.json\.deflated")


@pytest.fixture(scope="module")
def types(bundle: Bundle) -> dict[str, dict[str, Any]]:
    """The schemas of Microsoft.SecretSyncController, by API version."""
    carried = embedded(bundle.read(ASSEMBLY))
    found = ((TYPES.fullmatch(name), name, data) for name, data in carried)
    return {
        match[1]: derive(json.loads(inflate(data, name)), match[1])
        for match, name, data in found
        if match is not None
    }


def deployed(bicep: BicepRpc) -> Iterator[tuple[str, dict[str, Any]]]:
    """Type and properties of each resource that golden cases deploy for pull secrets."""
    for file in sorted(GOLDEN.glob("*/bicep/main-00-pullsecrets.bicep")):
        for one in json.loads(bicep.compile(file).template or "{}")["resources"]:
            yield one["type"], one["properties"]


def test_pull_secrets_fit_every_version(types: dict[str, dict[str, Any]], bicep: BicepRpc) -> None:
    """Patterns, lengths and required properties, in the version that is written and in others."""
    assert API_VERSION in types
    resources = list(deployed(bicep))
    assert len(resources) >= 6
    for version, schema in types.items():
        for type_, properties in resources:
            whole = {"$defs": schema["$defs"], **schema["resources"][type_]}
            assert list(Draft202012Validator(whole).iter_errors(properties)) == [], version


def test_names_have_the_form_of_the_types(types: dict[str, dict[str, Any]]) -> None:
    """Of secrets, which are classes too, and of service accounts."""
    schema, own = types[API_VERSION], COMPANION.entry["properties"]
    name = schema["resources"][SYNCS]["$ref"].removeprefix(DEFINITIONS)
    theirs = schema["$defs"][name]["properties"]
    assert own["serviceAccountName"] == theirs["serviceAccountName"]
    assert own["name"] == {**theirs["secretProviderClassName"], "maxLength": 63}
