"""Finds the credentials in a spec; a spec names Kubernetes secrets and holds none.

A value counts as a credential if it has the form of a well-known token, or if its key says so.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from bikube.credentials.tokens import FORMS, Form
from bikube.diagnostics import Pointer, Token
from bikube.document import Document, Part
from bikube.text import Span

KEYS = (
    "password", "passwords", "passwd", "passphrase", "pwd", "secret", "token", "tokens", "apikey",
    "apikeys", "accesskey", "accesskeys", "accountkey", "privatekey", "secretkey", "signingkey",
    "accesssignature", "connectionstring", "connectionstr", "connstr", "credential", "credentials",
    "primarykey", "secondarykey", "tlskey", "dockerconfigjson", "dockercfg", "auths",
)  # fmt: skip
"""What the keys of credentials end in."""
WORDS = ("pass", "pat", "sas", "auth")
"""Keys of credentials too, but only as whole words: "bypass" and "oauth" are none."""
_NAMES = ("ref", "name")
_NAMED_SECRETS = ("pullsecret", "registrysecret", "dockersecret", "kubernetessecret", "k8ssecret")
"""What keys end in that are meant as ``secretRef``; "secret" alone is one as well."""
# Patterns are compiled when they are asked for the first time: few specs want any of them.
_OBJECT_NAME = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"
_MADE_UP = r"[0-9][a-z0-9]{15}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""Long words of letters and digits, and GUIDs: nobody calls a secret so."""
_HOLDERS = (
    "value", "data", "content", "plain", "plaintext", "text", "literal", "raw", "inline",
    "primary", "secondary", "current", "previous", "auth", "auths", "pem", "key", "base64",
)  # fmt: skip
"""Below the key of a credential, the keys of a map whose value it is; others describe it."""
_MANY = ("passwords", "tokens", "apikeys", "accesskeys", "auths")
"""Keys whose map has a credential at each of its keys."""
_WORDS = r"(?:[\s\S]*(?:[^A-Za-z]|[a-z0-9](?=[A-Z])))?(?i:pass|pat|sas|auth)"
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_PLACEHOLDER = (
    r"(?>\s*)(?:<[^<>]*>|\$[A-Z_][A-Z0-9_]*|\$\{[^{}]*\}|\$\([^()]*\)|\$?\{\{[^{}]*\}\})?\s*"
)
"""Stands for a credential that is not here: ``<…>``, or the name of a variable."""
_PATH = r"(?:~|\.{1,2})?(?:/[a-z0-9._-]{1,40}){2,}"
_NAME = r"[A-Za-z]+(?:[ _-][A-Za-z]+)*"
"""Words, as in ``auth: Anonymous``."""
_CONTAINERS = (dict, list)
_HOST_KEYS = ("host", "hostname", "server", "registry", "url", "endpoint")
_LOGIN = r"[^\s/@:]+:[^\s/@]+@[^\s@]+"


class Credential(NamedTuple):
    """Where a credential stands, and the text that must not be shown."""

    pointer: Pointer
    part: Part
    text: str


# A few hundred keys are those of a hundred thousand members.
@lru_cache(maxsize=1024)
def is_credential_key(key: str) -> bool:
    """Whether the value of ``key`` is a credential by the key's own words."""
    return ends_like_credential(key) or _has_word(key)


def ends_like_credential(key: str, *more: str) -> bool:
    """Whether ``key`` ends in letters that say so, or in ``more``, whatever stands before."""
    return _plain(key).endswith((*KEYS, *more))


def _has_word(key: str) -> bool:
    """Whether the last of the words in ``key`` is one of ``WORDS``: ``ghcrPat``, ``DB_PASS``."""
    return key.lower().endswith(WORDS) and (re.fullmatch(_WORDS, key) is not None)


def _plain(key: str) -> str:
    return _SEPARATORS.sub("", key.lower())


def fold(text: str) -> str:
    """``text`` in lower case, as long as it was."""
    # U+0130 is the one character that another number of characters is the lower case of.
    return text.replace("\u0130", "i").lower().replace("\u03c2", "\u03c3")


@lru_cache(maxsize=1024)
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
    return any(map(is_credential_key, document.keys)) or _has_pair(document)


