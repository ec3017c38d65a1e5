"""Sections have all that Azure lets one write: held to the types in the Bicep CLI, path by path."""

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest
from scripts.schemas.carried import Types, carried
from scripts.schemas.constructs import READ_ONLY
from scripts.schemas.errors import Unusable
from tests.proof.tools import find

from bikube.azure import PREVIEW, all_kinds, has_type, known_versions
from bikube.render.target import target_apis
from bikube.schema.refs import resolved, variants
from bikube.spec.schema import spec_schema

INSTANCES = "Microsoft.IoTOperations/instances"
OWN = ("name", "metadata")

Path = tuple[str, ...]


class Size(NamedTuple):
    """What can be written in one API version: kinds, properties, variants of closed unions."""

    kinds: int
    paths: int
    variants: int


# As counted in Azure's types: a shared type counts wherever it is used, a map has one value, and
# what all variants of a union have is one property, unless each of them has it by itself.
SIZES = {
    "2024-11-01": Size(7, 301, 0),
    "2025-04-01": Size(7, 301, 0),
    "2025-07-01-preview": Size(10, 538, 27),
    "2025-10-01": Size(10, 507, 30),
    "2026-03-01": Size(10, 507, 30),
    "2026-07-01": Size(10, 516, 30),
    "2026-10-01": Size(10, 519, 30),
    "2026-11-01-preview": Size(10, 524, 30),
}
WITHOUT_SECTION = {
    "2026-11-01-preview": {
        "aioApplicationDefinitions",
        "aioApplicationDefinitions/aioApplicationConfigurations",
        "aioApplicationDefinitions/aioConnectorConfigurations",
        "akriApplicationProfiles",
        "akriApplicationProfiles/akriConnectorApplicationConfigurations",
        "akriApplicationProfiles/akriEdgeApplicationConfigurations",
        "mcpAuthorizationPolicies",
        "mcpServerConnections",
    }
}


class Azure:
    """The writable paths of Azure's types; a step in brackets is a variant of a union.

    What a union says of all its variants counts once, or ``apart``: as a property of each.
    """

    def __init__(self, types: Types, *, apart: bool) -> None:
        self._types = types
        self._apart = apart

    def resources(self) -> dict[str, set[Path]]:
        """The paths of every type below an instance that has any, by its name."""
        found = {}
        for one in self._types:
            name = str(one.get("name")).partition("@")[0]
            if one["$type"] == "ResourceType" and name != INSTANCES:
                body = self._at(one["body"])["properties"]["properties"]["type"]
                found[name] = set(self._below(self._at(body), ()))
        return {name: paths for name, paths in found.items() if paths}

    def _at(self, reference: Mapping[str, str]) -> dict[str, Any]:
        return self._types[int(reference["$ref"].removeprefix("#/"))]

    def _below(self, source: Mapping[str, Any], path: Path) -> Iterator[Path]:
        match source["$type"]:
            case "ObjectType":
                yield from self._members(source["properties"], path)
                if "additionalProperties" in source:
                    yield (*path, "*")
                    yield from self._below(self._at(source["additionalProperties"]), (*path, "*"))
            case "DiscriminatedObjectType":
                places = [(*path, f"[{name}]") for name in source["elements"]]
                for place in places if self._apart else [path]:
                    yield from self._members(source["baseProperties"], place)
                for place, variant in zip(places, source["elements"].values(), strict=True):
                    yield from self._members(self._at(variant)["properties"], place)
            case "ArrayType":
                yield from self._below(self._at(source["itemType"]), (*path, "-"))

    def _members(self, members: Mapping[str, Any], path: Path) -> Iterator[Path]:
        for name, member in members.items():
            if not member["flags"] & READ_ONLY:
                yield (*path, name)
                yield from self._below(self._at(member["type"]), (*path, name))


def described(
    schema: Mapping[str, Any], definitions: Mapping[str, Any], path: Path = ()
) -> Iterator[Path]:
    """The writable paths of a schema of bikube's, in which a variant has all of its properties."""
    plain = resolved(schema, definitions)
    if "x-discriminator" in plain:
        for name, body in variants(plain, definitions).items():
            yield from described(body, definitions, (*path, f"[{name}]"))
    elif plain.get("type") == "array":
        yield from described(plain["items"], definitions, (*path, "-"))
    elif plain.get("type") == "object":
        members = {
            name: member
            for name, member in plain.get("properties", {}).items()
            if not member.get("readOnly")
        }
        if isinstance(plain.get("additionalProperties"), Mapping):
            members["*"] = plain["additionalProperties"]
        for name, member in members.items():
            yield (*path, name)
            yield from described(member, definitions, (*path, name))


def sections(version: str) -> dict[str, set[Path]]:
    """The writable paths of each section that ``version`` has, by the ARM type of its kind."""
    schema = spec_schema(target_apis(), version)
    found = {}
    for kind in all_kinds():
        own = (*OWN, kind.parent.ref) if kind.parent is not None else OWN
        paths = described(schema["properties"][kind.section]["items"], schema["$defs"])
        if has_type(kind.arm_type, version):
            found[kind.arm_type] = {path for path in paths if path[0] not in own}
    return found


def size(resources: Mapping[str, set[Path]]) -> Size:
    """How much there is to write in ``resources``."""
    chosen = {
        (name, *path[: at + 1])
        for name, paths in resources.items()
        for path in paths
        for at, step in enumerate(path)
        if step.startswith("[")
    }
    return Size(len(resources), sum(map(len, resources.values())), len(chosen))


@pytest.fixture(scope="module")
def azure() -> Mapping[str, Types]:
    """Azure's types in the Bicep CLI, by API version."""
    try:
        return carried(find("bicep").read_bytes()).versions
    except Unusable as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"bicep: {error}", pytrace=False)
        pytest.skip(f"bicep: {error}")


@pytest.mark.parametrize("version", known_versions())
def test_sections_have_all_that_azure_lets_one_write(
    version: str, azure: Mapping[str, Types]
) -> None:
    """Every kind, property and variant is there at every place, and none that Azure lacks."""
    written = sections(version)
    theirs = Azure(azure[version], apart=True).resources()
    missing = theirs.keys() - written.keys()
    assert written == {name: paths for name, paths in theirs.items() if name not in missing}

    counted = Azure(azure[version], apart=False).resources()
    found = size({name: paths for name, paths in counted.items() if name in written})
    sys.stdout.write(
        f"{version}: kinds {found.kinds}, paths {found.paths}, variants {found.variants}\n"
    )
    assert found == SIZES[version]
    # What only a preview has gets its section when it is stable.
    assert not missing or version.endswith(PREVIEW)
    assert {name.removeprefix(f"{INSTANCES}/") for name in missing} == WITHOUT_SECTION.get(
        version, set()
    )
