"""One identity of a finding for baselines, SARIF and GitLab alike.

It is made of rule, file, path (list items by their ``name``), a hash of the offending value and a
count of equals. So it survives moved lines and reordered entries, and a second occurrence of the
same thing is new. The value of a credential is left out.
"""

from collections import Counter
from hashlib import sha256
from typing import Any

from bikube.diagnostics import Pointer, Problem, join_pointer
from bikube.document import Document

_UNHASHED = frozenset({"credential"})


class Fingerprints:
    """Gives out the fingerprints of one file's findings, which come in the order of its text."""

    def __init__(self, file: str, document: Document | None) -> None:
        self._file = file
        self._document = document
        self._seen: Counter[str] = Counter()

    def of(self, problem: Problem) -> str:
        """The fingerprint of ``problem``: 32 hexadecimal digits."""
        parts = [problem.rule, self._file, join_pointer(self._named(problem.pointer))]
        if problem.rule not in _UNHASHED:
            parts.append(self._value(problem.pointer))
        identity = "\0".join(parts)
        occurrence = self._seen[identity]
        self._seen[identity] += 1
        return sha256(f"{identity}\0{occurrence}".encode()).hexdigest()[:32]

    def _named(self, pointer: Pointer) -> Pointer:
        value: Any = self._document.data if self._document is not None else None
        named: list[str] = []
        for token in pointer:
            value = value[token]
            name = value.get("name") if isinstance(token, int) and isinstance(value, dict) else None
            named.append(name if isinstance(name, str) else str(token))
        return tuple(named)

    def _value(self, pointer: Pointer) -> str:
        if self._document is None:
            return ""
        value = self._document.resolve(pointer)
        return "" if isinstance(value, dict | list) else repr(value)
