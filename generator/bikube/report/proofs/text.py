"""For people: the verdict, what was compared by kind, and every difference with its places."""

from collections.abc import Iterator

from bikube.report.proof import Point, Proofs
from bikube.text import printable

_MOST = 100
"""How many differences are shown."""


def report(proofs: Proofs) -> Iterator[str]:
    """The differences first, so that the verdict is what is left on a screen."""
    for point in proofs.points[:_MOST]:
        yield from _point(point)
    more = len(proofs.points) - _MOST
    if more > 0:
        yield f"{more:,} more; --format json has all\n"
    for one in proofs.proved:
        for what in one.apart:
            yield f"not compared, since the other side has no place for it: {printable(what)}\n"
    yield f"{proofs.verdict}\n"
    if proofs.holds:
        for section, tally in proofs.tallies.items():
            counts = (
                f"{count:,} {noun if count > 1 else noun[:-1]}"
                for noun, count in tally._asdict().items()
                if count
            )
            yield f"  {section}: {', '.join(counts)}\n"


def _point(point: Point) -> Iterator[str]:
    if len(point.told) == 1 and not point.resource:
        told = point.told[0]
        yield f"{printable(told.place)}: {printable(point.message)}\n"
        return
    yield f"{printable(point.text)}\n"
    for told in point.told:
        value = f": {printable(told.value)}" if told.value else ""
        yield f"    {told.side:<11}{printable(told.place)}{value}\n"


PROOF_REPORT = report
