"""Which API version is meant, and whether a release serves it."""

import pytest

from bikube.errors import UsageError
from bikube.upgrade import target_version

LISTS = '"bikube versions" lists them'
NONE_DOES = (
    'AIO 1.5.45 serves up to "2026-10-01" and not "2026-11-01-preview"; no release is known that'
    " does"
)


@pytest.mark.parametrize(
    ("wanted", "aio", "expected"),
    [
        ("2026-07-01", "", ("2026-07-01", "")),
        ("2026-07-01", "1.4.41", ("2026-07-01", "")),
        ("2025-07-01-preview", "1.2", ("2025-07-01-preview", "")),
        ("2026-07-01", "9.9", ("2026-07-01", "")),
        (
            "2026-07-01",
            "1.2.189",
            (
                "2026-07-01",
                'AIO 1.2.189 serves up to "2025-10-01" and not "2026-07-01"; AIO 1.4 and later do',
            ),
        ),
        (
            "2026-11-01-preview",
            "1.5.45",
            (
                "2026-11-01-preview",
                NONE_DOES,
            ),
        ),
        ("latest", "", ("2026-10-01", "")),
        ("latest", "1.4.41", ("2026-07-01", "")),
        ("latest", "1.1", ("2025-04-01", "")),
        ("latest", "9.9", ("2026-10-01", "")),
    ],
)
def test_a_version_for_a_release(wanted: str, aio: str, expected: tuple[str, str]) -> None:
    """What the release does not serve is refused, with the release that does."""
    assert target_version(wanted, aio) == expected


@pytest.mark.parametrize(
    ("wanted", "advice"),
    [
        ("2020-01-01", 'the first is "2024-11-01"; "bikube versions" lists them'),
        ("2027-01-01", 'the last is "2026-11-01-preview"; "bikube versions" lists them'),
        ("2025-10-02", f'it lies between "2025-10-01" and "2026-03-01"; {LISTS}'),
        ("2026-07-01-preview", f'it lies between "2026-03-01" and "2026-07-01"; {LISTS}'),
        ("1.2.189", 'it is a release, and serves up to "2025-10-01"'),
        ("Latest", 'did you mean "latest"?'),
        ("2026-7-01", 'did you mean "2026-07-01"?'),
        ("newest", LISTS),
    ],
)
def test_a_version_that_there_is_not(wanted: str, advice: str) -> None:
    """It is wrong usage, with what may be meant: a day by what is before and after it."""
    with pytest.raises(UsageError) as error:
        target_version(wanted)

    assert str(error.value) == f'"{wanted}" is no API version that bikube knows; {advice}'
