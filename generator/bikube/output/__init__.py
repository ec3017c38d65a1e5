"""Generated files: planned, surveyed, written."""
