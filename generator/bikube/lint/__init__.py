"""The engine: text in, diagnostics out."""

from bikube.lint.engine import Fault, Linted, lint, once_a_run, settled

__all__ = ["Fault", "Linted", "lint", "once_a_run", "settled"]
