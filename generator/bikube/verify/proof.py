"""A proof: what was compared, in numbers, and every difference that was found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from bikube.compiler import Evaluated
from bikube.verify.beside import Asked, Stranger, asked_of_each_other, held
from bikube.verify.comparing import (
    Row,
    inconstancies,
    is_unsaid,
    own_differences,
    rows,
    shared_differences,
    type_faults,
)
from bikube.verify.declared import declaration_faults, header_fault
from bikube.verify.equality import UNSAID, leaves
from bikube.verify.manifests import Folder
from bikube.verify.outputs import (
    form_faults,
    kind_of_manifest,
    kind_of_resource,
    of_bicep,
    of_manifest,
)
from bikube.verify.references import references
from bikube.verify.sides import Difference, Reading, Side, Sighting
from bikube.verify.wanted import Entry, Wanted

_INSTANCES = "microsoft.iotoperations/instances"
_GROUPS = ".iotoperations.azure.com"

Apart: TypeAlias = tuple[Side, str, str]
"""What has no counterpart: its side, its file, and what it is called."""


class Tally(NamedTuple):
    """How much was compared: resources, the values in them, those with parents, references."""

    resources: int = 0
    values: int = 0
    parents: int = 0
    references: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))


class Proof(NamedTuple):
    """What came of comparing one instance's outputs; ``tallies`` are by section.

    ``apart`` is what has no counterpart, each with its side and its file: resources of other
    services, and parents that a manifest cannot say.
    """

    tallies: Mapping[str, Tally]
    differences: tuple[Difference, ...]
    apart: tuple[Apart, ...] = ()

    @property
    def total(self) -> Tally:
        """All that was compared."""
        total = Tally()
        for one in self.tallies.values():
            total = total.plus(one)
        return total


def prove(
    evaluated: Sequence[Evaluated] | None, folder: Folder | None, spec: Wanted | None = None
) -> Proof:
    """Compares the outputs that there are with each other, and with the spec if there is one."""
    given = zip(Side, (spec, evaluated, folder), strict=True)
    sides = [side for side, one in given if one is not None]
    entries = {id(entry.reading): entry for entry in spec.entries} if spec is not None else {}
    outputs, strangers = _readings(evaluated or (), folder)
    asked, strangers = _asked(spec, sides, strangers)
    wrong_beside, strangers = held(asked, strangers)
    apart = [(one.side, one.file, one.what) for one in strangers]
    found = [wrong for one in evaluated or () for wrong in _template_faults(one)]
    found += folder.faults if folder is not None else ()
    found += [wrong for reading in outputs for wrong in form_faults(reading)]
    both, faults = rows([*(entry.reading for entry in entries.values()), *outputs], sides)
    found += faults
    found += wrong_beside
    tallies: dict[str, Tally] = {}
    for one in asked:
        if not _is_counted(one, sides):
            continue
        tally = Tally(resources=1, values=leaves(one.data))
        tallies[one.section] = tallies.get(one.section, Tally()).plus(tally)
    for row in both:
        reading = next(iter(row.values()))
        found += _row_differences(row, entries.get(id(reading)))
        section = reading.kind.section
        tallies[section] = tallies.get(section, Tally()).plus(_tally(reading))
    if spec is not None:
        found += [whole_fault(side, file, f"{what} is in no spec") for side, file, what in apart]
        unsaid = [_unsaid(row) for row in both if is_unsaid(row)]
        return Proof(tallies, tuple(found), tuple(unsaid))
    found += inconstancies(outputs)
    unknown = [one for one in apart if _is_of_aio(one)]
    found += [whole_fault(side, file, f"{what} cannot be compared") for side, file, what in unknown]
    apart = [one for one in apart if one not in unknown]
    if not (both or asked):
        found.append(Difference("", "", "the two have no resource in common", ()))
    return Proof(tallies, tuple(found), tuple(apart))


def _asked(
    spec: Wanted | None, sides: Sequence[Side], strangers: list[Stranger]
) -> tuple[list[Asked], list[Stranger]]:
    """What is asked beside resources of AIO, and whom: by the spec, else by Bicep."""
    if spec is None:
        return asked_of_each_other(strangers)
    return [one for one in spec.beside if one.side in sides], strangers


def _is_counted(one: Asked, sides: Sequence[Side]) -> bool:
    """Whether no other of these outputs has it too, where it is counted."""
    return not (one.twin and Side.BICEP in sides)


def _unsaid(row: Row) -> Apart:
    what = f"{row[Side.SPEC].label}, whose parent no manifest can say"
    return Side.KUBERNETES, row[Side.KUBERNETES].file, what


def _is_of_aio(stranger: Apart) -> bool:
    """Whether it is of Azure IoT Operations, and yet of no kind that both outputs can say.

    The instance itself is in no manifest.
    """
    what = stranger[2].split(" ")[0].lower()
    is_type = what.startswith(f"{_INSTANCES}/") or not what
    return is_type or what.partition("/")[0].endswith(_GROUPS)


def _row_differences(row: Row, entry: Entry | None) -> Iterator[Difference]:
    """Everything that is wrong with one resource; ``entry`` is what the spec asks for."""
    yield from shared_differences(row)
    if entry is not None:
        yield from own_differences(entry, row)
    if Side.BICEP in row:
        yield from type_faults(row[Side.BICEP])


def file_faults(
    side: Side, files: Mapping[str, bytes], spec: Wanted, header: str
) -> Iterator[Difference]:
    """What is wrong with the texts of generated files, beside what they evaluate to."""
    for file, data in files.items():
        text = data.decode("utf-8", "replace")
        wrong = header_fault(side, file, text, header)
        if wrong is not None:
            yield wrong
        if side is Side.BICEP:
            yield from declaration_faults(file, text, spec)


def _readings(
    evaluated: Iterable[Evaluated], folder: Folder | None
) -> tuple[list[Reading], list[Stranger]]:
    """The resources of AIO in both outputs, and those of other services."""
    readings: list[Reading] = []
    others: list[Stranger] = []
    for one in evaluated:
        for data in one.resources:
            kind = kind_of_resource(data)
            if kind is not None:
                readings.append(of_bicep(one.file, kind, data))
            else:
                what = f"{data.get('type')} {data.get('name')}"
                others.append(Stranger(Side.BICEP, one.file, what, data))
    for manifest in folder.manifests if folder is not None else ():
        kind = kind_of_manifest(manifest.data)
        if kind is not None:
            readings.append(of_manifest(manifest, kind))
        else:
            side, file, what = Side.KUBERNETES, manifest.file, manifest.label
            others.append(Stranger(side, file, what, manifest.data, (manifest.document,)))
    return readings, others


def _template_faults(one: Evaluated) -> Iterator[Difference]:
    for line, message in one.faults:
        yield whole_fault(Side.BICEP, one.file, f"this cannot be evaluated: {message}", line)
    if not (one.faults or one.resources):
        yield whole_fault(Side.BICEP, one.file, "it describes no resource")


def whole_fault(side: Side, file: str, message: str, line: int = 0) -> Difference:
    """What is wrong with a file of ``side``, or at one line of it."""
    return Difference("", "", message, (Sighting(side, file, (), UNSAID, line),))


def _tally(reading: Reading) -> Tally:
    return Tally(
        resources=1,
        values=leaves(reading.properties),
        parents=int(reading.parent is not None),
        references=references(reading),
    )
