"""JSON Schema: compiled, applied, said in words."""

from bikube.schema.compiler import REGEX, Compiler
from bikube.schema.refs import DEFINITIONS, Resolver, referred, resolved, variants
from bikube.schema.violations import Check, Repair, Violation

__all__ = [
    "DEFINITIONS",
    "REGEX",
    "Check",
    "Compiler",
    "Repair",
    "Resolver",
    "Violation",
    "referred",
    "resolved",
    "variants",
]
