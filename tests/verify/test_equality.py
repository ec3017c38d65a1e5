"""Equality is strict about types, and knows the place of every mismatch."""

import pytest

from bikube.verify.equality import ABSENT, Mismatch, leaves, mismatches


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], []),
        ([1, 1, 1], []),
        ([None, None], []),
        ([1, 1.0], [((), (1, 1.0))]),
        ([1, True], [((), (1, True))]),
        ([0.0, False], [((), (0.0, False))]),
        ([1, "1"], [((), (1, "1"))]),
        ([None, ""], [((), (None, ""))]),
        ([{}, []], [((), ({}, []))]),
        (["e\u0301", "\u00e9"], [((), ("e\u0301", "\u00e9"))]),
        ([{"a": 1}, {}], [(("a",), (1, ABSENT))]),
        ([{}, {"a": None}, {}], [(("a",), (ABSENT, None, ABSENT))]),
        ([[1, 2], [2, 1]], [((0,), (1, 2)), ((1,), (2, 1))]),
        ([[1], [1, 2], [1]], [((1,), (ABSENT, 2, ABSENT))]),
        ([{"a": [{"b": 1}]}, {"a": [{"b": 2}]}], [(("a", 0, "b"), (1, 2))]),
    ],
)
def test_equality_is_strict_about_types(
    values: list[object], found: list[tuple[object, object]]
) -> None:
    """Data is equal when types and values are; each mismatch has what every side has there."""
    assert list(mismatches(values)) == [Mismatch(*one) for one in found]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "count"),
    [(1, 1), (None, 1), ({}, 1), ([], 1), ({"a": {}, "b": [1, [2, 3]]}, 4)],
)
def test_values_are_counted(value: object, count: int) -> None:
    """A value is a scalar, or a container without members."""
    assert leaves(value) == count
