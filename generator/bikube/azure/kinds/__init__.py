"""One file a kind; its ``KIND`` is found by itself."""
