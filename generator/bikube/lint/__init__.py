"""The engine: text in, diagnostics out."""

from bikube.lint.engine import Fault, Linted, across, lint, settled

__all__ = ["Fault", "Linted", "across", "lint", "settled"]
