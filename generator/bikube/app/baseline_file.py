"""The file of a baseline: its entries out of JSON, and into it."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from bikube.errors import UsageError

VERSION = 1


class Entry(NamedTuple):
    """One finding that is hidden; all but the fingerprint is there for people."""

    file: str
    pointer: str
    rule: str
    fingerprint: str


def parse_baseline(name: str, data: bytes) -> tuple[Entry, ...]:
    """The entries of the baseline file ``name`` with the content ``data``.

    Raises:
        UsageError: it is no baseline, or one of a later version.
    """
    try:
        content = json.loads(data)
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        raise _refusal(place, f"this is no JSON ({error.msg.lower()})", name) from error
    except (ValueError, RecursionError) as error:
        raise _refusal(name, "this is no JSON", name) from error
    version = content.get("version") if isinstance(content, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise UsageError(
            f"{name}: version {version} of baselines is not known; version {VERSION} is expected;"
            " update bikube, or remove the file and write it anew"
        )
    found = content.get("findings") if version == VERSION else None
    if not isinstance(found, list) or not all(_is_entry(one) for one in found):
        raise _refusal(name, "this is no baseline", name)
    return tuple(Entry(**{field: one[field] for field in Entry._fields}) for one in found)


def baseline_text(entries: Iterable[Entry]) -> str:
    """The content of a baseline file with ``entries``."""
    lines = [json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(set(entries))]
    listed = ",".join(f"\n{line}" for line in lines)
    return f'{{"version": {VERSION}, "findings": [{listed}\n]}}\n'


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(value.get(field), str) for field in Entry._fields
    )


def _refusal(place: str, found: str, name: str) -> UsageError:
    return UsageError(
        f"{place}: {found}; version {VERSION} of a baseline is expected; restore the file, or"
        f" remove it and write one with --write-baseline {name}"
    )
