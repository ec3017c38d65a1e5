"""How Bicep has a companion's entries, one file each; its ``WRITER`` is found by itself."""
