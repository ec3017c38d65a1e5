"""Changes to a whole spec: fixes until none is left, comments that silence."""
