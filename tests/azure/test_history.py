"""Since and until when something is there, in words."""

import pytest

from bikube.azure.history import when
from bikube.azure.versions import known_versions

KNOWN = known_versions()


@pytest.mark.parametrize(
    ("versions", "words"),
    [
        (KNOWN, f"since {KNOWN[0]}"),
        (KNOWN[3:], f"since {KNOWN[3]}"),
        (KNOWN[-1:], f"since {KNOWN[-1]}"),
        (KNOWN[:3], f"until {KNOWN[2]}"),
        (KNOWN[:1], f"in {KNOWN[0]} only"),
        (KNOWN[2:3], f"in {KNOWN[2]} only"),
        (KNOWN[2:4], f"from {KNOWN[2]} until {KNOWN[3]}"),
        ((KNOWN[2], *KNOWN[6:]), f"in {KNOWN[2]} only, and since {KNOWN[6]}"),
        ((*KNOWN[:2], *KNOWN[3:5]), f"until {KNOWN[1]}, and from {KNOWN[3]} until {KNOWN[4]}"),
    ],
)
def test_versions_are_told_by_their_first_and_last(versions: tuple[str, ...], words: str) -> None:
    """What comes back is told in stretches; the end is told where there is one."""
    assert when(versions) == words
