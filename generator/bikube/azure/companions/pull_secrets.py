"""Pull secrets: Kubernetes secrets that the Secret Store extension copies out of Key Vault.

Of each come two resources: what may be read in Key Vault, and what becomes a secret of it. Patterns
and types are those of Microsoft.SecretSyncController; both of its API versions have all that is
written. The type of the secret and its key are those that Kubernetes pulls with
(https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets). The controller
labels the secret with its name, which therefore is no longer than a label may be.
"""

import json

from bikube.azure.companion import Companion, by_name

API_VERSION = "2024-08-21-preview"
"""The one that Microsoft's samples and its CLI use."""

CLASSES = "Microsoft.SecretSyncController/azureKeyVaultSecretProviderClasses"
SYNCS = "Microsoft.SecretSyncController/secretSyncs"

SECRET_TYPE = "kubernetes.io/dockerconfigjson"  # noqa: S105 - the name of a type
SECRET_KEY = ".dockerconfigjson"  # noqa: S105 - the name of a key
SERVICE_ACCOUNT = "aio-ssc-sa"
"""The one that "az iot ops secretsync enable" federates with an identity."""

PULLED_WITH = {
    "registryEndpoints": ("authentication", "artifactPullSecretSettings", "secretRef"),
    "akriConnectorTemplates": (
        *("runtimeConfiguration", "managedConfigurationSettings", "imageConfigurationSettings"),
        *("registrySettings", "containerRegistrySettings", "imagePullSecrets", "*", "secretRef"),
    ),
}
"""Where resources of a section name the secret with which they pull."""

_NAME = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"

COMPANION = Companion(
    section="pullSecrets",
    order=2,
    entry={
        "type": "object",
        "required": ["name", "keyvaultName", "keyvaultSecretName", "clientId", "tenantId"],
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 63, "pattern": _NAME},
            "keyvaultName": {"type": "string"},
            "keyvaultSecretName": {"type": "string"},
            "clientId": {"type": "string"},
            "tenantId": {"type": "string"},
            "serviceAccountName": {
                "type": "string",
                "minLength": 1,
                "maxLength": 253,
                "pattern": _NAME,
            },
            "type": {"type": "string"},
        },
    },
    identify=by_name,
    types=(f"{CLASSES}@{API_VERSION}", f"{SYNCS}@{API_VERSION}"),
)


def objects(secret: str) -> str:
    """The YAML in both outputs that says what to read: the newest version of ``secret``.

    The name is in quotes, so that every reader takes any name for text.
    """
    return f"array:\n  - |\n    objectName: {json.dumps(secret)}\n    objectType: secret\n"
