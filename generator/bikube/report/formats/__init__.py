"""Formats of findings, one file each; the file's name is the format's."""
