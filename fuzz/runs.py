"""Runs that are killed at random moments, and pairs of runs at once: whether anything is lost."""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_PROGRAM = (sys.executable, "-m", "bikube")
_ROUNDS = 10
"""After so many kills a run goes on to its end, and what it leaves is compared with all."""
_HEAD = (
    "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\nregistryEndpoints:\n"
)

Tree = Mapping[str, bytes]
"""Files by their paths."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Kills runs and starts pairs; the exit code is 1 if anything is lost."""
    options = _parser().parse_args(arguments)
    seed = time.time_ns() % 1_000_000 if options.seed is None else options.seed
    print(f"{options.kills} kills, {options.pairs} pairs, SEED={seed}", flush=True)
    chance = random.Random(seed)
    lost = 0
    for what, trial, count in (
        ("kills of generate", Generated.killed, options.kills - options.kills // 2),
        ("kills of lint --fix", Mended.killed, options.kills // 2),
        ("pairs of generate", Generated.paired, options.pairs - options.pairs // 2),
        ("pairs of lint --fix", Mended.paired, options.pairs // 2),
    ):
        with tempfile.TemporaryDirectory(prefix="bikube-runs-") as folder:
            found = _tried(trial, Path(folder), options.size, chance, count)
        print(f"{count} {what}: {len(found)} lost something", flush=True)
        for one in found[:5]:
            print(f"  {one}", flush=True)
        lost += len(found)
    return int(lost > 0)


Trial = Callable[[Path, int, random.Random, int], list[str]]


def _tried(trial: Trial, folder: Path, size: int, chance: random.Random, count: int) -> list[str]:
    return trial(folder, size, chance, count) if count else []


class Generated:
    """Output of two specs in turn, in one folder, so that every file changes each time."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self.texts = [spec(size, host=letter) for letter in "ab"]
        self.trees = [self._made(text) for text in self.texts]
        self.duration = self._timed()

    @classmethod
    def killed(cls, folder: Path, size: int, chance: random.Random, count: int) -> list[str]:
        """What is lost when so many runs are killed."""
        place, lost = cls(folder, size), []
        for number in range(1, count + 1):
            place.write(number)
            kill(place.start(), place.duration * chance.uniform(0.2, 1.1))
            lost += place.torn()
            if number % _ROUNDS == 0 or number == count:
                lost += place.ended([place.start()], number)
        return lost

    @classmethod
    def paired(cls, folder: Path, size: int, chance: random.Random, count: int) -> list[str]:
        """What is lost when two runs of one spec begin at about the same time, so often."""
        place, lost = cls(folder, size), []
        for number in range(1, count + 1):
            place.write(number)
            first = place.start()
            time.sleep(place.duration * chance.uniform(0, 0.5))
            lost += place.ended([first, place.start()], number)
        return lost

    def write(self, number: int) -> None:
        """Takes the one or the other spec."""
        (self.folder / "bikube.yaml").write_text(self.texts[number % 2], encoding="utf-8")

    def start(self) -> "subprocess.Popen[bytes]":
        """A run that renders the spec that is there."""
        return started("generate", cwd=self.folder)

    def torn(self) -> list[str]:
        """Files that neither of the specs has."""
        found = tree(self.folder / "deploy")
        return [
            f"{path}: {len(data)} bytes that no spec has"
            for path, data in found.items()
            if not _is_temporary(path) and data not in [one.get(path) for one in self.trees]
        ]

    def ended(self, runs: Sequence["subprocess.Popen[bytes]"], number: int) -> list[str]:
        """What is wrong when these runs of the spec of that number have ended."""
        codes = [run.wait() for run in runs]
        if any(codes):
            return [f"exit codes {codes}"]
        wanted, found = self.trees[number % 2], tree(self.folder / "deploy")
        return [] if found == wanted else [f"other files: {sorted(found.keys() ^ wanted.keys())}"]

    def _made(self, text: str) -> Tree:
        (self.folder / "bikube.yaml").write_text(text, encoding="utf-8")
        subprocess.run([*_PROGRAM, "generate"], cwd=self.folder, capture_output=True, check=True)
        return tree(self.folder / "deploy")

    def _timed(self) -> float:
        self.write(0)
        begin = time.monotonic()
        self.start().wait()
        return time.monotonic() - begin


class Mended:
    """A spec with many findings, all of which a run fixes."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self.path = folder / "bikube.yaml"
        self.before = spec(size, host="A").encode()
        self.after = spec(size, host="a").encode()
        self.path.write_bytes(self.before)
        begin = time.monotonic()
        self.start().wait()
        self.duration = time.monotonic() - begin

    @classmethod
    def killed(cls, folder: Path, size: int, chance: random.Random, count: int) -> list[str]:
        """What is lost when so many runs are killed."""
        place, lost = cls(folder, size), []
        for number in range(1, count + 1):
            place.path.write_bytes(place.before)
            kill(place.start(), place.duration * chance.uniform(0.2, 1.1))
            data = place.path.read_bytes()
            if data not in (place.before, place.after):
                lost.append(f"the spec has {len(data)} bytes of neither text")
            if number % _ROUNDS == 0 or number == count:
                place.path.write_bytes(place.before)
                lost += place.ended([place.start()])
        return lost

    @classmethod
    def paired(cls, folder: Path, size: int, chance: random.Random, count: int) -> list[str]:
        """What is lost when two runs fix one spec at about the same time, so often."""
        place, lost = cls(folder, size), []
        for _ in range(count):
            place.path.write_bytes(place.before)
            first = place.start()
            time.sleep(place.duration * chance.uniform(0, 0.5))
            lost += place.ended([first, place.start()])
        return lost

    def start(self) -> "subprocess.Popen[bytes]":
        """A run that fixes the spec."""
        return started("lint", "--fix", cwd=self.folder)

    def ended(self, runs: Sequence["subprocess.Popen[bytes]"]) -> list[str]:
        """What is wrong when these runs have ended."""
        codes = [run.wait() for run in runs]
        found = tree(self.folder)
        if any(codes) or found != {"bikube.yaml": self.after}:
            return [f"exit codes {codes}, files {sorted(found)}"]
        return []


def spec(size: int, *, host: str) -> str:
    """A spec with so many endpoints, whose hosts begin alike."""
    return _HEAD + "".join(
        f"  - {{name: end{number}, host: {host}plant{number}.azurecr.io,"
        " authentication: {method: SystemAssignedManagedIdentity}}\n"
        for number in range(size)
    )


def started(*arguments: str, cwd: Path) -> "subprocess.Popen[bytes]":
    """A run of ``bikube`` that says nothing."""
    command, nobody = [*_PROGRAM, *arguments], subprocess.DEVNULL
    return subprocess.Popen(command, cwd=cwd, stdout=nobody, stderr=nobody)


def kill(run: "subprocess.Popen[bytes]", after: float) -> None:
    """Kills a run that has not ended by then."""
    time.sleep(after)
    run.send_signal(signal.SIGKILL)
    run.wait()


def tree(folder: Path) -> dict[str, bytes]:
    """All files below ``folder``."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _is_temporary(path: str) -> bool:
    return any(part.endswith(".bikube-tmp") for part in path.split("/"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz.runs", description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="how many (default: 300)")
    parser.add_argument("--pairs", type=int, default=100, help="how many (default: 100)")
    parser.add_argument("--size", type=int, default=400, help="endpoints of a spec (default: 400)")
    parser.add_argument("--seed", type=int, help="of the random choice; printed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
