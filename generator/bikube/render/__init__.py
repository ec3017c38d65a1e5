"""Resources into files, one target a file."""
