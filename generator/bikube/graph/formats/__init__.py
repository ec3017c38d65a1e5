"""Formats of pictures, one file each; the file's name is the format's."""
