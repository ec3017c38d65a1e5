"""What the checks of lists, settings and endpoints look at."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.rules.test_checks import check, project_of, shown

from bikube.azure.endpoints import NAMES, behind
from bikube.diagnostics import Severity
from bikube.errors import FaultyFile
from bikube.rules.loading import argument_faults, load_rule
from bikube.rules.rule import Rule
from bikube.spec import Spec

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"


def spec_of(*lines: str) -> Spec:
    """The spec with these lines below the usual head."""
    return project_of(HEAD + "".join(f"{line}\n" for line in lines))


def found(spec: Spec, section: str, name: str, **arguments: Any) -> list[tuple[str, str]]:
    """Where the check finds fault with entries of a section, and which part it shows."""
    table = spec.tables[section]
    hits = check(name, **arguments).find(spec, table, table.rows)
    return [(place, part) for place, part, _ in shown(hits)]


def selected(spec: Spec, section: str, name: str, **arguments: Any) -> list[int]:
    """The entries of a section that the check selects."""
    table = spec.tables[section]
    return list(check(name, **arguments).select(spec, table, table.rows))


NUMBERS = spec_of("brokers:", *(f"- {{n: {one}}}" for one in ("1", "2", "3", "'2'", "true", "2.5")))


@pytest.mark.parametrize(
    ("arguments", "fitting", "faulty"),
    [
        ({"least": 2}, [1, 2], [0]),
        ({"most": 2}, [0, 1], [2]),
        ({"least": 2, "most": 2}, [1], [0, 2]),
        ({}, [0, 1, 2], []),
    ],
)
def test_a_limit_is_for_integers(
    arguments: dict[str, int], fitting: list[int], faulty: list[int]
) -> None:
    """Bounds belong to what they allow; texts, truth values and fractions are the schema's."""
    assert selected(NUMBERS, "brokers", "limit", at="/n", **arguments) == fitting
    places = [place for place, _ in found(NUMBERS, "brokers", "limit", at="/n", **arguments)]
    assert places == [f"/brokers/{row}/n" for row in faulty]


def test_a_needed_value_may_not_be_missing() -> None:
    """Where it is, the entry's name is shown; what is of another type is the schema's."""
    spec = spec_of(
        "brokers:", "- {name: a, n: x}", "- {name: b, n: y}", "- {name: c}", "- {n: null}",
        "- {name: d, n: 5}",
    )  # fmt: skip
    arguments = {"at": "/n", "values": ["x"]}
    places = [place for place, _ in found(spec, "brokers", "one-of", **arguments, needed=True)]
    assert places == ["/brokers/1/n", "/brokers/2/name"]
    assert found(spec, "brokers", "one-of", **arguments) == [("/brokers/1/n", "value")]
    assert selected(spec, "brokers", "one-of", **arguments, needed=True) == [0]


def test_what_is_empty_is_absent() -> None:
    """A hit is the key of what is there."""
    values = ("null", "[]", "{}", "0", "''", "[1]", "{a: 1}")
    spec = spec_of("brokers:", "- {}", *(f"- {{n: {value}}}" for value in values))
    assert selected(spec, "brokers", "absent", at="/n") == [0, 1, 2, 3]
    assert found(spec, "brokers", "absent", at="/n") == [
        (f"/brokers/{row}/n", "key") for row in (4, 5, 6, 7)
    ]


def test_variables_are_bound_by_a_list_of_inputs() -> None:
    """Where there is none, or no text, nothing is known; the variable and the count are said."""
    spec = spec_of(
        "brokers:",
        "- {e: $1, i: [a]}",
        "- {e: $2, i: [a]}",
        "- {e: $2}",
        "- {e: $2, i: {a: b}}",
        "- {e: 2, i: [a]}",
    )
    arguments = {"at": "/e", "inputs": "/i"}
    assert selected(spec, "brokers", "bound", **arguments) == [0, 2, 3, 4]
    table = spec.tables["brokers"]
    hits = check("bound", **arguments).find(spec, table, table.rows)
    assert shown(hits) == [("/brokers/1/e", "value", {"count": "1", "variable": "$2"})]


