"""One file a command; its constant ``COMMAND`` is found by itself."""
