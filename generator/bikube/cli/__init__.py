"""The command line: one file a command, imported when it is called."""

from bikube.cli.entry import main

__all__ = ["main"]
