"""Two registry endpoints are on one host."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from bikube.checking import Hit, Mention
from bikube.kinds.registries import bare_host
from bikube.model import Project
from bikube.table import Rows, Table


class SameHost:
    """An entry's host is an earlier one's, and they sign in ``alike`` or ``differently``.

    Hosts are compared without scheme and in lower case. ``{first}`` is the earlier one's name.
    """

    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["authentication"],
        "additionalProperties": False,
        "properties": {"authentication": {"type": "string", "enum": ["equal", "different"]}},
    }

    def __init__(self, *, authentication: Literal["equal", "different"]) -> None:
        self._equal = authentication == "equal"

    def select(self, project: Project, table: Table, rows: Rows) -> Rows:
        """The rows that share no host in this way."""
        shared = {hit.pointer[1] for hit in self.find(project, table, rows)}
        return [row for row in rows if row not in shared]

    def find(self, _project: Project, table: Table, rows: Rows) -> Iterator[Hit]:
        """The hosts that an earlier entry has too."""
        hosts, logins = table.column(("host",)), table.column(("authentication",))
        seen: dict[str, list[int]] = {}
        for row in rows:
            if type(hosts[row]) is not str:
                continue
            earlier = seen.setdefault(_identity(hosts[row]), [])
            twins = [other for other in earlier if logins[other] == logins[row]]
            found = twins if self._equal else earlier if not twins else []
            if found:
                mention = Mention((table.section, found[0], "host"), "value", "the same host")
                name = table.name(found[0])
                yield Hit((table.section, row, "host"), "value", {"first": name}, (mention,))
            earlier.append(row)


def _identity(host: str) -> str:
    _, slash, path = host.lower().removeprefix("https://").partition("/")
    return bare_host(host) + (slash + path if path else "")


CHECK = SameHost
