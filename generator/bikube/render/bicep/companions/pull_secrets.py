"""Pull secrets in Bicep: in templates of their own, which come before those of the instance."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bikube.azure.companions.pull_secrets import (
    API_VERSION,
    CLASSES,
    SECRET_KEY,
    SECRET_TYPE,
    SERVICE_ACCOUNT,
    SYNCS,
    objects,
)
from bikube.render.bicep.codes import linter_codes
from bikube.render.bicep.literals import Expressions, literal, string
from bikube.render.bicep.partition import Item, partition
from bikube.render.templates import template
from bikube.spec import Spec

_STAGE = "main-00-pullsecrets"
"""By name it is before all that AIO has, whose stages begin with 1."""
_INDENT = 2
_SIZE = 4_000
"""No fewer bytes than the two resources of a secret take in a compiled template."""


class _Resource(NamedTuple):
    """A resource as the template writes it."""

    symbol: str
    type: str
    name: str
    name_codes: tuple[str, ...]
    properties: str


def _write(spec: Spec, entries: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    # Both resources of an entry have one identity, so that they are in one template.
    items = [
        Item(0, "pullsecrets", entry["name"], None, _SIZE // 2) for entry in entries for _ in "12"
    ]
    for part in partition(items):
        chosen = dict.fromkeys(index // 2 for index in part.members)
        name = _STAGE if part.name == "main" else part.name
        yield f"{name}.bicep", _text(spec, [entries[index] for index in chosen])


def _text(spec: Spec, entries: Sequence[dict[str, Any]]) -> str:
    location = spec.instance.custom_location
    return template("bicep/pull-secrets.bicep.j2", bicep=literal).render(
        custom_location_id=location if location.startswith("/") else "",
        custom_location_name=location,
        custom_location_codes=linter_codes(string(location)),
        resources=[one for entry in entries for one in _resources(entry)],
    )


def _resources(entry: dict[str, Any]) -> Iterator[_Resource]:
    """What may be read in Key Vault, and the secret that is made of it."""
    name, secret = entry["name"], entry["keyvaultSecretName"]
    own = f"secretProviderClass_{_symbol(name)}"
    yield _resource(
        own,
        CLASSES,
        name,
        literal(
            {
                "keyvaultName": entry["keyvaultName"],
                "clientId": entry["clientId"],
                "tenantId": entry["tenantId"],
                "objects": objects(secret),
            },
            _INDENT,
        ),
    )
    made = {
        "secretProviderClassName": name,
        "serviceAccountName": entry.get("serviceAccountName", SERVICE_ACCOUNT),
        "kubernetesSecretType": SECRET_TYPE,
        "objectSecretMapping": [{"sourcePath": secret, "targetKey": SECRET_KEY}],
    }
    symbols: Expressions = {("secretProviderClassName",): f"{own}.name"}
    properties = literal(made, _INDENT, expressions=symbols)
    yield _resource(f"secretSync_{_symbol(name)}", SYNCS, name, properties)


def _resource(symbol: str, type_: str, name: str, properties: str) -> _Resource:
    # A symbol that ends so looks to the linter as if the decompiler had made it.
    codes = ("decompiler-cleanup",) if symbol.endswith("_resource") else ()
    return _Resource(symbol, f"{type_}@{API_VERSION}", name, codes, properties)


def _symbol(name: str) -> str:
    """Names have neither capitals nor ``_``, so that no two have one symbol."""
    return name.replace("-", "_").replace(".", "_Dot_")


WRITER = _write
