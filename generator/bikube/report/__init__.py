"""What may be shown of a run, and the formats that show it."""
