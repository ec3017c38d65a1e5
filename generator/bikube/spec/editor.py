"""The JSON Schema of a spec as editors want it: with a description of whatever can be written."""

from collections.abc import Mapping
from typing import Any

from bikube.azure import (
    ARM,
    DEFAULT_VERSION,
    PREVIEW,
    Api,
    Kind,
    all_companions,
    all_kinds,
    types_version,
    version_order,
    versions_with,
)
from bikube.azure.companion import Companion
from bikube.azure.releases import RELEASES
from bikube.schema.annotating import annotated
from bikube.schema.descriptions import Description, Descriptions, read_descriptions
from bikube.schema.tolerating import tolerant
from bikube.spec.schema import spec_schema

Values = Mapping[str, str]


def editor_schema(apis: Mapping[str, Api], version: str | None = None) -> dict[str, Any]:
    """``spec_schema`` with descriptions, and without what editors should not offer.

    What the linter only warns of, an editor does not underline.
    """
    schema = spec_schema(apis, version)
    definitions, sections = schema.pop("$defs"), {}
    described = {
        kind.section: kind_descriptions(
            kind, types_version(kind.arm_type, version or DEFAULT_VERSION)
        )
        for kind in all_kinds()
    }
    described.update((one.section, companion_descriptions(one)) for one in all_companions())
    loosened = tolerant(definitions, definitions)
    exact = {kind.section for kind in all_kinds() if kind.exact_variants}
    for name, words in described.items():
        section = schema["properties"].pop(name)
        held = definitions if name in exact else loosened
        entry = annotated(section["items"], held, words)
        head = {"title": name, "description": words.summary}
        sections[name] = {**section, **head, "items": entry}
    words = _spec_descriptions(apis)
    top = annotated(schema, definitions, words)
    top["patternProperties"] = {
        key: {"description": words.properties["x-*"].text} for key in top["patternProperties"]
    }
    return {**top, "properties": {**top["properties"], **sections}}


def kind_descriptions(kind: Kind, version: str) -> Descriptions:
    """What the properties of an entry of ``kind`` are in the API ``version``."""
    own = read_descriptions(f"kinds/{kind.section}", version)
    return own._replace(properties={**read_descriptions("entry").properties, **own.properties})


def companion_descriptions(companion: Companion) -> Descriptions:
    """What the properties of an entry of ``companion`` are."""
    return read_descriptions(f"companions/{companion.section}")


def _spec_descriptions(apis: Mapping[str, Api]) -> Descriptions:
    words = read_descriptions("spec")
    values: dict[str, Values] = {"instance/aioVersion": _releases()}
    for target, api in apis.items():
        at, kinds = f"targets/{target}", all_kinds()
        values[f"{at}/apiVersion"] = _versions(api, kinds)
        for kind in kinds:
            values[f"{at}/apiVersions/{kind.section}"] = _versions(api, (kind,))
    return words.joined(
        {
            path: (words.of(path) or Description(""))._replace(values=those)
            for path, those in values.items()
        }
    )


def _versions(api: Api, kinds: tuple[Kind, ...]) -> Values:
    """The known versions of ``api`` that any of ``kinds`` has, the newest first."""
    if api is not ARM:
        return dict.fromkeys(sorted({"v1", *(_cluster(kind) for kind in kinds)}), "")
    having = {version for kind in kinds for version in versions_with(kind.arm_type)}
    newest_first = sorted(having, key=version_order, reverse=True)
    return {version: _served(version) for version in newest_first}


def _cluster(kind: Kind) -> str:
    return kind.custom_resource.version


def _served(version: str) -> str:
    if version.endswith(PREVIEW):
        return "A preview."
    first = next((one.minor for one in RELEASES if one.serves >= version), None)
    return f"Served from Azure IoT Operations {first} on." if first is not None else ""


def _releases() -> Values:
    return {
        one.minor: f"Serves API versions up to {one.serves}."
        + ("" if one.supported else " Out of support.")
        for one in reversed(RELEASES)
    }
