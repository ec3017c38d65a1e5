"""A corpus of credentials and of what only looks like one: what is found, missed, shown.

No credential of it was ever in use: all are made here, from a seed, in the forms of their issuers.
"""

import string
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from random import Random

import pytest
from tests.credentials.test_redaction import HEAD, findings, shown_of

_RANDOM = Random(7)  # noqa: S311 - nothing of this is secret
_ALNUM = string.ascii_letters + string.digits
_BASE64 = _ALNUM + "+/"
_URL = _ALNUM + "-_"
_HEX = "0123456789abcdef"


def _some(length: int, of: str = _ALNUM) -> str:
    return "".join(_RANDOM.choices(of, k=length))


def _azure_44(mark: str) -> str:
    return _some(33, _BASE64) + mark + _some(1, "ABCDEFGHIJKLMNOP") + _some(5, _BASE64) + "="


def _azure_88(mark: str) -> str:
    return _some(76, _BASE64) + mark + _some(5, _BASE64) + _some(1, "AQgw") + "=="


def _block(label: str) -> str:
    body = "\n".join(_some(64, _BASE64) for _ in range(3))
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"


def _in_base64(label: str) -> str:
    return b64encode(_block(label).encode()).decode()


# What must be found wherever it stands: a text of it, made anew for each sample.
_TOKENS: Mapping[str, Callable[[], str]] = {
    "Azure Cache for Redis": lambda: _azure_44("AzCa"),
    "Azure AI Search": lambda: _some(42) + "AzSe" + _some(1, "ABCD") + _some(5),
    "Azure Functions": lambda: _some(44, _URL) + "AzFu" + _some(5, _URL) + _some(1, "AQgw") + "==",
    "Azure Event Hubs": lambda: _azure_44("+AEh"),
    "Azure Service Bus": lambda: _azure_44("+ASb"),
    "Azure Relay": lambda: _azure_44("+ARm"),
    "Azure IoT Hub": lambda: _azure_44("AIoT"),
    "Azure Event Grid": lambda: _azure_44("AZEG"),
    "Azure Storage": lambda: _azure_88("+ASt"),
    "Azure Storage, old": lambda: _some(86, _BASE64) + "==",
    "Azure Storage, glued": lambda: _some(3) + "/" + _azure_88("+ASt"),
    "Azure Cosmos DB": lambda: _azure_88("ACDb"),
    "Azure Batch": lambda: _azure_88("+ABa"),
    "Azure API Management": lambda: _azure_88("APIM"),
    "Azure Container Registry": lambda: (
        _some(42, _BASE64) + "+ACR" + _some(1, "ABCD") + _some(5, _BASE64)
    ),
    "Azure DevOps": lambda: _some(75) + "AZDO" + _some(5),
    "Azure, new keys": lambda: (
        _some(52) + "JQQJ99" + _some(1) + _some(1, "ABCDEFGHIJKL") + _some(24)
    ),
    "Microsoft Entra": lambda: _some(3) + _some(1, "78") + "Q~" + _some(34, _URL + "~."),
    "GitHub, classic": lambda: "ghp" + "_" + _some(36),
    "GitHub, Actions": lambda: "ghs" + "_" + _some(36),
    "GitHub, fine-grained": lambda: "github" + "_pat_" + _some(22) + "_" + _some(59),
    "GitLab": lambda: "glpat" + "-" + _some(20, _URL),
    "GitLab runner": lambda: "glrt" + "-" + _some(20, _URL),
    "GitLab runner, old": lambda: "GR1348941" + _some(20, _URL),
    "GitLab deploy": lambda: "gldt" + "-" + _some(20, _URL),
    "GitLab trigger": lambda: "glptt" + "-" + _some(40, _HEX),
    "Docker": lambda: "dckr" + "_pat_" + _some(27, _URL),
    "AWS id": lambda: "AKIA" + _some(16, string.ascii_uppercase + "234567"),
    "AWS secret": lambda: "aws secret: " + _some(40, _BASE64),
    "AWS pair": lambda: "AKIA" + _some(16, string.ascii_uppercase) + ":" + _some(40, _BASE64),
    "Google API": lambda: "AIza" + _some(35, _URL),
    "Google OAuth": lambda: "ya29" + "." + _some(60, _URL),
    "Slack bot": lambda: "xoxb" + "-" + _some(12, string.digits) + "-" + _some(24),
    "Slack app": lambda: "xapp" + "-1-A" + _some(10) + "-" + _some(40, _HEX),
    "Slack hook": lambda: (
        "https://hooks.slack.com" + "/services/T" + _some(8) + "/B" + _some(8) + "/" + _some(24)
    ),
    "Stripe": lambda: "sk" + "_live_" + _some(24),
    "Stripe, restricted": lambda: "rk" + "_test_" + _some(24),
    "Stripe hook": lambda: "whsec" + "_" + _some(32),
    "SendGrid": lambda: "SG" + "." + _some(22, _URL) + "." + _some(43, _URL),
    "OpenAI": lambda: "sk" + "-" + _some(20) + "T3BlbkFJ" + _some(20),
    "OpenAI project": lambda: "sk" + "-proj-" + _some(60, _URL),
    "Anthropic": lambda: "sk" + "-ant-api03-" + _some(93, _URL) + "AA",
    "Vault": lambda: "hvs" + "." + _some(24, _URL),
    "Databricks": lambda: "dapi" + _some(32, _HEX),
    "Hugging Face": lambda: "hf" + "_" + _some(34, string.ascii_letters),
    "npm": lambda: "npm" + "_" + _some(36),
    "PyPI": lambda: "pypi" + "-AgEIcHlwaS5vcmc" + _some(60, _URL),
    "JSON Web Token": lambda: "eyJhbGciOiJIUzI1NiJ9." + _some(40, _URL) + "." + _some(43, _URL),
    "PEM": lambda: _block("RSA PRIVATE KEY"),
    "OpenSSH": lambda: _block("OPENSSH PRIVATE KEY"),
    "PGP": lambda: _block("PGP PRIVATE KEY BLOCK"),
    **{
        f"{label}, base64": lambda label=label: _in_base64(label)  # type: ignore[misc]
        for label in (
            "PRIVATE KEY",
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "DSA PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "PGP PRIVATE KEY BLOCK",
        )
    },
    "docker login": lambda: "docker login ghcr.io -u bob -p " + _some(12),
    "helm login": lambda: "helm registry login a.io --password " + _some(12),
    "URL": lambda: f"https://bob:{_some(12)}@harbor.example.org/v2",
    "connection string": lambda: f"Server=a;User=b;Password={_some(12)};",
    "storage string": lambda: f"AccountName=a;AccountKey={_some(24)};EndpointSuffix=b",
    "shared access signature": lambda: f"https://a.example.org/b?sv=1&sig={_some(43)}%3D",
    "Bearer": lambda: "Authorization: Bearer " + _some(32),
    "Basic": lambda: "Authorization: Basic " + b64encode(b"bob:hunter2-Zq9").decode(),
}

