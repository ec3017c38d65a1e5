"""One file a kind, called as its section is; its ``KIND`` is found by itself."""
