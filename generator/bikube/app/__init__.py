"""Use cases, one file each: what a command asks for, done; nothing is printed here."""
