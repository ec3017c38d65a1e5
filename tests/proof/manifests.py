"""A folder of manifests in, plain data out, as the package's own proof reads it."""

import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from tests.proof.data import mismatches

from bikube.verify import manifests
from bikube.verify.yaml_reader import ReadingFault, read


class Manifest(NamedTuple):
    """One document and the file that holds it."""

    file: str
    data: dict[str, Any]


class ManifestError(Exception):
    """A folder or file that is not what its readers expect; the text names it."""


def read_folder(folder: Path) -> tuple[Manifest, ...]:
    """The manifests in the files of a folder; raises `ManifestError` where it is not in order."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    found = manifests.read_folder(files)
    for fault in found.faults:
        raise ManifestError(f"{fault.sightings[0].file}: {fault.message}")
    return tuple(Manifest(one.file, dict(one.data)) for one in found.manifests)


def read_text(text: bytes, name: str) -> list[Any]:
    """The documents of a YAML text, on which readers of YAML 1.2 and 1.1 agree.

    The reader of YAML 1.1 is PyYAML: another program than the one whose tables the package has.
    """
    try:
        new = read(text.decode())
        old = list(yaml.safe_load_all(text))
    except (ReadingFault, yaml.YAMLError) as error:
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
