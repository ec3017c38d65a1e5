"""The engine: text in, diagnostics out."""

from bikube.lint.engine import Fault, Linted, across, lint

__all__ = ["Fault", "Linted", "across", "lint"]
