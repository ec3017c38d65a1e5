"""Tries a random sample of changes to the code, and prints the score and what survived."""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mutants.changes import Change, changes
from mutants.trying import PACKAGE, ROOT, Copy


class Tried(NamedTuple):
    """One change, and the tests that noticed it; none if it survived."""

    module: str
    change: Change
    noticed: str

    def __str__(self) -> str:
        end = f"noticed by {self.noticed}" if self.noticed else "SURVIVED"
        return f"{self.module}:{self.change.line}: {self.change.what}: {end}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Tries changes; the exit code is 1 if fewer than ``--least`` percent were noticed."""
    options = _parser().parse_args(arguments)
    seed = time.time_ns() % 10_000 if options.seed is None else options.seed
    chosen = sample(modules(options.modules), options.sample, seed)
    print(f"{len(chosen)} changes, SEED={seed}", flush=True)
    tried: list[Tried] = []
    deadline = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory(prefix="bikube-mutants-") as folder:
        project = Copy(Path(folder), options.jobs)
        try:
            for module in sorted({module for module, _ in chosen}):
                first = next(filter(None, project.stages(module)))
                if not project.passes(first, deadline):
                    print(f"{first[0]} fails without any change", file=sys.stderr)
                    return 1
            for module, change in chosen:
                tried.append(Tried(module, change, project.notices(module, change, deadline)))
                print(tried[-1], flush=True)
        except TimeoutError:
            print(f"{options.seconds} seconds are over; the rest is not tried")
    return report(tried, options.least)


def modules(given: Sequence[str]) -> list[str]:
    """The modules below the given files and folders of the package; all without any."""
    paths = [ROOT / one for one in given] or [ROOT / PACKAGE]
    found = [path for one in paths for path in ([one] if one.is_file() else one.rglob("*.py"))]
    return sorted(path.resolve().relative_to(ROOT).as_posix() for path in found)


def sample(names: Sequence[str], size: int, seed: int) -> list[tuple[str, Change]]:
    """So many of all changes to the modules, the same for the same seed."""
    every = [(name, one) for name in names for one in changes((ROOT / name).read_bytes())]
    chooser = random.Random(seed)  # noqa: S311 - no secret
    return chooser.sample(every, min(size, len(every)))


def report(tried: Sequence[Tried], least: int) -> int:
    """Prints score and survivors; whether that is too little, as an exit code."""
    survivors = [one for one in tried if not one.noticed]
    if not tried:
        print("nothing was tried")
        return 1
    score = 100 * (len(tried) - len(survivors)) / len(tried)
    print(f"\n{len(tried) - len(survivors)} of {len(tried)} changes were noticed ({score:.0f} %)")
    for one in survivors:
        print(f"  {one}")
    return int(score < least)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="files or folders of code")
    parser.add_argument("--sample", type=int, default=20, help="how many changes (default: 20)")
    parser.add_argument("--seed", type=int, help="of the random choice; printed")
    parser.add_argument("--jobs", default="auto", help="tests at the same time (default: auto)")
    parser.add_argument("--seconds", type=int, default=3600, help="when to stop (default: 3600)")
    parser.add_argument("--least", type=int, default=0, help="percent that must be noticed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
