"""The Bicep CLI: found, kept as one process, and asked what templates deploy."""

from bikube.compiler.answers import CompilerFault, Diagnostic, Refusal, diagnostics
from bikube.compiler.evaluating import (
    RESOURCE_GROUP,
    SUBSCRIPTION,
    Evaluated,
    evaluate_file,
    evaluate_text,
    is_expression,
    is_module,
)
from bikube.compiler.process import Compiler
from bikube.compiler.program import GET_IT, find_bicep, has_bicep

__all__ = [
    "GET_IT",
    "RESOURCE_GROUP",
    "SUBSCRIPTION",
    "Compiler",
    "CompilerFault",
    "Diagnostic",
    "Evaluated",
    "Refusal",
    "diagnostics",
    "evaluate_file",
    "evaluate_text",
    "find_bicep",
    "has_bicep",
    "is_expression",
    "is_module",
]
