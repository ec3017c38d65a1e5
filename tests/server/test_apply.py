"""``kubectl apply`` takes what bikube writes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pytest
from tests.server.cases import Manifest
from tests.server.client import Server
from tests.server.conftest import FRESH
from tests.support.prose import page
from tests.support.summary import SUMMARY
from tests.support.trees import spec, write_tree

from bikube.azure import kind_sections

APPLY = ("apply", "--server-side", "--dry-run=server", "--validate=strict")


def run(command: Sequence[str | Path], server: Server, folder: Path) -> list[str]:
    """What a command prints, in lines, whose ``kubectl`` knows nothing but ``server``."""
    config = folder / "kubeconfig"
    config.write_text(json.dumps(_config(server.url)), encoding="utf-8")
    environment = {
        **os.environ,
        "KUBECONFIG": str(config),
        "KUBECACHEDIR": str(folder / "cache"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def _config(url: str) -> dict[str, object]:
    """The configuration of ``kubectl`` for one cluster."""
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "test", "cluster": {"server": url}}],
        "contexts": [{"name": "test", "context": {"cluster": "test", "user": ""}}],
        "current-context": "test",
    }


def test_the_server_takes_every_definition(servers: Mapping[str, Server]) -> None:
    """All are served, for all kinds and API versions, and none lacks structure."""
    for version, server in servers.items():
        for name, conditions in server.conditions().items():
            expected = {"NamesAccepted": "True", "Established": "True"}
            assert conditions == expected, f"{name} of {version}"


def test_kubectl_applies_every_manifest(
    servers: Mapping[str, Server],
    manifests: list[Manifest],
    kubectl: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Server-side and strictly: golden cases and examples, each as its API version has it."""
    version, start = attrgetter("version"), time.monotonic()
    for name, group in groupby(sorted(manifests, key=version), key=version):
        folder = tmp_path / name
        folder.mkdir()
        applied = list(group)
        for number, manifest in enumerate(applied):
            (folder / f"{number:04}.yaml").write_bytes(manifest.data)

        lines = run([kubectl, *APPLY, "-f", folder], servers[name], tmp_path)

        assert [line.split("/")[1] for line in lines] == [
            f"{one.content['metadata']['name']} serverside-applied (server dry run)"
            for one in applied
        ]
    took = time.monotonic() - start
    record_property(SUMMARY, f"kubectl has applied {len(manifests)} manifests in {took:.1f} s")


def test_manifests_of_all_kinds_are_applied(manifests: list[Manifest]) -> None:
    """What kubectl is given says something about every kind."""
    assert {one.kind.section for one in manifests} == set(kind_sections())


@pytest.mark.usefixtures("kubectl")
def test_the_readme_applies_to_a_test_cluster(
    servers: Mapping[str, Server], tmp_path: Path
) -> None:
    """As it stands in the README: definitions first, then what is generated, tried out."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    (commands,) = (one for one in page("README.md").blocks() if "bikube crds" in one.text)
    script = f"bikube generate\n{commands.text}"

    *_, last = run(["bash", "-ec", script], servers[FRESH], tmp_path)

    assert last.endswith(" serverside-applied (server dry run)")
