"""Says what a walk passed over, though it could have been meant."""

from collections.abc import Sequence

import click

from bikube.app.specs import PATTERNS, PassedOver
from bikube.cli.summary import counted
from bikube.text import printable

_SPECS = " or ".join(f'"{name}"' for name in PATTERNS)
_KINDS = {
    "ignored": "that git ignores",
    "kind": "that is no regular file",
    "link": "that is a link to a folder",
    "outside": "that is a link out of the repository",
}


def tell_passed_over(passed_over: Sequence[PassedOver]) -> None:
    """Says on standard error, a line a kind, what was passed over and what to do."""
    by_why: dict[str, list[str]] = {}
    for one in passed_over:
        by_why.setdefault(one.why, []).append(printable(str(one.path)))
    for why, advice in (
        ("config", 'a configuration is called "bikube.config.yaml"; rename it'),
        ("name", f"a spec is called {_SPECS}; rename it, or name it"),
    ):
        if why in by_why:
            click.echo(f"passed over {_shown(by_why.pop(why))}: {advice}", err=True)
    if "excluded" in by_why:
        places = sorted({printable(one.by) for one in passed_over if one.why == "excluded"})
        others = f" and {counted(len(places) - 1, 'other place')} exclude" if places[1:] else ""
        said = f"which {places[0]}{others or ' excludes'}"
        click.echo(f"passed over {_shown(by_why.pop('excluded'))}, {said}", err=True)
    if by_why:
        parts = [f"{_shown(by_why[why])} {text}" for why, text in _KINDS.items() if why in by_why]
        click.echo(f"passed over {', '.join(parts)}", err=True)


def _shown(paths: list[str]) -> str:
    """The first of ``paths``, and how many more there are."""
    more = f" and {counted(len(paths) - 1, 'other')}" if len(paths) > 1 else ""
    return f'"{paths[0]}"{more}'
