"""One file a companion, called as its section is; its ``COMPANION`` is found by itself."""
