"""A spec bound to Azure's kinds."""

from bikube.spec.model import DEFAULT_PARENT, Spec, Versions
from bikube.spec.schema import spec_schema
from bikube.spec.table import ABSENT, Rows, Table

__all__ = ["ABSENT", "DEFAULT_PARENT", "Rows", "Spec", "Table", "Versions", "spec_schema"]
