"""Definitions of the custom resources for test clusters, derived from Azure's types."""

from bikube.crd.definition import definition, kinds_in

__all__ = ["definition", "kinds_in"]
