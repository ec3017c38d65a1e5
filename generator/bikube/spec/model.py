"""What a spec says, bound to the kinds: an instance, its targets' versions, and its sections.

Binding never fails. Whatever is missing or of a wrong type has its default here, because the
schema has reported it; so rules can run on the rest.
"""

from functools import cached_property
from typing import Any, NamedTuple

from bikube.azure import Kind, all_kinds
from bikube.azure.versions import DEFAULT_VERSION
from bikube.diagnostics import Pointer
from bikube.document import Document
from bikube.spec.table import Table
from bikube.text.source import Source

DEFAULT_NAMESPACE = "azure-iot-operations"
DEFAULT_PARENT = "default"
"""The one broker and the one profile that exist without being said."""


class Instance(NamedTuple):
    """The AIO instance; ``custom_location`` is a name or a full resource id."""

    name: str
    custom_location: str
    namespace: str


class Versions(NamedTuple):
    """The API versions of one target; ``default`` is ``None`` where it is per kind."""

    default: str | None
    per_section: dict[str, str]


class Spec:
    """One spec as data, each part of it able to say where it stands in the text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.source: Source = document.source
        self._data = _map(document.data)

    @cached_property
    def instance(self) -> Instance:
        """The instance; empty strings where the spec does not say."""
        data = _map(self._data.get("instance"))
        return Instance(
            name=_text(data.get("name"), ""),
            custom_location=_text(data.get("customLocation"), ""),
            namespace=_text(data.get("namespace"), DEFAULT_NAMESPACE),
        )

    @cached_property
    def bicep(self) -> Versions:
        """ARM API versions."""
        return self._versions("bicep", DEFAULT_VERSION)

    @cached_property
    def kubernetes(self) -> Versions:
        """Versions of the custom resources' groups."""
        return self._versions("kubernetes", None)

    def arm_version(self, kind: Kind) -> str:
        """The ARM API version in which ``kind`` is written."""
        return self.bicep.per_section.get(kind.section, self.bicep.default or DEFAULT_VERSION)

    def kubernetes_version(self, kind: Kind) -> str:
        """The ``apiVersion``, group included, in which ``kind`` is written."""
        version = self.kubernetes.per_section.get(kind.section, self.kubernetes.default)
        return f"{kind.kubernetes.group}/{version or kind.kubernetes.version}"

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The entries of every section that the spec has, by section."""
        return {
            kind.section: Table(kind.section, self._data[kind.section], self.document.keys)
            for kind in all_kinds()
            if isinstance(self._data.get(kind.section), list)
        }

    def entry_name(self, pointer: Pointer) -> str:
        """The name of the entry that ``pointer`` leads into; empty where there is none."""
        table = self.tables.get(str(pointer[0])) if pointer else None
        return table.name(int(pointer[1])) if table and len(pointer) > 1 else ""

    def _versions(self, target: str, default: str | None) -> Versions:
        data = _map(_map(self._data.get("targets")).get(target))
        sections = _map(data.get("apiVersions"))
        return Versions(
            default=_text(data.get("apiVersion"), default or "") or default,
            per_section={key: value for key, value in sections.items() if isinstance(value, str)},
        )


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any, otherwise: str) -> str:
    return value if isinstance(value, str) else otherwise
