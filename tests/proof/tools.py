"""The programs that tests run: found, or the test says in one line why it cannot run."""

import os
import shutil
from pathlib import Path

import pytest

# A variable names the program itself and goes before `PATH`.
VARIABLES = {"bicep": "BIKUBE_BICEP"}

# What a run that lacks the program leaves open.
UNPROVEN = {
    "bicep": "without it, nothing shows that the outputs are equal, or that Bicep compiles",
    "go": "without it, no API server is asked about the manifests",
    "kubectl": "without it, nothing shows that Kubernetes reads the manifests",
}


def find(program: str) -> Path:
    """Where ``program`` is; without it, the test fails when ``CI`` is set, and else is skipped."""
    variable = VARIABLES.get(program, "")
    named = os.environ.get(variable) if variable else None
    found = shutil.which(named or program)
    if found:
        return Path(found)
    hint = f"put it on PATH, or name it in {variable}" if variable else "put it on PATH"
    reason = f"{named or program} is not a program on this machine; {hint}"
    reason = "; ".join(filter(None, (reason, UNPROVEN.get(program))))
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
