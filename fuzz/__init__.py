"""Random inputs: mutated specs, configurations and rule files, and what must hold of each."""