def test_names_of_objects_are_found_at_every_path() -> None:
    """Each of the paths is looked at, in lists too, and only in the rows that are asked for."""
    spec = spec_of(
        "brokers:",
        f"- {{n: {'a' * 253}, l: [{{m: a.b-c}}, 7, {{m: 8}}]}}",
        f"- {{n: {'a' * 254}, l: [{{m: 'a '}}, {{m: a..b}}, {{m: ''}}, {{m: -a}}]}}",
    )
    arguments = {"paths": ["/n", "/l/*/m", "/other"]}
    assert found(spec, "brokers", "object-name", **arguments) == [
        ("/brokers/1/n", "value"),
        *((f"/brokers/1/l/{index}/m", "value") for index in range(4)),
    ]
    assert selected(spec, "brokers", "object-name", **arguments) == [0]
    assert list(check("object-name", **arguments).find(spec, spec.tables["brokers"], [0])) == []


SETTINGS = {"A": "aSettings", "B": "bSettings"}


def test_misspelt_settings_are_not_missing() -> None:
    """Their key is the schema's, be its letters or their case wrong; that of others is no slip."""
    spec = spec_of(
        "brokers:",
        "- {t: A, aSetings: {}}",
        "- {t: A, ASETTINGS: {}, bSettings: {}}",
        "- {t: A, bSettings: {}}",
        "- {t: A, 5: {}, settings-of-a: {}}",
    )
    arguments = {"by": "/t", "settings": SETTINGS, "finds": "missing"}
    missing = [("/brokers/2/t", "value"), ("/brokers/3/t", "value")]
    assert found(spec, "brokers", "settings", **arguments) == missing
    assert selected(spec, "brokers", "settings", **arguments) == [0, 1]


def test_settings_go_with_a_value() -> None:
    """What is chosen is wanted and nothing else; a value that is not known asks for nothing."""
    spec = spec_of(
        "brokers:",
        "- {t: A, aSettings: {}}",
        "- {t: a}",
        "- {t: B, aSettings: {}, bSettings: null}",
        "- {t: C, aSettings: {}}",
        "- {t: 5, aSettings: {}}",
        "- {aSettings: {}}",
    )
    arguments = {"by": "/t", "settings": SETTINGS}
    missing = found(spec, "brokers", "settings", **arguments, finds="missing")
    assert missing == [("/brokers/1/t", "value"), ("/brokers/2/t", "value")]
    other = found(spec, "brokers", "settings", **arguments, finds="other")
    assert other == [("/brokers/2/aSettings", "key")]
    assert selected(spec, "brokers", "settings", **arguments, finds="missing") == [0]
    assert selected(spec, "brokers", "settings", **arguments, finds="other") == [0, 1]
    table = spec.tables["brokers"]
    hits = check("settings", **arguments, finds="other").find(spec, table, table.rows)
    assert [values for _, _, values in shown(hits)] == [{"settings": "aSettings", "chosen": "B"}]


@pytest.mark.parametrize(
    ("scope", "rows"), [("entry", [1]), ("parent", [1, 3, 4]), ("section", [1, 2, 3, 4])]
)
def test_a_value_is_there_once_in_its_scope(scope: str, rows: list[int]) -> None:
    """An item knows its entry, and that its parent; texts are compared without their case."""
    spec = spec_of(
        "brokerListeners:",
        "- {name: a, ports: [{p: 1}, {p: 1}]}",
        "- {name: b, brokerRef: other, ports: [{p: 1}]}",
        "- {name: c, brokerRef: default, ports: [{p: 1}]}",
        "- {name: d, brokerRef: 5, ports: [{p: x}, {p: null}, {}]}",
        "- {name: e, ports: [{p: 1}]}",
    )
    items = spec.tables["brokerListeners"].items(("ports", "*"))
    unique = check("unique", at="/p", scope=scope)
    hits = list(unique.find(spec, items, items.rows))
    assert [items.row_of(hit.pointer) for hit in hits] == [
        row + (3 if row == 4 else 0) for row in rows
    ]
    assert hits[0].values == {"first": "a"}
    assert hits[0].mentions[0].pointer == ("brokerListeners", 0, "ports", 0, "p")
    left = [row for row in (0, 1, 2, 3, 4, 7) if row not in {items.row_of(h.pointer) for h in hits}]
    assert list(unique.select(spec, items, items.rows)) == left


def test_a_section_without_parents_has_one_scope() -> None:
    """What is below the instance is all below one."""
    spec = spec_of("brokers:", "- {name: a, n: X}", "- {name: b, n: x}")
    assert found(spec, "brokers", "unique", at="/n", scope="parent") == [("/brokers/1/n", "value")]


COUNTED = spec_of(
    "dataflows:",
    "- {name: a, operations: [{t: x}, {t: y}, {t: x}, {t: x}]}",
    "- {name: b, operations: [{t: y}]}",
    "- {operations: []}",
    "- {name: c}",
)


