"""What a spec says, bound to kinds and companions: an instance, versions, and sections.

Binding never fails. Whatever is missing or of a wrong type has its default here, because the
schema has reported it; so rules can run on the rest.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from bikube.azure import ARM, DEFAULT_VERSION, Api, Kind, companions_of, kinds_of
from bikube.diagnostics import Pointer
from bikube.document import Document
from bikube.spec.identity import Identity, identity_in, identity_of
from bikube.spec.table import Table
from bikube.text import Source

if TYPE_CHECKING:
    from bikube.azure.companion import Companion

DEFAULT_NAMESPACE = "azure-iot-operations"


class Instance(NamedTuple):
    """The AIO instance; ``custom_location`` is a name or a full resource id.

    ``aio_version`` is the release that it runs, and ``sku`` the edition; both are empty where the
    spec does not say.
    """

    name: str
    custom_location: str
    namespace: str
    aio_version: str
    sku: str


class Versions(NamedTuple):
    """The versions that a spec chooses for one target; ``default`` is for all other sections."""

    default: str | None
    per_section: dict[str, str]

    def of(self, kind: Kind) -> str | None:
        """The version chosen for ``kind``."""
        return self.per_section.get(kind.section, self.default)


class Spec:
    """One spec as data, each part of it able to say where it stands in the text.

    ``apis`` are those of the targets whose versions it may choose, by the targets' names.
    """

    def __init__(self, document: Document, apis: Mapping[str, Api]) -> None:
        self.document = document
        self.apis = apis
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
            aio_version=_text(data.get("aioVersion"), ""),
            sku=_text(data.get("sku"), ""),
        )

    @cached_property
    def arm_target(self) -> str:
        """The target below which ARM API versions are chosen; empty if none can be."""
        return next((name for name, api in self.apis.items() if api is ARM), "")

    @cached_property
    def arm_versions(self) -> Versions:
        """The ARM API versions that the spec chooses."""
        return self.versions(self.arm_target)

    def arm_version(self, kind: Kind | None = None) -> str:
        """The ARM API version in which ``kind``, or else the instance, is written."""
        chosen = self.arm_versions
        return (chosen.of(kind) if kind is not None else chosen.default) or DEFAULT_VERSION

    def versions(self, target: str) -> Versions:
        """What the spec chooses for ``target``."""
        data = _map(_map(self._data.get("targets")).get(target))
        sections = _map(data.get("apiVersions"))
        return Versions(
            default=_text(data.get("apiVersion"), "") or None,
            per_section={key: value for key, value in sections.items() if isinstance(value, str)},
        )

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """Those whose sections the spec has, in the order in which they deploy."""
        return kinds_of(self._data)

    @cached_property
    def companions(self) -> "tuple[Companion, ...]":
        """Those whose sections the spec has, in their order."""
        return companions_of(self._data)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The entries of every section that the spec has, by section: first those of kinds."""
        sections = [kind.section for kind in self.kinds]
        sections += (companion.section for companion in self.companions)
        return {
            section: Table(section, self._data[section], self.document.keys)
            for section in sections
            if isinstance(self._data.get(section), list)
        }

    @cached_property
    def resource_tables(self) -> tuple[Table, ...]:
        """Those of ``tables`` that hold resources of AIO, in the order in which they deploy."""
        return tuple(self.tables[one.section] for one in self.kinds if one.section in self.tables)

    @cached_property
    def existing(self) -> dict[str, dict[Identity, list[int]]]:
        """What the spec says to exist already, by section: which ones of the list say so.

        A name alone is below the default parent, where the kind has parents.
        """
        said = _map(self._data.get("existing"))
        return {
            kind.section: _existing(kind, said[kind.section])
            for kind in kinds_of(said)
            if isinstance(said[kind.section], list)
        }

    @cached_property
    def existing_beside(self) -> dict[str, list[Any]]:
        """The same of companions: what stands there, which may be anything."""
        said = _map(self._data.get("existing"))
        return {
            one.section: said[one.section]
            for one in companions_of(said)
            if isinstance(said[one.section], list)
        }

    def entry_name(self, pointer: Pointer) -> str:
        """The name of the entry that ``pointer`` leads into; empty where there is none."""
        table = self.tables.get(str(pointer[0])) if pointer else None
        return table.name(int(pointer[1])) if table and len(pointer) > 1 else ""

    def identity(self, pointer: Pointer) -> str:
        """What the entry that ``pointer`` leads into is known by; empty where there is none.

        It is ``section/name``, or ``section/parent/name`` below another parent than the instance,
        and with whatever else an entry of a companion is known by.
        """
        table = self.tables.get(str(pointer[0])) if len(pointer) > 1 else None
        if table is None:
            return ""
        own = identity_of(table.section, table.entries[int(pointer[1])])
        return "/".join((table.section, *own)) if own else ""


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _existing(kind: Kind, entries: list[Any]) -> dict[Identity, list[int]]:
    found: dict[Identity, list[int]] = {}
    for index, one in enumerate(entries):
        identity = identity_in(kind, {"name": one} if isinstance(one, str) else one)
        if identity:
            found.setdefault(identity, []).append(index)
    return found


def _text(value: Any, otherwise: str) -> str:
    return value if isinstance(value, str) else otherwise
