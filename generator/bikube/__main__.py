"""Starts the program: as ``bikube``, and as ``python -m bikube``."""

import gc
import sys


def main() -> None:
    """The entry point of the installed program."""
    # A run is short and makes few cycles; the collector would take more time than the parser, and
    # a good part of what the imports take.
    gc.disable()
    try:
        from bikube.cli import main as run_and_exit

        run_and_exit()
    except KeyboardInterrupt:
        # Before the command line is there to catch it, or while it ends.
        sys.exit(_interrupted())


def _interrupted() -> int:
    from bikube.cli.entry import tell_interruption

    return tell_interruption()


if __name__ == "__main__":
    main()
