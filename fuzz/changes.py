"""Random changes of a text: bytes, tokens, lines, structure, odd characters, comments."""

import random
import re
from collections.abc import Callable, Sequence

_TOKEN = re.compile(r"[A-Za-z0-9_.-]+|\s+|[^\sA-Za-z0-9_.-]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MOST = 200_000
"""Characters of a text that is not made longer."""

_ODD = (
    "\0\t\v\f\r\x1b\x7f\x85\xa0\xad\u034f\u061c\u200b\u200d\u2028\u2029\u202e\u2060\u2066\ufeff"
    "\ufffd\uffff\U000e0041\U0001f3fd\U0010ffff\xe4\xdf\u2030\u0131\u0130\u017f\u212a\u2116\u2026\u2019"
    "\u201c\u2013"
)
_PIECES = (
    *("---\n", "...\n", "? ", ": ", "- ", "<<: ", "*a ", "&a ", "!!str ", "!x ", "|\n", ">-2\n"),
    *("# ", "#", "'", '"', "\\", "{", "}", "[", "]", ",", "%YAML 1.1\n", "@", "`", "null", "~"),
    *("true", "0x1F", "1e400", "-0", ".inf", "9" * 30, "2025-10-01", "012", "''", '""', "{}", "[]"),
    *(
        "${x}",
        "<host>",
        "{{ x }}",
        "##vso[x]",
        "::error::",
        "../..",
        "con",
        "a" * 300,
        "\n\n",
        "  ",
    ),
    *("ghp_" + "a1" * 18, "AccountKey=" + "A" * 86 + "==", "https://u:p@h/", "password: hunter2\n"),
    *("a{99999999999999999999}", "(a+)+$", "(?i)", "[[a]", "\\p{L}", "*a*a*b", "[a--b]"),
)
_COMMENTS = (
    "# bikube: ignore[*] x",
    "# bikube: ignore[registry-host-case] until=2026-01-01 x",
    "# bikube: ignore[placeholder, unknown-key]",
    "# bikube: ignore-file[registry-host-case] x",
    "# bikube: ignore[unknown] # bikube: ignore[alias] y",
    "# bikube-ignore: x",
    "# noqa",
)

Change = Callable[[str, random.Random], str]
Edit = Callable[[list[str], int, int, random.Random], None]
"""An edit of a list at one index, to which it may put what is at the other."""


def changed(text: str, others: Sequence[str], chance: random.Random) -> bytes:
    """``text`` after some changes, a few of them with pieces of ``others``; the same by chance."""
    for _ in range(min(int(chance.expovariate(0.5)) + 1, 8)):
        if chance.random() < 0.1:
            text = _crossed(text, chance.choice(others), chance)
        else:
            text = chance.choice(_CHANGES)(text, chance)
        text = text[:_MOST]
    data = text.encode("utf-8", "surrogatepass")
    return _bytes_flipped(data, chance) if chance.random() < 0.05 else data


def _place(text: str, chance: random.Random) -> int:
    return chance.randint(0, len(text))


def _bytes_flipped(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return bytes([chance.randrange(256)])
    flipped = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        flipped[chance.randrange(len(flipped))] = chance.randrange(256)
    return bytes(flipped)


def _inserted(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    return text[:at] + chance.choice(_PIECES) + text[at:]


def _odd(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    character = chance.choice(_ODD) if chance.random() < 0.9 else chr(chance.randrange(0x110000))
    return text[:at] + character + text[at + chance.randint(0, 1) :]


def _cut(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    return text[:at] + text[at + min(int(chance.expovariate(0.1)), 200) :]


def _ended(text: str, chance: random.Random) -> str:
    return text[: _place(text, chance)] if chance.random() < 0.3 else text.rstrip("\n")


def _in_pieces(pattern: re.Pattern[str], edit: Edit) -> Change:
    """A change of the text that ``edit`` makes in a list of what ``pattern`` finds."""

    def change(text: str, chance: random.Random) -> str:
        pieces = pattern.findall(text)
        if pieces:
            one, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
            edit(pieces, one, other, chance)
        return "".join(pieces)

    return change


def _edit_tokens(tokens: list[str], one: int, other: int, chance: random.Random) -> None:
    match chance.randrange(4):
        case 0:
            tokens[one], tokens[other] = tokens[other], tokens[one]
        case 1:
            tokens[one] = tokens[other]
        case 2:
            tokens[one] = chance.choice(_PIECES)
        case _:
            tokens[one] = _letters(tokens[one], chance)


def _letters(token: str, chance: random.Random) -> str:
    at = chance.randrange(len(token))
    forms = (token.upper(), token.title(), token[::-1], token * 2, token[:at] + token[at + 1 :])
    return chance.choice(forms)


def _edit_lines(lines: list[str], one: int, other: int, chance: random.Random) -> None:
    match chance.randrange(5):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            lines.insert(one, lines[other])
        case 2:
            del lines[one : one + chance.randint(1, 5)]
        case 3:
            lines[one] = " " * chance.randint(1, 4) + lines[one]
        case _:
            lines[one] = lines[one].lstrip(" ")


def _repeated(text: str, chance: random.Random) -> str:
    start, end = sorted((_place(text, chance), _place(text, chance)))
    piece = text[start : min(end, start + 400)]
    return text[:end] + piece * chance.choice((1, 1, 2, 20)) + text[end:]


def _commented(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    comment = chance.choice(_COMMENTS)
    if chance.random() < 0.5:
        lines[at] += f" {comment}"
    else:
        lines.insert(at, " " * chance.choice((0, 2, 4, 6)) + comment)
    return "\n".join(lines)


def _broken_lines(text: str, chance: random.Random) -> str:
    return text.replace("\n", chance.choice(("\r\n", "\r", "\n\n", "\u2028", "\x85")), 10**6)


def _crossed(text: str, other: str, chance: random.Random) -> str:
    start = _place(other, chance)
    piece = other[start : start + chance.randint(1, 400)]
    at = _place(text, chance)
    return text[:at] + piece + text[at:]


_CHANGES: tuple[Change, ...] = (
    *((_in_pieces(_TOKEN, _edit_tokens),) * 5),
    *((_in_pieces(_LINE, _edit_lines),) * 4),
    *((_inserted,) * 3),
    *((_odd,) * 2),
    *((_commented,) * 2),
    _cut,
    _ended,
    _repeated,
    _broken_lines,
)
