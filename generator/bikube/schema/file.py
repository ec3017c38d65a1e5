"""Reads the YAML files beside specs: configurations and rule files, where one mistake is enough."""

from pathlib import Path

from bikube.diagnostics import Diagnostic
from bikube.document import Document, decode, parse
from bikube.errors import FaultyFile
from bikube.schema.violations import Check, Violation


def read_yaml_file(path: Path, data: bytes, check: Check) -> Document | None:
    """The document in ``data``, the content of ``path``; ``None`` if there is nothing in it.

    Raises:
        FaultyFile: it is not YAML, or ``check`` has something to say of it.
    """
    source, diagnostic = decode(str(path), data)
    if diagnostic is not None:
        raise FaultyFile(source, diagnostic)
    document, diagnostics = parse(source)
    if diagnostics and diagnostics[0].rule == "empty-file":
        return None
    if document is None or diagnostics:
        raise FaultyFile(source, diagnostics[0])
    violations: list[Violation] = []
    check(document.data, None, violations)
    if violations:
        first = violations[0]
        span = document.span(first.pointer, first.part)
        raise FaultyFile(source, Diagnostic(first.rule, first.message, span, first.pointer))
    return document
