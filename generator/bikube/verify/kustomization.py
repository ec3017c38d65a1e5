"""The kustomization of a folder: it lists the manifests, and does nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bikube.verify.equality import UNSAID
from bikube.verify.places import Lines, line_of
from bikube.verify.sides import Difference, Side, Sighting

KUSTOMIZATION = "kustomization.yaml"

_EXPECTED = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}
_LIST = "resources"


def listing_faults(
    file: str, data: Mapping[str, Any], lines: Lines, files: Iterable[str], *, foreign: bool
) -> Iterator[Difference]:
    """What is wrong with the kustomization ``data`` in ``file``, which is one of ``files``.

    It lists each of the others below its folder once. One that is ``foreign`` need not say what
    it is. Whatever else it has could change resources on their way to a cluster.
    """
    for key, value in _EXPECTED.items():
        if data.get(key) != value and not (foreign and key not in data):
            yield wrong(file, f'{key} is "{data.get(key)}", not "{value}"', line_of(lines, (key,)))
    for key in data.keys() - {*_EXPECTED, _LIST}:
        message = f'"{key}" changes resources on their way to a cluster; it cannot be evaluated'
        yield wrong(file, message, line_of(lines, (key,)))
    listed = data.get(_LIST)
    if isinstance(listed, list):
        yield from _list_faults(file, listed, lines, files)
    else:
        yield wrong(file, "it lists no resources", line_of(lines, (_LIST,)))


def _list_faults(
    file: str, listed: list[Any], lines: Lines, files: Iterable[str]
) -> Iterator[Difference]:
    folder = file.removesuffix(KUSTOMIZATION)
    present = {path.removeprefix(folder): path for path in files if path.startswith(folder)}
    present.pop(KUSTOMIZATION, None)
    seen: set[str] = set()
    for index, one in enumerate(listed):
        line = line_of(lines, (_LIST, index))
        name = one.removeprefix("./") if isinstance(one, str) else ""
        if name not in present:
            yield wrong(file, f'it lists "{one}", which is no manifest in this folder', line)
        elif name in seen:
            yield wrong(file, f'it lists "{one}" twice', line)
        seen.add(name)
    for name, path in present.items():
        if name not in seen:
            yield wrong(path, f"{KUSTOMIZATION} does not list it")


def wrong(file: str, message: str, line: int = 0) -> Difference:
    """What is wrong with a file of manifests."""
    return Difference("", "", message, (Sighting(Side.KUBERNETES, file, (), UNSAID, line),))
