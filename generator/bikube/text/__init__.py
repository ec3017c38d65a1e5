"""Spans and lines, diffs, terminals, wording: text as such."""
