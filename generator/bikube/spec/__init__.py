"""A spec bound to Azure's kinds."""
