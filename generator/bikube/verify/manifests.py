"""A folder of manifests in, plain data out; and what is wrong with the folder as such."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bikube.verify.kustomization import KUSTOMIZATION, listing_faults, wrong
from bikube.verify.places import Lines
from bikube.verify.sides import Difference
from bikube.verify.yaml_reader import ReadingFault, read

SUFFIXES = (".yaml", ".yml", ".json")
"""The files of a folder that ``kubectl apply`` reads."""


class Manifest(NamedTuple):
    """One document, the file that holds it, and which of the file's documents it is."""

    file: str
    document: int
    data: Mapping[str, Any]

    @property
    def label(self) -> str:
        """What the document says that it is."""
        if "kind" not in self.data:
            return "what says no kind"
        metadata = self.data.get("metadata")
        name = metadata.get("name") if isinstance(metadata, dict) else None
        return f"{self.data.get('apiVersion')} {self.data.get('kind')} {name}"


class Folder(NamedTuple):
    """The documents of a folder, and what is wrong with it."""

    manifests: tuple[Manifest, ...]
    faults: tuple[Difference, ...]


def read_folder(files: Mapping[str, bytes], *, foreign: bool = False) -> Folder:
    """The documents in ``files``, by their paths; those of bikube hold one resource each.

    Files of others, which are ``foreign``, may hold several and need no kustomization.
    """
    manifests: list[Manifest] = []
    faults: list[Difference] = []
    listings: list[tuple[Manifest, Lines]] = []
    for file, data in files.items():
        is_listing = file.rpartition("/")[2] == KUSTOMIZATION
        lines: list[Lines] | None = [] if is_listing else None
        try:
            found = _documents(file, data, lines)
        except ReadingFault as fault:
            faults.append(wrong(file, str(fault), fault.line))
            continue
        if lines is not None:
            listings += [(one, lines[one.document]) for one in found]
            continue
        if len(found) != 1 and not foreign:
            faults.append(wrong(file, f"one resource is expected, not {len(found)}"))
        manifests += found
    if not listings and not foreign:
        faults.append(wrong(KUSTOMIZATION, "there is none that lists the manifests"))
    for listing, where in listings:
        faults += listing_faults(listing.file, listing.data, where, files, foreign=foreign)
    return Folder(tuple(manifests), tuple(faults))


def _documents(file: str, data: bytes, lines: list[Lines] | None) -> list[Manifest]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise ReadingFault("it is not UTF-8") from error
    found: list[Manifest] = []
    for index, document in enumerate(read(text, lines=lines)):
        if document is None:
            continue
        if not isinstance(document, dict):
            raise ReadingFault("it holds something else than a resource")
        found += _resources(file, index, document)
    return found


def _resources(file: str, index: int, document: dict[str, Any]) -> Iterator[Manifest]:
    """The document, or what it lists."""
    items = document.get("items")
    if document.get("kind") != "List" or not isinstance(items, list):
        yield Manifest(file, index, document)
        return
    for item in items:
        if not isinstance(item, dict):
            raise ReadingFault("its list holds something else than resources")
        yield Manifest(file, index, item)
