"""Time and memory grow with the input, whatever the input is."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.badinputs import HEAD
from tests.support.effort import growth

from bikube.edits import apply
from bikube.lint import lint
from bikube.report import Run, load_report
from bikube.rules import builtin_rules

Text = Callable[[int], str]
"""A spec with so many of what it has many of."""

_RULES = builtin_rules()
_ENTRY = "name: e{0:05}, host: r{0}.azurecr.io, authentication: {{method: {1}}}"
_KNOWN = "SystemAssignedManagedIdentity"
_NULL = f"{_KNOWN}, systemAssignedManagedIdentitySettings: &a{{0}} null"

IN_COMMENTS: dict[str, Text] = {
    "hashes": lambda n: "#" * n + "\n# bikube: ignore[placeholder] x\nx-a: 1\n",
    "blanks before a hash": lambda n: f"#{' ' * n}# bikube: ignore[placeholder] x\nx-a: 1\n",
    "blanks behind the name": lambda n: f"# bikube{' ' * n}x\n# bikube: ignore[placeholder] x\n",
    "blanks in a reason": lambda n: f"# bikube: ignore[placeholder] x{' ' * n}y\nx-a: 1\n",
    "blanks before a comment": lambda n: f"# bikube: ignore[placeholder] x\n{' ' * n}# x\nx-a: 1\n",
    "blanks behind until": lambda n: f"# bikube: ignore[placeholder] until{' ' * n}x\nx-a: 1\n",
    "suppressions on a line": lambda n: (
        f"x-a: 1 {'# bikube: ignore[placeholder] x ' * (n // 40)}\n"
    ),
    "suppressions in a map": lambda n: "".join(
        f"# bikube: ignore[placeholder] x\nx-{one}: 1\n" for one in range(n // 40)
    ),
    "ids in a bracket": lambda n: (
        f"# bikube: ignore[{','.join('abc' for _ in range(n // 20))}] x\n"
    ),
    "lines above a suppression": lambda n: (
        "# x\n" * n + "# bikube: ignore[placeholder] x\nx-a: 1\n"
    ),
}
IN_VALUES: dict[str, Text] = {
    "a password of blanks": lambda n: f'x-a: {{password: "{" " * n}x"}}\n',
    "a secret's name of letters": lambda n: f"x-a: {{secret: {'a' * n}}}\n",
    "the path of two hosts": lambda n: (
        "registryEndpoints:\n"
        + "".join(
            f'- {{name: e{one}, host: "h.io{"/a" * (n // 4)}{one}"}}\n' for one in ("one", "two")
        )
    ),
    "secrets of many lengths": lambda n: (
        "x-a:\n"
        + "".join(f"  - password: {'a' * one}b\n" for one in range(3, n // 40))
        + f"unknown: {'a' * n * 4}\n"
    ),
    "a secret": lambda n: f"x-a: {{password: {'ab' * n}}}\nunknown: {'ab' * n}\n",
    "anchored nulls": lambda n: (
        "registryEndpoints:\n"
        + "".join(f"- {{{_ENTRY.format(one, _NULL.format(one))}}}\n" for one in range(n // 20))
        + "x-a: '*'\n"
    ),
    "hashes between members": lambda n: (
        f"registryEndpoints:\n- name: e1\n  host: R.azurecr.io\n  # {'# ' * n}\n"
        f"  authentication: {{method: {_KNOWN}}}\n"
    ),
    "capitals": lambda n: (
        "registryEndpoints:\n"
        + "".join(f"- {{{_ENTRY.format(one, _KNOWN).upper()}}}\n" for one in range(n // 20))
    ),
    "unknown keys": lambda n: (
        f"registryEndpoints:\n- {{{_ENTRY.format(1, _KNOWN)}"
        + "".join(f", k{one}: 1" for one in range(n // 20))
        + "}\n"
    ),
    "lines behind an anchor": lambda n: "x-a: &a" + "\n" * n + " 1\n",
    "a key": lambda n: f"? {'aA-' * n}\n: 1\npassword: hunter2\n",
}
BROKEN: dict[str, Text] = {
    "colons": lambda n: f"x-a: {'a:' * n}\n}}\n",
    "keys of credentials": lambda n: f"x-a: {'pass: ' * n}\n}}\n",
    "open brackets": lambda n: "x-a: 1\n" + "pass: [\n" * (n // 8),
    "open quotes": lambda n: "x-a: " + 'pass: "' * (n // 8) + "\n}\n",
    "anchors": lambda n: f"pass: {'&a' * n} x y\n}}\n",
    "anchors behind keys": lambda n: f"x: {'pass:&a' * (n // 8)} x y\n}}\n",
    "anchors that go on": lambda n: f"pass: *a\nx: {'&' * n},\n}}\n",
}
MENDED = (
    "hashes between members",
    "anchored nulls",
    "capitals",
    "suppressions on a line",
    "suppressions in a map",
)
ALL = {**IN_COMMENTS, **IN_VALUES, **BROKEN}


def _shown(text: str) -> None:
    linted = lint("a.bikube.yaml", (HEAD + text).encode(), _RULES)
    run = Run([linted], _RULES)
    assert sum(
        len(piece) for name in ("text", "json") for piece in load_report(name)(run, colour=False)
    )


def _mended(text: str) -> None:
    linted = lint("a.bikube.yaml", (HEAD + text).encode(), _RULES)
    fixes = [one.fix for one in linted.diagnostics if one.fix is not None]
    assert apply(linted.source.text, fixes) != linted.source.text


@pytest.mark.parametrize("kind", ALL)
def test_linting_takes_time_that_grows_with_the_text(kind: str) -> None:
    """Eight times as much of anything takes about eight times as long; its square would be 64."""
    assert growth(lambda size: _shown(ALL[kind](size)), 4_000, factor=8) < 24


@pytest.mark.parametrize("kind", MENDED)
def test_fixes_take_time_that_grows_with_the_text(kind: str) -> None:
    """It takes no longer to mend many findings than there are more of them."""
    assert growth(lambda size: _mended(ALL[kind](size)), 4_000, factor=8) < 24


_MEGABYTE = 1 << 20
# Linux counts what the parent had before the child became Python into "ru_maxrss".
_PEAK = """
import pathlib, resource, sys
from bikube.cli.entry import run
run(["lint", sys.argv[1]])
status = pathlib.Path("/proc/self/status")
if status.exists():
    (line,) = (one for one in status.read_text().splitlines() if one.startswith("VmHWM:"))
    print(int(line.split()[1]) * 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_PLAIN = "- name: e{0:07}\n  host: r{0:07}.azurecr.io\n  authentication:\n    method: {1}\n"
LARGE: dict[str, Text] = {
    "lines behind an anchor": IN_VALUES["lines behind an anchor"],
    "lines of comments": lambda n: "# c\n" * (n // 4) + "unknown: 1\n",
    "a key": lambda n: f"? {'a' * n}\n: 1\n",
    "the path of a host": lambda n: (
        f'registryEndpoints:\n- {{name: e1, host: "h.io{"/a" * (n // 2)}"}}\n'
    ),
    "ids in a bracket": lambda n: f"# bikube: ignore[{'abc,' * (n // 4)}abc] x\nx-a: 1\n",
    "entries": lambda n: (
        "registryEndpoints:\n"
        + "".join(_PLAIN.format(one, _KNOWN) for one in range(n // len(_PLAIN.format(0, _KNOWN))))
    ),
}


def _peak(spec: Path) -> int:
    """The most bytes that a lint of ``spec`` takes."""
    command = [sys.executable, "-c", _PEAK, str(spec)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return int(said.split()[-1])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell")
@pytest.mark.parametrize("kind", LARGE)
def test_memory_is_a_few_times_the_text(tmp_path: Path, kind: str) -> None:
    """Each megabyte more takes less than twelve, ten of entries; of a host it was 140."""
    spec = tmp_path / "bikube.yaml"
    peaks = []
    for size in (2 * _MEGABYTE, 4 * _MEGABYTE):
        spec.write_text(HEAD + LARGE[kind](size), encoding="utf-8")
        peaks.append(_peak(spec))
    assert peaks[1] - peaks[0] < 12 * 2 * _MEGABYTE
    assert peaks[1] < 80 * _MEGABYTE
