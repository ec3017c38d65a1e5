"""One API server for each API version, shared by all tests of a session."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.proof.tools import find
from tests.server.build import build, place
from tests.server.cases import Manifest, definitions, definitions_beside, generated, golden
from tests.server.client import Process, Server

from bikube.azure import DEFAULT_VERSION, known_versions

FRESH = "fresh"
"""The server that has no definitions."""


@pytest.fixture(scope="session")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> list[Manifest]:
    """Every manifest of the golden cases, and of the examples."""
    return [*golden(), *generated(tmp_path_factory.mktemp("deploy"))]


@pytest.fixture(scope="session")
def servers(
    manifests: list[Manifest], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Server]]:
    """A server for each API version, with the definitions of all its kinds, and a fresh one."""
    program, folder = _program(), tmp_path_factory.mktemp("server")
    with Process(program, [*known_versions(), FRESH], folder) as running:
        for version in known_versions():
            running.servers[version].install(definitions(version, manifests))
        running.servers[DEFAULT_VERSION].install(definitions_beside())
        for server in running.servers.values():
            server.wait()
        yield running.servers


def _program() -> Path:
    """The API server; only CI builds it unasked, since that takes minutes."""
    go = find("go")
    program = place(go)
    if not program.exists() and os.environ.get("CI") != "true":
        pytest.skip("the API server is not built; `make test-server` builds it, once")
    return build(go)