@pytest.mark.parametrize(
    ("bounds", "fitting", "faulty"),
    [
        ({"least": 1}, [0], ["/dataflows/1/name", "/dataflows/3/name"]),
        ({"most": 2}, [1, 2, 3], ["/dataflows/0/operations/3"]),
        ({"least": 3, "most": 3}, [0], ["/dataflows/1/name", "/dataflows/3/name"]),
        ({"most": 0}, [1, 2, 3], ["/dataflows/0/operations/0"]),
        ({}, [0, 1, 2, 3], []),
    ],
)
def test_items_of_a_sort_are_counted(
    bounds: dict[str, int], fitting: list[int], faulty: list[str]
) -> None:
    """The first that is too many is shown, or the entry's name where there are too few."""
    passes = {"one-of": {"at": "/t", "values": ["x"]}}
    arguments = {"each": "/operations/*", "passes": passes, **bounds}
    assert selected(COUNTED, "dataflows", "count", **arguments) == fitting
    assert [place for place, _ in found(COUNTED, "dataflows", "count", **arguments)] == faulty


def test_a_parent_is_asked_if_it_is_described() -> None:
    """Of one that is not, nothing is said; what is below the instance has none."""
    spec = spec_of(
        "dataflowProfiles: [{name: one, n: 1}, {name: two, n: 2}, {n: 2}]",
        "dataflows:",
        "- {name: a, profileRef: one, operations: [{x: 1}, {name: item}]}",
        "- {name: b, profileRef: two}",
        "- {name: c}",
        "- {profileRef: one}",
        "- {name: d, profileRef: 5}",
    )
    passes = {"limit": {"at": "/n", "least": 2}}
    assert selected(spec, "dataflows", "parent", passes=passes) == [1]
    assert found(spec, "dataflows", "parent", passes=passes) == [("/dataflows/0/name", "value")]
    assert selected(spec, "dataflowProfiles", "parent", passes=passes) == []
    assert found(spec, "dataflowProfiles", "parent", passes=passes) == []
    items = spec.tables["dataflows"].items(("operations", "*"))
    hits = check("parent", passes=passes).find(spec, items, items.rows)
    start = "/dataflows/0/operations"
    assert [place for place, _, _ in shown(hits)] == [f"{start}/0", f"{start}/1/name"]
    alone = spec_of("dataflows: [{name: a, profileRef: one}]")
    assert found(alone, "dataflows", "parent", passes=passes) == []


def test_the_entry_of_an_item_is_asked() -> None:
    """It is shown by its name, once, with the first item that is looked at."""
    spec = spec_of(
        "dataflows:",
        "- {name: one, operations: [{t: x}, {t: y}, {t: y}]}",
        "- {name: two, operations: [{t: y}]}",
        "- {operations: [{t: y}]}",
        "- {name: three, operations: []}",
    )
    items = spec.tables["dataflows"].items(("operations", "*"))
    asked = check("owner", at="/t", passes={"one-of": {"at": "/name", "values": ["two"]}})
    hits = list(asked.find(spec, items, items.rows[1:]))
    assert [(one.pointer, one.mentions[0].pointer) for one in hits] == [
        (("dataflows", 0, "name"), ("dataflows", 0, "operations", 1, "t"))
    ]
    assert asked.select(spec, items, items.rows) == [3]
    assert list(asked.find(spec, items, [3])) == []


def test_an_entry_is_used_where_its_name_is() -> None:
    """Sections that are not there name nothing."""
    spec = spec_of(
        "dataflowEndpoints: [{name: a}, {name: b}, {}]",
        "dataflows: [{operations: [{s: {endpointRef: a}}, {s: 5}]}]",
    )
    by = {"dataflows": ["/operations/*/s/endpointRef"], "dataflowGraphs": ["/x"]}
    assert selected(spec, "dataflowEndpoints", "used", by=by) == [0]
    assert found(spec, "dataflowEndpoints", "used", by=by) == [
        ("/dataflowEndpoints/1/name", "value")
    ]


def test_siblings_are_counted_for_each_parent() -> None:
    """The first that is too many is shown; without a parent nothing is said."""
    spec = spec_of(
        "dataflows:",
        *(
            f"- {{name: {name}, profileRef: {ref}}}"
            for name, ref in zip("abcd", "xyxx", strict=True)
        ),
        "- {name: e, profileRef: 5}",
        "- {name: f, profileRef: 5}",
    )
    assert found(spec, "dataflows", "siblings", most=1) == [("/dataflows/2/name", "value")]
    assert found(spec, "dataflows", "siblings", most=3) == []
    assert selected(spec, "dataflows", "siblings", most=1) == [1]
    endpoints = spec_of("dataflowEndpoints: [{name: a}, {name: b}]")
    assert found(endpoints, "dataflowEndpoints", "siblings", most=1) == []


