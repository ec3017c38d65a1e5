"""A spec bound to Azure's kinds, and to their companions."""

from bikube.spec.identity import DEFAULT_PARENT, Identity, identity_in, identity_of, parents_in
from bikube.spec.model import Spec, Versions
from bikube.spec.schema import NAME, spec_schema
from bikube.spec.table import ABSENT, EVERY, Rows, Table

__all__ = [
    "ABSENT",
    "DEFAULT_PARENT",
    "EVERY",
    "NAME",
    "Identity",
    "Rows",
    "Spec",
    "Table",
    "Versions",
    "identity_in",
    "identity_of",
    "parents_in",
    "spec_schema",
]
