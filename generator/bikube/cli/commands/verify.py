"""``bikube verify``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bikube.app.requests import (
    BaselineChoice,
    CompilerChoice,
    ForeignRequest,
    RuleChoice,
    SpecChoice,
    VerifyRequest,
)
from bikube.app.verify import verify, verify_files
from bikube.cli.baseline_options import baseline_options
from bikube.cli.compiler_options import compiler_options
from bikube.cli.options import spec_options, today
from bikube.cli.summary import (
    exit_code,
    name_passed_over,
    progress_line,
    summarise,
    summarise_found,
    write_findings,
)
from bikube.errors import UsageError
from bikube.report.proof_forms import load_proof_report, proof_forms

if TYPE_CHECKING:
    from bikube.report.proof import Proofs


@click.command("verify", short_help="Prove that Bicep and manifests mean the same.")
@spec_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The output folder; else that of each spec's configuration.",
)
@click.option("--committed", is_flag=True, help="Prove the files in the output folder as they are.")
@click.option(
    "--bicep",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Instead of specs, prove this .bicep or .bicepparam file, whoever wrote it, equal to"
    " --manifests.",
)
@click.option(
    "--manifests",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of manifests that goes with --bicep.",
)
@compiler_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(proof_forms()),
    default="text",
    show_default=True,
    help="How the proof is written.",
)
@baseline_options
def command(
    *,
    specs: SpecChoice,
    out: Path | None,
    committed: bool,
    bicep: Path | None,
    manifests: Path | None,
    compiler: CompilerChoice,
    format_: str,
    baseline: BaselineChoice,
) -> int:
    """Prove that Bicep and manifests mean the same, and what the specs ask for.

    The Bicep is evaluated by the Bicep CLI, the manifests and the specs are read by another YAML
    reader than elsewhere, and all are compared value by value. Nothing is written.

    \b
    Examples:
      bikube verify
      bikube verify --committed --format markdown
      bikube verify --bicep main.bicepparam --manifests kubernetes

    Exit codes: 0 proved, 1 a difference, or an error in a spec, 2 wrong usage, unreadable files,
    or no Bicep CLI that answers, 3 a fault in bikube.
    """
    if bicep is None and manifests is None:
        request = VerifyRequest(specs, RuleChoice(today()), baseline, compiler, out, committed)
        return _verify(request, format_)
    if bicep is None or manifests is None:
        raise UsageError('"--bicep" and "--manifests" go together; name both')
    if specs.arguments or committed or out is not None:
        raise UsageError('"--bicep" is about files without a spec; leave out SPEC and its options')
    return _show(verify_files(ForeignRequest(bicep, manifests, compiler)), format_)


def _verify(request: VerifyRequest, format_: str) -> int:
    done = verify(request, progress=progress_line("linted"), evaluated=progress_line("evaluated"))
    write_findings(done.run, "text", colour=None, err=True)
    name_passed_over(done.passed_over)
    if done.proofs is None:
        summarise(done.run)
        click.echo("nothing was verified", err=True)
        return exit_code(done.run, found=True)
    summarise_found(done.run)
    return _show(done.proofs, format_)


def _show(proofs: "Proofs", format_: str) -> int:
    sys.stdout.writelines(load_proof_report(format_)(proofs))
    return int(not proofs.holds)


COMMAND = command
