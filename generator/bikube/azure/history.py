"""Says in words which API versions have something."""

from collections.abc import Collection
from itertools import groupby

from bikube.azure.versions import known_versions


def when(versions: Collection[str]) -> str:
    """Since and until when something is there that the known ``versions`` have, at least one.

    What is there since the first version has no beginning that is worth a word.
    """
    known = known_versions()
    runs = [
        [version for version, _ in run]
        for there, run in groupby(
            ((version, version in versions) for version in known), key=lambda pair: pair[1]
        )
        if there
    ]
    return ", and ".join(_stretch(run, known) for run in runs)


def _stretch(run: list[str], known: tuple[str, ...]) -> str:
    first, last = run[0], run[-1]
    if last == known[-1]:
        return f"since {first}"
    if first == last:
        return f"in {first} only"
    return f"until {last}" if first == known[0] else f"from {first} until {last}"
