"""What is asked of data flow graphs, whatever shape they have."""

from typing import Any

import pytest

from bikube.azure.transforms import (
    NEEDED,
    STATEFUL,
    TRANSFORMS,
    WITH_WILDCARDS,
    called,
    configurations,
    transform,
)
from bikube.diagnostics import join_pointer
from bikube.document import decode, parse
from bikube.render.target import target_apis
from bikube.rules.check import Mention
from bikube.rules.checks.graph import GraphCheck
from bikube.rules.checks.graph_uses import GraphUses
from bikube.rules.checks.referred import Referred
from bikube.rules.checks.transform import Transform
from bikube.rules.graphs import graphs
from bikube.spec import Spec

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
FINDERS: list[Any] = [
    pytest.param(kind, finds, id=f"{kind.__name__}-{finds}")
    for kind in (GraphCheck, GraphUses, Transform)
    for finds in kind.parameters["properties"]["finds"]["enum"]
]
ODD = """\
dataflowProfiles: [{name: default, instanceCount: two}]
registryEndpoints: [{name: odd, host: 7}, 8]
dataflowGraphs:
- 7
- {name: one}
- {name: two, nodes: {}, nodeConnections: {}}
- name: three
  profileRef: [default]
  nodes:
  - 8
  - {}
  - {name: ''}
  - {name: in, nodeType: 7, sourceSettings: [], graphSettings: [], destinationSettings: 9}
  - {name: a, graphSettings: {artifact: 7}, sourceSettings: {endpointRef: x, dataSources: [9]}}
  - name: b
    graphSettings:
      artifact: 'azureiotoperations/graph-dataflow-concatenate:1.0.0'
      registryEndpointRef: [odd]
      configuration: [1, {key: 7, value: x}, {key: rules, value: 7}, {key: other, value: '{'}]
  - name: c
    graphSettings:
      artifact: 'azureiotoperations/graph-dataflow-concatenate:1.0.0'
      registryEndpointRef: odd
      configuration: {}
  nodeConnections: [1, {}, {from: 7, to: 8}, {from: {name: in}}, {from: {name: a}, to: {name: z}}]
"""


def spec_of(text: str) -> Spec:
    """The spec ``text`` below its head, whether or not it is one by the schema."""
    source, problem = decode("bikube.yaml", (HEAD + text).encode())
    document, problems = parse(source)
    assert (problem, problems) == (None, [])
    assert document is not None
    return Spec(document, target_apis())


def found(check: Any, spec: Spec, section: str = "dataflowGraphs") -> list[tuple[str, Any]]:
    """Where ``check`` finds something, and what it fills a message with."""
    table = spec.tables[section]
    return [
        (join_pointer(hit.pointer), dict(hit.values)) for hit in check.find(spec, table, table.rows)
    ]


def configured(key: str, text: str, name: str = "filter") -> Spec:
    """A graph with one node that runs the transform ``name``, with ``text`` below ``key``."""
    return spec_of(
        "dataflowGraphs:\n- name: one\n  nodes:\n  - name: only\n    graphSettings:\n"
        f"      artifact: azureiotoperations/graph-dataflow-{name}:1.0.0\n"
        f"      configuration:\n      - key: {key}\n        value: '{text}'\n"
    )


@pytest.mark.parametrize(("kind", "finds"), FINDERS)
def test_no_shape_of_a_graph_stops_a_check(kind: Any, finds: str) -> None:
    """What is no node, no connection or no text is passed over; the schema has reported it."""
    spec = spec_of(ODD)
    assert found(kind(finds=finds), spec) == []


@pytest.mark.parametrize(("kind", "finds"), FINDERS)
def test_a_condition_selects_the_graphs_in_which_nothing_is_found(kind: Any, finds: str) -> None:
    """As a condition a check is the opposite of what it finds."""
    spec = spec_of(ODD + "- {name: four, nodes: [], nodeConnections: []}\n")
    table = spec.tables["dataflowGraphs"]
    check = kind(finds=finds)
    faulty = {table.row_of(hit.pointer) for hit in check.find(spec, table, table.rows)}
    assert faulty == ({4} if finds == "missing-end" else set())
    assert check.select(spec, table, table.rows) == [row for row in range(5) if row not in faulty]
    assert list(check.find(spec, table, ())) == []


def test_a_graph_has_the_first_of_the_nodes_with_one_name() -> None:
    """A connection comes from the node that is named, or from an output of it."""
    spec = spec_of(
        "dataflowGraphs:\n- name: one\n"
        "  nodes: [{name: a, nodeType: Source}, {name: a}, {name: b.c, nodeType: graph}]\n"
        "  nodeConnections: [{from: {name: a.x.y}, to: {name: b.c}}, {from: {name: b.c},"
        " to: {name: a}}]\n"
    )
    (graph,) = graphs(spec.tables["dataflowGraphs"])
    assert [node.name for node in graph.listed] == ["a", "a", "b.c"]
    assert {name: (node.place, node.kind) for name, node in graph.nodes.items()} == {
        "a": (0, "source"),
        "b.c": (2, "graph"),
    }
    ends = [(start.name, end.name) for _, start, end in graph.edges]
    assert ends == [("a", "b.c"), ("b.c", "a")]
    assert graph.after == {"a": ["b.c"]}


