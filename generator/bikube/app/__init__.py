"""Use cases, one file each; the only layer that reads and writes files."""
