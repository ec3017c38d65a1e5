"""``bikube versions``."""

import sys
from collections.abc import Iterable

import click

from bikube.app.versions import Version, all_versions
from bikube.cli.options import page_format
from bikube.text.data import as_json

_HEAD = ("API version", "AIO", "azure-iot-ops", "new kinds")


@click.command("versions", short_help="List API versions, and the AIO releases that serve them.")
@page_format("the list is")
def versions(*, format_: str) -> int:
    """List API versions, the first release of AIO that serves each, its CLI, and what is new.

    A release serves every API version up to its own. The CLI is the version of the extension
    "azure-iot-ops" that belongs to the release.

    \b
    Examples:
      bikube versions
      bikube versions --format json
    """
    found = all_versions()
    if format_ == "json":
        sys.stdout.write(as_json([_entry(one) for one in found], indent=2) + "\n")
    else:
        sys.stdout.writelines(_table([_HEAD, *map(_row, found)]))
    return 0


def _entry(one: Version) -> dict[str, object]:
    release = one.release
    return {
        "apiVersion": one.name,
        "aio": None if release is None else release.minor,
        "cli": None if release is None else release.cli or None,
        "supported": None if release is None else release.supported,
        "sources": [] if release is None else list(release.sources),
        "kinds": list(one.sections),
        "added": list(one.added),
    }


def _row(one: Version) -> tuple[str, ...]:
    release = one.release
    names = ("not known", "not known") if release is None else (release.minor, release.cli)
    return (one.name, names[0], names[1] or "not known", ", ".join(one.added) or "none")


def _table(rows: list[tuple[str, ...]]) -> Iterable[str]:
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:{width}}" for cell, width in zip(row, wide, strict=True))
        yield "  ".join(cells).rstrip() + "\n"


COMMAND = versions
