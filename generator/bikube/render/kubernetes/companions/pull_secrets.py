"""Pull secrets in manifests: a class that says what to read, and what makes a secret of it.

The form is that of the reference of the Secret Store extension
(https://learn.microsoft.com/azure/azure-arc/kubernetes/secret-store-extension-reference).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from bikube.azure.companions.pull_secrets import (
    SECRET_KEY,
    SECRET_TYPE,
    SERVICE_ACCOUNT,
    objects,
)
from bikube.document.writing import block
from bikube.render.templates import macro, template
from bikube.spec import Spec


def _write(spec: Spec, entries: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    namespace = spec.instance.namespace
    shape = template("k8s/secret-provider-class.yaml.j2", yaml=block)
    sync = macro(
        template("k8s/manifest.yaml.j2", yaml=block),
        "manifest",
        api_version="secret-sync.x-k8s.io/v1alpha1",
        kind="SecretSync",
        namespace=namespace,
    )
    for entry in entries:
        name, text = entry["name"], objects(entry["keyvaultSecretName"])
        yield (
            f"secretproviderclass-{name}.yaml",
            shape.render(entry=entry, namespace=namespace, objects=text),
        )
        yield f"secretsync-{name}.yaml", sync(name, {}, _sync(entry))


def _sync(entry: dict[str, Any]) -> dict[str, Any]:
    mapping = {"sourcePath": entry["keyvaultSecretName"], "targetKey": SECRET_KEY}
    return {
        "secretProviderClassName": entry["name"],
        "serviceAccountName": entry.get("serviceAccountName", SERVICE_ACCOUNT),
        "secretObject": {"type": SECRET_TYPE, "data": [mapping]},
    }


WRITER = _write