# Keys whose value is a credential, whatever it is.
_KEYS = (
    "password", "pass", "dbPass", "DB_PASS", "passwd", "pwd", "passphrase", "pat", "ghcrPat",
    "auth", "sas", "sasToken", "connStr", "connectionString", "primaryKey", "secondaryKey",
    "accountKey", "api-key", "clientSecret", "token", "privateKey", ".dockercfg", "tls.key",
    ".dockerconfigjson", "auths",
)  # fmt: skip

# What speaks of credentials, or looks like one, and is none.
_BENIGN = (
    "repo: https://bob@dev.example.org/plant/_git/specs",
    "repo: ssh://git@github.com/contoso/plant.git",
    "repo: git@github.com:contoso/plant.git",
    "mail: operators@contoso.example",
    f"integrity: sha512-{_some(86, _BASE64)}==",
    f"integrity: sha256-{_some(43, _BASE64)}=",
    f"digest: sha256:{_some(64, _HEX)}",
    f"commit: {_some(40, _HEX)}",
    "id: 3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    'note: "AccountKey=<from the portal>"',
    'note: "SharedAccessKey=<the key>;EntityPath=a"',
    'note: "Password=${SQL_PASSWORD};Server=a"',
    "note: github_pat_documentation_page",
    "note: dckr_pat_documentation_page_of_the_registry",
    "note: glpat-documentation-page-of-the-team",
    "note: sk-how-to-write-down-a-key-of-this-service",
    "note: hvs.documentation-page-of-the-vault",
    "note: hf_documentation_page",
    "tokens: 5",
    "maxTokens: 4096",
    "tokens: {count: 5}",
    "privateKey: /etc/ssl/private/plant.key",
    "token: /var/run/secrets/kubernetes.io/serviceaccount/token",
    "tokenPath: /var/run/secrets/token",
    "password: <from the vault>",
    "password: $REGISTRY_PASSWORD",
    "password: ${REGISTRY_PASSWORD}",
    "password: '{{ .Values.password }}'",
    "password: ${{ secrets.PASSWORD }}",
    "password: ''",
    "password: null",
    "passwordRequired: true",
    "auth: Anonymous",
    "auth: {method: Basic}",
    "authentication: Basic",
    "oauth: enabled",
    "bypass: all-of-it",
    "compass: north-by-west",
    "format: json-lines",
    "canvas: a1b2c3",
    "secretRef: ghcr-pull",
    "imagePullSecret: ghcr-pull",
    "passwordSecretName: plant-7-password",
    "credentials: {method: UserPassword}",
    "privateKey: {algorithm: RSA, size: 2048}",
    "secretKey: password-1\n  secretRef: broker-login",
    "note: kubectl create secret generic a --password-stdin",
    "note: docker login ghcr.io -u bob -p $GHCR_PAT",
    "note: docker login ghcr.io --password-stdin",
    "note: keep the token in the vault and the password at home",
    "note: AWS, Azure and a bit of SaaS",
    "note: https://user:<password>@harbor.example.org",
    f"certificate: {b64encode(b'-----BEGIN CERTIFICATE-----').decode()}",
    f"key.pub: {b64encode(b'-----BEGIN PUBLIC KEY-----').decode()}",
    f"key.pub: {b64encode(b'-----BEGIN RSA PUBLIC KEY-----').decode()}",
    "note: |\n    -----BEGIN CERTIFICATE-----\n    MIIB\n    -----END CERTIFICATE-----",
    f"thumbprint: {_some(40, '0123456789ABCDEF')}",
    "path: /subscriptions/a/resourceGroups/b/providers/Microsoft.ContainerRegistry/registries/c",
    "path: Microsoft/IoTOperations/registryEndpoint",
    f"layers: [{', '.join('sha256:' + _some(64, _HEX) for _ in range(3))}]",
)


