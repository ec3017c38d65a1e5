"""What is in a picture: resources below their parents, ways of data, references, findings."""

import pytest

from bikube.credentials.redaction import Redactor
from bikube.diagnostics import Severity
from bikube.graph import Arrow, Box, Picture, Subject, picture_of
from bikube.lint import lint
from bikube.rules import Policy, builtin_rules

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"

FLOWS = """\
dataflowEndpoints:
  - name: hub
    endpointType: Kafka
    kafkaSettings:
      host: plant7.servicebus.windows.net:9093
      authentication: {method: Anonymous}
      tls: {mode: Enabled}
dataflowProfiles:
  - {name: to-cloud, instanceCount: 1}
registryEndpoints:
  - name: acr
    host: plant7registry.azurecr.io
    authentication: {method: SystemAssignedManagedIdentity}
dataflows:
  - name: telemetry
    profileRef: to-cloud
    operations:
      - {operationType: Source, sourceSettings: {endpointRef: default, dataSources: [a/+, b]}}
      - {operationType: Destination, destinationSettings: {endpointRef: hub, dataDestination: t}}
dataflowGraphs:
  - name: drift
    nodes:
      - {nodeType: Source, name: in, sourceSettings: {endpointRef: default, dataSources: [b]}}
      - {nodeType: Graph, name: check, graphSettings: {registryEndpointRef: acr, artifact: "g/d:1"}}
      - nodeType: Destination
        name: out
        destinationSettings: {endpointRef: hub, dataDestination: d}
    nodeConnections:
      - {from: {name: in}, to: {name: check}}
      - {from: {name: check.output.true}, to: {name: out}}
"""

POLICY = Policy(select=["registry-host-case", "unknown-key"])
"""Beside what is always on two rules, so that pictures stay as they are when rules are added."""

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def draw(text: str, head: str = HEAD) -> Picture:
    """The picture of one spec, with what ``POLICY`` finds in it."""
    return picture_of([subject(text, head)])


def subject(text: str, head: str = HEAD) -> Subject:
    """A spec that can be drawn."""
    linted = lint("bikube.yaml", (head + text).encode(), builtin_rules(), POLICY)
    assert linted.spec is not None
    redactor = Redactor(linted.source, linted.document)
    return Subject(linted.spec, linted.diagnostics, redactor.hide)


def inner(picture: Picture) -> dict[str, Box]:
    """All boxes, by id."""
    return {box.id: box for box in picture.all_boxes}


def test_data_goes_from_topics_to_endpoints() -> None:
    """By way of flows and nodes, which are in the box of their profile; registries are named."""
    check = "dataflowGraph_drift_node_check"
    topic_a, topic_b = "topic_fb1d6b89f38b", "topic_3c65433f904c"
    nodes = tuple(Box(f"dataflowGraph_drift_node_{one}", (one,)) for one in ("in", "check", "out"))
    flow = Box("dataflow_telemetry_In_to_cloud", ("telemetry", "dataflow"))
    graph = Box("dataflowGraph_drift", ("drift", "dataflow graph"), inner=nodes)
    assert draw(FLOWS) == Picture(
        boxes=(
            Box(
                "instance",
                ("aio-plant-7",),
                inner=(
                    Box("registryEndpoint_acr", ("acr", "registry endpoint")),
                    Box("dataflowEndpoint_hub", ("hub", "dataflow endpoint"), "store"),
                    Box(
                        "dataflowProfile_to_cloud", ("to-cloud", "dataflow profile"), inner=(flow,)
                    ),
                    Box(
                        "dataflowEndpoint_default",
                        ("default", "dataflow endpoint"),
                        "store",
                        "outside",
                    ),
                    Box(
                        "dataflowProfile_default",
                        ("default", "dataflow profile"),
                        standing="outside",
                        inner=(graph,),
                    ),
                    Box(topic_a, ("a/+",), "topic"),
                    Box(topic_b, ("b",), "topic"),
                ),
            ),
        ),
        arrows=(
            Arrow("dataflowEndpoint_default", topic_b, "", "data"),
            Arrow("dataflowEndpoint_default", topic_a, "", "data"),
            Arrow(check, "dataflowGraph_drift_node_out", "output.true", "data"),
            Arrow(check, "registryEndpoint_acr", "g/d:1", "reference"),
            Arrow("dataflowGraph_drift_node_in", check, "", "data"),
            Arrow("dataflowGraph_drift_node_out", "dataflowEndpoint_hub", "d", "data"),
            Arrow(flow.id, "dataflowEndpoint_hub", "t", "data"),
            Arrow(topic_b, "dataflowGraph_drift_node_in", "", "data"),
            Arrow(topic_b, flow.id, "", "data"),
            Arrow(topic_a, flow.id, "", "data"),
        ),
    )


