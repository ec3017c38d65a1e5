"""What is wrong with a host that is no registry's, in words, and which host was meant.

This is asked only about hosts in which a rule has found fault.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from bikube.azure.registries import ACR, ACR_NEAR, classify

_COPY = "copy the login server from the overview page of the registry"
_ASK = "write the name under which the registry is reached"
_PIECES = re.compile(
    r"\s*((?:[A-Za-z][A-Za-z0-9+.-]*://)*)"  # the scheme
    r"((?:[^/@]*@(?!sha[0-9]+:))?)"  # the user
    r"(\[[^\]]*\]|[^/:?#@]*)"  # the name
    r"((?::[^/?#@]*)?)"  # the port
    r"(.*)",  # the rest
    re.DOTALL,
)
_BEGUN = re.compile(r"(?:https?(?::|:?/+)|/+)(?=[A-Za-z][^/]*\.)", re.IGNORECASE)
"""A scheme that lacks a part."""
_LOGIN_SERVER = re.compile(r"[a-z0-9-]+(\.[a-z0-9]+\.geo)?\.azurecr\.(io|us|cn)")
_CLOUD = re.compile(r"\.azurecr\.(io|us|cn)\Z", re.IGNORECASE)
_LAST_PORT = 65535
_CLOUDS = ("io", "us", "cn")
_NEAR = re.compile(r"((?:[a-z0-9-]+\.)+?)([a-z0-9-]+)(?:\.([a-z0-9]+))?")
_WITHOUT_DOT = re.compile(r"([a-z0-9-]*)azurecr\.io")


class Fault(NamedTuple):
    """What of a host is wrong, what to do, and the host that was meant, if that is certain."""

    part: str
    advice: str
    meant: str = ""


class _Pieces(NamedTuple):
    scheme: str
    user: str
    name: str
    port: str
    rest: str


def fault_of(host: str) -> Fault:
    """The first thing that is wrong with ``host``, which a rule has refused."""
    registry, pieces = classify(host), _pieces(host)
    if registry == ACR_NEAR:
        return _misspelt(pieces)
    faults = _faults_of_acr(host, pieces) if registry == ACR else _faults(host, pieces)
    return next(faults, Fault("it has another form", _ASK))


def near_ones(bare: str) -> tuple[str, ...]:
    """The login servers that the bare host ``bare`` may be a typing error of, or none.

    One letter of "azurecr" is wrong, missing, too many or swapped with the next one, or what
    follows is the end of no cloud. Of ends that are about as near, all are named.
    """
    joined = _WITHOUT_DOT.fullmatch(bare)
    if joined is not None:
        return (f"{joined[1]}.azurecr.io",)
    found = _NEAR.fullmatch(bare)
    if found is None or not _is_near(found[2], "azurecr"):
        return ()
    name, word, end = found[1], found[2], found[3] or "io"
    ends = [end] if end in _CLOUDS else [one for one in _CLOUDS if _is_near(end, one)]
    if not ends and word != "azurecr" and end != "com":
        return ()
    return tuple(f"{name}azurecr.{one}" for one in ends or ["io"])


def _is_near(word: str, meant: str) -> bool:
    """Whether at most one letter differs, is missing or too many, or two are swapped."""
    start = _shared(word, meant)
    word, meant = word[start:], meant[start:]
    end = _shared(word[::-1], meant[::-1])
    word, meant = word[: len(word) - end], meant[: len(meant) - end]
    is_swapped = word[:1] + word[1:2] == word == meant[::-1]
    return len(word) <= 1 >= len(meant) or is_swapped


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _pieces(host: str) -> _Pieces:
    return _Pieces(*_PIECES.findall(host)[0])


def _misspelt(pieces: _Pieces) -> Fault:
    ones = near_ones(pieces.name.lower())
    if ones[0].startswith("."):
        return Fault("the name of the registry is missing", _COPY)
    *_, word, end = pieces.name.split(".")
    end = end if end.lower().startswith("azure") else f"{word}.{end}"
    part = f'it ends in "{end}"'
    if end.lower().endswith("azurecr.io"):
        part = 'a dot is missing before "azurecr.io"'
    if len(ones) > 1:
        either = " or ".join(f'"{one}"' for one in ones)
        return Fault(part, f"did you mean {either}?")
    meant = ones[0]
    if pieces.port not in ("", ":443") or pieces.rest.strip("/ "):
        meant = f"{pieces.scheme}{pieces.user}{meant}{pieces.port}{pieces.rest}"
    return Fault(part, f'did you mean "{meant}"?', meant)


def _faults_of_acr(host: str, pieces: _Pieces) -> Iterator[Fault]:
    server = pieces.name.strip().rstrip(".").lower()
    is_one = _LOGIN_SERVER.fullmatch(server) is not None
    write = f'write "{server}"' if is_one else _COPY
    if pieces.user:
        yield Fault(f'"{pieces.user}" is a user', f"{write}, and put the user into a pull secret")
    if server.startswith(".azurecr."):
        yield Fault("the name of the registry is missing", _COPY)
    if not is_one:
        yield from _faults_of_name(host, pieces)
        name = _CLOUD.sub("", server)
        yield Fault(f'"{name}" has a dot, and the name of a registry has none', _COPY)
    if host != server and (pieces.port + pieces.rest).strip("/ ") in ("", ":", ":443"):
        yield Fault(_surplus(host, pieces), write, server)
    yield from _faults_behind(pieces, write)


def _surplus(host: str, pieces: _Pieces) -> str:
    """What is written around a login server, or how, that changes nothing."""
    behind = (pieces.port + pieces.rest).strip()
    if behind:
        return f'"{behind}" follows the name'
    if host != host.strip():
        return "it has a blank around it"
    if host.endswith("."):
        return "it ends in a dot"
    return f'"{pieces.name.partition(".")[2]}" has capitals'


def _faults(host: str, pieces: _Pieces) -> Iterator[Fault]:
    yield from _faults_of_scheme(host, pieces)
    if pieces.user:
        yield Fault(f'"{pieces.user}" is a user', "put the user into a pull secret")
    if re.fullmatch("[0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*", pieces.name + pieces.port):
        address = f"[{pieces.name}{pieces.port}]"
        yield Fault("an IPv6 address stands in brackets", f'write "{address}"')
    if pieces.name.startswith("["):
        yield Fault(f'"{pieces.name}" is no IPv6 address', _ASK)
    yield from _faults_of_name(host, pieces)
    port = pieces.port[1:]
    if port.isdecimal() and (port.startswith("0") or int(port) > _LAST_PORT):
        yield Fault(f'"{pieces.port}" is no port', f"write one from 1 to {_LAST_PORT}")
    if pieces.port == ":":
        yield Fault("a port is missing behind the colon", "write it, or nothing")
    if pieces.rest.startswith("/") and not re.search("[:@]", pieces.rest):
        yield Fault(f'"{pieces.rest}" is no path', "write letters and digits between the slashes")
    yield from _faults_behind(pieces, f'write "{pieces.name}"')


def _faults_of_scheme(host: str, pieces: _Pieces) -> Iterator[Fault]:
    begun = _BEGUN.match(host)
    if begun is not None:
        meant = host[begun.end() :].rstrip("/")
        yield Fault(f'"{begun[0]}" is no scheme', f'write "{meant}"')
    if pieces.scheme.count("://") > 1:
        yield Fault(f'"{pieces.scheme}" is more than one scheme', "write one at most")


def _faults_of_name(host: str, pieces: _Pieces) -> Iterator[Fault]:
    name = pieces.name
    advice = _COPY if classify(host) == ACR else _ASK
    odd = re.search(r"[^A-Za-z0-9.-]", name)
    if odd is not None:
        place = host.index(name) + odd.start() + 1
        shown = "a blank" if odd[0].isspace() else f'"{odd[0]}"'
        yield Fault(f"character {place} is {shown}", advice)
    for label in name.split("."):
        if not label:
            yield Fault("a dot has no name before or behind it", advice)
        if label.startswith("-") or label.endswith("-"):
            yield Fault(f'"{label}" begins or ends with "-"', advice)


def _faults_behind(pieces: _Pieces, write: str) -> Iterator[Fault]:
    """What follows the name of a host: where it belongs, because it is there for a reason."""
    port, rest = pieces.port[1:], pieces.rest
    if pieces.port and not port.isdecimal():
        yield Fault(f'"{pieces.port}" is a tag', f"{write}, and the tag behind the artifact")
    path = rest.strip("/")
    if rest.startswith("/") and (":" in path or "@" in path):
        yield Fault(f'"{path}" is an artifact', f"{write}, and name the artifact where it is used")
    if rest.startswith("/"):
        yield Fault(f'"{rest}" is a path', f'{write}, and begin artifacts with "{path}/"')
    if rest.startswith("@"):
        yield Fault(f'"{rest}" is a digest', f"{write}, and the digest behind the artifact")
    if rest:
        yield Fault(f'"{rest}" is no part of a host', write)
    if pieces.port:
        yield Fault(f'"{pieces.port}" is a port', write)
