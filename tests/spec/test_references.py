"""What the resources of a spec lead to."""

from typing import Any

from bikube.azure import PartReference, kind_of
from bikube.document import decode, parse
from bikube.spec import Spec
from bikube.spec.references import (
    Known,
    Link,
    known,
    led_to,
    links,
    names_below,
    names_in,
    strange_parts,
    texts_below,
)

SPEC = """\
bikube: v1
existing:
  brokers: [line-9]
  brokerAuthentications: [plant, {name: guests, brokerRef: line-7}, {name: 5}, 5, {}]
  dataflowEndpoints: [event-hub]
  assets: [press]
  dataflows: 5
brokers:
  - {name: line-7}
brokerAuthentications:
  - {name: own, brokerRef: line-7}
  - {name: own}
  - {name: own, brokerRef: default}
  - {name: 5}
  - {name: lost, brokerRef: 5}
brokerListeners:
  - name: abc
    ports:
      - {port: 1, authenticationRef: own, authorizationRef: rules}
      - {port: 2, authenticationRef: guests}
      - {port: 3, authenticationRef: default}
  - name: bcd
    brokerRef: line-7
    ports:
      - {authenticationRef: own}
      - {authenticationRef: guests}
      - {authenticationRef: default}
      - {authenticationRef: 5}
      - 5
  - {name: cde, brokerRef: 5, ports: [{authenticationRef: own}]}
  - {name: def, brokerRef: null, ports: {a: {authenticationRef: plant}}}
  - 5
dataflowGraphs:
  - {name: graph, nodes: [{graphSettings: {registryEndpointRef: default}}]}
"""


def bound(text: str) -> Spec:
    """The spec ``text``."""
    document, problems = parse(decode("bikube.yaml", text.encode())[0])
    assert document is not None
    assert problems == []
    return Spec(document, {})


def shown(link: Link) -> tuple[Any, ...]:
    """A link in short: where from, where to, and whether that is there."""
    there = link.row if link.row is not None else "there" if link.exists else "nowhere"
    assert link.is_resolved == (there != "nowhere")
    return ("/".join(map(str, link.pointer)), link.section, "/".join(link.identity), there)


def test_links_lead_to_what_is_described_or_exists() -> None:
    """Parents first, then what is named: below the same broker, where that has it."""
    found = list(links(bound(SPEC)))
    ports = "brokerListeners/{}/ports/{}/authenticationRef".format
    authentications = "brokerAuthentications"
    assert list(map(shown, found)) == [
        ("brokerAuthentications/0/brokerRef", "brokers", "line-7", 0),
        ("brokerAuthentications/1", "brokers", "default", "there"),
        ("brokerAuthentications/2/brokerRef", "brokers", "default", "there"),
        ("brokerAuthentications/3", "brokers", "default", "there"),
        ("brokerListeners/0", "brokers", "default", "there"),
        ("brokerListeners/1/brokerRef", "brokers", "line-7", 0),
        ("brokerListeners/3", "brokers", "default", "there"),
        (ports(0, 0), authentications, "default/own", 1),
        (ports(0, 1), authentications, "default/guests", "nowhere"),
        (ports(0, 2), authentications, "default/default", "there"),
        (ports(1, 0), authentications, "line-7/own", 0),
        (ports(1, 1), authentications, "line-7/guests", "there"),
        (ports(1, 2), authentications, "line-7/default", "nowhere"),
        (ports(3, "a"), authentications, "default/plant", "there"),
        (
            "brokerListeners/0/ports/0/authorizationRef",
            "brokerAuthorizations",
            "default/rules",
            "nowhere",
        ),
        ("dataflowGraphs/0", "dataflowProfiles", "default", "there"),
        (
            "dataflowGraphs/0/nodes/0/graphSettings/registryEndpointRef",
            "registryEndpoints",
            "default",
            "there",
        ),
    ]
    assert [one.reference is None for one in found] == [True] * 7 + [False] * 8 + [True, False]


