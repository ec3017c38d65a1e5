"""The disk: read, match, write in one stroke."""