@pytest.mark.parametrize(
    ("nodes", "missing"),
    [
        ("[]", ["Source", "Destination"]),
        ("[{name: a, nodeType: source}]", ["Destination"]),
        ("[{nodeType: Source}, {nodeType: DESTINATION}]", []),
        ("[{name: a, nodeType: Sorce}]", []),
        ("[{name: a}, {name: b, nodeType: Source}]", []),
        ("[7]", []),
        ("{}", []),
        ("", []),
    ],
)
def test_an_end_is_missing_where_every_node_is_of_another_kind(
    nodes: str, missing: list[str]
) -> None:
    """An empty graph has neither end; a node of no kind may be one, and the schema reports it."""
    spec = spec_of(f"dataflowGraphs:\n- name: one\n  nodes: {nodes}\n  nodeConnections: []\n")
    wanted = [("/dataflowGraphs/0/nodes", {"missing": one}) for one in missing]
    assert found(GraphCheck(finds="missing-end"), spec) == wanted


@pytest.mark.parametrize(
    ("connections", "way"),
    [
        ("[{from: {name: in}, to: {name: in}}, {from: {name: x}, to: {name: out}}]", "into"),
        ("[{from: {name: x.y}, to: {name: out}}]", "into"),
        ("[{from: {name: in}, to: {name: x}}, {from: {name: in}, to: {name: out}}]", "out of"),
        ("[{from: {name: x}, to: {name: y}}]", None),
        ("[{from: {name: in}}, {from: {name: in}, to: {name: out}}]", None),
        ("[{from: {name: in}, to: {name: ''}}]", None),
        ("[7]", None),
        ("{}", None),
        ("", None),
    ],
)
def test_of_nodes_that_an_unknown_end_may_mean_nothing_is_said(
    connections: str, way: str | None
) -> None:
    """An end that is no node may be any; the node at the other end of it is connected."""
    spec = spec_of(
        "dataflowGraphs:\n- name: one\n  nodes: [{name: in, nodeType: Source},"
        " {name: a, nodeType: Graph}, {name: out, nodeType: Destination}]\n"
        f"  nodeConnections: {connections}\n"
    )
    wanted = [("/dataflowGraphs/0/nodes/1/name", {"way": way})] if way else []
    assert found(GraphCheck(finds="unconnected"), spec) == wanted


@pytest.mark.parametrize(
    ("kinds", "connections", "wanted"),
    [
        ("Source Destination", "a>b", []),
        ("Source Graph Destination", "a>c", [("unconnected", "b", "into or out of")]),
        ("Source Destination", "b>a", [("wrong-way", "b", "out of")]),
        ("Source Destination", "b>b a>b", [("wrong-way", "b", "out of")]),
        ("Source Graph Destination", "b>a b>c", [("wrong-way", "a", "into")]),
        ("Source Graph Destination", "a>b c>b", [("wrong-way", "c", "out of")]),
        ("Graph Destination", "a>b", [("missing-end", "Source", "")]),
        ("Source Graph", "a>b", [("missing-end", "Destination", "")]),
        ("Graph", "", [("missing-end", "Source", ""), ("missing-end", "Destination", "")]),
        (
            "Graph Graph Destination",
            "a>c",
            [("missing-end", "Source", ""), ("unconnected", "b", "out of")],
        ),
        ("Sorce Destination", "", []),
    ],
)
def test_one_cause_is_one_finding(
    kinds: str, connections: str, wanted: list[tuple[str, str, str]]
) -> None:
    """What follows from an end that is missing, or from a connection to turn, is not said too."""
    named = zip("abc", kinds.split(), strict=False)
    nodes = [f"{{name: {name}, nodeType: {kind}}}" for name, kind in named]
    ends = [one.split(">") for one in connections.split()]
    ways = [f"{{from: {{name: {one}}}, to: {{name: {other}}}}}" for one, other in ends]
    spec = spec_of(
        f"dataflowGraphs:\n- name: one\n  nodes: [{', '.join(nodes)}]\n"
        f"  nodeConnections: [{', '.join(ways)}]\n"
    )
    table = spec.tables["dataflowGraphs"]
    assert [
        (
            finds,
            hit.values.get("missing") or spec.document.resolve(hit.pointer),
            hit.values.get("way", ""),
        )
        for finds in ("missing-end", "wrong-way", "unconnected")
        for hit in GraphCheck(finds=finds).find(spec, table, table.rows)
    ] == wanted


