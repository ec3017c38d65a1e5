"""Pull secrets in both outputs: two resources each, before what pulls with them."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml
from tests.conftest import RunCli
from tests.proof.bicep_rpc import BicepRpc

HEAD = "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a}\n"
ENTRY = (
    "  - {{name: {}, keyvaultName: kv-a, keyvaultSecretName: {}, clientId:"
    " 3f2b8c1d-6a4e-4f7b-9c2d-8e1a5b6c7d8e, tenantId: 9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d}}\n"
)
ENDPOINT = (
    "registryEndpoints:\n  - {name: quay, host: quay.io, authentication: {method:"
    " ArtifactPullSecret, artifactPullSecretSettings: {secretRef: quay}}}\n"
)

Generate: TypeAlias = Callable[..., Path]


@pytest.fixture
def generate(run_cli: RunCli, tmp_path: Path) -> Generate:
    """Renders a spec with pull secrets of these names and secrets, and whatever else it has."""

    def generate_from(secrets: Sequence[tuple[str, str]], rest: str = "") -> Path:
        entries = "".join(ENTRY.format(*one) for one in secrets)
        (tmp_path / "bikube.yaml").write_text(f"{HEAD}pullSecrets:\n{entries}{rest}", "utf-8")
        result = run_cli("generate", cwd=tmp_path)
        assert result.code == 0, result.err
        return tmp_path / "deploy/aio-a"

    return generate_from


def test_templates_of_pull_secrets_come_first(generate: Generate) -> None:
    """Templates are deployed in the order of their names."""
    folder = generate([("quay", "quay-config")], ENDPOINT)
    names = sorted(file.name for file in folder.glob("bicep/*"))
    assert names == ["main-00-pullsecrets.bicep", "main.bicep"]


def test_the_secret_waits_for_its_class(generate: Generate, bicep: BicepRpc) -> None:
    """The compiler sees that the one is needed for the other, and nothing else to wait for."""
    folder = generate([("quay", "quay-config"), ("a.b", "ab")])
    template = bicep.compile(folder / "bicep/main-00-pullsecrets.bicep").template
    resources = json.loads(template or "{}")["resources"]
    assert [
        (one["type"].rpartition("/")[2], one["name"], one.get("dependsOn")) for one in resources
    ] == [
        ("azureKeyVaultSecretProviderClasses", "a.b", None),
        ("secretSyncs", "a.b", [_class_id("a.b")]),
        ("azureKeyVaultSecretProviderClasses", "quay", None),
        ("secretSyncs", "quay", [_class_id("quay")]),
    ]


def _class_id(name: str) -> str:
    type_ = "Microsoft.SecretSyncController/azureKeyVaultSecretProviderClasses"
    return f"[resourceId('{type_}', '{name}')]"


def test_many_are_in_several_templates(generate: Generate) -> None:
    """Of 1,000 no template has more than Azure takes, and both resources of one are together."""
    names = [f"pull-{number}" for number in range(1000)]
    folder = generate([(name, name) for name in names], ENDPOINT)
    files = sorted(folder.glob("bicep/*"))
    assert [file.name for file in files][-2:] == ["main-00-pullsecrets.bicep", "main.bicep"]
    assert len(files) > 3
    found: list[str] = []
    for file in files[:-1]:
        text = file.read_text("utf-8")
        classes = re.findall(r"^resource secretProviderClass_(\w+)", text, re.MULTILINE)
        assert re.findall(r"^resource secretSync_(\w+)", text, re.MULTILINE) == classes
        assert 0 < len(classes) <= 395
        found += classes
    assert sorted(found) == sorted(name.replace("-", "_") for name in names)


@pytest.mark.parametrize("secret", ["'true'", "'2026'", "'1e5'", "no", "A-b", "x" * 127])
def test_every_name_is_text(generate: Generate, secret: str) -> None:
    """What the extension reads is a string, whether its reader is one of YAML 1.1 or 1.2."""
    folder = generate([("quay", secret)])
    manifest = yaml.safe_load((folder / "kubernetes/secretproviderclass-quay.yaml").read_bytes())
    (item,) = yaml.safe_load(manifest["spec"]["parameters"]["objects"])["array"]
    assert yaml.safe_load(item) == {"objectName": secret.strip("'"), "objectType": "secret"}


def test_no_two_names_share_a_symbol(generate: Generate, bicep: BicepRpc) -> None:
    """Points and hyphens are told apart, and the longest names fit."""
    names = ["a.b", "a-b", "a-dot-b", ".".join("a" * 32), "-".join("b" * 32)]
    folder = generate([(name, "s") for name in names])
    compiled = bicep.compile(folder / "bicep/main-00-pullsecrets.bicep")
    assert (compiled.diagnostics, compiled.success) == ((), True)


def test_nothing_is_written_of_a_type(generate: Generate, run_cli: RunCli, tmp_path: Path) -> None:
    """The only type that there is may be written, and changes neither output."""
    folder = generate([("quay", "s")])
    before = {file: file.read_bytes() for file in folder.rglob("*.*")}
    text = (tmp_path / "bikube.yaml").read_text("utf-8")
    typed = text.replace("}\n", ", type: kubernetes.io/dockerconfigjson}\n").replace(
        "cl-a, type: kubernetes.io/dockerconfigjson", "cl-a"
    )
    (tmp_path / "bikube.yaml").write_text(typed, "utf-8")
    assert run_cli("generate", cwd=tmp_path).code == 0
    assert {file: file.read_bytes() for file in folder.rglob("*.*")} == before


@pytest.mark.parametrize(
    "key", ["password", "token", "dockerconfigjson", "data", "keyvaultSecretName"]
)
def test_no_content_of_a_secret_is_taken(run_cli: RunCli, tmp_path: Path, key: str) -> None:
    """Wherever it is written: nothing is generated, and it is shown nowhere."""
    token = "ghp_" + "a1B2" * 9
    content = f"{{.dockerconfigjson: {token}}}" if key == "data" else token
    entry = ENTRY.format("quay", "quay-config").replace("keyvaultSecretName: quay-config, ", "")
    entry = entry.replace("}", f", {key}: {content}}}", 1)
    (tmp_path / "bikube.yaml").write_text(f"{HEAD}pullSecrets:\n{entry}", "utf-8")
    result = run_cli("generate", cwd=tmp_path)

    assert result.code == 1
    assert "error[credential]" in result.err
    assert token not in result.out + result.err
    assert not (tmp_path / "deploy").exists()
