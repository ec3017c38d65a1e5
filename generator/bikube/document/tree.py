"""A parsed document: plain Python data, and a span for every key and value."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from functools import cached_property
from itertools import chain, islice
from operator import sub
from typing import Any, Literal, NamedTuple, TypeVar

from bikube.diagnostics import Pointer, Token
from bikube.document.places import Places
from bikube.text import Source, Span

Part = Literal["key", "value"]
_Derived = TypeVar("_Derived")

MEMBER = 4
"""Numbers that a mapping member takes in the span table: start and end of key and of value."""
ITEM = 2
"""Numbers that a list item takes in the span table."""

_ALIAS = r"\*([\w-]+)"
_MANY = 64
"""Members of a map from which on their order is remembered."""


class Written(NamedTuple):
    """How a member is written: a list item has no key, and a value may be nothing at all."""

    key: Span | None
    value: Span


class _Order(NamedTuple):
    """The keys of a map, in order and by their place in it."""

    names: list[str]
    indexes: dict[str, int]


class _Homes(NamedTuple):
    """Where each container is written, by identity, and which ones stand in several places."""

    homes: dict[int, Pointer]
    repeated: set[int]


class Document:
    """Data as ``dict``, ``list``, ``str``, ``int``, ``float``, ``bool`` and ``None``.

    Keys are always the text that was written, and ``keys`` are all that the document has.
    Containers that an alias repeats are one object, which stands where its anchor does; where
    there is not one alias, none ``has_aliases``.
    """

    def __init__(
        self, source: Source, data: Any, keys: Set[str], places: Places, *, has_aliases: bool
    ) -> None:
        self.source = source
        self.data = data
        self.keys = keys
        self.has_aliases = has_aliases
        self._table, self._containers = places.table, places.containers
        self._base, self._bases = places.base, places.bases
        self._orders: dict[int, _Order] = {}
        self._derived: dict[Callable[[Document], Any], Any] = {}

    def derived(self, derive: "Callable[[Document], _Derived]") -> _Derived:
        """What ``derive`` makes of the document, made once for all who ask."""
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        made: _Derived = self._derived[derive]
        return made

    @cached_property
    def texts(self) -> Collection[str]:
        """Every string but keys that the document has, each once: most stand in many entries.

        Those in a map or list that a repeated key has dropped are among them.
        """
        members = (one.values() if type(one) is dict else one for one in self._containers)
        values = chain([self.data], chain.from_iterable(members))
        return dict.fromkeys(value for value in values if type(value) is str)

    def maps(self) -> Iterator[dict[str, Any]]:
        """Every map that the document has, and those that a repeated key dropped; in no order."""
        return (one for one in self._containers if type(one) is dict)

    def resolve(self, pointer: Pointer) -> Any:
        """The value at ``pointer``.

        Raises:
            LookupError: there is none.
        """
        value = self.data
        for token in pointer:
            value = value[token]
        return value

    def span(self, pointer: Pointer, part: Part = "value") -> Span:
        """Where the key or the value at ``pointer`` stands.

        List items have no key, and ``key:`` without a value has no value: there the span is
        that of the other part. For the whole document it is that of its first key or item.

        Raises:
            LookupError: nothing is at ``pointer``.
        """
        if not pointer:
            return self._whole()
        parent = self.resolve(pointer[:-1])
        return self.member(parent, pointer[-1], part)

    def lengths(self, lists: Sequence[list[Any]]) -> Iterator[list[int]]:
        """How many code points the items of some lists of this document take, and no fewer.

        Each is measured up to the next one, the last of a list up to the end of the text: the white
        space at the end of a block is part of a value, and of no span.
        """
        for base, one in zip(self._bases(lists), lists, strict=True):
            starts = self._table[base : base + ITEM * len(one) : ITEM]
            starts.append(len(self.source.text))
            yield list(map(sub, starts[1:], starts))

    def member(self, container: Any, token: Token, part: Part = "value") -> Span:
        """As ``span``, for the member ``token`` of a container of this document."""
        if isinstance(container, dict) and token not in container:
            raise LookupError(token)
        key, value = self.written(container, token)
        return key if key is not None and (part == "key" or value.start == value.end) else value

    def written(self, container: Any, token: Token) -> Written:
        """The spans of the member ``token`` just as they are, an empty value being empty."""
        base = self._base(container)
        if isinstance(container, list):
            at = base + ITEM * int(token)
            return Written(None, Span(self._table[at], self._table[at + 1]))
        at = base + MEMBER * self._index(container, str(token))
        key = Span(self._table[at], self._table[at + 1])
        return Written(key, Span(self._table[at + 2], self._table[at + 3]))

    def beside(self, container: Any, token: Token) -> tuple[Token | None, Token | None]:
        """The members of a container of this document before and after the member ``token``."""
        tokens: Sequence[Token] = range(len(container))
        at = token
        if isinstance(container, dict):
            at = self._index(container, str(token))
            few = len(container) < _MANY
            tokens = list(container) if few else self._order(container).names
        before, after = int(at) - 1, int(at) + 1
        return (
            tokens[before] if before >= 0 else None,
            tokens[after] if after < len(tokens) else None,
        )

    def extent(self, pointer: Pointer) -> Span:
        """Where the value at ``pointer`` stands, which may be the whole of the document."""
        if not pointer:
            return Span(*self._table[-2:])
        return self.written(self.resolve(pointer[:-1]), pointer[-1]).value

    def home(self, pointer: Pointer) -> Pointer:
        """The pointer by which the member at ``pointer`` is reached without an alias."""
        if not pointer or not self._homes.homes:
            return pointer
        return (*self._homes.homes[id(self.resolve(pointer[:-1]))], pointer[-1])

    def is_repeated(self, pointer: Pointer) -> bool:
        """Whether aliases repeat what holds the member at ``pointer``."""
        if not self._homes.repeated:
            return False
        holders = (self.resolve(pointer[:length]) for length in range(len(pointer)))
        return any(id(holder) in self._homes.repeated for holder in holders)

    @cached_property
    def aliases(self) -> frozenset[str]:
        """The names behind asterisks, of all that look like aliases, be they some or not."""
        return frozenset(re.findall(_ALIAS, self.source.text))

    def within(self, span: Span) -> Pointer:
        """The path to the innermost member in whose key or value, or between them, ``span`` lies.

        Where an alias stands, that is the member with the alias.
        """
        value: Any = self.data
        pointer: Pointer = ()
        while isinstance(value, dict | list) and value:
            index = self._before(value, span.start + 1) - 1
            token = index if isinstance(value, list) else next(islice(value, max(index, 0), None))
            key, own = self.written(value, token)
            if index < 0 or span.end > max(own.end, key.end if key else 0):
                break
            # What an alias repeats stands before the alias, so that the next round ends there.
            pointer, value = (*pointer, token), value[token]
        return pointer

    def following(self, pointer: Pointer, offset: int) -> Pointer | None:
        """The path to the first member of a container that starts at ``offset`` or after it."""
        container = self.resolve(pointer)
        index = self._before(container, offset)
        if index == len(container):
            return None
        token = index if isinstance(container, list) else next(islice(container, index, None))
        return (*pointer, token)

    def _before(self, container: Any, offset: int) -> int:
        """How many members of ``container`` start before ``offset``."""
        base, step = self._base(container), ITEM if isinstance(container, list) else MEMBER
        return bisect_left(
            range(len(container)), offset, key=lambda index: self._table[base + step * index]
        )

    def _index(self, container: dict[str, Any], key: str) -> int:
        if len(container) < _MANY:
            return list(container).index(key)
        return self._order(container).indexes[key]

    def _order(self, container: dict[str, Any]) -> _Order:
        # Without it, a mistake in every key of a large map would take a pass through all keys.
        known = self._orders.get(id(container))
        if known is None:
            names = list(container)
            known = _Order(names, {name: index for index, name in enumerate(names)})
            self._orders[id(container)] = known
        return known

    @cached_property
    def _homes(self) -> _Homes:
        found = _Homes({}, set())
        if self.has_aliases:
            self._visit(self.data, (), found)
        return found

    def _visit(self, value: Any, pointer: Pointer, places: _Homes) -> None:
        if not isinstance(value, dict | list):
            return
        if id(value) in places.homes:
            places.repeated.add(id(value))
            return
        # An anchor comes before its aliases, so the first visit is to the place of the anchor.
        places.homes[id(value)] = pointer
        for token, child in value.items() if isinstance(value, dict) else enumerate(value):
            self._visit(child, (*pointer, token), places)

    def _whole(self) -> Span:
        first = next(iter(self.data), None) if isinstance(self.data, dict) else 0
        if isinstance(self.data, dict | list) and self.data and first is not None:
            return self.member(self.data, first, "key")
        return Span(*self._table[-2:]) if self._table else Span(0, 0)
