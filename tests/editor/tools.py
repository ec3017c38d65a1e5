"""What npm installs for these tests: found, or the test says in one line why it cannot run."""

import os
from pathlib import Path

import pytest
from tests.proof.tools import find


def node_for(program: Path) -> Path:
    """Where Node.js is, if npm has installed ``program``; in CI the test fails without the two."""
    node = find("node")
    if program.exists():
        return node
    reason = f"{program.name} is not installed; make editor installs it by npm"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
