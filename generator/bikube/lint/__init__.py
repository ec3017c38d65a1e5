"""The engine: text in, diagnostics out."""

from bikube.lint.engine import Linted, lint, once_a_run, settled
from bikube.lint.searching import Fault

__all__ = ["Fault", "Linted", "lint", "once_a_run", "settled"]
