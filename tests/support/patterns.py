"""Regular expressions with one part changed."""

import re
from collections.abc import Iterator

_PART = re.compile(
    r"(?P<anchor>\\[AZb]|[\^$])|(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<bounds>\{[0-9,]+\})|(?P<character>.)",
    re.DOTALL,
)
_MEMBER = re.compile(r"(?:\\.|[^\\])(?:-(?:\\.|[^\\]))?", re.DOTALL)


def whole_patterns(pattern: str) -> Iterator[tuple[str, str]]:
    """``pattern`` without its ends, and without each part."""
    flags, rest = re.fullmatch(r"(\(\?[a-z]+\))?(.*)", pattern, re.DOTALL).groups(default="")  # type: ignore[union-attr]
    yield "start not anchored", f"{flags}(?:.*?)(?:{rest})"
    yield "end not anchored", f"{flags}(?:{rest})(?:.*)"
    if flags:
        yield f"{flags} dropped", rest
    yield from changed_patterns(pattern)


def changed_patterns(pattern: str) -> Iterator[tuple[str, str]]:
    """``pattern`` with each anchor, bound, set, quantifier, group and alternative changed."""
    for part, start, end in _parts(pattern):
        for change, text in _changes(pattern, part, start, end):
            yield change, pattern[:start] + text + pattern[end:]
    yield from _without_groups(pattern)
    for start, end in _alternatives(pattern):
        left = start if pattern[end : end + 1] == "|" or start == 0 else start - 1
        right = end + 1 if pattern[end : end + 1] == "|" else end
        yield f"{pattern[start:end]} at {start} dropped", pattern[:left] + pattern[right:]


def _changes(pattern: str, part: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """What one part may become."""
    text = pattern[start:end]
    if part in ("anchor", "bounds"):
        yield f"{text} at {start} dropped", "*" if part == "bounds" else ""
    if part == "bounds":
        for bounds in _moved(text):
            yield f"{text} at {start} is {bounds}", bounds
    elif part == "set":
        for changed in _changed_sets(text):
            yield f"{text} at {start} is {changed}", changed
    elif text in _QUANTIFIERS and _quantifies(pattern, start):
        changed = _QUANTIFIERS[text]
        yield f"{text} at {start} {f'is {changed}' if changed else 'dropped'}", changed


_QUANTIFIERS = {"+": "*", "*": "+", "?": ""}


def _quantifies(pattern: str, at: int) -> bool:
    """Whether the sign is neither part of how a group begins, nor of another quantifier."""
    before = "(*+?}" if pattern[at] != "?" else "(*+?})"  # Optional groups are changed elsewhere.
    return at > 0 and (pattern[at - 1] not in before or pattern[at - 2 : at - 1] == "\\")


def _moved(bounds: str) -> Iterator[str]:
    """``{2,5}`` with each number one less and one more, as far as that is a quantifier."""
    numbers = [int(number) for number in bounds[1:-1].split(",") if number]
    for index, number in enumerate(numbers):
        for moved in (number - 1, number + 1):
            changed = [*numbers[:index], moved, *numbers[index + 1 :]]
            if changed == sorted(changed) and 0 <= min(changed) < max(changed) + (moved > 0):
                end = "," if bounds.endswith(",}") else ""
                yield "{" + ",".join(map(str, changed)) + end + "}"


def _changed_sets(text: str) -> Iterator[str]:
    """A set that is negated or no more, lacks a member, or has fewer digits."""
    sign = "^" if text.startswith("[^") else ""
    yield f"[{'' if sign else '^'}{text[1 + len(sign) :]}"
    members = _MEMBER.findall(text[1 + len(sign) : -1])
    for index, member in enumerate(members):
        others = ["".join(members[:index]), "".join(members[index + 1 :])]
        if len(members) > 1:
            yield f"[{sign}{others[0]}{others[1]}]"
        for narrow in _narrower(member):
            yield f"[{sign}{others[0]}{narrow}{others[1]}]"


def _narrower(member: str) -> Iterator[str]:
    """A part of the digits without its first, and without its last."""
    if re.fullmatch("[0-9]-[0-9]", member) and member != "0-9":
        yield f"{int(member[0]) + 1}-{member[2]}"
        yield f"{member[0]}-{int(member[2]) - 1}"


def _without_groups(pattern: str) -> Iterator[tuple[str, str]]:
    """``pattern`` without each look-around, and with each optional group required."""
    for start, end in _groups(pattern):
        group = pattern[start:end]
        if group.startswith(("(?=", "(?!", "(?<")):
            yield f"{group} at {start} dropped", pattern[:start] + pattern[end:]
        elif end < len(pattern) and pattern[end] == "?":
            yield f"{group}? at {start} dropped", pattern[:start] + pattern[end + 1 :]


def _parts(pattern: str) -> Iterator[tuple[str, int, int]]:
    """The escapes, sets and other characters of ``pattern``, with where each begins and ends."""
    for match in _PART.finditer(pattern):
        yield str(match.lastgroup), match.start(), match.end()


def _tokens(pattern: str) -> Iterator[tuple[int, str]]:
    """The offsets of what is neither escaped nor in a set."""
    for part, start, end in _parts(pattern):
        if part == "character":
            yield start, pattern[start:end]


def _groups(pattern: str) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for index, character in _tokens(pattern):
        if character == "(":
            opened.append(index)
        elif character == ")":
            yield opened.pop(), index + 1


def _alternatives(pattern: str) -> Iterator[tuple[int, int]]:
    """The stretches between ``|``, with what encloses them, wherever there is more than one."""
    frames: list[list[int]] = [[0]]
    for index, character in _tokens(pattern):
        if character == "(":
            frames.append([_inside(pattern, index)])
        elif character == "|":
            frames[-1].append(index + 1)
        elif character == ")":
            yield from _stretches(frames.pop(), index)
    yield from _stretches(frames.pop(), len(pattern))


def _inside(pattern: str, index: int) -> int:
    for opening in ("(?:", "(?=", "(?!", "(?<=", "(?<!"):
        if pattern.startswith(opening, index):
            return index + len(opening)
    return index + 1


def _stretches(starts: list[int], end: int) -> Iterator[tuple[int, int]]:
    ends = [start - 1 for start in starts[1:]] + [end]
    if len(starts) > 1:
        yield from zip(starts, ends, strict=True)
