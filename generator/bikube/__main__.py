"""Starts the program: as ``bikube``, and as ``python -m bikube``."""

import gc

from bikube import interruption


def main() -> None:
    """The entry point of the installed program."""
    interruption.end_at_once()
    # A run is short and makes few cycles; the collector would take more time than the parser, and
    # a good part of what the imports take.
    gc.disable()
    from bikube.cli import main as run_and_exit

    run_and_exit()


if __name__ == "__main__":
    main()
