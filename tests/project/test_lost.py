"""Tests and locked packages that get lost are noticed."""

import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = {"run": ["requirements/build.in"], "dev": ["requirements/dev.in"]}
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?: *;[^\\\n]*)? \\$", re.MULTILINE)


def test_each_folder_has_the_tests_that_are_noted() -> None:
    """Fewer tests, or more, are a change that counts.json shows; `make counts` writes it."""
    spec = importlib.util.spec_from_file_location("counts", ROOT / "scripts/write_test_counts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    noted = json.loads((ROOT / "tests/counts.json").read_text(encoding="utf-8"))
    assert module.counts() == noted, "the number of tests has changed; `make counts` notes it"
    assert sum(folder["functions"] for folder in noted.values()) > 500


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match is not None
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def _asked(lock: str) -> dict[str, str]:
    """What the sources of a lock ask for, by name."""
    lines = [line for source in SOURCES[lock] for line in (ROOT / source).read_text().splitlines()]
    found = [line for line in lines if line and not line.startswith(("#", "-c"))]
    if lock == "run":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        found += [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    return {_name(one): one for one in found}


def _locked(lock: str) -> dict[str, str]:
    text = (ROOT / f"requirements/{lock}.txt").read_text(encoding="utf-8")
    return {_name(name): version for name, version in PINNED.findall(text)}


@pytest.mark.parametrize("lock", SOURCES)
def test_a_lock_has_what_its_sources_ask_for(lock: str) -> None:
    """Every package is pinned, to a version that is not too old."""
    locked = _locked(lock)
    for name, requirement in _asked(lock).items():
        assert name in locked, f"{name} is not in {lock}.txt; make lock"
        least = re.search(r">=([\d.]+)", requirement)
        if least:
            assert _numbers(locked[name]) >= _numbers(least[1])


@pytest.mark.parametrize("lock", SOURCES)
def test_a_lock_has_nothing_that_no_source_asks_for(lock: str) -> None:
    """What is pinned is asked for by a source, or by another package that is pinned."""
    text = (ROOT / f"requirements/{lock}.txt").read_text(encoding="utf-8")
    asked = {_name(name) for name in _asked(lock)}
    for name, via in _reasons(text).items():
        files = [one for one in via if one.startswith(("-r", "bikube", "pyproject"))]
        others = {_name(one) for one in via if one not in files and not one.startswith("-c")}
        assert others or name in asked, f"{name}: {via}; make lock"
        assert others <= set(_locked(lock)) | set(_locked("run")), f"{name}: {via}; make lock"
        assert not files or name in asked, f"{name}: {via}; make lock"


def _reasons(text: str) -> dict[str, list[str]]:
    """Who asks for each package, as the comments below it say."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        pinned = re.match(r"([A-Za-z0-9._-]+)==", line)
        if pinned:
            name = _name(pinned[1])
        elif line.startswith("    # ") and name:
            found.setdefault(name, []).append(
                line.removeprefix("    # ").removeprefix("via").strip()
            )
    return {name: [one for one in via if one] for name, via in found.items()}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