def test_a_connection_from_a_destination_to_a_source_shows_both_ends() -> None:
    """It is reported where it begins, and mentions where it goes."""
    spec = spec_of(
        "dataflowGraphs:\n- name: one\n"
        "  nodes: [{name: a, nodeType: Source}, {name: b, nodeType: Destination}]\n"
        "  nodeConnections: [{from: {name: b}, to: {name: a}}]\n"
    )
    table = spec.tables["dataflowGraphs"]
    (hit,) = GraphCheck(finds="wrong-way").find(spec, table, table.rows)
    at = ("dataflowGraphs", 0, "nodeConnections", 0)
    assert (hit.pointer, hit.mentions) == (
        (*at, "from", "name"),
        (Mention((*at, "to", "name"), "value", "this is a Source"),),
    )


def test_a_long_chain_that_ends_in_a_circle_is_followed_to_its_end() -> None:
    """A graph of ten thousand nodes is walked without recursion."""
    count = 10_000
    nodes = "".join(f"  - {{name: n{number}}}\n" for number in range(count))
    connections = "".join(
        f"  - {{from: {{name: n{number}}}, to: {{name: n{(number + 1) % count}}}}}\n"
        for number in range(count)
    )
    spec = spec_of(
        f"dataflowGraphs:\n- name: one\n  nodes:\n{nodes}  nodeConnections:\n{connections}"
    )
    place = f"/dataflowGraphs/0/nodeConnections/{count - 1}/to/name"
    shown = "n0 → n1 → n2 → n3 → n4 → … → n9998 → n9999 → n0"
    assert found(GraphCheck(finds="cycle"), spec) == [(place, {"cycle": shown})]


@pytest.mark.parametrize(
    ("connections", "wanted"),
    [
        ("n0>n1 n1>n2", ["n2"]),
        ("n0>n1 n0>n1 n1>n2", ["n2"]),
        ("n1>n0 n1>n2 n0>n3 n2>n3", []),
        ("n0>n1 n1>n3 n3>n2 n2>n4 n4>n0", []),
        ("n3>n4 n4>n3 n3>n0 n0>n2", []),
    ],
)
def test_an_artifact_is_repeated_only_behind_itself(connections: str, wanted: list[str]) -> None:
    """Not beside itself, nor where nodes lead in a circle, which is another finding."""
    ends = [one.split(">") for one in connections.split()]
    ways = [f"{{from: {{name: {one}}}, to: {{name: {other}}}}}" for one, other in ends]
    settings = ["{artifact: 'a:1'}", "{artifact: 'b:1'}", "{artifact: 'a:1'}", "{}", "{}"]
    nodes = [f"{{name: n{place}, graphSettings: {one}}}" for place, one in enumerate(settings)]
    spec = spec_of(
        f"dataflowGraphs:\n- name: one\n  nodes: [{', '.join(nodes)}]\n"
        f"  nodeConnections: [{', '.join(ways)}]\n"
    )
    places = [place for place, _ in found(GraphUses(finds="repeated-artifact"), spec)]
    assert places == [
        f"/dataflowGraphs/0/nodes/{one.removeprefix('n')}/graphSettings/artifact" for one in wanted
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[" * 100_000, "it is nested too deeply"),
        ("[1,\n\n      ]".replace("\n", " "), "a comma too many at line 1, column 3 of the text"),
        ('{"a": 1, }', "a comma too many at line 1, column 8 of the text"),
        ('{"a" 1}', '"1" is not expected at line 1, column 6 of the text'),
        ('{"a": Infinity}', "Infinity is no number in JSON"),
        (
            '{"a": "b\t"}',
            "a line break, or what is no character, in a string at line 1, column 9 of the text",
        ),
    ],
)
def test_what_keeps_a_text_from_being_json_is_said_in_words_of_ours(
    text: str, problem: str
) -> None:
    """The words and the place are the same with every version of Python."""
    hits = found(Transform(finds="no-json"), configured("rules", text))
    place = "/dataflowGraphs/0/nodes/0/graphSettings/configuration/0/value"
    assert hits == [(place, {"problem": problem})]


def test_a_number_beyond_what_python_reads_is_no_json() -> None:
    """So many digits are refused by Python itself, and by whoever runs the graph."""
    ((_, values),) = found(Transform(finds="no-json"), configured("rules", "9" * 5_000))
    assert "4300 digits" in values["problem"]


@pytest.mark.parametrize("text", ["7", "[]", '{"filter": 7}', '{"filter": [7, {"inputs": 8}]}'])
def test_rules_of_an_odd_form_are_the_business_of_their_form(text: str) -> None:
    """Inputs and expressions are looked at where there are any."""
    spec = configured("rules", text)
    assert found(Transform(finds="form"), spec)
    assert found(Transform(finds="wildcard"), spec) == []
    assert found(Transform(finds="unbound"), spec) == []


