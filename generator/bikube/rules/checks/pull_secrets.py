"""What a spec says of pull secrets, and of what names them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from bikube.azure.companions.pull_secrets import PULLED_WITH
from bikube.diagnostics import Pointer
from bikube.document.walk import leaves
from bikube.rules.check import FindingCheck, Hit, Mention, all_fills, finds_one_of
from bikube.spec import Rows, Spec, Table
from bikube.spec.references import names_in
from bikube.text import advise, shorten

_FILLS = {
    "other-use": ("key",),
    "several-vaults": ("first",),
    "undescribed": ("advice",),
    "unused": (),
}
_SECRET_KEYS = ("secretRef", "secretName", "trustListSecretRef")
"""The keys by which Azure's types name Kubernetes secrets, whatever is in these."""
_PULLS = ("artifactPullSecretSettings", "authSecretRef", "imagePullSecrets")
"""What stands above them where it is a secret to pull with."""


class PullSecrets(FindingCheck):
    """Finds what does not fit together of pull secrets, and of the resources that name them.

    * ``undescribed``: a resource that pulls with a secret that is not described; ``{advice}`` says
      what to do
    * ``unused``: a pull secret that no resource names, in a spec that has some that could
    * ``other-use``: a pull secret that a resource names at ``{key}``, to do something else with it
    * ``several-vaults``: a pull secret from another key vault than the ``{first}`` one's
    """

    fills: ClassVar[tuple[str, ...]] = all_fills(_FILLS)
    fills_by: ClassVar[tuple[str, Mapping[str, tuple[str, ...]]]] = ("finds", _FILLS)
    parameters: ClassVar[Mapping[str, Any]] = finds_one_of(_FILLS)

    def __init__(self, *, finds: str) -> None:
        self._finds = _FINDERS[finds]

    def find(self, spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
        """What is found in ``rows``, or in other sections."""
        return self._finds(spec, table, rows)


def _undescribed(spec: Spec, table: Table, _rows: Rows) -> Iterator[Hit]:
    names = sorted({*table.typed(("name",), str, table.rows)[1]})
    for pulling in _pulling(spec) if names else ():
        for path, name in names_in(pulling, PULLED_WITH[pulling.section]):
            if name not in names:
                advice = advise(name, names, otherwise=_OTHERWISE)
                yield Hit((pulling.section, *path), values={"advice": advice})


_OTHERWISE = 'describe it in "pullSecrets", or make it by "kubectl create secret docker-registry"'


def _pulling(spec: Spec) -> list[Table]:
    """The entries that may name a secret to pull with."""
    return [spec.tables[section] for section in PULLED_WITH if section in spec.tables]


def _unused(spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
    pulling = _pulling(spec)
    named = {name for one in pulling for _, name in names_in(one, PULLED_WITH[one.section])}
    for row in rows if pulling else ():
        place = table.label(row)
        if place is not None and table.name(row) not in named:
            yield Hit(place)


def _other_uses(spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
    uses: dict[str, Pointer] = {}
    for section, other in spec.tables.items():
        for leaf in leaves(other.entries, (section,)) if other is not table else ():
            if _is_other_use(leaf.pointer) and isinstance(leaf.value, str):
                uses.setdefault(leaf.value, leaf.pointer)
    for row in rows:
        use = uses.get(table.name(row))
        if use is not None:
            mention = Mention(use, "value", "it is named here")
            yield Hit((*table.place(row), "name"), values={"key": _key(use)}, mentions=(mention,))


def _is_other_use(pointer: Pointer) -> bool:
    return pointer[-1] in _SECRET_KEYS and not any(key in pointer for key in _PULLS)


def _key(pointer: Pointer) -> str:
    """The key at the end of ``pointer`` and the one above it, as ``tls/manual/secretRef``."""
    keys = [token for token in pointer[2:] if isinstance(token, str)]
    return shorten("/".join(keys[-2:]))


def _several_vaults(_spec: Spec, table: Table, rows: Rows) -> Iterator[Hit]:
    judged, vaults = table.typed(("keyvaultName",), str, rows)
    for row, vault in zip(judged, vaults, strict=True):
        if vault.lower() != vaults[0].lower():
            first = Mention((*table.place(judged[0]), "keyvaultName"), "value", "the first one")
            values = {"first": shorten(vaults[0])}
            yield Hit((*table.place(row), "keyvaultName"), values=values, mentions=(first,))


_FINDERS: Mapping[str, Callable[[Spec, Table, Rows], Iterator[Hit]]] = {
    "other-use": _other_uses,
    "several-vaults": _several_vaults,
    "undescribed": _undescribed,
    "unused": _unused,
}

CHECK = PullSecrets
