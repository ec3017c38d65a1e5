"""Data as Bicep: the form of literals, and what the linter says of them."""

from typing import Any

import pytest

from bikube.diagnostics import Pointer
from bikube.render.bicep.codes import linter_codes
from bikube.render.bicep.literals import key, literal, string, text

URL_CODE = ("no-hardcoded-env-urls",)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", "''"),
        ("it's ${x} \\", "'it\\'s \\${x} \\\\'"),
        ("a\r\n\tb", "'a\\r\\n\\tb'"),
        ("\x00\x1b\x7f\x85", "'\\u{0}\\u{1b}\\u{7f}\\u{85}'"),
        ("\u2028\ufeff\u202e\u200b", "'\\u{2028}\\u{feff}\\u{202e}\\u{200b}'"),
        ("\xad\u061c\u3164\U000e0041", "'\\u{ad}\\u{61c}\\u{3164}\\u{e0041}'"),
        ("caf\u00e9 \U0001f600", "'caf\u00e9 \U0001f600'"),
    ],
)
def test_strings_are_escaped_where_they_must_be(text: str, written: str) -> None:
    """Quotes, backslashes, dollars, controls, and what reorders or hides text."""
    assert string(text) == written


@pytest.mark.parametrize(
    "written",
    ["a\nb", "a\nb\n", "\na", "\n\n", "a\n\n\nb", "it's ${x}\n  \\n ''\n", "\u4e2d\n// /* b"],
)
def test_texts_of_several_lines_are_kept_as_they_are(written: str) -> None:
    """Nothing in them is escaped, and the first line begins below the quotes."""
    assert text(written) == f"'''\n{written}'''"


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("a\n", "'a\\n'"),
        ("a\r\nb", "'a\\r\\nb'"),
        ("a\n\tb", "'a\\n\\tb'"),
        ("a \nb", "'a \\nb'"),
        ("a\nb ", "'a\\nb '"),
        ("a\n'''b", "'a\\n\\'\\'\\'b'"),
        ("a\n'b'", "'a\\n\\'b\\''"),
        ("a\n\u2028b", "'a\\n\\u{2028}b'"),
        ("a\n https://management.azure.com/", "'a\\n https://management.azure.com/'"),
        ("a\nmanagement.azure.com", "'a\\nmanagement.azure.com'"),
    ],
)
def test_other_texts_take_one_line(written: str, quoted: str) -> None:
    """What cannot be seen, what would end the text, and what a directive has to stand before."""
    assert text(written) == quoted


@pytest.mark.parametrize("text", ["a", "_", "A1_b", "for", "Null", "TRUE", "k" * 255])
def test_identifiers_are_bare_keys(text: str) -> None:
    """The linter asks for no quotes wherever none are needed."""
    assert key(text) == text


@pytest.mark.parametrize("text", ["", "1a", "a-b", "\u00e9", "null", "true", "false", "k" * 256])
def test_other_keys_are_quoted(text: str) -> None:
    """Among them three words, and identifiers of more than 255 characters."""
    assert key(text) == f"'{text}'"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"),
        (None, "null"),
        (-(2**63), "-9223372036854775808"),
        (1e300, "json('1e+300')"),
        ({}, "{}"),
        ([], "[]"),
        ([1, {"a": []}], "[\n    1\n    {\n      a: []\n    }\n  ]"),
    ],
)
def test_values_have_the_formatters_form(value: Any, written: str) -> None:
    """One member a line, nothing in empty brackets, floats through json()."""
    assert literal(value, 2) == written


def test_directives_name_every_code_of_the_next_line() -> None:
    """Codes that are known beforehand come first, and only the member's own line gets them."""
    url = "https://management.azure.com/"
    value = {"a": url, "b": {"c": [url, 1]}, "d": "plain", f"{url}": {}, "adminUserName": url}
    codes: dict[Pointer, str] = {("a",): "BCP037", ("b", "c"): "BCP073", ("d",): "BCP332"}

    assert literal(value, 0, codes).splitlines() == [
        "{",
        "  #disable-next-line BCP037 no-hardcoded-env-urls",
        f"  a: '{url}'",
        "  b: {",
        "    #disable-next-line BCP073",
        "    c: [",
        "      #disable-next-line no-hardcoded-env-urls",
        f"      '{url}'",
        "      1",
        "    ]",
        "  }",
        "  #disable-next-line BCP332",
        "  d: 'plain'",
        "  #disable-next-line no-hardcoded-env-urls",
        f"  '{url}': {{}}",
        "  #disable-next-line adminusername-should-not-be-literal no-hardcoded-env-urls",
        f"  adminUserName: '{url}'",
        "}",
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("management.azure.com", "https://MANAGEMENT.azure.com:443/x", "x.vault.azure.net"),
        *("x-management.azure.com", "_graph.windows.net_", "management.azure.com.evil"),
        *("xmanagement.core.windows.net", "xschema.management.azure.com", "$datalake.azure.net"),
        *("\x01core.windows.net", "core.windows.net\n", "\u00b2core.windows.net"),
        *("\U0001d41acore.windows.net", "schema.graph.windows.net", "'gallery.azure.com'"),
        "schema.management.azure.com management.azure.com",
    ],
)
def test_hosts_of_a_cloud_are_seen(text: str) -> None:
    """Wherever neither a letter nor a digit stands beside the host, whatever stands further off."""
    assert linter_codes(string(text)) == URL_CODE


@pytest.mark.parametrize(
    "text",
    [
        *("xmanagement.azure.com", "management.azure.comx", "7graph.windows.net", "azure.com"),
        *("\u00e9core.windows.net", "core.windows.net\u0663", "\ncore.windows.net", "azure.net"),
        *("schema.management.azure.com", "-SCHEMA.management.azure.com/", "vault_azure_net"),
        *("login.micro\u017foftonline.com", "contoso.azurecr.io", "api.loganalytics.io"),
        "\u00e9schema.management.azure.comx",
    ],
)
def test_other_text_is_not(text: str) -> None:
    """Longer words, other hosts, the host that is spared, and the letters of escapes."""
    assert linter_codes(string(text)) == ()
