"""What a proof is about: the files of specs, fresh or as they are, and files of others."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from bikube.app.compiling import Evaluation, Evaluator
from bikube.app.generate import is_renderable, lint_selection
from bikube.app.lint import Progress, run_of, targets_of
from bikube.app.outputs import folder_of, spec_name
from bikube.app.requests import ForeignRequest, RuleChoice, SpecChoice, VerifyRequest
from bikube.app.specs import Input, select
from bikube.diagnostics import Severity
from bikube.errors import UsageError, refusing
from bikube.files import PassedOver, read_file
from bikube.render import target_names
from bikube.render.rendering import render
from bikube.report import Run
from bikube.report.proof import Proofs, Proved, proved
from bikube.spec import Spec
from bikube.text import printable
from bikube.verify import (
    SUFFIXES,
    Difference,
    Proof,
    ReadingFault,
    Side,
    file_faults,
    located,
    prove,
    read_folder,
    wanted,
    whole_fault,
)

_READ = {Side.BICEP: (".bicep",), Side.KUBERNETES: SUFFIXES}
"""Which files of a target's folder tools read."""


class Verification(NamedTuple):
    """What came of a run: what was found in the specs, and unless that forbids it, the proofs."""

    run: Run
    proofs: Proofs | None = None
    passed_over: tuple[PassedOver, ...] = ()


class _Job(NamedTuple):
    """One spec, how headers call it, and its files by the names under which they are shown.

    ``faults`` is what is wrong with their folders.
    """

    source: Input
    spec: Spec
    header: str
    files: Mapping[Side, Mapping[str, bytes]]
    faults: tuple[Difference, ...] = ()

    def text(self, file: str) -> str:
        """The text of a file, or of the spec."""
        if file == self.source.name:
            return self.spec.source.text
        files = chain.from_iterable(one.items() for one in self.files.values())
        return dict(files).get(file, b"").decode("utf-8", "replace")


def prove_specs(request: VerifyRequest, compiler: Evaluator, *, progress: Progress) -> Verification:
    """As ``verify`` says, with a ``compiler`` that runs."""
    selection = select(request.specs)
    outcome = lint_selection(selection, request.rules, request.baseline, progress=progress)
    root, fail_level = selection.root, Severity.ERROR
    run = run_of(outcome, selection, root=root, fail_level=fail_level, least=Severity.WARNING)
    verification = Verification(run, passed_over=selection.passed_over)
    if not is_renderable(outcome):
        return verification
    version = compiler.version()
    jobs = [
        _job(source, one.spec, request)
        for source, one in zip(selection.inputs, outcome.linted, strict=True)
        if one.spec is not None
    ]
    begun = compiler.texts([job.files.get(Side.BICEP, {}) for job in jobs])
    results = [_proved(job, evaluation) for job, evaluation in zip(jobs, begun, strict=True)]
    return verification._replace(proofs=Proofs(tuple(results), version()))


def prove_fresh(
    source: Input, spec: Spec, rules: RuleChoice, compiler: Evaluator
) -> Callable[[], Proved]:
    """Begins to prove what ``spec``, the text of ``source``, is rendered into.

    What is given back waits for it, and raises ``CompilerFault``.
    """
    # Where the files would be has no say in what is proved.
    job = _job(source, spec, VerifyRequest(SpecChoice(outside=True), rules))
    (evaluation,) = compiler.texts([job.files.get(Side.BICEP, {})])
    return partial(_proved, job, evaluation)


def _job(source: Input, spec: Spec, request: VerifyRequest) -> _Job:
    names = targets_of(source, request.rules) or target_names()
    sides = [side for side in (Side.BICEP, Side.KUBERNETES) if side.value in names]
    out = folder_of(request.out, source.config, outside=request.specs.outside)
    header = spec_name(source)
    if request.committed:
        return _committed(_Job(source, spec, printable(header), {}), out, sides)
    files: dict[Side, dict[str, bytes]] = {side: {} for side in sides}
    for file in render(spec, header, [side.value for side in sides]):
        target = Side(file.path.split("/")[1])
        files[target][(out / file.path).as_posix()] = file.data
    return _Job(source, spec, printable(header), files)