def _samples() -> Iterator[tuple[str, str, str]]:
    """What a sample is of, the lines of its spec, and a part of it that must not be shown."""
    for name, make in _TOKENS.items():
        for key in ("note", "x-value", "path"):
            text = make()
            lines = "".join(f"    {line}\n" for line in text.splitlines())
            yield name, f"x-a:\n  {key}: |\n{lines}", _core(text)
    for key in _KEYS:
        value = _some(5) + "-" + _some(5, string.digits)
        yield f"key {key}", f"x-a:\n  {key}: {value}\n", value


def _core(text: str) -> str:
    """Characters of a credential that say enough of it; for those of many lines, of the second."""
    line = text.splitlines()[1] if text.startswith("-----") else text.rstrip("=;/v2").split("@")[0]
    line = line.removesuffix(";EndpointSuffix=b").removesuffix("%3D")
    return line[-10:]


def _credentials(spec: str) -> int:
    return sum(one.rule == "credential" for one in findings(spec).diagnostics)


def test_the_corpus_is_found_never_shown_and_nothing_else_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All credentials of the corpus are found, none is shown, and nothing benign is called one."""
    missed, shown, samples = [], [], list(_samples())
    for name, lines, secret in samples:
        spec = HEAD + lines
        missed += [] if _credentials(spec) else [name]
        shown += [name] if secret in shown_of(spec) else []
    alarms = [lines for lines in _BENIGN if _credentials(f"{HEAD}x-a:\n  {lines}\n")]
    found = len(samples) - len(missed)
    with capsys.disabled():
        sys.stdout.write(
            f"\ncredentials: {found} of {len(samples)} found, {len(missed)} missed, {len(shown)}"
            f" shown; {len(alarms)} false alarms on {len(_BENIGN)} benign texts\n"
        )
    assert (missed, shown, alarms) == ([], [], [])
