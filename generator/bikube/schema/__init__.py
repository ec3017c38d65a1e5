"""JSON Schema: compiled, applied, said in words."""

from bikube.schema.choices import as_wrong_case
from bikube.schema.compiler import REGEX, Compiler
from bikube.schema.refs import (
    DEFINITIONS,
    ByShape,
    Resolver,
    referred,
    resolved,
    variant_name,
    variants,
)
from bikube.schema.violations import WRITE_MATCHING, Check, Repair, Violation, completed

__all__ = [
    "DEFINITIONS",
    "REGEX",
    "WRITE_MATCHING",
    "ByShape",
    "Check",
    "Compiler",
    "Repair",
    "Resolver",
    "Violation",
    "as_wrong_case",
    "completed",
    "referred",
    "resolved",
    "variant_name",
    "variants",
]
