"""Finds the credentials in a spec; a spec names Kubernetes secrets and holds none.

A value counts as a credential if it has the form of a well-known token, or if its key says so.
The forms are from the issuers' own pages (GitHub, GitLab, Docker, AWS, Azure, npm, PyPI, Slack,
JWT, PEM, the ``auths`` of a Docker configuration).
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bikube.diagnostics import Pointer, Token
from bikube.document import Document, Part

FORMS = re.compile(
    r"""
      gh[pousr]_[A-Za-z0-9]{16,} | github_pat_[A-Za-z0-9_]{20,}
    | glpat-[A-Za-z0-9_-]{16,}
    | dckr_(?:pat|oat)_[A-Za-z0-9_-]{16,}
    | (?:AKIA|ASIA)[A-Z0-9]{16}
    | npm_[A-Za-z0-9]{30,} | pypi-[A-Za-z0-9_-]{30,}
    | xox[abprs]-[A-Za-z0-9-]{10,}
    | eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)*=*
    | -----BEGIN[ A-Z]*PRIVATE[ ]KEY-----(?:[\s\S]*?-----END[ A-Z]*-----|[\s\S]*)
    | (?<=AccountKey=)[^;\s"']+ | (?<=SharedAccessKey=)[^;\s"']+ | (?<=assword=)[^;\s"']+
    | (?<=[?&]sig=)[A-Za-z0-9%/+=]{16,}
    | (?<=://)[^\s/@"']+(?=@)
    | \{\s*\\?"auths\\?"\s*:[^\n]*
    """,
    re.VERBOSE,
)
"""What a credential looks like wherever it stands."""

# What every match of FORMS holds: a character that is rare in specs, and a longer piece. Looking
# for these first costs a few milliseconds on a large spec, the expression a hundred times that.
_HINTS = (
    *(("_", piece) for piece in ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "_pat_", "dckr_", "npm_")),
    *(("=", piece) for piece in ("Key=", "assword=", "sig=")),
    ("@", "@"),
    ("K", "AKIA"),
    ("A", "ASIA"),
    ("J", "eyJ"),
    ("{", "auths"),
    ("g", "glpat-"),
    ("y", "pypi-"),
    ("x", "xox"),
    ("-", "-----BEGIN"),
)
_KEYS = (
    "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey",
    "accountkey", "privatekey", "secretkey", "signingkey", "connectionstring", "credential",
    "credentials", "dockerconfigjson",
)  # fmt: skip
_NAMES = ("ref", "name")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_PLACEHOLDER = re.compile(r"\s*(<[^<>]*>)?\s*")


class Credential(NamedTuple):
    """Where a credential stands, and the text that must not be shown."""

    pointer: Pointer
    part: Part
    text: str


def is_credential_key(key: str) -> bool:
    """Whether the value of ``key`` is a credential by the key's own words."""
    return _SEPARATORS.sub("", key.lower()).endswith(_KEYS)


def find_credentials(document: Document) -> Iterator[Credential]:
    """Every credential in the data of ``document``, ``x-`` sections included."""
    text = document.source.text
    named = "value" in document.keys or any(is_credential_key(key) for key in document.keys)
    if named or "\\" in text or any(rare in text and piece in text for rare, piece in _HINTS):
        yield from _search(document.data, (), named=False)


def _search(value: Any, pointer: Pointer, *, named: bool) -> Iterator[Credential]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _member(value, key, child, pointer, named=named)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _search(child, (*pointer, index), named=named)
    elif isinstance(value, str) and FORMS.search(value):
        yield Credential(pointer, "value", value)
    elif named and _is_literal(value):
        yield Credential(pointer, "value", str(value))


def _is_literal(value: Any) -> bool:
    """Whether ``value`` could be a credential at all: ``<…>`` stands for one that is not here."""
    return not isinstance(value, bool | None) and not _PLACEHOLDER.fullmatch(str(value))


def _member(
    owner: dict[str, Any], key: str, child: Any, pointer: Pointer, *, named: bool
) -> Iterator[Credential]:
    if FORMS.search(key):
        yield Credential((*pointer, key), "key", key)
    if key.lower().endswith(_NAMES):
        named = False
    elif is_credential_key(key) or (key == "value" and _is_pair(owner)):
        named = True
    yield from _search(child, (*pointer, key), named=named)


def _is_pair(owner: dict[str, Any]) -> bool:
    """Whether ``owner`` is like ``{key: password, value: …}``."""
    labels: list[Token] = [owner.get("key", ""), owner.get("name", "")]
    return any(isinstance(label, str) and is_credential_key(label) for label in labels)