@pytest.mark.parametrize(
    ("kind", "host", "sort"),
    [
        ("Mqtt", None, "local-broker"),
        ("mqtt", "aio-broker:18883", "local-broker"),
        ("Mqtt", "AIO-broker.azure-iot-operations:1883", "local-broker"),
        ("Mqtt", "aio-broker-line:18883", "mqtt"),
        ("Mqtt", "aio-broker", "local-broker"),
        ("Mqtt", "plant.westeurope-1.ts.eventgrid.azure.net:8883", "event-grid"),
        ("Mqtt", "plant.usgovvirginia-1.ts.eventgrid.azure.us", "event-grid"),
        ("Mqtt", "eventgrid.azure.net.example.org:1", "mqtt"),
        ("Mqtt", 5, "mqtt"),
        ("Kafka", "plant.servicebus.windows.net:9093", "event-hubs"),
        ("Kafka", "plant.servicebus.usgovcloudapi.net", "event-hubs"),
        ("Kafka", "plant.servicebus.windows.net.example.org:1", "kafka"),
        ("Kafka", None, "kafka"),
        ("LocalStorage", None, "local-storage"),
        ("Other", None, None),
        (5, None, None),
    ],
)
def test_what_is_behind_an_endpoint(kind: object, host: object, sort: str | None) -> None:
    """Type and host decide, in any case of their letters."""
    assert behind(kind, host, host) == sort
    assert sort is None or sort in NAMES


def test_an_endpoint_is_known_by_its_name() -> None:
    """The default one need not be described; of others that are not, nothing is known."""
    spec = spec_of(
        "dataflowEndpoints:",
        "- {name: hub, endpointType: Kafka}",
        "- {name: hub, endpointType: Mqtt}",
        "- {name: odd, endpointType: Odd}",
        "- {endpointType: Mqtt, mqttSettings: {host: null}}",
        "dataflows:",
        *(f"- {{to: {name}}}" for name in ("hub", "default", "odd", "elsewhere", "5")),
    )
    assert selected(spec, "dataflows", "endpoint", at="/to", any=["kafka"]) == [0]
    assert selected(spec, "dataflows", "endpoint", at="/to", none=["kafka"]) == [1]
    table = spec.tables["dataflows"]
    (hit,) = check("endpoint", at="/to", any=["local-broker"]).find(spec, table, table.rows)
    assert (hit.pointer, hit.values) == (("dataflows", 0, "to"), {"sort": "Kafka"})
    assert [one.pointer for one in hit.mentions] == [("dataflowEndpoints", 0, "endpointType")]
    own = "dataflowEndpoints"
    assert selected(spec, own, "endpoint", any=["local-broker", "mqtt"]) == [1, 3]
    assert found(spec, own, "endpoint", any=["mqtt"]) == [
        (f"/{own}/{row}/endpointType", "value") for row in (0, 1, 3)
    ]
    bare = spec_of("dataflows: [{to: default}]")
    assert found(bare, "dataflows", "endpoint", at="/to", none=["local-broker"]) == [
        ("/dataflows/0/to", "value")
    ]


@pytest.mark.parametrize(
    ("reads", "topic", "loops"),
    [
        ("#", "a/b", True),
        ("a/#", "a", True),
        ("a/+", "a/b", True),
        ("a/+", "a/b/c", False),
        ("a/+/c", "a/b/d", False),
        ("a/b", "a", False),
        ("a", "a", True),
        ("A", "a", False),
        ("+", "'a$b'", False),
        ("#", "5", False),
        ("$shared/group/a/+", "a/b", True),
        ("$share/group/a", "a/b", False),
    ],
)
def test_a_topic_is_compared_by_the_rules_of_mqtt(reads: str, topic: str, *, loops: bool) -> None:
    """One that is made up at run time, or no text, is not judged."""
    spec = spec_of(
        f"dataflows: [{{operations: [{{s: {{endpointRef: e, dataSources: [5, '{reads}']}}}},"
        f" {{s: text}}, {{d: {{endpointRef: e, dataDestination: {topic}}}}}]}}]"
    )
    arguments = {"each": "/operations/*", "reads": "/s", "writes": "/d"}
    place = "/dataflows/0/operations/2/d/dataDestination"
    hits = found(spec, "dataflows", "topic-loop", **arguments)
    assert hits == ([(place, "value")] if loops else [])
    assert selected(spec, "dataflows", "topic-loop", **arguments) == ([] if loops else [0])
    assert found(spec_of("dataflows: [{}]"), "dataflows", "topic-loop", **arguments) == []


