"""Fixtures that share one compiler process among all tests of a session."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.tools import find


@pytest.fixture(scope="session")
def bicep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BicepRpc]:
    """The real compiler."""
    with BicepRpc(find("bicep"), tmp_path_factory.mktemp("bicep")) as client:
        yield client


@pytest.fixture(scope="session")
def kubectl() -> Path:
    """Where kubectl is."""
    return find("kubectl")
