"""Pull secrets, as Azure evaluates them and as a cluster gets them: worked out of the spec alone.

Azure and the cluster have other words for the same. What is written of every secret, such as its
type, is here once more, and not what is rendered.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bikube.compiler import RESOURCE_GROUP, SUBSCRIPTION
from bikube.verify.beside import Asked, Asks
from bikube.verify.places import Pointer
from bikube.verify.sides import Side

_CLASSES = "Microsoft.SecretSyncController/azureKeyVaultSecretProviderClasses"
_SYNCS = "Microsoft.SecretSyncController/secretSyncs"
_VERSION = "2024-08-21-preview"
_SCOPE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{RESOURCE_GROUP}/providers"
_KINDS = {
    _CLASSES: ("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass"),
    _SYNCS: ("secret-sync.x-k8s.io/v1alpha1", "SecretSync"),
}


def _asked(
    file: str, data: Mapping[str, Any], start: Pointer, entry: Mapping[str, Any]
) -> Iterator[Asked]:
    name, label = entry["name"], f"pullSecrets/{entry['name']}"
    namespace = data["instance"].get("namespace", "azure-iot-operations")
    for type_, properties in ((_CLASSES, _class(entry)), (_SYNCS, _sync(entry))):
        resource = {
            "id": f"{_SCOPE}/{type_}/{name}",
            "type": type_,
            "name": name,
            "apiVersion": _VERSION,
            # Only a deployment knows it.
            "location": "[resourceGroup().location]",
            "extendedLocation": {"name": _location(data), "type": "CustomLocation"},
            "properties": properties,
        }
        yield Asked(Side.BICEP, label, resource, file, start)
        manifest = _manifest(type_, properties, {"name": name, "namespace": namespace})
        yield Asked(Side.KUBERNETES, label, manifest, file, start, twin=True)


def _class(entry: Mapping[str, Any]) -> dict[str, Any]:
    secret = json.dumps(entry["keyvaultSecretName"])
    return {
        "keyvaultName": entry["keyvaultName"],
        "clientId": entry["clientId"],
        "tenantId": entry["tenantId"],
        "objects": f"array:\n  - |\n    objectName: {secret}\n    objectType: secret\n",
    }


def _sync(entry: Mapping[str, Any]) -> dict[str, Any]:
    mapping = {"sourcePath": entry["keyvaultSecretName"], "targetKey": ".dockerconfigjson"}
    return {
        "secretProviderClassName": entry["name"],
        "serviceAccountName": entry.get("serviceAccountName") or "aio-ssc-sa",
        "kubernetesSecretType": "kubernetes.io/dockerconfigjson",
        "objectSecretMapping": [mapping],
    }


def _location(data: Mapping[str, Any]) -> str:
    location = str(data["instance"]["customLocation"])
    if location.startswith("/"):
        return location
    return f"{_SCOPE}/Microsoft.ExtendedLocation/customLocations/{location}"


def _manifest(
    type_: str, properties: Mapping[str, Any], metadata: Mapping[str, Any]
) -> dict[str, Any]:
    """What a cluster gets of a resource of Azure with these ``properties``."""
    version, kind = _KINDS[type_]
    spec = _class_spec(properties) if type_ == _CLASSES else _sync_spec(properties)
    return {"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec}


def _class_spec(properties: Mapping[str, Any]) -> dict[str, Any]:
    renamed = {"clientId": "clientID", "tenantId": "tenantID"}
    parameters = {renamed.get(key, key): value for key, value in properties.items()}
    return {"provider": "azure", "parameters": parameters}


def _sync_spec(properties: Mapping[str, Any]) -> dict[str, Any]:
    renamed = {"kubernetesSecretType": "type", "objectSecretMapping": "data"}
    moved = {renamed[key]: value for key, value in properties.items() if key in renamed}
    kept = {key: value for key, value in properties.items() if key not in renamed}
    return {**kept, "secretObject": moved}


def _mirror(resource: Mapping[str, Any]) -> Mapping[str, Any] | None:
    types = {type_.lower(): type_ for type_ in _KINDS}
    type_ = types.get(str(resource.get("type")).lower())
    properties = resource.get("properties")
    if type_ is None or not isinstance(properties, dict):
        return None
    return _manifest(type_, properties, {"name": str(resource.get("name"))})


ASKS = Asks(_asked, versions={_CLASSES: _VERSION, _SYNCS: _VERSION}, mirror=_mirror)
