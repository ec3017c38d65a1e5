"""The Bicep CLI as these tests read it: the files in the program, which is not run."""

import os

import pytest
from scripts.schemas.bundle import Bundle, open_bundle
from scripts.schemas.errors import Unusable
from tests.proof.tools import find


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """The files in the Bicep CLI; a wrapper or a package of another kind is skipped outside CI."""
    try:
        return open_bundle(find("bicep").read_bytes())
    except Unusable as error:
        reason = f"bicep: {error}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
