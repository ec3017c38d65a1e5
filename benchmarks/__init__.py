"""Measures speed and memory as ratios: against reading the same file, and against peers."""
