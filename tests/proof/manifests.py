"""A folder of manifests in, plain data out, by a YAML 1.2 reader that a 1.1 reader confirms."""

import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from tests.proof.data import mismatches

KUSTOMIZATION = "kustomization.yaml"
# Anything else in the list's file could change the resources on their way to a cluster.
KUSTOMIZATION_KEYS = {"apiVersion", "kind", "resources"}


class Manifest(NamedTuple):
    """One document and the file that holds it."""

    file: str
    data: dict[str, Any]


class ManifestError(Exception):
    """A folder or file that is not what its readers expect; the text names it."""


def read_folder(folder: Path) -> tuple[Manifest, ...]:
    """The manifests that the folder's kustomization lists, in its order.

    Raises `ManifestError` unless the list names every other YAML file exactly once.
    """
    listing = read_file(folder / KUSTOMIZATION).data
    if listing.keys() != KUSTOMIZATION_KEYS or listing["kind"] != "Kustomization":
        raise ManifestError(f"{KUSTOMIZATION}: not a plain list of resources: {listing}")
    listed = listing["resources"]
    present = sorted(path.name for path in folder.iterdir() if path.name != KUSTOMIZATION)
    if not isinstance(listed, list) or sorted(map(str, listed)) != present:
        raise ManifestError(f"{KUSTOMIZATION} lists {listed}; the folder has {present}")
    return tuple(read_file(folder / name) for name in listed)


def read_file(path: Path) -> Manifest:
    """The only document of a file; raises `ManifestError`."""
    documents = read_text(path.read_bytes(), path.name)
    match documents:
        case [dict() as document]:
            return Manifest(path.name, document)
        case _:
            raise ManifestError(f"{path.name}: not one mapping but {len(documents)} documents")


def read_text(text: bytes, name: str) -> list[Any]:
    """The documents of a YAML text, on which readers of YAML 1.2 and 1.1 agree."""
    try:
        # `pure`, since the C library that comes with it reads YAML 1.1.
        new = list(YAML(typ="safe", pure=True).load_all(text))
        old = list(yaml.safe_load_all(text))
    except (YAMLError, yaml.YAMLError) as error:
        raise ManifestError(f"{name}: {error}") from error
    for pointer, what in mismatches(new, old):
        raise ManifestError(f"{name}: YAML 1.2 and 1.1 read {pointer} differently: {what}")
    return new


def kustomize(kubectl: Path, folder: Path) -> list[Any]:
    """The documents that ``kubectl kustomize`` makes of a folder; raises `ManifestError`."""
    run = subprocess.run([kubectl, "kustomize", folder], capture_output=True, check=False)
    if run.returncode or run.stderr:
        raise ManifestError(run.stderr.decode(errors="replace"))
    return read_text(run.stdout, "kubectl kustomize")
