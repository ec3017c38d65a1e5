"""Finds the credentials in a spec; a spec names Kubernetes secrets and holds none.

A value counts as a credential if it has the form of a well-known token, or if its key says so.
The forms are from the issuers' own pages (GitHub, GitLab, Docker, AWS, Azure, Google, npm, PyPI,
Slack, JWT, PEM, HTTP, the ``auths`` of a Docker configuration).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from bikube.diagnostics import Pointer, Token
from bikube.document import Document, Part
from bikube.text import Span


class _Form(NamedTuple):
    """A token's form: the last group of ``pattern`` is what must not be shown.

    Every match holds the character ``rare`` and the text ``piece``. Looking for these first
    costs a few milliseconds on a large spec, the expressions a hundred times that.
    """

    rare: str
    piece: str
    pattern: str


_FORMS = (
    *(
        _Form("_", f"gh{kind}_", rf"(gh{kind}_[A-Za-z0-9]{{16,}})")
        for kind in ("p", "o", "u", "s", "r")
    ),
    _Form("_", "github_pat_", r"(github_pat_[A-Za-z0-9_]{20,})"),
    _Form("_", "dckr_", r"(dckr_(?:pat|oat)_[A-Za-z0-9_-]{16,})"),
    _Form("_", "npm_", r"(npm_[A-Za-z0-9]{30,})"),
    _Form("g", "glpat-", r"(glpat-[A-Za-z0-9_-]{16,})"),
    _Form("y", "pypi-", r"(pypi-[A-Za-z0-9_-]{30,})"),
    _Form("x", "xox", r"(xox[abprs]-[A-Za-z0-9-]{10,})"),
    _Form("K", "AKIA", r"(AKIA[A-Z0-9]{16})"),
    _Form("A", "ASIA", r"(ASIA[A-Z0-9]{16})"),
    _Form("A", "AIza", r"(AIza[A-Za-z0-9_-]{35})"),
    _Form("J", "eyJ", r"(eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)*=*)"),
    _Form("+", "+ACR", r"([A-Za-z0-9/+]{42}\+ACR[A-D][A-Za-z0-9/+]{5})"),
    _Form("~", "Q~", r"([A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34})"),
    _Form("=", "==", r"((?<![A-Za-z0-9/+])[A-Za-z0-9/+]{86}==)"),
    _Form("=", "Key=", r"""(?:Account|SharedAccess)Key=([^;\s"']+)"""),
    _Form("=", "assword=", r"""assword=([^;\s"']+)"""),
    _Form("=", "sig=", r"[?&]sig=([A-Za-z0-9%/+=]{16,})"),
    # From the first dash of a word on, or a line of dashes would be looked through from each.
    _Form("-", "assword ", r"""(?<![\w-])--[\w-]*password[ ]+([^\s"']+)"""),
    _Form("B", "Bearer ", r"Bearer[ ]+([A-Za-z0-9._~+/-]{16,}=*)"),
    _Form("B", "Basic ", r"Basic[ ]+([A-Za-z0-9+/]{12,}=*)"),
    _Form("@", "://", r"://([^\s/@]+)@"),
    _Form("{", "auths", r"""(\{\s*\\?"auths\\?"\s*:[^\n]*)"""),
    _Form(
        "-",
        "-----BEGIN",
        r"(-----BEGIN[ A-Z]*PRIVATE[ ]KEY-----(?:[\s\S]*?-----END[ A-Z]*-----|[\s\S]*))",
    ),
)
KEYS = (
    "password", "passwords", "passwd", "passphrase", "pwd", "secret", "token", "tokens", "apikey",
    "apikeys", "accesskey", "accesskeys", "accountkey", "privatekey", "secretkey", "signingkey",
    "accesssignature", "connectionstring", "credential", "credentials", "dockerconfigjson",
)  # fmt: skip
_NAMES = ("ref", "name")
_NAMED_SECRETS = ("pullsecret", "registrysecret", "dockersecret", "kubernetessecret", "k8ssecret")
"""What keys end in that are meant as ``secretRef``; "secret" alone is one as well."""
_SECRET_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_MADE_UP = re.compile(r"[a-z]*[0-9][a-z0-9]{15,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Long words of letters and digits, and GUIDs: nobody calls a secret so."""
_HOLDERS = (
    "value", "data", "content", "plain", "plaintext", "text", "literal", "raw", "inline",
    "primary", "secondary", "current", "previous", "auth", "auths", "pem", "key", "base64",
)  # fmt: skip
"""Below the key of a credential, the keys of a map whose value it is; others describe it."""
_MANY = ("passwords", "tokens", "apikeys", "accesskeys", "auths")
"""Keys whose map has a credential at each of its keys."""
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_PLACEHOLDER = re.compile(r"\s*(<[^<>]*>)?\s*")
_HOST_KEYS = ("host", "hostname", "server", "registry", "url", "endpoint")
_LOGIN = re.compile(r"[^\s/@:]+:[^\s/@]+@[^\s@]+")


class Credential(NamedTuple):
    """Where a credential stands, and the text that must not be shown."""

    pointer: Pointer
    part: Part
    text: str


def is_credential_key(key: str, *more: str) -> bool:
    """Whether the value of ``key`` is a credential by the key's own words, or by ``more``."""
    return _plain(key).endswith((*KEYS, *more))


def _plain(key: str) -> str:
    return _SEPARATORS.sub("", key.lower())


def fold(text: str) -> str:
    """``text`` in lower case, as long as it was."""
    # U+0130 is the one character that another number of characters is the lower case of.
    return text.replace("\u0130", "i").lower().replace("\u03c2", "\u03c3")


def names_secret(key: str) -> bool:
    """Whether the value of ``key`` is the name of something, such as a Kubernetes secret."""
    return key.lower().endswith(_NAMES)


def find_forms(text: str) -> Iterator[Span]:
    """Where in ``text`` well-known tokens stand."""
    for form in _present(text):
        for match in _pattern(form).finditer(text):
            yield Span(*match.span(1))


def may_name(document: Document) -> bool:
    """Whether any key of ``document`` could say that a value is a credential."""
    return "value" in document.keys or any(is_credential_key(key) for key in document.keys)


def find_credentials(document: Document) -> Iterator[Credential]:
    """Every credential in the data of ``document``, ``x-`` sections included."""
    text = document.source.text
    forms = _FORMS if "\\" in text else _present(text)
    if forms or "@" in text or may_name(document):
        yield from _Search(forms).search(document.data, (), named=False)


# The rule asks, and whatever shows what it found: of a large spec, that is worth remembering.
@lru_cache(maxsize=1)
def _present(text: str) -> tuple[_Form, ...]:
    return tuple(form for form in _FORMS if form.rare in text and form.piece in text)


@cache
def _pattern(form: _Form) -> "re.Pattern[str]":
    return re.compile(form.pattern)


class _Search:
    """Walks data, and knows the forms that can be in it at all."""

    def __init__(self, forms: Iterable[_Form]) -> None:
        self._forms = tuple(forms)

    def search(self, value: Any, pointer: Pointer, *, named: bool) -> Iterator[Credential]:
        """The credentials in ``value``; ``named``: a key above it says that it is one."""
        if isinstance(value, dict):
            for key in value:
                yield from self._member(
                    value, key, pointer, named=named and _plain(key) in _HOLDERS
                )
        elif isinstance(value, list):
            for index, child in enumerate(value):
                yield from self.search(child, (*pointer, index), named=named)
        elif self._has_form(value) or (named and _is_literal(value)):
            yield Credential(pointer, "value", str(value))

    def _has_form(self, value: Any) -> bool:
        return isinstance(value, str) and any(
            form.piece in value and _pattern(form).search(value) for form in self._forms
        )

    def _member(
        self, owner: dict[str, Any], key: str, pointer: Pointer, *, named: bool
    ) -> Iterator[Credential]:
        child, below = owner[key], (*pointer, key)
        if self._has_form(key):
            yield Credential(below, "key", key)
        if _is_login(key, child):
            yield Credential(below, "value", child)
            return
        if names_secret(key) or _is_key_of_secret(key, owner):
            named = False
        elif is_credential_key(key) or (key == "value" and _is_pair(owner)):
            named = not _can_name_secret(key, child)
        if named and isinstance(child, dict) and _plain(key).endswith(_MANY):
            for one in child:
                yield from self._member(child, one, below, named=True)
        else:
            yield from self.search(child, below, named=named)


def _is_literal(value: Any) -> bool:
    """Whether ``value`` could be a credential at all: ``<…>`` stands for one that is not here."""
    return not isinstance(value, bool | None) and not _PLACEHOLDER.fullmatch(str(value))


def _is_login(key: str, value: Any) -> bool:
    """Whether ``value`` is a host with a user and a password before it."""
    return (
        key.lower().endswith(_HOST_KEYS)
        and isinstance(value, str)
        and _LOGIN.fullmatch(value) is not None
    )


def _can_name_secret(key: str, value: Any) -> bool:
    """Whether ``key`` is meant as ``secretRef``, and ``value`` can be the name of a secret."""
    plain = _plain(key)
    return (
        (plain == "secret" or plain.endswith(_NAMED_SECRETS))
        and isinstance(value, str)
        and _SECRET_NAME.fullmatch(value) is not None
        and not _MADE_UP.search(value)
    )


def _is_key_of_secret(key: str, owner: dict[str, Any]) -> bool:
    """Whether ``key`` says which key of a Kubernetes secret is meant, as Akri connectors do."""
    return key == "secretKey" and "secretRef" in owner


def _is_pair(owner: dict[str, Any]) -> bool:
    """Whether ``owner`` is like ``{key: password, value: …}``."""
    labels: list[Token] = [owner.get("key", ""), owner.get("name", "")]
    return any(isinstance(label, str) and is_credential_key(label) for label in labels)
