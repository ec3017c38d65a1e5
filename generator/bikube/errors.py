"""What stops a command before it has an answer, as opposed to a finding, which is a value."""


class UserError(Exception):
    """Something outside bikube is wrong; the text says what was found and how to fix it.

    The command prints the text and ends with exit code 2.
    """


class UsageError(UserError):
    """The command line or the configuration asks for something that cannot be done."""


class AccessError(UserError):
    """A file or folder cannot be read or written."""
