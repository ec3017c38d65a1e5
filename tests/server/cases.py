"""The manifests that the API server is asked about, and what it knows of their kinds."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bikube.azure import Kind, all_kinds, types_version
from bikube.crd import definition, kinds_in

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "golden"
BESIDE = Path(__file__).with_name("companions.yaml")

_RESOURCE = re.compile(r"^resource \w+ '([\w./]+)@([\w-]+)' = ", re.MULTILINE)


class Manifest(NamedTuple):
    """A manifest as it is on disk, and the API version whose types say what it may hold."""

    place: str
    data: bytes
    kind: Kind
    version: str

    @property
    def content(self) -> dict[str, Any]:
        """What a reader of YAML 1.1 makes of it, such as Kubernetes has."""
        loaded: dict[str, Any] = yaml.safe_load(self.data)
        return loaded


def definitions(version: str, manifests: Iterable[Manifest]) -> list[dict[str, Any]]:
    """What ``bikube crds`` writes, but in every version in which ``manifests`` are written."""
    chosen: dict[Kind, set[str]] = {}
    for one in manifests:
        if one.version == version:
            chosen.setdefault(one.kind, set()).add(one.content["apiVersion"].partition("/")[2])
    return [
        definition(kind, version, sorted({kind.custom_resource.version} | chosen.get(kind, set())))
        for kind in kinds_in(version)
    ]


def golden() -> list[Manifest]:
    """Every manifest of AIO in the golden cases."""
    return [one for folder in sorted(GOLDEN.iterdir()) for one in _of(folder, GOLDEN.parent)]


def beside() -> list[Path]:
    """Every manifest of the golden cases that is of a companion, and none of AIO."""
    return [file for file in sorted(GOLDEN.glob("*/kubernetes/*.yaml")) if _is_beside(file)]


def _is_beside(file: Path) -> bool:
    return bool(re.search(rb"^apiVersion: secret", file.read_bytes(), re.MULTILINE))


def definitions_beside() -> list[dict[str, Any]]:
    """The definitions of what companions have, which are none of Azure's."""
    loaded: list[dict[str, Any]] = yaml.safe_load(BESIDE.read_bytes())
    return loaded


def generated(out: Path) -> list[Manifest]:
    """Every manifest of the examples, rendered below ``out``."""
    examples = ROOT / "examples"
    specs = sorted([*examples.glob("*bikube.yaml"), *examples.glob("*/*bikube.yaml")])
    command = [sys.executable, "-m", "bikube", "generate", *map(str, specs), "--out", str(out)]
    subprocess.run(command, cwd=examples, check=True, capture_output=True)
    return [one for folder in sorted(out.iterdir()) for one in _of(folder, out)]


def _of(folder: Path, root: Path) -> Iterator[Manifest]:
    """The manifests in the output of one instance, whose templates name their API versions."""
    templates = [file.read_text(encoding="utf-8") for file in folder.glob("bicep/*.bicep")]
    versions = {found[1]: found[2] for text in templates for found in _RESOURCE.finditer(text)}
    kinds = {kind.custom_resource.kind: kind for kind in all_kinds()}
    for file in sorted(folder.glob("kubernetes/*.yaml")):
        if file.name != "kustomization.yaml" and not _is_beside(file):
            data = file.read_bytes()
            kind = kinds[yaml.safe_load(data)["kind"]]
            version = types_version(kind.arm_type, versions[kind.arm_type])
            yield Manifest(file.relative_to(root).as_posix(), data, kind, version)
