"""What stops a command before it has an answer, as opposed to a finding, which is a value."""

from bikube.diagnostics import Diagnostic
from bikube.text.source import Source


class UserError(Exception):
    """Something outside bikube is wrong; the text says what was found and how to fix it.

    The command prints the text and ends with exit code 2.
    """


class UsageError(UserError):
    """The command line or the configuration asks for something that cannot be done."""


class AccessError(UserError):
    """A file or folder cannot be read or written."""


class FaultyFile(UsageError):
    """A file that says how to lint is malformed: what is wrong, and where in it.

    Its own text may quote a credential of the file; ``redaction.tell`` says it without.
    """

    def __init__(self, source: Source, diagnostic: Diagnostic) -> None:
        line, column = source.position(diagnostic.span.start)
        super().__init__(f"{source.name}:{line}:{column}: {diagnostic.message}")
        self.source = source
        self.diagnostic = diagnostic
