"""Two registry endpoints are on one host."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from bikube.rules.check import FindingCheck, Hit, Mention
from bikube.rules.hosts import shared_hosts
from bikube.spec import Rows, Spec, Table

_Key = tuple[int, Any]


class SameHost(FindingCheck):
    """An entry's host is an earlier one's, and they sign in ``equal``ly or ``different``ly.

    Hosts are compared as references to artifacts are matched: without a scheme, in lower case, and
    one that ends within the path of another overlaps it. Entries of one name are the mistake of
    another rule. ``{first}`` is the earlier one's name.
    """

    fills: ClassVar[tuple[str, ...]] = ("first",)
    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["authentication"],
        "additionalProperties": False,
        "properties": {"authentication": {"type": "string", "enum": ["equal", "different"]}},
    }

    def __init__(self, *, authentication: Literal["equal", "different"]) -> None:
        self._equal = authentication == "equal"

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The hosts that an earlier entry has too."""
        shared = table.derived(shared_hosts).intersection(rows)
        hosts, logins = table.column(("host",)), table.column(("authentication",))
        tree, anyone, twins = _Tree(), _Claims(), _Claims()
        for row in sorted(shared):
            steps = tree.steps(hosts[row])
            login = _frozen(logins[row])
            twin, other = twins.claim(steps, login, row), anyone.claim(steps, None, row)
            first = twin if self._equal else other if twin is None else None
            if first is not None and table.name(first) != table.name(row):
                mention = Mention((*table.place(first), "host"), "value", "the same host")
                values = {"first": table.name(first)}
                yield Hit((*table.place(row), "host"), "value", values, (mention,))


_STEPS = 100
"""Parts of a path, each of which may end the host of another entry; what follows is one part."""


class _Tree:
    """Numbers for hosts and the paths below them, a step each."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str], int] = {}

    def steps(self, host: str) -> list[int]:
        """The host without a path, with the first part of its path, and so on to the whole."""
        steps = [0]
        for part in host.lower().rpartition("://")[2].rstrip("/").split("/", _STEPS):
            step = (steps[-1], part)
            steps.append(self._numbers.setdefault(step, len(self._numbers) + 1))
        return steps[1:]


class _Claims:
    """Who was first at a host, and who was first below it."""

    def __init__(self) -> None:
        self._at: dict[_Key, int] = {}
        self._below: dict[_Key, int] = {}

    def claim(self, steps: list[int], login: Any, row: int) -> int | None:
        """The first row that overlaps the host of ``row``, which is noted."""
        *above, own = [(step, login) for step in steps]
        rivals = [self._at.get(key) for key in (*above, own)]
        rivals.append(self._below.get(own))
        self._at.setdefault(own, row)
        for key in above:
            self._below.setdefault(key, row)
        return min((rival for rival in rivals if rival is not None), default=None)


def _frozen(value: Any) -> Any:
    """``value`` made comparable and hashable; what is empty or ``null`` says nothing."""
    if isinstance(value, dict):
        members = ((key, _frozen(child)) for key, child in value.items())
        return frozenset(member for member in members if member[1] not in (None, frozenset()))
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


CHECK = SameHost
