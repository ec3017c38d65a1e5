"""What the Bicep linter says of a line, by codes that a directive silences.

The hosts that it looks for and where it finds them were measured with the Bicep CLI 0.49.2.
"""

import re

ENVIRONMENT_URL = "no-hardcoded-env-urls"
ADMIN_NAME = "adminusername-should-not-be-literal"
QUOTED_KEY = "prefer-unquoted-property-names"

# The hosts of the linter's own configuration. "management.core.windows.net" is among them too, but
# whatever holds it holds "core.windows.net" with a point before it.
_CLOUD_HOSTS = (
    "azuredatalakeanalytics.net",
    "azuredatalakestore.net",
    "core.windows.net",
    "database.windows.net",
    "datalake.azure.net",
    "gallery.azure.com",
    "graph.windows.net",
    "login.microsoftonline.com",
    "management.azure.com",
    "vault.azure.net",
)
_SPARED_HOST = "schema.management.azure.com"
_CLOUD_HOST = re.compile(
    f"({re.escape(_SPARED_HOST)})|" + "|".join(map(re.escape, _CLOUD_HOSTS)),
    re.ASCII | re.IGNORECASE,
)
# Far cheaper to look for; each host has one of these.
_HINT = re.compile(r"azure\.|azuredatalake|windows\.net|microsoftonline", re.ASCII | re.IGNORECASE)


_NEWER = frozenset(
    "\u0558\u058b\u058c\u088f\u0c5c\u0cdc\u1c89\u1c8a\u208f\u209d\u209e\u209f"
    "\ua7cb\ua7cc\ua7cd\ua7ce\ua7cf\ua7d2\ua7d4\ua7da\ua7db\ua7dc\ua7dd\ua7e2\ua7f1"
    "\uab6c\uab6d"
)
"""Letters since Unicode 15: Python 3.11 knows none of them, and every Python writes the same."""


def linter_codes(text: str) -> tuple[str, ...]:
    r"""What the linter says of a line that holds this literal, as it is written.

    It takes the host of a cloud for hard-coded wherever neither a letter nor a digit stands next
    to it. It looks at the source: after ``\n`` it sees a letter, after ``\u{1}`` a brace.
    """
    hinted = "." in text and _HINT.search(text)
    if hinted and any(_is_reported(match) for match in _CLOUD_HOST.finditer(text)):
        return (ENVIRONMENT_URL,)
    return ()


def _is_reported(match: "re.Match[str]") -> bool:
    text, start, end = match.string, *match.span()
    if _is_letter_or_digit(text[end]):
        return False
    # The spared host in a longer word is not spared: what is left of it has a point before it.
    return _is_letter_or_digit(text[start - 1]) == bool(match.group(1))


def _is_letter_or_digit(character: str) -> bool:
    """As .NET sees it, which looks at UTF-16: nothing past U+FFFF is a letter there."""
    if character.isascii():
        return character.isalnum()
    from unicodedata import category

    kind = category(character)
    is_one = character <= "\uffff" and (kind[0] == "L" or kind == "Nd")
    return is_one and character not in _NEWER
