"""What a rule can check, one file each; the file's name is what rule files call it."""
