"""Whatever a spec holds, its picture is whole: no box twice, and no arrow that leads nowhere."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bikube.graph import Subject, around, drawing_names, load_drawing, names_in, picture_of
from bikube.lint import lint
from bikube.rules import builtin_rules

SECTIONS = ["dataflows", "dataflowGraphs", "brokers", "brokerListeners", "registryEndpoints"]
KEYS = [
    *("name", "profileRef", "brokerRef", "nodes", "nodeConnections", "operations", "ports"),
    *("from", "to", "sourceSettings", "destinationSettings", "graphSettings", "endpointRef"),
    *("dataSources", "dataDestination", "registryEndpointRef", "artifact", "authenticationRef"),
]
WORDS = ["default", "a", "b", "a.b", "a-b", "a_b", "A", "", " ", "instance", "\x1b[1m"]

scalars = st.sampled_from([*WORDS, None, True, 7, 1.5])
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=8,
)
names = st.sampled_from(WORDS)


def listed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A list of these, or something else now and then."""
    return st.lists(inner | values, max_size=3) | values


source = st.fixed_dictionaries({"endpointRef": names | values, "dataSources": listed(names)})
destination = st.fixed_dictionaries({"endpointRef": names, "dataDestination": names | values})
reads = {"sourceSettings": source | values, "destinationSettings": destination | values}
node = st.fixed_dictionaries({}, optional={"name": names, **reads})
end = st.fixed_dictionaries({"name": names | values}) | values
step = st.fixed_dictionaries({"from": end, "to": end})
entry = st.fixed_dictionaries(
    {},
    optional={
        "name": names | values,
        "profileRef": names | values,
        "brokerRef": names | values,
        "operations": listed(node),
        "nodes": listed(node),
        "nodeConnections": listed(step),
        "ports": listed(st.fixed_dictionaries({"authenticationRef": names | values})),
    },
)
specs = st.dictionaries(st.sampled_from(SECTIONS), listed(entry), min_size=1)


@settings(max_examples=50)
@given(sections=specs)
def test_a_picture_is_whole(sections: dict[str, Any]) -> None:
    """In every format, and whatever is cut out of it."""
    text = json.dumps({"bikube": "v1", "instance": {"name": "aio-a"}, **sections})
    linted = lint("bikube.yaml", text.encode(), builtin_rules())
    assert linted.spec is not None
    subject = Subject(linted.spec, linted.diagnostics, str)
    picture = picture_of([subject, subject])
    called = sorted(names_in(picture))
    for one in (picture, around(picture, called[:1]), around(picture, called)):
        ids = [box.id for box in one.all_boxes]
        assert len(ids) == len(set(ids))
        assert {end for arrow in one.arrows for end in (arrow.start, arrow.end)} <= set(ids)
        for name in drawing_names():
            assert load_drawing(name)(one)
