"""Values in generated Bicep come back as they were; each fact is asked of the compiler."""

import math

import pytest
from tests.proof.bicep_rpc import BicepError
from tests.proof.data import mismatches
from tests.proof.evaluate import EvaluationError
from tests.proof.snippets import Codes, Value, free, quoted

pytest_plugins = ["tests.proof.fixtures"]

STRINGS = [
    *("", " ", "  a  ", "\t", "\n", "\r\n", "a\nb", "'", "''", "'''", "'''a'''", '"', "\\", "\\n"),
    *("$", "${x}", "$${x}", "${", "\\${x}", "{0}", "%s", "//", "/* */", "#disable-next-line x"),
    *("[", "]", "[]", "[[", "[concat('a')]", "[[concat('a')]", "[[x]", " [x]", "[variables('x')]"),
    *("null", "true", "1", "-0", "0x1", "1e5", "2025-10-01", "=", "~", "on", "{}", "()", "a: b"),
    *("\x00", "\x01", "\x1b", "\x7f", "\x80", "\x85", "\xa0", "\xad", "\u00e9", "e\u0301"),
    *("\u061c", "\u3164", "\ufe0f", "\ufff9", "\U000e0041"),
    *("\u200b", "\u2028", "\u2029", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\U0001f600"),
    *("\U0010ffff", "\u0130", "\u212a", "K", "k", "a" * 5000),
]


def test_every_string_comes_back_as_value_and_as_key(codes: Codes, value: Value) -> None:
    """Seven escapes are enough for any text, in values, in lists and in keys."""
    lines = [f"k{index}: {quoted(text)}" for index, text in enumerate(STRINGS)]
    items = ["list: [", *(f"  {quoted(text)}" for text in STRINGS), "]"]
    keys = ["keys: {", *(f"  {quoted(f'-{text}')}: {quoted(text)}" for text in STRINGS), "}"]
    text = free(*lines, *items, *keys)
    expected = {
        **{f"k{index}": text for index, text in enumerate(STRINGS)},
        "list": STRINGS,
        "keys": {f"-{text}": text for text in STRINGS},
    }

    assert codes(text) == []
    assert list(mismatches(value(text), expected)) == []


def test_a_text_over_several_lines_comes_back_as_it_stands(codes: Codes, value: Value) -> None:
    """Nothing but the first line end is left out; the ends of its lines are those of the file."""
    texts = ["a\nb\n", "\na", "it's ${x}\n  \\n\n", "\n\n", "[x]\n''b", "'{\n  // \u4e2d"]
    template = free(*(f"k{index}: '''\n{text}'''" for index, text in enumerate(texts)))

    assert codes(template) == []
    assert value(template) == {f"k{index}": text for index, text in enumerate(texts)}
    assert value(free("a: '''\nb\nc'''").replace("\n", "\r\n")) == {"a": "b\r\nc"}


def test_what_is_found_within_a_text_cannot_be_silenced(codes: Codes) -> None:
    """The linter names a line of it, before which there is no place for a directive."""
    code = "no-hardcoded-env-urls"
    template = free("a: '''", "b", "management.azure.com'''")

    assert codes(template) == [code]
    assert codes(template.replace("a: ", f"#disable-next-line {code}\n      a: ")) == [code]


@pytest.mark.parametrize(
    "key", ["", "null", "true", "false", "1a", "a-b", "a.b", "\u00e9", "$ref", "a b", "[x]", "\x00"]
)
def test_keys_that_are_no_identifiers_are_quoted_in_silence(
    key: str, codes: Codes, value: Value
) -> None:
    """Quotes are right around all but ASCII identifiers, and around three words."""
    text = free(f"{quoted(key)}: 1")

    assert codes(text) == []
    assert value(text) == {key: 1}


@pytest.mark.parametrize(
    "key",
    [
        *("a", "_a", "A1", "Null", "True", "FALSE", "for", "if", "in", "param", "resource", "var"),
        *("module", "import", "existing", "output", "type", "func", "using", "copy", "__proto__"),
    ],
)
def test_other_keys_are_bare_and_needless_quotes_a_warning(
    key: str, codes: Codes, value: Value
) -> None:
    """Keywords are identifiers too, but for the three literals."""
    assert codes(free(f"{key}: 1")) == []
    assert codes(free(f"'{key}': 1")) == ["prefer-unquoted-property-names"]
    assert value(free(f"{key}: 1")) == {key: 1}


def test_literals_are_no_bare_keys(codes: Codes) -> None:
    """`null`, `true` and `false` are not property names without quotes."""
    assert [codes(free(f"{key}: 1")) for key in ("null", "true", "false")] == [["BCP022"]] * 3


def test_keys_differ_by_case_and_by_code_point(codes: Codes, value: Value) -> None:
    """Only the very same key twice is refused."""
    text = free("a: 1", "A: 2", r"'e\u{301}': 3", r"'\u{e9}': 4", r"'\u{212a}': 5", "k: 6", "K: 7")

    assert codes(text) == []
    assert value(text) == {"a": 1, "A": 2, "e\u0301": 3, "\u00e9": 4, "\u212a": 5, "k": 6, "K": 7}
    assert codes(free("a: 1", "'a': 2")) == ["BCP025", "BCP025", "prefer-unquoted-property-names"]


def test_integers_have_64_bits(codes: Codes, value: Value) -> None:
    """Both ends are written as they are; one further is refused."""
    text = free("low: -9223372036854775808", "high: 9223372036854775807", "zero: -0")

    assert codes(text) == []
    assert value(text) == {"low": -(2**63), "high": 2**63 - 1, "zero": 0}
    assert codes(free("n: 9223372036854775808")) == ["BCP010"]
    assert codes(free("n: -9223372036854775809")) == ["BCP010"]


@pytest.mark.parametrize(
    "number",
    [
        *(0.1, 0.5, 1.0, -1.5, -0.0, 1e-5, 5e-324, 2.2250738585072014e-308, 0.1 + 0.2, math.pi),
        *(1e16, 1e21, 1e22, 1e300, 1.7976931348623157e308, float(2**63), -float(2**64)),
    ],
)
def test_floats_go_through_json(number: float, codes: Codes, value: Value) -> None:
    """Every finite float comes back, bit by bit, from Python's shortest form of it."""
    text = free(f"n: json('{number!r}')")

    assert codes(text) == []
    assert str(value(text)["n"]) == str(number)


def test_numbers_that_json_cannot_carry_are_changed_or_refused(codes: Codes, value: Value) -> None:
    """Past its range a float becomes text, and an integer stops the compiler."""
    assert value(free("n: json('1e400')")) == {"n": "Infinity"}
    for number in (2**63, -(2**63) - 1, 10**30):
        with pytest.raises(BicepError, match="too large or too small"):
            codes(free(f"n: json('{number}')"))


@pytest.mark.parametrize(("opening", "closing"), [("a: {", "}"), ("[", "]")])
def test_nesting_has_a_limit_when_evaluated(
    opening: str, closing: str, codes: Codes, value: Value
) -> None:
    """An object or list 61 levels deep evaluates, `properties` counting as the first."""

    def nested(levels: int) -> str:
        # `properties`, `authentication` and `anonymousSettings` are three levels already.
        depth = levels - 3
        first = [] if opening != "[" else ["a: ["]
        return free(*first, *[opening] * (depth - len(first)), *[closing] * depth)

    assert codes(nested(61)) == codes(nested(95)) == []
    assert value(nested(61))
    with pytest.raises(EvaluationError):
        value(nested(62))
