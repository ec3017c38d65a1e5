"""Lets ``python -m bikube`` do what the ``bikube`` command does."""

from bikube.cli import main

if __name__ == "__main__":
    main()
