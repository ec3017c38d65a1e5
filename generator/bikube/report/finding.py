"""A finding as it may be shown: positions worked out, and every credential hidden."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from bikube.diagnostics import Diagnostic, join_pointer, with_help
from bikube.text import Position, Source, Span, printable

if TYPE_CHECKING:
    from bikube.credentials.redaction import Redactor

_SNIPPET_LINES = 5


class Place(NamedTuple):
    """A stretch of a file, for people."""

    file: str
    start: Position
    end: Position
    message: str


class ShownEdit(NamedTuple):
    """One edit of a fix."""

    start: Position
    end: Position
    text: str


class File(Protocol):
    """What a finding asks of the file that it is in."""

    @property
    def repository_path(self) -> str:
        """Its path from the root of the repository."""
        ...

    @property
    def redactor(self) -> "Redactor":
        """What hides its credentials."""
        ...

    def fingerprint(self, number: int) -> str:
        """The fingerprint of a finding of the file, by its number among all of them."""
        ...


class Finding:
    """One diagnostic with everything that a report may show of it.

    ``file`` is the file's name as the user wrote it. ``times`` is how often it is there at its
    place: what an alias repeats is one finding, whose pointer, fix and fingerprint are the first's.
    """

    def __init__(
        self, file: File, source: Source, diagnostic: Diagnostic, number: int, times: int = 1
    ) -> None:
        self._diagnostic = diagnostic
        self._source = source
        self._redactor = file.redactor
        self._in_file = file
        self._number = number
        self.times = times
        self.rule = diagnostic.rule
        self.severity = diagnostic.severity
        self.file = source.name

    @property
    def repository_path(self) -> str:
        """The file's path from the root of the repository, for those who show it there."""
        return self._in_file.repository_path

    @property
    def fingerprint(self) -> str:
        """What tells it from all others, and stays while it stays the same."""
        return self._in_file.fingerprint(self._number)

    @property
    def message(self) -> str:
        """What is wrong."""
        return self._shown(self._diagnostic.message, self._diagnostic.span)

    @property
    def help(self) -> str:
        """What to do about it; empty where the message says that too, or there is no advice."""
        return self._shown(self._diagnostic.help, self._diagnostic.span)

    @property
    def text(self) -> str:
        """What is wrong and what to do, for formats that have one text for both."""
        return with_help(self.message, self.help)

    @property
    def again(self) -> str:
        """How often it is there, to be put behind a text; empty where that is once."""
        return f" ({self.times:,} times)" if self.times > 1 else ""

    @property
    def start(self) -> Position:
        """Where it begins."""
        return self._source.position(self._diagnostic.span.start)

    @property
    def end(self) -> Position:
        """Where it ends, exclusive."""
        return self._source.position(self._diagnostic.span.end)

    @property
    def pointer(self) -> str:
        """The JSON Pointer of the value in question."""
        return join_pointer(
            tuple(self._redactor.hide(str(one)) for one in self._diagnostic.pointer)
        )

    @property
    def related(self) -> tuple[Place, ...]:
        """The other places that belong to it."""
        return tuple(
            Place(
                self.file,
                *self._positions(one.span),
                self._shown(one.message, one.span),
            )
            for one in self._diagnostic.related
        )

    @property
    def has_safe_fix(self) -> bool:
        """Whether ``--fix`` mends it, be its edits such as may be shown or not."""
        return self._diagnostic.fix is not None and self._diagnostic.fix.safe

    @property
    def fix(self) -> tuple[bool, tuple[ShownEdit, ...]] | None:
        """Whether its fix is safe, and the fix's edits.

        There is none if it would write what must not be shown: applied by another program, it
        would put the mask into the file.
        """
        fix = self._diagnostic.fix
        if fix is None or any(
            self._redactor.hide(edit.text, edit.span) != edit.text for edit in fix.edits
        ):
            return None
        return fix.safe, tuple(
            ShownEdit(*self._positions(edit.span), edit.text) for edit in fix.edits
        )

    def line(self, number: int) -> str:
        """A line of the file, as it may be shown."""
        return self._redactor.hide_line(number)

    @property
    def snippet(self) -> str | None:
        """The text from start to end, as it may be shown; none if that is nothing or very long."""
        start, end = self.start, self.end
        if start == end or end.line - start.line >= _SNIPPET_LINES:
            return None
        if start.line == end.line:
            # A slice at once: one line may be the whole of a large spec.
            return self.line(start.line)[start.column - 1 : end.column - 1]
        lines = [self.line(number) for number in range(start.line, end.line + 1)]
        lines[-1] = lines[-1][: end.column - 1]
        lines[0] = lines[0][start.column - 1 :]
        return "\n".join(lines)

    def _shown(self, words: str, span: Span) -> str:
        # They quote what the file says.
        return printable(self._redactor.hide(words, span))

    def _positions(self, span: Span) -> tuple[Position, Position]:
        return self._source.position(span.start), self._source.position(span.end)