def find_credentials(document: Document) -> Iterator[Credential]:
    """Every credential in the data of ``document``, ``x-`` sections included."""
    text = document.source.text
    forms = _present(text) if "\\" not in text else _present_in_values(document)
    if forms or "@" in text or may_name(document):
        yield from _Search(forms).search(document.data, (), named=False)


@lru_cache(maxsize=1)
def _has_pair(document: Document) -> bool:
    """Whether a map is like ``{key: password, value: …}``."""
    if "value" not in document.keys:
        return False
    return any(
        "value" in one and _is_pair(one) for one in _containers(document) if type(one) is dict
    )


@lru_cache(maxsize=1)
def _present_in_values(document: Document) -> tuple[Form, ...]:
    """The forms whose pieces are in keys or values, which escapes spell otherwise in the text."""
    texts = list(document.keys)
    for one in _containers(document):
        members = one.values() if type(one) is dict else one
        texts += [value for value in members if type(value) is str]
    return _present("\n".join(texts))


def _containers(document: Document) -> Iterator[Any]:
    """Every map and list in the data of ``document``, in no order, and one that holds it all."""
    waiting: list[Any] = [[document.data]]
    while waiting:
        one = waiting.pop()
        if type(one) is dict:
            waiting += [child for child in one.values() if type(child) in _CONTAINERS]
        elif type(one) is list:
            waiting += [child for child in one if type(child) in _CONTAINERS]
        yield one


# The rule asks, and whatever shows what it found: of a large spec, that is worth remembering.
@lru_cache(maxsize=1)
def _present(text: str) -> tuple[Form, ...]:
    return tuple(form for form in FORMS if form.rare in text and form.piece in text)


@cache
def _pattern(form: Form) -> "re.Pattern[str]":
    return re.compile(form.pattern)


class _Search:
    """Walks data, and knows the forms that can be in it at all."""

    def __init__(self, forms: Iterable[Form]) -> None:
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
            named = not (_can_name_secret(key, child) or _speaks_of(key, child))
        if named and isinstance(child, dict) and _plain(key).endswith(_MANY):
            for one in child:
                yield from self._member(child, one, below, named=not _speaks_of(key, child[one]))
        else:
            yield from self.search(child, below, named=named)


def _is_literal(value: Any) -> bool:
    """Whether ``value`` could be a credential at all, and does not only stand for one."""
    return not isinstance(value, bool | None) and not re.fullmatch(_PLACEHOLDER, str(value))


def _is_login(key: str, value: Any) -> bool:
    """Whether ``value`` is a host with a user and a password before it."""
    return (
        isinstance(value, str)
        and "@" in value
        and key.lower().endswith(_HOST_KEYS)
        and re.fullmatch(_LOGIN, value) is not None
    )


def _can_name_secret(key: str, value: Any) -> bool:
    """Whether ``key`` is meant as ``secretRef``, and ``value`` can be the name of a secret."""
    plain = _plain(key)
    return (
        (plain == "secret" or plain.endswith(_NAMED_SECRETS))
        and isinstance(value, str)
        and re.fullmatch(_OBJECT_NAME, value) is not None
        and not re.search(_MADE_UP, value)
    )


def _speaks_of(key: str, value: Any) -> bool:
    """Whether ``value`` is about a credential: how many there are, in which file, of what kind."""
    if isinstance(value, str):
        is_kind = key.lower().endswith("auth") and re.fullmatch(_NAME, value) is not None
        return is_kind or re.fullmatch(_PATH, value) is not None
    return isinstance(value, int | float) and _plain(key).endswith(_MANY)


def _is_key_of_secret(key: str, owner: dict[str, Any]) -> bool:
    """Whether ``key`` says which key of a Kubernetes secret is meant, as Akri connectors do."""
    return key == "secretKey" and "secretRef" in owner


def _is_pair(owner: dict[str, Any]) -> bool:
    """Whether ``owner`` is like ``{key: password, value: …}``."""
    labels: list[Token] = [owner.get("key", ""), owner.get("name", "")]
    return any(isinstance(label, str) and is_credential_key(label) for label in labels)