def test_what_is_known_of_a_section_has_three_sources() -> None:
    """The section itself, "existing", and AIO; a parent that is no text is no place."""
    here = known(bound(SPEC), "brokerAuthentications")
    assert here == Known(
        {("line-7", "own"): 0, ("default", "own"): 1},
        frozenset({("default", "plant"), ("line-7", "guests")}),
        frozenset({("default", "default")}),
    )
    assert here.undescribed == here.existing | here.brought
    assert known(bound(SPEC), "dataflows") == Known({}, frozenset(), frozenset())


def test_a_parent_of_what_exists_is_there() -> None:
    """Whoever says that a child exists says so of its parent."""
    spec = bound("existing: {brokerListeners: [abc, {name: abc, brokerRef: line-7}]}\n")
    here = known(spec, "brokers")
    assert here == Known({}, frozenset({("default",), ("line-7",)}), frozenset({("default",)}))
    assert known(spec, "brokerListeners").existing == {("default", "abc"), ("line-7", "abc")}


def test_all_that_links_lead_to_is_known_without_following_them() -> None:
    """It is the same, and a section to which nothing leads is there if something could."""
    spec = bound(SPEC)
    expected: dict[str, set[tuple[str, ...]]] = {}
    for link in links(spec):
        expected.setdefault(link.section, set()).add(link.identity)
    assert led_to(spec) == {"dataflowEndpoints": set(), **expected}
    assert led_to(bound("brokerListeners: []\nbrokers: [{name: abc}]\n")) == {}


def test_names_are_found_wherever_a_path_leads() -> None:
    """Through lists and maps, in any number; what is of another type is passed over."""
    spec = bound(
        "bikube: v1\nbrokerListeners:\n"
        "  - {ports: [{a: {x: one, y: [two]}}, {a: [three, {b: four}]}], a: five}\n"
        "  - {ports: five}\n"
        "  - 5\n"
    )
    table = spec.tables["brokerListeners"]
    assert list(names_in(table, ("ports", "*", "a", "*"))) == [
        ((0, "ports", 0, "a", "x"), "one"),
        ((0, "ports", 1, "a", 0), "three"),
    ]
    assert list(names_in(table, ("a",))) == [((0, "a"), "five")]
    assert list(names_in(table, ("ports", "*", "c"))) == []
    below = table.entries[0]
    assert list(names_below(below, ("ports", "*", "a", "*", "b"))) == [
        (("ports", 1, "a", 1, "b"), "four")
    ]
    assert list(texts_below(below, ("ports", "*", "a", "*"))) == ["one", "three"]
    assert list(texts_below(table.entries[1], ("ports", "*", "a"))) == []


def test_parts_of_an_entry_are_named_within_it() -> None:
    """What follows the first point is an output of a node, where there is no node of that name."""
    spec = bound(
        "bikube: v1\ndataflowGraphs:\n"
        "  - nodes: [{name: one}, {name: a.b}, {name: 5}]\n"
        "    nodeConnections:\n"
        "      - {from: {name: one.out.true}, to: {name: one.in}}\n"
        "      - {from: {name: a.b}, to: {name: one}}\n"
        "      - {from: {name: two.out}, to: {name: 5}}\n"
        "  - {nodeConnections: [{from: {name: one}}]}\n"
    )
    source, target = kind_of("dataflowGraphs").part_references
    table = spec.tables["dataflowGraphs"]
    where = (0, "nodeConnections")
    assert list(strange_parts(table, source)) == [
        ((*where, 2, "from", "name"), "two"),
        ((1, "nodeConnections", 0, "from", "name"), "one"),
    ]
    assert list(strange_parts(table, target)) == [((*where, 0, "to", "name"), "one.in")]
    assert list(strange_parts(table, PartReference(("x",), ("nodes",), noun="node"))) == []
