"""What a rule is, and the built-in ones."""