def _committed(job: _Job, out: Path, sides: list[Side]) -> _Job:
    """``job`` with the files that are there; hidden ones are nobody's, temporary ones too.

    A folder that is not there is one fault, however much would be in it.
    """
    instance = out / job.spec.instance.name
    if not instance.is_dir():
        return job._replace(faults=tuple(_missing(side, instance) for side in sides))
    files: dict[Side, dict[str, bytes]] = {}
    faults: list[Difference] = []
    for side in sides:
        folder = instance / side.value
        if not folder.is_dir():
            faults.append(_missing(side, folder))
            continue
        with refusing(folder, "folder"):
            paths = sorted(folder.iterdir())
        files[side] = {
            path.as_posix(): read_file(path)
            for path in paths
            if path.suffix in _READ[side] and not path.name.startswith(".")
        }
    return job._replace(files=files, faults=tuple(faults))


def _missing(side: Side, folder: Path) -> Difference:
    message = 'there is no such folder; generated files are expected in it; run "bikube generate"'
    return whole_fault(side, folder.as_posix(), message)


def _proved(job: _Job, evaluation: Evaluation) -> Proved:
    """What can be proved of one spec; its manifests are read while the compiler works."""
    name = job.source.name
    try:
        spec = wanted(name, job.spec.source.text)
    except ReadingFault as fault:
        message = f"another reader of YAML cannot read this: {fault}"
        wrong = whole_fault(Side.SPEC, name, message, fault.line)
        return proved(name, tuple(job.files), Proof({}, (wrong,)), job.text)
    all_sides, job = job.files, _without_idle(job, spec.sides)
    found = [
        wrong
        for side in job.files
        for wrong in file_faults(side, job.files[side], spec, job.header)
    ]
    found += job.faults
    if not (job.files or job.faults):
        # What has no resources has no files.
        return proved(name, tuple(all_sides), Proof({}, ()), job.text)
    manifests = job.files.get(Side.KUBERNETES)
    folder = read_folder(manifests) if manifests is not None else None
    evaluated = evaluation() if Side.BICEP in job.files else None
    proof = prove(evaluated, folder, spec)
    differences = located([*found, *proof.differences], job.text)
    return proved(name, tuple(job.files), proof._replace(differences=tuple(differences)), job.text)


def _without_idle(job: _Job, asked: Collection[Side]) -> _Job:
    """``job`` without outputs that have no files, and of which nothing is asked.

    What is wrong with a folder counts where something is asked of its output, once.
    """
    files = {side: those for side, those in job.files.items() if those or side in asked}
    faults = {one.sightings[0].file: one for one in job.faults if one.sightings[0].side in asked}
    return job._replace(files=files, faults=tuple(faults.values()))


def prove_files(request: ForeignRequest, compiler: Evaluator) -> Proofs:
    """As ``verify_files`` says, with a ``compiler`` that runs."""
    read_file(request.bicep)  # Whether it is there is not for the compiler to say.
    evaluation, version = compiler.file(request.bicep), compiler.version()
    files = _manifests(request.manifests)
    folder = read_folder(files, foreign=True)
    evaluated = evaluation()
    proof = prove(evaluated, folder)
    files |= {one.file: read_file(Path(one.file)) for one in evaluated}

    def text(file: str) -> str:
        return files.get(file, b"").decode("utf-8", "replace")

    proof = proof._replace(differences=tuple(located(proof.differences, text)))
    sides = (Side.BICEP, Side.KUBERNETES)
    return Proofs(
        (proved(f"{request.bicep} and {request.manifests}", sides, proof, text),), version()
    )


def _manifests(folder: Path) -> dict[str, bytes]:
    """The files of ``folder``, and of folders in it, that ``kubectl`` reads, by their paths."""
    with refusing(folder, "folder"):
        next(iter(folder.iterdir()), None)
        paths = sorted(
            path
            for path in folder.rglob("*")
            if path.suffix in SUFFIXES and not path.name.startswith(".") and path.is_file()
        )
    if not paths:
        raise UsageError(f'no manifest in folder "{folder}"; files of YAML or JSON are expected')
    return {path.as_posix(): read_file(path) for path in paths}
