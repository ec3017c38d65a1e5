"""The forms in which proofs are written, one file each in ``report/proofs/``.

The constant ``PROOF_REPORT`` of each turns ``Proofs`` into text.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from bikube import plugins

if TYPE_CHECKING:
    from bikube.report.proof import Proofs

_FORMS = "bikube.report.proofs"


class ProofReport(Protocol):
    """One form of proofs."""

    def __call__(self, proofs: "Proofs") -> Iterator[str]:
        """The pieces of its text."""


def proof_forms() -> tuple[str, ...]:
    """The forms that there are."""
    return plugins.names(_FORMS)


def load_proof_report(name: str) -> ProofReport:
    """The form ``name``."""
    report: ProofReport = plugins.load(_FORMS, name, "PROOF_REPORT")
    return report
