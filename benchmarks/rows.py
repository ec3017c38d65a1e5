"""The rows of the table: what is compared, and the bar that it has to stay below."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from benchmarks import mixed, specs
from benchmarks.measure import Command, Usage, in_turn, once
from benchmarks.program import ROOT, Program

HERE = Path(__file__).parent
PLANT = HERE.parent / "examples" / "plant" / "bottling.bikube.yaml"
MANY = 10_000
MORE = 100_000
MOST_MIXED = 30_000
"""As many mixed resources as one spec can have: they are some fifty keys and values each."""
MIB = 1024 * 1024


class Row(NamedTuple):
    """One comparison; ``measured`` and its ``bar`` are ratios, or MiB; ``figures`` are raw."""

    what: str
    bar: float
    measured: float
    figures: str

    @property
    def is_ok(self) -> bool:
        """Whether it is within its bar."""
        return self.measured <= self.bar


def _time(what: str, bar: float, one: Usage, other: Usage) -> Row:
    figures = f"{one.seconds:.3f} s ÷ {other.seconds:.3f} s"
    return Row(what, bar, one.seconds / other.seconds, figures)


def _peak(what: str, bar: float, one: Usage, other: Usage) -> Row:
    figures = f"{one.peak / MIB:.0f} MiB ÷ {other.peak / MIB:.0f} MiB"
    return Row(f"{what}, peak memory", bar, one.peak / other.peak, figures)


class Bench:
    """Measures one installed program with specs that it writes to ``folder``."""

    def __init__(self, program: Program, folder: Path, rounds: int) -> None:
        self._program = program
        self._folder = folder
        self._rounds = rounds

    @property
    def groups(self) -> Mapping[str, Callable[[], Iterator[Row]]]:
        """The groups of rows, by the name under which one can be asked for."""
        return {
            "cold": self._cold,
            "plant": self._plant,
            "lint": self._lint_many,
            "findings": self._findings,
            "generate": self._generate,
            "mixed": self._mixed,
            "folder": self._specs,
            "upgrade": self._upgrade,
            "verify": self._verify,
            "formats": self._formats,
        }

    def _cold(self) -> Iterator[Row]:
        spec = self._spec(1)
        schema = self._folder / "bikube.schema.json"
        once(self._bikube("schema", output=schema))
        validator = Path(sys.executable).parent / "check-jsonschema"
        taken = in_turn(
            {
                "lint": self._lint(spec),
                "yamllint": self._yamllint(spec),
                "check-jsonschema": Command(
                    (validator, "--schemafile", schema, spec), self._output
                ),
            },
            self._rounds * 4,
        )
        for peer, bar in (("yamllint", 1.3), ("check-jsonschema", 0.5)):
            yield _time(f"cold `lint` of 1 endpoint ÷ `{peer}`", bar, taken["lint"], taken[peer])

    def _plant(self) -> Iterator[Row]:
        # Beside no configuration, as for yamllint.
        spec = Path(shutil.copy(PLANT, self._folder))
        # Some of its lines are longer than yamllint would have them.
        yamllint = self._yamllint(spec)._replace(code=1)
        taken = in_turn({"lint": self._lint(spec), "yamllint": yamllint}, self._rounds * 2)
        what = "cold `lint` of the plant in examples/ ÷ `yamllint`"
        yield _time(what, 1.0, taken["lint"], taken["yamllint"])

    def _lint_many(self) -> Iterator[Row]:
        many, more = self._spec(MANY), self._spec(MORE)
        taken = in_turn({"lint": self._lint(many), "load": self._load(many)}, self._rounds)
        what = f"`lint` of {MANY:,} ÷ load"
        yield _time(what, 1.0, taken["lint"], taken["load"])
        yield _peak(what, 0.7, taken["lint"], taken["load"])
        taken = in_turn({"more": self._lint(more), "many": self._lint(many)}, 3)
        what = f"`lint` of {MORE:,} ÷ {MANY:,}"
        yield _time(what, 12, taken["more"], taken["many"])
        yield _peak(what, 11, taken["more"], taken["many"])

    def _findings(self) -> Iterator[Row]:
        for finding, level in specs.FINDINGS.items():
            spec = self._spec(MANY, finding)
            lint = self._lint(spec, code=int(level.is_error))
            taken = in_turn({"lint": lint, "load": self._load(spec)}, self._rounds)
            what = f"`lint` of {MANY:,}, a finding on each ({finding}) ÷ load"
            yield _time(what, 2.0, taken["lint"], taken["load"])

    def _generate(self) -> Iterator[Row]:
        yield from self._generated(self._spec(MANY), f"`generate` of {MANY:,}", "out")

    def _generated(self, spec: Path, what: str, folder: str) -> Iterator[Row]:
        out, copy = self._folder / folder, self._folder / f"{folder}-copy"
        writer = (self._program.python, HERE / "write_files.py", out, copy)
        taken = in_turn(
            {
                "generate": self._bikube("generate", spec, "--out", out)._replace(makes=out),
                "load": self._load(spec),
                "write": Command(writer, self._output, makes=copy, says_time=True),
            },
            self._rounds,
        )
        load = taken["load"]
        plain = Usage(load.seconds + taken["write"].seconds, load.peak)
        yield _time(f"{what} ÷ load and plain writing", 1.5, taken["generate"], plain)
        yield _peak(f"{what} ÷ load", 1.2, taken["generate"], load)

    def _mixed(self) -> Iterator[Row]:
        folder = self._folder / "mixed"
        many = mixed.write(folder / "many.yaml", MANY)
        warned = mixed.write(folder / "warned.yaml", MANY, finding=True)
        for spec, bar, with_what in ((many, 0.9, ""), (warned, 2.0, " with 1,800 warnings")):
            taken = in_turn({"lint": self._lint(spec), "load": self._load(spec)}, self._rounds)
            what = f"`lint` of {MANY:,} mixed{with_what} ÷ load"
            yield _time(what, bar, taken["lint"], taken["load"])
            yield _peak(what, 0.7, taken["lint"], taken["load"])
        yield from self._generated(many, f"`generate` of {MANY:,} mixed", "mixed-out")
        most = mixed.write(folder / "most.yaml", MOST_MIXED)
        plants = folder / "plants"
        for number in range(MORE // MANY):
            name = f"plant-{number}"
            mixed.write(plants / f"{name}.bikube.yaml", MANY, instance=name)
        taken = in_turn(
            {
                "many": self._lint(many),
                "most": self._lint(most),
                "plants": self._lint(plants),
            },
            3,
        )
        what = f"`lint` of {MOST_MIXED:,} mixed ÷ {MANY:,}"
        yield _time(what, 3.6, taken["most"], taken["many"])
        what = f"`lint` of {MORE:,} mixed in {MORE // MANY} specs ÷ {MANY:,}"
        yield _time(what, 12, taken["plants"], taken["many"])

    def _specs(self) -> Iterator[Row]:
        folder = self._many_specs()
        taken = in_turn(
            {"lint": self._lint(folder), "yamllint": self._yamllint(folder)}, self._rounds
        )
        what = "`lint` of 500 specs of 10 ÷ `yamllint`"
        yield _time(what, 0.2, taken["lint"], taken["yamllint"])

    def _upgrade(self) -> Iterator[Row]:
        folder = self._many_specs()
        # There and back, so that every run changes every file. What they are rendered into is not
        # verified: that takes as long as the compiler does, which has rows of its own.
        there, back = (
            self._bikube("upgrade", folder, "--no-verify", "--to", version)
            for version in ("2026-07-01", "2025-10-01")
        )
        taken = in_turn({"lint": self._lint(folder), "there": there, "back": back}, self._rounds)
        what = "`upgrade --no-verify` of 500 specs of 10 ÷ `lint`"
        yield _time(what, 3.0, taken["there"], taken["lint"])
        yield _time(f"{what}, to an older version", 3.0, taken["back"], taken["lint"])

    def _verify(self) -> Iterator[Row]:
        bicep = shutil.which(os.environ.get("BIKUBE_BICEP") or "bicep")
        if bicep is None:
            raise SystemExit("the rows of verify want the Bicep CLI on PATH, or in BIKUBE_BICEP")
        yield from self._verify_plant(bicep)
        yield from self._verify_further(bicep)
        yield from self._verify_many(bicep)

    def _verify_further(self, bicep: str) -> Iterator[Row]:
        folder, out = self._folder / "some", self._folder / "some-verified"
        number = 50
        for plant in range(number + 1):
            specs.write(folder / f"plant-{plant}.bikube.yaml", 4, instance=f"plant-{plant}")
        once(self._bikube("generate", folder, "--out", out))
        files = sorted(out.glob("*/bicep/*.bicep"))
        taken = in_turn(
            {
                "all": self._verifies(bicep, folder),
                "one": self._verifies(bicep, folder / "plant-0.bikube.yaml"),
                "all bare": self._evaluates(bicep, *files),
                "one bare": self._evaluates(bicep, files[0]),
            },
            3,
        )
        more, least = (
            Usage((taken[f"all{what}"].seconds - taken[f"one{what}"].seconds) / number, 0)
            for what in ("", " bare")
        )
        what = "`verify`, each further spec of 4 endpoints"
        milliseconds = more.seconds * 1000
        yield Row(f"{what}, in ms", 25, milliseconds, f"{milliseconds:.0f} ms")
        # What the compiler itself takes for one more file is the least that it can take.
        yield _time(f"{what} ÷ the compiler", 1.5, more, least)

    def _verify_many(self, bicep: str) -> Iterator[Row]:
        spec, out = self._spec(MANY), self._folder / "verified"
        once(self._bikube("generate", spec, "--out", out))
        taken = in_turn(
            {
                "verify": self._verifies(bicep, spec, "--timeout", "300"),
                "evaluate": self._evaluates(bicep, *sorted(out.glob("*/bicep/*.bicep"))),
            },
            1,
        )
        what = f"`verify` of {MANY:,}"
        yield _time(f"{what} ÷ the compiler", 1.5, taken["verify"], taken["evaluate"])
        peak = taken["verify"].peak / MIB
        yield Row(f"{what}, peak memory in MiB", 600, peak, f"{peak:.0f} MiB")

    def _verify_plant(self, bicep: str) -> Iterator[Row]:
        plant = ROOT / "examples" / "plant"
        (file,) = (plant / "deploy" / "aio-bottling" / "bicep").glob("*.bicep")
        parameters = self._folder / "main.bicepparam"
        parameters.write_text("using 'main.bicep'\n", encoding="utf-8")
        parameters.with_suffix(".bicep").write_bytes(file.read_bytes())
        place = ("--subscription-id", str(UUID(int=1)), "--resource-group", "x")
        snapshot: tuple[str | Path, ...] = (
            bicep,
            "snapshot",
            parameters,
            "--mode",
            "overwrite",
            *place,
        )
        taken = in_turn(
            {
                "verify": self._verifies(bicep, plant / "bottling.bikube.yaml"),
                "snapshot": Command(snapshot, self._output),
            },
            self._rounds,
        )
        what = "`verify` of the plant ÷ one bare `bicep snapshot`"
        yield _time(what, 1.5, taken["verify"], taken["snapshot"])

    def _verifies(self, bicep: str, spec: Path, *options: str) -> Command:
        return self._bikube("verify", spec, "--bicep-cli", bicep, *options)

    def _evaluates(self, bicep: str, *files: Path) -> Command:
        """The compiler's own time: as ``verify`` asks it, and nothing else."""
        program = HERE / "evaluate_files.py"
        return Command([self._program.python, program, Path(bicep), *files], self._output)

    def _formats(self) -> Iterator[Row]:
        many, double = (self._spec(number, "capitals") for number in (MANY, 2 * MANY))
        for name in self._program.report_names():
            options = ("--format", name)
            taken = in_turn(
                {"double": self._lint(double, *options), "many": self._lint(many, *options)}, 3
            )
            what = f"`--format {name}`, {2 * MANY:,} findings ÷ {MANY:,}"
            yield _time(what, 2.4, taken["double"], taken["many"])
            peak = taken["many"].peak / MIB
            what = f"`--format {name}`, {MANY:,} findings, peak memory in MiB"
            yield Row(what, 300, peak, f"{peak:.0f} MiB")

    def _many_specs(self) -> Path:
        folder = self._folder / "many"
        for number in range(500):
            specs.write(folder / f"plant-{number}.bikube.yaml", 10, instance=f"plant-{number}")
        return folder

    @property
    def _output(self) -> Path:
        return self._folder / "output.txt"

    def _spec(self, endpoints: int, finding: str = "") -> Path:
        path = self._folder / f"{endpoints}{finding.replace(' ', '-')}.yaml"
        return path if path.exists() else specs.write(path, endpoints, finding=finding)

    def _lint(self, spec: Path, *options: str, code: int = 0) -> Command:
        return self._bikube("lint", spec, *options)._replace(code=code)

    def _bikube(self, *arguments: str | Path, output: Path | None = None) -> Command:
        return Command([self._program.bikube, *arguments], output or self._output)

    def _load(self, spec: Path) -> Command:
        return Command([self._program.python, HERE / "load.py", spec], self._output)

    def _yamllint(self, spec: Path) -> Command:
        return Command([sys.executable, "-m", "yamllint", spec], self._output)