@pytest.mark.parametrize(
    ("rate", "problem"),
    [
        ("0.1", ""),
        ("0", ""),
        ("-1", '"maxMessagesPerSecond" is -1; at least 0 is allowed'),
        ('"10"', '"maxMessagesPerSecond" is the string "10"; a number is expected'),
    ],
)
def test_a_rate_is_a_number_from_zero_on(rate: str, problem: str) -> None:
    """Fractions are allowed, and zero, which lets nothing through."""
    text = f'{{"perTopicThrottles": [{{"topic": "a", "maxMessagesPerSecond": {rate}}}]}}'
    hits = found(Transform(finds="form"), configured("throttle", text, "throttle"))
    where = " in perTopicThrottles[0].maxMessagesPerSecond"
    assert [values["problem"] for _, values in hits] == [problem + where] * bool(problem)


def test_the_transforms_of_aio_are_known_by_their_artifacts() -> None:
    """With or without the path of a registry; any tag, and none of another name."""
    names = ("map", "filter", "branch", "concatenate", "window", "throttle")
    artifacts = {name: f"azureiotoperations/graph-dataflow-{name}:1.0.0" for name in names}
    assert {name: transform(artifact) for name, artifact in artifacts.items()} == dict(
        zip(names, names, strict=True)
    )
    assert transform("copies/azureiotoperations/graph-dataflow-map") == "map"
    assert transform("azureiotoperations/graph-dataflow-other:1.0.0") == ""
    assert transform("graph-dataflow-map:1.0.0") == ""
    assert called("copies/azureiotoperations/graph-dataflow-other:1.0.0") == "other"
    assert called("graph-dataflow-map:1.0.0") == ""
    assert set(TRANSFORMS) == set(names)
    assert {name: sorted(configurations(name)) for name in names} == {
        "map": ["rules"],
        "filter": ["rules"],
        "branch": ["rules"],
        "concatenate": [],
        "window": ["count", "delay", "memory", "rules", "triggers"],
        "throttle": ["throttle"],
    }
    assert {*NEEDED} == {*names} - {"concatenate"}
    assert {"window", "throttle"} == STATEFUL
    assert {"map"} == WITH_WILDCARDS


def test_what_a_listener_names_is_looked_up_below_its_own_broker() -> None:
    """A reference to what is below the same parent leads to nothing below another."""
    spec = spec_of(
        "brokers: [{name: line}]\n"
        "brokerAuthentications:\n"
        "- {name: strict, authenticationMethods: []}\n"
        "- {name: lax, brokerRef: line, kind: open}\n"
        "brokerListeners:\n"
        "- {name: one, ports: [{authenticationRef: strict}, {authenticationRef: lax}]}\n"
        "- {name: two, brokerRef: line, ports: [{authenticationRef: lax}]}\n"
    )
    check = Referred(through="/ports/*/authenticationRef", at="/kind")
    place = "/brokerListeners/0/ports/0/authenticationRef"
    assert found(check, spec, "brokerListeners") == [(place, {"found": "", "other": "strict"})]
    table = spec.tables["brokerListeners"]
    assert check.select(spec, table, table.rows) == [1]


def test_a_parent_is_a_reference_too() -> None:
    """Where it goes without saying, the name of the entry stands for it."""
    spec = spec_of(
        "dataflowProfiles: [{name: default, size: small}, {name: fast, size: large}, {name: odd}]\n"
        "dataflows: [{name: one}, {name: two, profileRef: fast}, {name: three, profileRef: odd},"
        " {name: four, profileRef: default}, {name: five, profileRef: 7}]\n"
    )
    check = Referred(through="/profileRef", at="/size", values=["large"])
    assert found(check, spec, "dataflows") == [
        ("/dataflows/0/name", {"found": "small", "other": "default"}),
        ("/dataflows/3/profileRef", {"found": "small", "other": "default"}),
    ]


def test_a_rule_that_follows_no_reference_is_at_fault() -> None:
    """A slip in the path of a rule is not taken for a clean spec."""
    spec = spec_of("dataflows: [{name: one}]\n")
    with pytest.raises(ValueError, match=r"^operations/endpointRef of dataflows names no other"):
        found(Referred(through="/operations/endpointRef", at="/x"), spec, "dataflows")


def test_nothing_is_asked_of_what_the_spec_does_not_describe() -> None:
    """Without the section that a reference leads to there is nothing to look at."""
    spec = spec_of("dataflows: [{name: one, profileRef: fast}]\n")
    assert found(Referred(through="/profileRef", at="/size"), spec, "dataflows") == []
