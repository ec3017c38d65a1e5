"""For programs: one JSON document."""

from collections.abc import Iterator

from bikube.report.proof import Proofs, Proved
from bikube.text.data import as_json

_VERSION = 1


def report(proofs: Proofs) -> Iterator[str]:
    """Everything that is known of the proofs."""
    document = {
        "version": _VERSION,
        "proved": proofs.holds,
        "verdict": proofs.verdict,
        "compiler": proofs.compiler,
        "summary": {
            "specs": len(proofs.proved),
            "differences": len(proofs.points),
            **proofs.total._asdict(),
        },
        "proofs": [_proved(one) for one in proofs.proved],
    }
    yield f"{as_json(document, indent=2)}\n"


def _proved(one: Proved) -> dict[str, object]:
    return {
        "name": one.name,
        "outputs": list(one.sides),
        "kinds": {section: tally._asdict() for section, tally in one.tallies.items()},
        "notCompared": list(one.apart),
        "differences": [
            {
                "resource": point.resource,
                "path": point.path,
                "message": point.message,
                "places": [told._asdict() for told in point.told],
            }
            for point in one.points
        ],
    }


PROOF_REPORT = report
