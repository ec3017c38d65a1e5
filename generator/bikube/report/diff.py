"""Unified diffs without credentials."""

from collections.abc import Iterable, Iterator

from bikube.credentials.redaction import Redactor
from bikube.document import Document
from bikube.text import Source, printable, split_lines
from bikube.text.diff import hunks

_COLOURS = {"-": "31", "+": "32", "@": "36"}


class Side:
    """The lines of a text as a diff may show them, its byte order mark included.

    Without a ``document`` the text need not be YAML.
    """

    def __init__(self, source: Source, document: Document | None) -> None:
        self.lines = split_lines(source.text)
        self._mark = source.mark
        self._redactor = Redactor(source, document)

    def shown(self, at: int) -> str:
        """Line ``at``, counted from 0, without the end that every line of a diff has."""
        # Tabs control nothing, and ``patch`` wants them as they are.
        text = "\t".join(map(printable, self._redactor.hide_line(at + 1).split("\t")))
        line = self.lines[at]
        end = "\r" if line.endswith("\r\n") else ""
        end += "" if line.endswith(("\n", "\r")) else "\n\\ No newline at end of file"
        return ("" if at else self._mark) + text + end


def unified(old: Side, new: Side, *, names: tuple[str, str]) -> Iterator[str]:
    """A unified diff that ``patch`` takes, unless there is something in it that is not shown."""
    before, after = map(printable, names)
    yield from (f"--- {before}", f"+++ {after}")
    for hunk in hunks(old.lines, new.lines):
        yield hunk.header
        for sign, at in hunk.rows:
            yield sign + (new if sign == "+" else old).shown(at)


def coloured(lines: Iterable[str], *, colour: bool) -> Iterator[str]:
    """The ``lines`` of a diff with their ends, and with ``colour`` if that is wanted."""
    for line in lines:
        code = _COLOURS.get(line[:1])
        yield f"\x1b[{code}m{line}\x1b[0m\n" if colour and code else f"{line}\n"
