"""The resources of a spec, in the order and the form of the outputs."""

import pytest

from bikube.document import decode, parse
from bikube.render.target import target_apis
from bikube.spec.model import Spec
from bikube.spec.resources import Resource, resources_of

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\nregistryEndpoints:\n"


def resources(*entries: str) -> list[Resource]:
    """Those of a spec with these registry endpoints, each written in flow style."""
    text = HEAD + "".join(
        f"- {{{entry}, authentication: {{method: Anonymous}}}}\n" for entry in entries
    )
    source, _ = decode("bikube.yaml", text.encode())
    document, problems = parse(source)
    assert document is not None
    assert problems == []
    return resources_of(Spec(document, target_apis()))


def test_resources_are_sorted_by_name() -> None:
    """Whatever their order in the spec."""
    found = resources("name: b-1, host: a.azurecr.io", "name: a-1, host: b.azurecr.io")
    assert [(one.name, one.properties["host"]) for one in found] == [
        ("a-1", "b.azurecr.io"),
        ("b-1", "a.azurecr.io"),
    ]


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("null", {}),
        ("{}", {}),
        ("{labels: {}, annotations: {}}", {}),
        ("{labels: null, annotations: {a: ''}}", {"annotations": {"a": ""}}),
        ("{annotations: {}, labels: {a: b}}", {"labels": {"a": "b"}}),
    ],
)
def test_empty_labels_and_annotations_are_none(
    metadata: str, expected: dict[str, dict[str, str]]
) -> None:
    """The API server drops them, so that an output with them would never equal what is there."""
    (found,) = resources(f"name: a-1, host: a.azurecr.io, metadata: {metadata}")
    assert found.metadata == expected
    assert found.properties == {
        "host": "a.azurecr.io",
        "authentication": {"method": "Anonymous", "anonymousSettings": {}},
    }
