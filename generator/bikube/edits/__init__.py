"""Edits of a text that leave all else as it is."""
