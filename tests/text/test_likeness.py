"""A near miss is near: one slip of the hand in four letters, and no second one about as near."""

import pytest

from bikube.text import advise, closest
from bikube.text.likeness import nearest

KEYS = ("host", "name", "authentication", "codeSigningCas")


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("hots", KEYS, ("host",)),
        ("nam", KEYS, ("name",)),
        ("HOST", KEYS, ("host",)),
        ("authetnicaton", KEYS, ("authentication",)),
        ("codeSigningCAs", KEYS, ("codeSigningCas",)),
        ("code", KEYS, ()),
        ("auth", KEYS, ()),
        ("team", KEYS, ()),
        ("v2", ("v1",), ()),
        ("plants-8", ("plants-7", "plants-9"), ("plants-7", "plants-9")),
        ("plant-77", ("plant-7", "plant-79x"), ("plant-7", "plant-79x")),
        ("plant-7", ("Plant-7", "plant-8"), ("Plant-7",)),
        ("abcdefgh", ("badcfehg",), ()),
    ],
)
def test_what_is_near(word: str, known: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """Letters that are left out, put in, changed or swapped are slips; another case is none."""
    assert nearest(word, known) == expected


def test_of_two_that_are_as_near_both_are_named() -> None:
    """Nobody is sent to one of them, and no fix writes one."""
    known = ("plants-7", "plants-9")
    assert advise("plants-8", known, otherwise="") == 'did you mean "plants-7" or "plants-9"?'
    assert closest("plants-8", known) is None
    assert closest("plants-88", ("plants-8", "registry")) == "plants-8"
