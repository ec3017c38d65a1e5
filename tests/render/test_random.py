"""Random values of every kind arrive in both outputs, whatever the schema lets through."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.data import mismatches
from tests.proof.evaluate import evaluate
from tests.proof.manifests import read_text
from tests.render.test_family import INSTANCE, kinds
from tests.render.test_strings import (
    STRUCTURAL,
    assert_bicep_is_silent,
    flow,
    keys,
    properties,
    texts,
    values,
    written,
)
from tests.support.covering import FITTING

from bikube.azure import known_versions, schemas
from bikube.diagnostics import Severity
from bikube.lint.engine import Linted, lint
from bikube.schema.refs import resolved, variants

Schema = Mapping[str, Any]
Sections = dict[str, list[dict[str, Any]]]

# Other tests enter this code too; to count branches would double what so many cases take.
pytestmark = pytest.mark.no_cover

pytest_plugins = ["tests.proof.fixtures"]


def valid(schema: Schema, definitions: Schema) -> st.SearchStrategy[Any]:
    """Values that ``schema`` allows."""
    plain = resolved(schema, definitions)
    if "x-discriminator" in plain:
        bodies = variants(plain, definitions).values()
        return st.one_of(*(valid(body, definitions) for body in bodies))
    match plain.get("type"):
        case "object":
            return _objects(plain, definitions)
        case "array":
            low = plain.get("minItems", 0)
            return st.lists(valid(plain["items"], definitions), min_size=low, max_size=low + 2)
        case "integer":
            low, high = plain.get("minimum", -(2**63)), plain.get("maximum", 2**63 - 1)
            return st.integers(low, high)
        case "boolean":
            return st.booleans()
        case "string":
            return _strings(plain)
    return values.filter(lambda value: value is not None)


def _objects(plain: Schema, definitions: Schema) -> st.SearchStrategy[Any]:
    members = {
        key: st.deferred(lambda child=child: valid(child, definitions))  # type: ignore[misc]
        for key, child in plain.get("properties", {}).items()
        if not child.get("readOnly")
    }
    needed = {*plain.get("required", ()), *plain.get("x-implied", ())}
    known = st.fixed_dictionaries(
        {key: one for key, one in members.items() if key in needed},
        optional={key: one for key, one in members.items() if key not in needed},
    )
    extra = plain.get("additionalProperties")
    if not isinstance(extra, Mapping):
        return known
    others = st.dictionaries(keys, valid(extra, definitions), max_size=2)
    return st.builds(lambda own, more: {**more, **own}, known, others)


def _strings(plain: Schema) -> st.SearchStrategy[Any]:
    if "const" in plain:
        return st.just(plain["const"])
    if "pattern" in plain:
        return st.just(FITTING[plain["pattern"]])
    low, high = plain.get("minLength", 0), plain.get("maxLength")
    fitting = texts.map(lambda text: (text + "x" * low)[:high] if len(text) < low else text[:high])
    known = [*plain.get("enum", ()), *plain.get("x-known", ())]
    return st.sampled_from(known) | fitting if known else fitting


def families(version: str) -> st.SearchStrategy[Sections]:
    """Sections of all kinds in ``version``, with one or two entries each."""
    loaded = schemas(version)
    return st.fixed_dictionaries(
        {
            kind.section: st.lists(
                valid(loaded["resources"][kind.arm_type], loaded["$defs"]), min_size=1, max_size=2
            ).map(lambda found: [{"name": f"n-{row}", **one} for row, one in enumerate(found)])
            for kind in kinds(version)
        }
    )


def accepted(version: str, sections: Sections) -> tuple[Sections, Linted]:
    """What is left of ``sections`` when all that must be refused is taken out of them."""
    spec = {
        "bikube": "v1",
        "instance": {"name": INSTANCE, "customLocation": "cl-plant-7"},
        "targets": {"bicep": {"apiVersion": version}},
        **sections,
    }
    linted = lint("spec.yaml", flow(spec).encode(), STRUCTURAL)
    refused = set(_refused(linted))
    if not refused:
        return sections, linted
    left = {
        section: [one for row, one in enumerate(entries) if (section, row) not in refused]
        for section, entries in sections.items()
    }
    return accepted(version, left)


def _refused(linted: Linted) -> Iterator[tuple[str, int]]:
    for found in linted.diagnostics:
        if STRUCTURAL[found.rule].structural and found.severity is Severity.ERROR:
            section, row, *_ = found.pointer
            yield str(section), int(row)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place for outputs, each written over the one before."""
    return tmp_path_factory.mktemp("random")


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_random_values_of_every_kind_arrive(
    bicep: BicepRpc, folder: Path, data: st.DataObject
) -> None:
    """In the compiler's evaluation and in YAML readers, while the compiler has nothing to say."""
    version = data.draw(st.sampled_from(known_versions()))
    drawn = data.draw(families(version))
    sections, linted = accepted(version, drawn)
    count = sum(map(len, sections.values()))
    assert count >= 0.5 * sum(map(len, drawn.values()))
    files = written(linted, folder)
    template = folder / "bicep" / "main.bicep"
    assert_bicep_is_silent(bicep, template)
    evaluated = [one.data for one in evaluate(bicep, [template])]
    assert len(evaluated) == count
    by_name = {f"{one['type']} {one['name'].split('/')[-1]}": one for one in evaluated}
    for kind in kinds(version):
        for entry in sections[kind.section]:
            found = by_name[f"{kind.arm_type} {entry['name']}"]["properties"]
            assert list(mismatches(found, properties(entry))) == []
            name = f"{kind.singular.lower()}-{entry['name']}.yaml"
            (manifest,) = read_text(files[f"kubernetes/{name}"], name)
            spec = dict(manifest["spec"])
            if kind.parent is not None and kind.parent.manifest:
                assert spec.pop(kind.parent.manifest) == "default"
            assert list(mismatches(spec, properties(entry))) == []
