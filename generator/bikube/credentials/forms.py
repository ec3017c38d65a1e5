"""Finds the credentials in a spec; a spec names Kubernetes secrets and holds none.

A value counts as a credential if it has the form of a well-known token, or if its key says so.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import filterfalse
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
_NAMED_SECRETS = (
    "pullsecret", "registrysecret", "dockersecret", "kubernetessecret", "k8ssecret",
    "keyvaultsecret",
)  # fmt: skip
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
_ENTRY = 2
"""How long the path to an entry is: a section and a number."""
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
    return any(map(is_credential_key, document.keys)) or document.derived(_has_pair)


def find_credentials(document: Document) -> tuple[Credential, ...]:
    """Every credential in the data of ``document``, ``x-`` sections included."""
    return document.derived(_credentials)


def _credentials(document: Document) -> tuple[Credential, ...]:
    search = _Search(document)
    return tuple(search.search(document.data, (), named=False)) if search.is_worthwhile() else ()


def _has_pair(document: Document) -> bool:
    """Whether a map is like ``{key: password, value: …}``."""
    return "value" in document.keys and any(map(_is_pair, document.maps()))


def _forms_in(document: Document) -> tuple[Form, ...]:
    """The forms of which a key or value may be; escapes spell them otherwise in the text."""
    text = document.source.text
    if "\\" not in text and not any(_is_present(form, text) for form in FORMS):
        return ()
    texts = "\n".join((*document.keys, *document.texts))
    return tuple(
        form for form in FORMS if _is_present(form, texts) and _pattern(form).search(texts)
    )


# Whatever shows a text asks several times: of a large spec, that is worth remembering.
@lru_cache(maxsize=1)
def _present(text: str) -> tuple[Form, ...]:
    return tuple(form for form in FORMS if _is_present(form, text))


def _is_present(form: Form, text: str) -> bool:
    return form.rare in text and form.piece in text


@cache
def _pattern(form: Form) -> "re.Pattern[str]":
    return re.compile(form.pattern)


class _Search:
    """Walks the data of one document, and knows what can tell of a credential there at all."""

    def __init__(self, document: Document) -> None:
        text, keys = document.source.text, document.keys
        self._document = document
        self._forms = _forms_in(document)
        telling = {key for key in keys if is_credential_key(key) or self._has_form(key)}
        self._telling = frozenset(telling)
        has_logins = "@" in text or "\\" in text
        self._hosts = frozenset(filter(_is_of_host, keys if has_logins else ()))
        pair = keys & {"value"}
        self._watched = self._telling.union(self._hosts, pair)

    def is_worthwhile(self) -> bool:
        """Whether anything tells of a credential; what most documents have only hints at one."""
        if self._forms or not self._watched:
            return bool(self._forms)
        hinting = filterfalse(self._watched.isdisjoint, self._document.maps())
        return any(map(self._tells, hinting))

    def search(self, value: Any, pointer: Pointer, *, named: bool) -> Iterator[Credential]:
        """The credentials in ``value``; ``named``: a key above it says that it is one."""
        if len(pointer) == _ENTRY and not named and not self._may_be_in(value):
            return
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

    def _may_be_in(self, value: Any) -> bool:
        """Whether a credential may be in ``value``, above which no key names one.

        It takes a fraction of the time that a search takes, and most entries have none.
        """
        forms, watched = self._forms, self._watched
        waiting = [value]
        while waiting:
            one = waiting.pop()
            if type(one) is dict:
                if not watched.isdisjoint(one) and self._tells(one):
                    return True
                waiting += one.values()
            elif type(one) is list:
                waiting += one
            elif forms and self._has_form(one):
                return True
        return False

    def _tells(self, one: dict[str, Any]) -> bool:
        return _is_pair(one) or any(
            (key in self._telling and not _is_key_of_secret(key, one))
            or (key in self._hosts and _is_login(key, child))
            for key, child in one.items()
        )

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


def _is_of_host(key: str) -> bool:
    return key.lower().endswith(_HOST_KEYS)


def _is_login(key: str, value: Any) -> bool:
    """Whether ``value`` is a host with a user and a password before it."""
    return (
        isinstance(value, str)
        and "@" in value
        and _is_of_host(key)
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
    if "value" not in owner:
        return False
    labels: list[Token] = [owner.get("key", ""), owner.get("name", "")]
    return any(isinstance(label, str) and is_credential_key(label) for label in labels)
