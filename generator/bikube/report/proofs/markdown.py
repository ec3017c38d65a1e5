"""For pull requests and job summaries: a line like a badge, and tables."""

from collections.abc import Iterator

from bikube.report.proof import Proofs
from bikube.text import printable

_MOST = 50
"""How many differences are shown."""


def report(proofs: Proofs) -> Iterator[str]:
    """The verdict, then what was compared, or what differs."""
    sign = "\u2705" if proofs.holds else "\u274c"
    yield f"{sign} **bikube verify** {proofs.verdict} (Bicep CLI {_cell(proofs.compiler)})\n"
    if proofs.holds:
        yield "\n| section | resources | values | parents | references |\n|---|--:|--:|--:|--:|\n"
        for section, tally in proofs.tallies.items():
            yield f"| {section} | {' | '.join(f'{count:,}' for count in tally)} |\n"
        return
    yield "\n| resource | what | where |\n|---|---|---|\n"
    for point in proofs.points[:_MOST]:
        where = "<br>".join(
            f"{told.side} {_cell(told.place)}" + (f" `{_cell(told.value)}`" if told.value else "")
            for told in point.told
        )
        what = " ".join(filter(None, (point.path, point.message)))
        yield f"| {_cell(point.resource)} | {_cell(what)} | {where} |\n"
    more = len(proofs.points) - _MOST
    if more > 0:
        yield f"\n{more:,} more differences.\n"


def _cell(text: str) -> str:
    """``text`` as it may stand in a cell, where neither a pipe nor a tag counts."""
    text = printable(text).replace("\\", "\\\\").replace("|", "\\|").replace("`", "'")
    return text.replace("<", "&lt;").replace("@", "&#64;")


PROOF_REPORT = report