RULE = """\
id: own-rule
summary: Data flows have few sources.
severity: warning
since: 1.0.0
sections: [dataflows]
rationale: Many are hard to read.
remediation: Split it.
references: [https://example.org/]
require:
  count: {each: /operations/*, passes: {limit: {at: /n, least: 1}}, most: 1}
message: too many
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("least: 1", "least: x", '"least" is the string "x"; an integer is expected'),
        ("limit:", "limits:", '"limits" is no check of entries; one is expected'),
        ("limit:", "credential:", '"credential" is no check of entries; one is expected'),
        ("each: /operations/*", "each: /operations", '"each" is "/operations"; it must match'),
        ("limit: {", "parent: {passes: {limit: {at: x}}}, limit: {", '"at" is "x"; it must match'),
    ],
)
def test_checks_within_a_check_are_held_to_what_they_take(old: str, new: str, said: str) -> None:
    """What is wrong with them is said at its place, however deep that is."""
    path = Path("rules/own-rule.yaml")
    load_rule(path, RULE.encode())
    with pytest.raises(FaultyFile, match=re.escape(said)):
        load_rule(path, RULE.replace(old, new).encode())


def test_a_configuration_cannot_set_what_a_check_within_does_not_take() -> None:
    """Arguments from elsewhere are held to the same."""
    rule = Rule("a", "b", Severity.INFO, "1.0.0", require={"parent": {"passes": {"limit": {}}}})
    assert [(one.pointer, one.rule) for one in argument_faults(rule)] == [
        (("passes", "limit"), "required-property")
    ]


@pytest.mark.parametrize(
    ("lines", "fitting", "faulty"),
    [
        (["brokers: [{l: [x, 5]}, {l: [y]}]"], [0, 1], [2]),
        (["brokers: [{l: [5]}, {l: text}, {}]"], [], []),
        (["existing: {brokers: [more]}", "brokers: [{l: [x]}]"], [], []),
        (["existing: {brokers: []}", "brokers: [{l: [x]}]"], [0, 1], [2]),
        ([], [], []),
    ],
)
def test_a_value_is_among_those_of_others(
    lines: list[str], fitting: list[int], faulty: list[int]
) -> None:
    """Where not all of these are known, nothing is said."""
    spec = spec_of(*lines, "dataflows: [{v: x}, {v: also}, {v: z}, {v: 5}, {}]")
    arguments = {"at": "/v", "of": {"section": "brokers", "at": "/l/*"}, "also": ["also"]}
    assert selected(spec, "dataflows", "among", **arguments) == fitting
    places = [place for place, _ in found(spec, "dataflows", "among", **arguments)]
    assert places == [f"/dataflows/{row}/v" for row in faulty]


def test_a_host_is_that_of_a_listener() -> None:
    """Its service is called as it says, else as the listener; of other hosts nothing is said."""
    hosts = (
        *("plant:1", "plant.any.svc:2", "inside:3", "b:3", "plant", "Plant:2", "odd:1", "plant:x"),
        *("none:1", "plant:000001"),
    )
    spec = spec_of(
        "brokerListeners:",
        "- {name: a, serviceName: plant, ports: [{port: 1}, {port: x}, text]}",
        "- {name: inside, ports: [{port: 1}, {port: 4}]}",
        "- {name: b, serviceName: plant, ports: [{port: 2}]}",
        "- {name: odd, ports: text}",
        "- {name: none, ports: []}",
        "dataflows:",
        *(f"- {{h: '{host}'}}" for host in hosts),
        "- {h: 5}",
    )
    assert selected(spec, "dataflows", "listener-port", at="/h") == [0]
    table = spec.tables["dataflows"]
    hits = list(check("listener-port", at="/h").find(spec, table, table.rows))
    assert [(hit.pointer[1], hit.values) for hit in hits] == [
        (1, {"listener": "a", "ports": "1"}),
        (2, {"listener": "inside", "ports": "1, 4"}),
    ]
    assert [one.pointer for one in hits[1].mentions] == [("brokerListeners", 1, "ports")]
    alone = spec_of("dataflows: [{h: 'plant:1'}]")
    assert found(alone, "dataflows", "listener-port", at="/h") == []
