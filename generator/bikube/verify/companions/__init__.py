"""What outputs have to have of each companion, one file each; its ``ASKS`` is found by itself."""
