"""Rows of a section, and of the lists in its entries."""

from bikube.diagnostics import Pointer, join_pointer, split_pointer
from bikube.spec.table import ABSENT, Items, Table

KEYS = frozenset({"name", "ports", "port", "rules", "topics", "labels"})
ENTRIES = [
    {"name": "a", "ports": [{"port": 1, "name": "p"}, {"port": 2}, "odd"]},
    {"name": "b", "ports": []},
    {"name": 5, "ports": "none"},
    "text",
    {"name": "c", "ports": [{"port": 3}], "labels": {"x": "1", "y": {"port": 4}}},
]


def items(each: str, entries: list[object] = ENTRIES) -> Items:
    """The items at ``each`` of some entries."""
    return Table("brokerListeners", entries, KEYS).items(split_pointer(each))


def places(table: Table) -> list[str]:
    """Where each row stands."""
    return [join_pointer(table.place(row)) for row in table.rows]


def test_items_are_rows_with_columns() -> None:
    """What is no list has no items, and an item without a property is absent in its column."""
    ports = items("/ports/*")
    assert places(ports) == [
        "/brokerListeners/0/ports/0",
        "/brokerListeners/0/ports/1",
        "/brokerListeners/0/ports/2",
        "/brokerListeners/4/ports/0",
    ]
    assert ports.column(("port",)) == [1, 2, ABSENT, 3]
    assert ports.column(()) == [*ENTRIES[0]["ports"], {"port": 3}]  # type: ignore[index]
    assert ports.owners == [0, 0, 0, 4]
    assert ports.within([1, 4]) == [3]


def test_values_of_a_map_are_items_too() -> None:
    """Their places have the keys."""
    labels = items("/labels/*")
    assert places(labels) == ["/brokerListeners/4/labels/x", "/brokerListeners/4/labels/y"]
    assert labels.column(("port",)) == [ABSENT, 4]


def test_items_of_items_are_known_by_the_whole_path() -> None:
    """Lists may nest, with keys between them or none."""
    entries: list[object] = [
        {"name": "a", "rules": [{"topics": ["t", "u"]}, {}, {"topics": ["v"]}]},
        {"name": "b", "rules": [{"topics": []}, {"topics": ["w"]}]},
    ]
    topics = items("/rules/*/topics/*", entries)
    assert list(topics.entries) == ["t", "u", "v", "w"]
    assert places(topics)[2:] == [
        "/brokerListeners/0/rules/2/topics/0",
        "/brokerListeners/1/rules/1/topics/0",
    ]
    assert topics.owners == [0, 0, 0, 1]
    assert [topics.name(row) for row in topics.rows] == ["a", "a", "a", "b"]
    lists = items("/rules/*/*", [{"rules": [["x"], [], ["y", "z"]]}])
    assert places(lists) == [
        "/brokerListeners/0/rules/0/0",
        "/brokerListeners/0/rules/2/0",
        "/brokerListeners/0/rules/2/1",
    ]


def test_items_are_read_once() -> None:
    """All who ask for one path get one table."""
    table = Table("brokerListeners", ENTRIES, KEYS)
    ports = table.items(("ports", "*"))
    assert table.items(("ports", "*")) is ports


def test_a_place_leads_back_to_its_row() -> None:
    """So does a place inside of a row; one that is elsewhere does not."""
    ports = items("/ports/*")
    inside: dict[Pointer, int | None] = {
        ("brokerListeners", 0, "ports", 1): 1,
        ("brokerListeners", 4, "ports", 0, "port"): 3,
        ("brokerListeners", 4, "ports"): None,
        ("brokerListeners", 1, "ports", 0): None,
        ("instance", "aioVersion"): None,
    }
    assert {place: ports.row_of(place) for place in inside} == inside
    assert items("/ports/*", []).row_of(("brokerListeners", 0, "ports", 0)) is None
    table = Table("brokerListeners", ENTRIES, KEYS)
    elsewhere: list[Pointer] = [("instance", "name"), ("brokerListeners",)]
    assert [table.row_of(place) for place in elsewhere] == [None, None]
    assert table.row_of(("brokerListeners", 2, "ports")) == 2


def test_a_row_is_shown_by_its_name() -> None:
    """An item without one stands for itself; an entry without one is not shown."""
    ports = items("/ports/*")
    assert [join_pointer(ports.label(row)) for row in (0, 1)] == [
        "/brokerListeners/0/ports/0/name",
        "/brokerListeners/0/ports/1",
    ]
    table = Table("brokerListeners", ENTRIES, KEYS)
    assert [table.label(row) for row in (0, 2)] == [("brokerListeners", 0, "name"), None]
    assert [table.name(row) for row in (0, 2)] == ["a", ""]