def test_the_order_of_entries_changes_nothing() -> None:
    """Sections and entries in any order give the same picture."""
    sections = FLOWS.replace("\ndata", "\0data").replace("\nregistry", "\0registry").split("\0")
    orders = [sections[turn:] + sections[:turn] for turn in range(len(sections))]
    texts = ["".join(one.rstrip("\n") + "\n" for one in order) for order in orders]
    assert {draw(text) for text in texts} == {draw(FLOWS)}
    assert len(set(texts)) == 5


BROKERS = """\
brokers:
  - {name: line, memoryProfile: Low}
brokerAuthentications:
  - name: clients
    brokerRef: line
    authenticationMethods: [{method: X509, x509Settings: {}}]
brokerListeners:
  - name: network
    brokerRef: line
    ports: [{port: 8883, authenticationRef: clients, authorizationRef: rules}]
"""


def test_what_is_below_a_broker_is_in_its_box() -> None:
    """References between them are dashed, and say what refers; what is not there is red."""
    picture = draw(BROKERS)
    (instance,) = picture.boxes
    broker, missing = instance.inner
    assert (broker.id, [box.id for box in broker.inner]) == (
        "broker_line",
        ["brokerAuthentication_clients_In_line", "brokerListener_network_In_line"],
    )
    assert (missing.lines, missing.standing) == (("rules", "broker authorization"), "missing")
    assert [(arrow.end, arrow.label, arrow.sort) for arrow in picture.arrows] == [
        ("brokerAuthentication_clients_In_line", "authenticationRef", "reference"),
        (missing.id, "authorizationRef", "reference"),
    ]


def test_findings_are_marked_where_they_are() -> None:
    """At the innermost box that they are in, with the rules that find them; hints are not."""
    text = FLOWS.replace("host: plant7registry", "host: Plant7registry")
    text = text.replace("nodeType: Graph", "nodeType: Grape").replace("instanceCount: 1", "no: 1")
    boxes = inner(draw(text))
    assert {key: box.lines for key, box in boxes.items() if box.severity is not None} == {
        "registryEndpoint_acr": ("acr", "registry endpoint", "warning: registry-host-case"),
        "dataflowProfile_to_cloud": ("to-cloud", "dataflow profile", "error: unknown-key"),
        "dataflowGraph_drift_node_check": ("check", "error: unknown-value"),
    }
    assert boxes["registryEndpoint_acr"].severity is WARNING
    assert boxes["dataflowProfile_to_cloud"].severity is ERROR


def test_a_finding_of_the_whole_spec_marks_the_instance() -> None:
    """What is in no other box is in that of the instance."""
    (instance,) = draw("dataflowProfile: []\n").boxes
    assert (instance.severity, instance.lines) == (
        ERROR,
        ("aio-plant-7", "error: unknown-section"),
    )


def test_a_finding_of_a_reference_marks_its_arrow() -> None:
    """The one that leads to what is not there, and so does a connection that leads nowhere."""
    text = FLOWS.replace("registryEndpointRef: acr", "registryEndpointRef: 7")
    text = text.replace("to: {name: check}", "to: {nam: check}")
    picture = draw(text)
    assert not [one for one in picture.arrows if one.end.startswith("registryEndpoint")]
    node = inner(picture)["dataflowGraph_drift_node_check"]
    assert (node.severity, node.lines[1:]) == (
        ERROR,
        ("error: wrong-type",),
    )
    graph = inner(picture)["dataflowGraph_drift"]
    assert graph.severity is ERROR


