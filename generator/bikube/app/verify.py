"""Proves that what specs are rendered into means the same, and what the specs ask for."""

from typing import TYPE_CHECKING

from bikube.app.compiling import evaluator
from bikube.app.requests import ForeignRequest, VerifyRequest

if TYPE_CHECKING:
    from bikube.app.lint import Progress
    from bikube.app.proving import Verification
    from bikube.report.proof import Proofs


def verify(
    request: VerifyRequest, *, progress: "Progress", evaluated: "Progress"
) -> "Verification":
    """Lints specs, and proves of each what it is rendered into, unless one has an error.

    ``progress`` is told of the specs that are linted, ``evaluated`` of the templates that the
    compiler has done. Nothing is written.

    Raises:
        UsageError: there are no such specs, a configuration or a baseline is malformed, or the
            Bicep CLI is missing or does not answer.
        AccessError: a configuration, a baseline or an output cannot be read.
    """
    with evaluator(request.compiler, evaluated) as compiler:
        # Imported here so that the compiler, which takes longest to start, starts first.
        from bikube.app.proving import prove_specs

        return prove_specs(request, compiler, progress=progress)


def verify_files(request: ForeignRequest) -> "Proofs":
    """Proves that a Bicep file and a folder of manifests say the same, whoever wrote them.

    Raises:
        UsageError: the Bicep CLI is missing or does not answer, or the folder has no manifests.
        AccessError: a file cannot be read.
    """
    with evaluator(request.compiler) as compiler:
        # As above.
        from bikube.app.proving import prove_files

        return prove_files(request, compiler)
