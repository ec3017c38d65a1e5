"""The configuration file: what it says, and how it is found and read."""
