"""What the Bicep linter is told not to say, whatever Python writes it."""

import unicodedata

import pytest
import unicodedata2  # type: ignore[import-not-found]

from bikube.render.bicep.codes import linter_codes

_HOST = "core.windows.net"


def test_letters_are_those_of_one_unicode() -> None:
    """A letter before a host makes another host of it, unless it is newer than Unicode 14."""
    letters = [
        one
        for one in map(chr, range(0x80, 0x10000))
        if unicodedata2.category(one)[0] == "L" or unicodedata2.category(one) == "Nd"
    ]
    newer = [one for one in letters if linter_codes(f"'{one}{_HOST}'")]
    assert len(newer) == 27
    if unicodedata.unidata_version == "14.0.0":
        assert newer == [one for one in letters if unicodedata.category(one) == "Cn"]


@pytest.mark.parametrize("beside", ["/", " ", "\u2014", "\U00010400", "\ua7cb"])
def test_what_is_no_letter_leaves_a_host_what_it_is(beside: str) -> None:
    """Nothing past U+FFFF is a letter to the linter either."""
    assert linter_codes(f"'{beside}{_HOST}'") == ("no-hardcoded-env-urls",)
