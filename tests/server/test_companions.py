"""The API server takes the manifests of companions, by the definitions of other projects."""

from collections.abc import Mapping

import pytest
import yaml
from tests.server.cases import beside
from tests.server.client import Server

from bikube.azure import DEFAULT_VERSION


def test_every_manifest_is_taken(servers: Mapping[str, Server]) -> None:
    """As text, server-side and strictly: a class and a sync for each secret."""
    server, files = servers[DEFAULT_VERSION], beside()
    kinds = [yaml.safe_load(file.read_bytes())["kind"] for file in files]
    assert kinds.count("SecretProviderClass") == kinds.count("SecretSync") >= 3

    for file in files:
        data = file.read_bytes()
        assert server.apply(yaml.safe_load(data), data) == "", file


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"serviceAccountName": "A"}, "should match"),
        ({"serviceAccount": "a"}, "field not declared in schema"),
        ({"secretObject": {"type": "Opaque", "data": []}}, "should have at least 1 items"),
        ({"secretObject": {"data": [{"sourcePath": "a", "targetKey": "b"}]}}, "Required value"),
    ],
)
def test_another_form_is_refused(
    servers: Mapping[str, Server], change: Mapping[str, object], answer: str
) -> None:
    """So that taking them means something."""
    sync = next(file for file in beside() if file.name.startswith("secretsync"))
    content = yaml.safe_load(sync.read_bytes())
    spoilt = {**content, "spec": {**content["spec"], **change}}

    assert answer in servers[DEFAULT_VERSION].apply(spoilt)
