"""Keys that are known, but not where they stand: says where they belong, once for all of a map."""

from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple

from bikube.diagnostics import Pointer
from bikube.document import Document
from bikube.schema import Violation
from bikube.schema.places import general

_FARTHEST = 3
"""Steps up and down from where a key stands to where it could have been meant to be."""

_BESIDE = 2
"""The same where it leads up and down again, as to the map beside it."""

_TWICE = "it is there already; keep one of the two"

Places = Mapping[str, Sequence[Pointer]]


class _Move(NamedTuple):
    """From a map to another: ``shared`` tokens of both are the same."""

    start: Pointer
    end: Pointer
    shared: int

    @property
    def turns(self) -> bool:
        """Whether it leads up and down again."""
        return len(self.start) > self.shared < len(self.end)

    @property
    def steps(self) -> int:
        """How far it is, up and down."""
        return len(self.start) + len(self.end) - 2 * self.shared


def relocate(document: Document, found: list[Violation], places: Places) -> list[Violation]:
    """``found``, in which what is wrong with keys that belong elsewhere is said once for a map."""
    moves: dict[tuple[Pointer, Pointer], list[Violation]] = {}
    lacking = {one.lacking for one in found if one.lacks is not None}
    for violation in found:
        move = _move(document, violation, places, lacking)
        if move is not None:
            key = (violation.pointer[:-1], move.end)
            moves.setdefault(key, []).append(violation)
    if not moves:
        return found
    said = {id(keys[0]): _said(document, *move, keys) for move, keys in moves.items()}
    moved = {id(one) for keys in moves.values() for one in keys}
    causes = [(move, {one.pointer[-1] for one in keys}) for move, keys in moves.items()]
    consequences = _consequences(causes)
    return [
        said.get(id(one), one)
        for one in found
        if id(one) in said or (id(one) not in moved and not _follows(document, one, consequences))
    ]


def _move(
    document: Document, violation: Violation, places: Places, lacking: Container[object]
) -> _Move | None:
    if violation.rule != "unknown-key" or violation.repair is not None:
        return None
    *above, key = violation.pointer
    start = general(tuple(above))
    maps = [one for one in places.get(str(key), ()) if one != start]
    moves = [_Move(start, end, _shared(start, end)) for end in maps]
    near = [move for move in moves if move.steps <= (_BESIDE if move.turns else _FARTHEST)]
    if not near:
        return None
    around = document.resolve(tuple(above))
    ranked = sorted(
        (_rank(around, move, str(key), (*above, *move.end[move.shared :][:1]) in lacking), move)
        for move in near
    )
    alike = [move for rank, move in ranked if rank == ranked[0][0]]
    return alike[0] if len(alike) == 1 else None


def _rank(around: Any, move: _Move, key: str, is_lacking: bool) -> tuple[int, int]:
    """How little speaks for a map: one that is required or begun, and empty, is the first guess."""
    likely, possible, taken = (0, move.steps), (1, move.steps), (2, move.steps)
    if move.shared < len(move.start):
        return possible
    first = around.get(move.end[move.shared])
    if first is None:
        return likely if is_lacking or move.end[move.shared] in around else possible
    return taken if isinstance(first, dict) and key in first else possible


def _shared(one: Pointer, other: Pointer) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _said(document: Document, above: Pointer, end: Pointer, keys: Sequence[Violation]) -> Violation:
    """The one finding for ``keys`` of the map ``above`` that belong into ``end``."""
    names = [str(one.pointer[-1]) for one in keys]
    many = len(names) > 1
    start = general(above)
    shared = _shared(start, end)
    owner = _called(end)
    found = f"{_enumerated(names)} {'are' if many else 'is'} not known here"
    expected = f"{'they belong' if many else 'it belongs'} {owner}"
    message = f"{found}; {expected}; {_advice(document, above, end, shared, names)}"
    return keys[0]._replace(message=message, repair=None)


def _advice(
    document: Document, above: Pointer, end: Pointer, shared: int, names: Sequence[str]
) -> str:
    them = "them" if len(names) > 1 else "it"
    around = document.resolve(above)
    if shared == len(end):
        if len(names) == 1 and names[0] in document.resolve(above[:shared]):
            return _TWICE
        return f'outdent {them}, to stand beside "{above[shared]}:"'
    items = around.get(end[shared]) if shared == len(above) else None
    if isinstance(items, list) and items:
        said = all(isinstance(one, dict) and {*names} <= {*one} for one in items)
        return _TWICE if said else f"move {them} there"
    if shared < len(above):
        return f"move {them} there"
    chain = " and ".join(f'"{token}:"' for token in end[shared:] if token != 0)
    item = ', as an item that begins with "- "' if end[-1] == 0 else ""
    if end[shared] in around:
        return f"indent {them} below {chain}{item}"
    return f"write {chain} above, and indent {them} below{item}"


def _called(end: Pointer) -> str:
    if not end:
        return "to the top of the spec"
    if end[-1] == 0:
        return f'to an item of "{end[-2]}"'
    return f'to "{end[-1]}"'


def _enumerated(names: Sequence[str]) -> str:
    *most, last = [f'"{name}"' for name in names]
    return f"{', '.join(most)} and {last}" if most else last


_OF_EMPTY = ("wrong-type", "null-value")
_Consequences = set[tuple[Pointer, Pointer]]


def _consequences(causes: list[tuple[tuple[Pointer, Pointer], set[Any]]]) -> _Consequences:
    """What is missing, or empty, only because keys stand elsewhere: what is above, and the rest."""
    found: _Consequences = set()
    for (above, end), keys in causes:
        shared = _shared(general(above), end)
        below = end[shared:]
        found.update((above[:shared], (*below, key)) for key in keys)
        found.update((above[:shared], below[:length]) for length in range(1, len(below) + 1))
    return found


def _follows(document: Document, violation: Violation, consequences: _Consequences) -> bool:
    lacks = violation.lacking
    if lacks is None:
        if violation.rule not in _OF_EMPTY or document.resolve(violation.pointer) is not None:
            return False
        lacks = violation.pointer
    return any(
        (lacks[:length], general(lacks[length:])) in consequences for length in range(len(lacks))
    )
