"""A value chooses which settings stand beside it."""

from collections.abc import Container, Iterator, Mapping
from typing import Any, ClassVar, Literal

from bikube.diagnostics import Pointer, split_pointer
from bikube.rules.check import AT, Hit, is_there
from bikube.spec import Rows, Spec, Table
from bikube.text import near_misses

_KEYS = {"type": "object", "additionalProperties": {"type": "string"}}


class Settings:
    """What stands at ``by`` chooses one of ``settings``, which has a key for each value.

    ``missing`` settings are those that are chosen and not there, not even by a misspelt key, shown
    at the value. ``other`` settings are those of other values, shown at their key. Of a value that
    is not in ``settings`` nothing is said. ``{settings}`` is the key, and ``{chosen}`` the value.
    The letters of values may be of any case.
    """

    fills: ClassVar[tuple[str, ...]] = ("chosen", "settings")
    parameters: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "required": ["by", "finds", "settings"],
        "additionalProperties": False,
        "properties": {
            "by": AT,
            "finds": {"type": "string", "enum": ["missing", "other"]},
            "settings": _KEYS,
        },
    }

    def __init__(
        self,
        *,
        by: str,
        finds: Literal["missing", "other"],
        settings: Mapping[str, str],
    ) -> None:
        self._by = split_pointer(by)
        self._finds = finds
        self._keys = {value.lower(): key for value, key in settings.items()}

    def select(self, _spec: Spec, table: Table, rows: Rows) -> Rows:
        """The rows whose settings go with the value."""
        found = {row for row, *_ in self._found(table, rows)}
        judged, values = table.typed(self._by, str, rows)
        known = zip(judged, values, strict=True)
        return [row for row, value in known if value.lower() in self._keys and row not in found]

    def find(self, _spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """The values whose settings are missing, or the settings of others."""
        for row, pointer, key, chosen in self._found(table, rows):
            part: Literal["key", "value"] = "value" if self._finds == "missing" else "key"
            values = {"settings": key, "chosen": chosen}
            yield Hit((*table.place(row), *pointer), part, values)

    def _found(self, table: Table, rows: Rows) -> Iterator[tuple[int, Pointer, str, str]]:
        judged, values = table.typed(self._by, str, rows)
        if not values:
            return
        beside = self._by[:-1]
        columns = {key: table.column((*beside, key)) for key in dict.fromkeys(self._keys.values())}
        maps = table.column(beside)
        for row, value in zip(judged, values, strict=True):
            own = self._keys.get(value.lower())
            if own is None:
                continue
            if self._finds == "other":
                for key, column in columns.items():
                    if key != own and is_there(column[row]):
                        yield row, (*beside, key), key, value
            elif not (is_there(columns[own][row]) or _is_misspelt(own, maps[row], columns)):
                yield row, self._by, own, value


def _is_misspelt(key: str, members: Mapping[Any, Any], known: Container[str]) -> bool:
    """Whether a key of ``members`` is none of those that are ``known``, and near to ``key``."""
    return any(near_misses(str(name), (key,)) for name in members if name not in known)


CHECK = Settings
