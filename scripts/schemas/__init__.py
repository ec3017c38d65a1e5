"""Derives bikube's JSON Schemas of Azure's resources from the types that a Bicep CLI carries."""
