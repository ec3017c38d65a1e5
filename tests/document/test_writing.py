"""Data as YAML: plain where all readers agree, quoted elsewhere, and the same data again."""

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.editor.prettier import Prettier
from tests.proof.data import mismatches
from tests.proof.manifests import read_text
from yaml.scanner import ScannerError

from bikube.document.writing import block, scalar


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("contoso.azurecr.io", "contoso.azurecr.io"),
        ("https://management.azure.com/", "https://management.azure.com/"),
        ("my registry", "my registry"),
        ("a:b", "a:b"),
        ("_", "_"),
        ("", '""'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("it's", '"it\'s"'),
        ('"', "'\"'"),
        ('it\'s "x"', "'it''s \"x\"'"),
        ("a\\b", "'a\\b'"),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("caf\u00e9", '"caf\u00e9"'),
        ("a\nb", '"a\\nb"'),
        ('\t"\\', '"\\t\\"\\\\"'),
        ("\x00\x1b\x85", '"\\0\\x1b\\x85"'),
        ("\u2028\ufeff\uffff", '"\\u2028\\ufeff\\uffff"'),
        ("a\u202eb\u200bc", '"a\\u202eb\\u200bc"'),
        ("\xad\u061c\u3164\U000e0041", '"\\xad\\u061c\\u3164\\U000e0041"'),
        ("\U0001f600", '"\U0001f600"'),
    ],
)
def test_strings_are_as_plain_as_they_can_be(text: str, written: str) -> None:
    """No quotes where none are needed, else double ones; single ones where these save an escape."""
    assert scalar(text) == written


@pytest.mark.parametrize(
    "text",
    [
        *("y", "Y", "yes", "No", "ON", "off", "true", "False", "null", "Null", "~", "=", "<<"),
        *("0", "012", "0o7", "0x1F", "0b1", "1_000", "+1", "-1", "1.5", ".5", "1.", "1e3", "1E+3"),
        *("190:20:30", "1:20.5", ".inf", "-.Inf", "+.INF", ".nan", ".NaN", "1.1.1"),
        *("see:", "a b ", "a  b", "a:", "http://a:8/ ", "a #b", "x: y"),
        *("2025-10-01", "2025-10-01T12:00:00Z", "2025-10-01 12:00:00", "12:30", "-", "---", "..."),
    ],
)
def test_what_some_reader_takes_for_something_else_is_quoted(text: str) -> None:
    """Booleans, numbers, dates and marks of YAML 1.1 and 1.2 stay strings."""
    assert scalar(text) == f'"{text}"'
    assert read_text(block({"key": text}).encode(), "text") == [{"key": text}]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({}, " {}"),
        ([], " []"),
        ("a", " a"),
        (None, " null"),
        (True, " true"),
        (-(2**63), " -9223372036854775808"),
        (1e16, " 1.0e+16"),
        (5e-324, " 5.0e-324"),
        (0.1, " 0.1"),
        ({"a": {"b": [1, {"c": [], "d": [[2, 3]]}]}}, None),
    ],
)
def test_values_follow_their_key(value: Any, written: str | None) -> None:
    """What fits stands on the key's line, the rest on lines of its own."""
    assert written is None or block(value) == written
    assert read_text(f"key:{block(value, 2)}\n".encode(), "text") == [{"key": value}]


def test_blocks_are_indented_as_people_write_them() -> None:
    """Two spaces a level, list items below their key, a map's first member beside its dash."""
    value = {"a": [{"b": 1, "c": {"d": [2]}}, [3, []], {}], "e": {"f": ""}}

    assert block(value, 2) == (
        "\n  a:\n    - b: 1\n      c:\n        d:\n          - 2\n    - - 3\n      - []\n    - {}"
        '\n  e:\n    f: ""'
    )


@pytest.mark.parametrize("size", [998, 1000, 1024, 5000])
def test_long_keys_get_a_question_mark(size: int) -> None:
    """Readers look for a colon within 1,024 characters only."""
    value = {"k" * size: {"a": [1]}, "-" * size: "b"}

    assert read_text(block(value).encode(), "text") == [value]


scalars = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.text("yYnNoOeE019.+-_: #'\"\n~", max_size=5),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
)


data = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(data)
def test_all_data_comes_back(value: Any) -> None:
    """Readers of YAML 1.1 and 1.2 find the data that was written, types included."""
    (found,) = read_text(f"key:{block(value, 2)}\n".encode(), "text")

    assert list(mismatches(found, {"key": value})) == []


@settings(suppress_health_check=list(HealthCheck))
@given(data)
def test_prettier_leaves_all_data_as_it_is(prettier: Prettier, value: Any) -> None:
    """The quotes, the indentation and the length of lines are those that it would choose."""
    text = f"# x\n---\nkey:{block(value, 2)}\n"

    assert prettier.format(text) == text


def test_prettier_is_not_followed_into_long_keys(prettier: Prettier) -> None:
    """It writes them where readers look for no key any more, so that these take it for an error."""
    text = f"key:{block({'k' * 1100: 1}, 2)}\n"
    formatted = prettier.format(text)

    assert formatted == f"key:\n  {'k' * 1100}: 1\n"
    with pytest.raises(ScannerError):
        yaml.safe_load(formatted)
    assert yaml.safe_load(text) == {"key": {"k" * 1100: 1}}