def test_a_node_that_is_not_there_is_drawn_in_its_graph() -> None:
    """It is red, and connections lead to it."""
    picture = draw(FLOWS.replace("to: {name: out}", "to: {name: outt}"))
    box = inner(picture)["dataflowGraph_drift_node_outt"]
    assert (box.lines, box.standing) == (("outt",), "missing")
    assert box in inner(picture)["dataflowGraph_drift"].inner
    assert "dataflowGraph_drift_node_outt" in [arrow.end for arrow in picture.arrows]


def test_an_arrow_has_the_colour_of_what_is_found_at_it() -> None:
    """A connection that a rule objects to is marked itself."""
    picture = draw(FLOWS.replace("- {from: {name: in},", "- {fro: 1, from: {name: in},"))
    arrows = {arrow.start: arrow.severity for arrow in picture.arrows}
    assert arrows["dataflowGraph_drift_node_in"] is ERROR
    assert list(arrows.values()).count(None) == len(arrows) - 1


def test_two_of_one_name_are_two_boxes() -> None:
    """Whatever else is wrong with them."""
    entry = "  - {name: a-b, instanceCount: 1}\n"
    boxes = inner(draw(f"dataflowProfiles:\n{entry}{entry}"))
    assert [box.lines[0] for box in boxes.values()] == ["aio-plant-7", "a-b", "a-b"]
    assert list(boxes)[1:] == ["dataflowProfile_a_b", "dataflowProfile_a_b_2"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("dataflows: [5, x, [], {}, {name: 7}, {name: ''}]\n", ["(no name)"] * 3),
        ("dataflows: {name: x}\n", []),
        ("dataflows:\n  - {name: abc, profileRef: 7, operations: []}\n", ["abc"]),
        ("dataflows:\n  - {name: abc, operations: [{sourceSettings: 5}, 5]}\n", ["abc"]),
        (
            """\
dataflows: [{name: abc, operations: [{sourceSettings: {endpointRef: default, dataSources: 5}}]}]
""",
            ["default", "abc"],
        ),
        ("dataflowGraphs: [{name: abc, nodes: 5, nodeConnections: [5, {from: x}]}]\n", ["abc"]),
        (
            "dataflowGraphs: [{name: abc, nodes: [{name: ''}, {name: ''}, 5]}]\n",
            ["abc", "(no name)"],
        ),
        ('brokers: [{name: "x\\ty"}]\n', ["x\\ty"]),
    ],
)
def test_whatever_is_wrong_something_is_drawn(text: str, names: list[str]) -> None:
    """No mistake in a spec keeps the rest of it from being drawn."""
    found = [
        box.lines[0]
        for box in inner(draw(text)).values()
        if box.id != "instance" and not box.id.startswith("dataflowProfile")
    ]
    assert found == names


def test_a_source_without_topics_is_read_from_all_the_same() -> None:
    """There is an arrow from the endpoint itself."""
    text = FLOWS.replace("dataSources: [b]", "dataSources: []")
    arrows = draw(text).arrows
    assert Arrow("dataflowEndpoint_default", "dataflowGraph_drift_node_in", "", "data") in arrows


def test_instances_have_a_box_each() -> None:
    """Ids of one are never those of another."""
    one = subject(FLOWS)
    picture = picture_of([one, one])
    ids = [box.id for box in picture.all_boxes]
    assert len(ids) == len(set(ids)) == 2 * len(inner(draw(FLOWS)))
    assert [box.id for box in picture.boxes] == ["instance", "i2_instance"]
    assert picture.arrows[: len(picture.arrows) // 2] == draw(FLOWS).arrows


def test_no_credential_is_drawn() -> None:
    """A token is hidden wherever it is written, and so are texts that could command a log."""
    token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    text = FLOWS.replace("[b]", f'["{token}", "##vso[task.x]"]').replace("g/d:1", token)
    assert token not in str(draw(text))
    shown = [box.lines[0] for box in draw(text).all_boxes if box.shape == "topic"]
    assert shown == ["#\\x23vso[task.x]", "a/+", "b", "***"]
