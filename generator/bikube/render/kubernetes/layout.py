"""Whether two manifests are the same to whoever reads them, however they are laid out."""

from typing import Any

import yaml

from bikube.document import parse
from bikube.text import Source


def is_same(old: str, new: str) -> bool:
    """Whether both are the same data, as YAML 1.2 and as YAML 1.1, which Kubernetes reads."""
    if any(parse(Source("", text))[1] for text in (old, new)):
        return False
    return all(_plain(read(old)) == _plain(read(new)) for read in (_as_now, _as_before))


def _as_now(text: str) -> Any:
    document, _ = parse(Source("", text))
    return document.data if document is not None else None


def _as_before(text: str) -> Any:
    try:
        return yaml.load(text, yaml.CSafeLoader)
    # A plain scalar may look like a day that there is not.
    except (yaml.YAMLError, ValueError) as error:
        return str(error)


def _plain(data: Any) -> str:
    """``data`` as a text by which ``1``, ``true`` and ``1.0`` differ, and a day from a string."""
    if isinstance(data, dict):
        members = sorted(f"{key!r}: {_plain(value)}" for key, value in data.items())
        return f"{{{', '.join(members)}}}"
    if isinstance(data, list):
        return f"[{', '.join(map(_plain, data))}]"
    return repr(data)
