"""JSON Schema: compiled, applied, said in words."""
