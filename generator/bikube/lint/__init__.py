"""The engine: text in, diagnostics out."""
