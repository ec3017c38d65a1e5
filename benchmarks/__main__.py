"""Prints the table of speed and memory, and writes it to ``build/bench/results.md``."""

import argparse
import platform
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.program import ROOT, install
from benchmarks.rows import Bench, Row

BUILD = ROOT / "build" / "bench"


def main() -> None:
    """Measures the groups that the command line names; all of them without any."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help="only these groups of rows")
    parser.add_argument("--rounds", type=int, default=7, help="runs of each command (default: 7)")
    options = parser.parse_args()
    say("installing the wheel of this checkout")
    program = install(BUILD)
    # Not below the checkout, whose settings of yamllint and Git would count there.
    with tempfile.TemporaryDirectory(prefix="bikube-bench-") as folder:
        bench = Bench(program, Path(folder), options.rounds)
        unknown = set(options.groups) - set(bench.groups)
        if unknown:
            parser.error(
                f"no such group: {', '.join(unknown)}; there are {', '.join(bench.groups)}"
            )
        rows: list[Row] = []
        for name in options.groups or bench.groups:
            say(f"measuring {name}")
            rows += bench.groups[name]()
    text = table(rows)
    (BUILD / "results.md").write_text(text, encoding="utf-8")
    print(text, end="")


def table(rows: Iterable[Row]) -> str:
    """The rows in Markdown, and what they were measured with."""
    lines = ["| what | bar | measured | of the bar | | figures |", "|---|--:|--:|--:|---|---|"]
    for row in rows:
        verdict = "ok" if row.is_ok else "over"
        lines.append(
            f"| {row.what} | {row.bar:g} | {row.measured:.3g} | {row.measured / row.bar:.2f} |"
            f" {verdict} | {row.figures} |"
        )
    lines += ["", f"Python {platform.python_version()} on {platform.system()}, medians."]
    return "\n".join(lines) + "\n"


def say(what: str) -> None:
    """Shows progress where it does not mix with the table."""
    print(what, file=sys.stderr)


if __name__ == "__main__":
    main()
