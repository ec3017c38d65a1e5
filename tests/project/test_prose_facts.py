"""Defaults, numbers and names that the pages tell are what the program has."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import RunCli
from tests.support.prose import ROOT, pages
from tests.support.trees import write_tree

from bikube.azure import companion_sections

README = (ROOT / "README.md").read_text(encoding="utf-8")
SPEC_PAGE = (ROOT / "docs/spec.md").read_text(encoding="utf-8")
(SPEC,) = re.findall(r"^```yaml\n(.*?)^```$", SPEC_PAGE, re.MULTILINE | re.DOTALL)

GOOD = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
registryEndpoints: [{name: hub, host: docker.io, authentication: {method: Anonymous}}]
"""
ROW = re.compile(r"^\| `(\w+)` \| `(\w+)(?:`: |: \{\}`)([^|]*)\| ([^|]*) \|$", re.MULTILINE)
NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def without_line(spec: str, line: str) -> str:
    """``spec`` without a line, and without what is below it."""
    kept, inside = [], False
    for one in spec.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        inside = one == line or (inside and len(one) - len(one.lstrip(" ")) > indent)
        kept += [] if inside else [one]
    return "".join(kept)


def commented(word: str) -> list[str]:
    """The lines of the page's spec whose comment begins so."""
    lines = SPEC.splitlines(keepends=True)
    return [line for line in lines if re.search(rf"# (?:{word})", line)]


def generated(run_cli: RunCli, folder: Path, spec: str) -> dict[str, bytes]:
    """What ``bikube generate`` writes for ``spec``."""
    write_tree(folder, {"bikube.yaml": spec})
    assert run_cli("generate", cwd=folder).code == 0
    out = folder / "deploy"
    return {
        str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("line", commented("the default"))
def test_a_default_in_the_page_of_the_spec_is_the_default(
    run_cli: RunCli, tmp_path: Path, line: str
) -> None:
    """Without the line the outputs are the same, and with another value they are not."""
    value = line.split(": ")[1].split(maxsplit=1)[0]
    other = {"azure-iot-operations": "elsewhere"}.get(value, "2026-07-01")
    whole = generated(run_cli, tmp_path / "with", SPEC)
    assert generated(run_cli, tmp_path / "without", without_line(SPEC, line)) == whole
    assert generated(run_cli, tmp_path / "other", SPEC.replace(value, other)) != whole


@pytest.mark.parametrize("line", commented("required|optional|.*; optional"))
def test_what_the_page_calls_required_or_optional_is_so(
    run_cli: RunCli, tmp_path: Path, line: str
) -> None:
    """Without the line there is an error if it is required, and none if it is optional."""
    write_tree(tmp_path, {"bikube.yaml": without_line(SPEC, line)})
    assert run_cli("lint", cwd=tmp_path).code == int("required" in line)


def test_defaults_and_lengths_in_the_page_of_the_spec(run_cli: RunCli, tmp_path: Path) -> None:
    """There are two defaults, one told in prose again, and names of 3 to 63 characters."""
    assert len(commented("the default")) == 2
    assert len(commented("required|optional|.*; optional")) >= 6
    (version,) = re.findall(r"whose default is (\S+)\.(?:\s|$)", SPEC_PAGE)
    assert f"apiVersion: {version} " in "".join(commented("the default"))
    ((least, most),) = re.findall(r"# (\d+) to (\d+) of a-z, 0-9 and -", SPEC)
    codes = {}
    for length in (int(least) - 1, int(least), int(most), int(most) + 1):
        write_tree(tmp_path, {"bikube.yaml": GOOD.replace("aio-plant-7", "a" * length)})
        codes[length] = run_cli("lint", cwd=tmp_path).code
    assert list(codes.values()) == [1, 0, 0, 1]


def test_methods_in_the_page_of_the_spec_are_those_that_there_are(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """Each has its settings, which may be left out only where the page says so."""
    rows = ROW.findall(SPEC_PAGE)
    schema = json.loads(run_cli("schema", cwd=tmp_path).out)
    assert sorted(row[0] for row in rows) == sorted(_methods(schema))
    for method, settings, properties, note in rows:
        values = {"clientId": "3f2b8c1d-6a4e-4f7b-9c2d-8e1a5b6c7d8e", "secretRef": "pull"}
        values["tenantId"] = values["clientId"]
        members = {
            name: values.get(name, "https://a/") for name in re.findall(r"`(\w+)`", properties)
        }
        for given, code in (
            ({"method": method, settings: members}, 0),
            ({"method": method}, int("may be left out" not in note)),
        ):
            entry = {"name": "hub", "host": "docker.io", "authentication": given}
            spec = {**yaml.safe_load(GOOD), "registryEndpoints": [entry]}
            write_tree(tmp_path, {"bikube.yaml": json.dumps(spec)})
            assert (method, run_cli("lint", cwd=tmp_path).code) == (method, code)


def _methods(node: Any) -> list[str]:
    """The values of the first property ``method`` in a schema."""
    if isinstance(node, dict):
        if "enum" in node.get("properties", {}).get("method", {}):
            return list(node["properties"]["method"]["enum"])
        node = list(node.values())
    found = (_methods(each) for each in node) if isinstance(node, list) else ()
    return next((each for each in found if each), [])


def test_numbers_in_the_readme(run_cli: RunCli, tmp_path: Path) -> None:
    """So many API versions, kinds, and ways to sign in, as it says."""
    versions = run_cli("--version", cwd=tmp_path).out.splitlines()[1].count("20")
    (told,) = re.findall(r"types for (\w+) API versions", README)
    assert NUMBERS[versions] == told
    (ways,) = re.findall(r"the (\w+) ways to sign in", README)
    schema = json.loads(run_cli("schema", cwd=tmp_path).out)["properties"]
    assert NUMBERS[len(_methods(schema["registryEndpoints"]))] == ways
    (kinds,) = re.findall(r"It knows (\w+) kinds", README)
    lists = {name for name, one in schema.items() if one["type"] == "array"}
    assert NUMBERS[len(lists.difference(companion_sections()))] == kinds


def test_output_that_the_readme_shows_is_written(run_cli: RunCli, tmp_path: Path) -> None:
    """For its spec, ``generate`` writes to the default folder each file that the page names."""
    (spec,) = re.findall(r"^```yaml\n(.*?bikube: v1.*?)^```$", README, re.MULTILINE | re.DOTALL)
    write_tree(tmp_path, {"bikube.yaml": spec})
    assert run_cli("generate", cwd=tmp_path).code == 0
    named = re.findall(r"deploy/aio-plant-7/[\w/.-]*\w", README)
    named += [
        path.replace("<instance>", "aio-plant-7") for path in re.findall(r"deploy/<[^\s,]+", README)
    ]
    assert [path for path in named if not any(tmp_path.glob(path))] == []
    assert len(named) >= 5


def test_python_in_prose_is_the_one_that_the_package_asks_for() -> None:
    """Pages, Makefile and lock name the least version of ``pyproject.toml``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    least = project["project"]["requires-python"].removeprefix(">=")
    told = re.findall(r"Python (3\.\d+) or (?:later|newer)", "".join(one.text for one in pages()))
    assert told == [least] * len(told)
    assert len(told) >= 2
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"sys.version_info < ({least.replace('.', ', ')})" in makefile
    assert f"--python-version {least} " in makefile
    assert f"needs Python {least} or later" in makefile
