"""What CONTRIBUTING teaches works: each example is put into a copy of the package, and used."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"^```python\n# (generator/\S+\.py)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORDS = re.compile(r"^```yaml\n# (generator/\S+\.yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a}\n"
ENDPOINT = "registryEndpoints: [{name: a1b, host: 5, authentication: {method: Anonymous}}]\n"
RULE = """\
id: plant-name
summary: Names begin with the plant's.
severity: warning
since: 0.1.0
sections: [registryEndpoints]
rationale: Names tell the plant.
remediation: Begin the name with "plant-".
references: [https://example.com/names]
require: {begins: {at: /name, start: plant-}}
message: 'name "{value}" does not begin with the plant; "plant-" is expected; rename it'
valid: ["- {name: plant-a, host: a.azurecr.io, authentication: {method: Anonymous}}"]
invalid:
  - spec: "- {name: a1b, host: a.azurecr.io, authentication: {method: Anonymous}}"
    expect: [{at: /registryEndpoints/0/name, text: a1b}]
"""


class Copy:
    """The package and its data with the examples in it."""

    def __init__(self, folder: Path) -> None:
        for name in ("generator", "rules", "templates"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pyc*"))
        page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
        self.examples = dict(PLACE.findall(page))
        for path, text in self.examples.items():
            (folder / path).write_text(text, encoding="utf-8")
        ((path, text),) = WORDS.findall(page)
        (folder / path).write_text(text, encoding="utf-8")
        self.path = folder / "generator"

    def run(self, *arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
        """Runs ``bikube`` of the copy in ``cwd``."""
        return subprocess.run(
            [sys.executable, "-m", "bikube", *arguments],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(self.path)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The copy that all tests here use."""
    return Copy(tmp_path_factory.mktemp("copy"))


def test_there_is_an_example_of_each_plugin(copy: Copy) -> None:
    """A check, a kind, a companion, a report, a target and a command are taught by new files."""
    folders = [str(Path(path).parent) for path in copy.examples]
    assert folders == [
        "generator/bikube/rules/checks",
        "generator/bikube/azure/kinds",
        "generator/bikube/azure/companions",
        "generator/bikube/render/bicep/companions",
        "generator/bikube/report/formats",
        "generator/bikube/render/targets",
        "generator/bikube/cli/commands",
    ]
    (in_use,) = [path for path in copy.examples if (ROOT / path).exists()]
    assert copy.examples[in_use] == (ROOT / in_use).read_text(encoding="utf-8")
    assert in_use == "generator/bikube/azure/kinds/dataflow_profiles.py"


def test_the_examples_keep_to_the_contract(copy: Copy) -> None:
    """They import what their layer may, which the contract would not let pass otherwise."""
    root = copy.path.parent
    shutil.copy(ROOT / "pyproject.toml", root)
    command = "from importlinter.cli import lint_imports_command as run; run()"
    environment = {**os.environ, "PYTHONPATH": str(copy.path)}

    def broken() -> bool:
        arguments = [sys.executable, "-c", command, "--no-cache"]
        return subprocess.run(arguments, cwd=root, env=environment, check=False).returncode != 0

    assert not broken()
    example = root / "generator/bikube/cli/commands/rule_ids.py"
    text = example.read_text(encoding="utf-8")
    example.write_text(text + "import bikube.azure\n", encoding="utf-8")
    assert broken()
    example.write_text(text, encoding="utf-8")


def test_the_rule_that_looks_into_a_list_is_in_use() -> None:
    """What the page shows of it is what its file says."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"From `rules/listener-tls.yaml`:\n\n```yaml\n(.*?)```", page, re.DOTALL)
    rule = yaml.safe_load((ROOT / "rules/listener-tls.yaml").read_text(encoding="utf-8"))
    assert {key: rule[key] for key in yaml.safe_load(shown)} == yaml.safe_load(shown)


def test_the_command_is_found(copy: Copy, tmp_path: Path) -> None:
    """It lists what the rules are called."""
    result = copy.run("rule-ids", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    ids = sorted(path.stem for path in (ROOT / "rules").glob("*.yaml"))
    assert result.stdout.splitlines() == ids


def test_the_report_is_found(copy: Copy, tmp_path: Path) -> None:
    """It shows a line for each finding."""
    (tmp_path / "bikube.yaml").write_text(HEAD + ENDPOINT, encoding="utf-8")
    result = copy.run("lint", "--format", "quickfix", "--select", "wrong-type", cwd=tmp_path)
    message = '"host" is the number 5; a string is expected'
    assert (result.returncode, result.stdout) == (1, f"bikube.yaml:3:39: {message}\n")


def test_the_words_for_the_kind_are_found(copy: Copy, tmp_path: Path) -> None:
    """The schema for editors has the kind's properties, with what the file says of them."""
    result = copy.run("schema", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    section = json.loads(result.stdout)["properties"]["dataflowProfiles"]
    entry = section["items"]["properties"]
    level = entry["diagnostics"]["properties"]["logs"]["properties"]["level"]
    assert section["description"].startswith("Data flow profiles say how many ")
    assert entry["instanceCount"]["description"] == (
        "How many instances share the data flows of the profile.\nDefault: 1 · Example: 2"
    )
    assert level["description"] == "From which level on something is logged.\nExample: info"


def test_the_kind_and_the_target_are_found(copy: Copy, tmp_path: Path) -> None:
    """A spec may have the new section, and every target renders it."""
    section = "dataflowProfiles: [{name: a1b, instanceCount: 2}]\n"
    chosen = "targets: {inventory: {apiVersions: {dataflowProfiles: v2}}}\n"
    (tmp_path / "bikube.yaml").write_text(HEAD + chosen + section, encoding="utf-8")
    result = copy.run("generate", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    folder = tmp_path / "deploy/aio-a"
    assert (folder / "inventory/resources.txt").read_text(encoding="utf-8") == (
        "# DO NOT EDIT. Generated by bikube from bikube.yaml.\ndataflowProfile a1b v2\n"
    )
    manifest = (folder / "kubernetes/dataflowprofile-a1b.yaml").read_text(encoding="utf-8")
    assert manifest.endswith("spec:\n  instanceCount: 2\n")
    assert "resource dataflowProfile_a1b " in (folder / "bicep/main.bicep").read_text("utf-8")


def test_a_section_is_there_as_long_as_its_file(copy: Copy, tmp_path: Path) -> None:
    """Nothing else knows of the kind: without that one file a spec cannot have its section."""
    (tmp_path / "bikube.yaml").write_text(HEAD + "dataflowProfiles: []\n", encoding="utf-8")
    lint = ("lint", "--format", "quickfix", "--select", "unknown-section")
    assert copy.run(*lint, cwd=tmp_path).returncode == 0
    file = copy.path / "bikube/azure/kinds/dataflow_profiles.py"
    file.unlink()
    result = copy.run(*lint, cwd=tmp_path)
    file.write_text(copy.examples[f"generator/{file.relative_to(copy.path)}"], encoding="utf-8")
    assert result.returncode == 1
    assert 'bikube has no section for "dataflowProfiles" yet' in result.stdout


LOCKS = "locks:\n  - {name: stay, level: ReadOnly}\n  - {name: keep, level: CanNotDelete}\n"
LOCK = """\
id: lock-level
summary: Locks forbid nothing but removing.
severity: warning
since: 0.1.0
sections: [locks]
rationale: AIO cannot work below an instance that is read-only.
remediation: Write "CanNotDelete".
references: [https://example.com/locks]
require: {one-of: {at: /level, values: [CanNotDelete]}}
message: 'lock "{name}" is "{value}"'
valid: ["- {name: keep, level: CanNotDelete}"]
invalid:
  - spec: "- {name: stay, level: ReadOnly}"
    expect: [{at: /locks/0/level, text: ReadOnly, message: 'lock "stay" is "ReadOnly"'}]
"""


def test_the_companion_is_found(copy: Copy, tmp_path: Path) -> None:
    """A spec may have nothing but it; Bicep, which has a writer for it, is all that is written."""
    (tmp_path / "bikube.yaml").write_text(HEAD + LOCKS, encoding="utf-8")
    result = copy.run("generate", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    files = sorted(path for path in tmp_path.rglob("deploy/aio-a/*/*"))
    # The target of the example lists what there is, which here is nothing.
    assert [path.name for path in files] == ["locks.bicep", "resources.txt"]
    text = files[0].read_text(encoding="utf-8")
    head = "// DO NOT EDIT. Generated by bikube from bikube.yaml."
    assert text.startswith(f"{head}\n\nparam instanceName string = 'aio-a'\n")
    assert re.findall("name: '(.*)'", text) == ["keep", "stay"]
    assert copy.run("generate", "--check", cwd=tmp_path).returncode == 0


def test_a_companion_changes_no_other_output(copy: Copy, tmp_path: Path) -> None:
    """Whatever else a spec has, is written as it was without the companion."""
    endpoint = ENDPOINT.replace("host: 5", "host: a.azurecr.io")
    written = []
    for text in (HEAD + endpoint, HEAD + LOCKS + endpoint):
        (tmp_path / "bikube.yaml").write_text(text, encoding="utf-8")
        assert copy.run("generate", cwd=tmp_path).returncode == 0
        files = sorted(path for path in tmp_path.rglob("deploy/**/*") if path.is_file())
        written.append({path.name: path.read_bytes() for path in files})
    without, both = written
    assert {*both} - {*without} == {"locks.bicep"}
    assert without == {name: both[name] for name in without}


def test_entries_of_the_companion_are_held_to_its_form(copy: Copy, tmp_path: Path) -> None:
    """Its schema is asked as that of any section, and of two with one name the second is found."""
    wrong = "locks:\n  - {name: keep, levl: ReadOnly}\n  - {name: keep, level: Off}\n"
    more = "targets: {bicep: {apiVersions: {locks: 2025-10-01}}}\nexisting: {locks: [a1b]}\n"
    (tmp_path / "bikube.yaml").write_text(HEAD + wrong + more, encoding="utf-8")
    result = copy.run("lint", "--format", "json", cwd=tmp_path)
    found = [(one["rule"], one["pointer"]) for one in json.loads(result.stdout)["diagnostics"]]
    assert found == [
        ("required-property", "/locks/0/levl"),
        ("unique-name", "/locks/1/name"),
        ("unknown-value", "/locks/1/level"),
        ("unknown-key", "/targets/bicep/apiVersions/locks"),
        ("unknown-key", "/existing/locks"),
    ]


def test_a_rule_may_be_about_the_companion(copy: Copy, tmp_path: Path) -> None:
    """Its examples are entries of the section, and an override names one of these."""
    (tmp_path / "lock-level.yaml").write_text(LOCK, encoding="utf-8")
    config = "customRules: [lock-level.yaml]\n"
    (tmp_path / "bikube.config.yaml").write_text(config, encoding="utf-8")
    (tmp_path / "bikube.yaml").write_text(HEAD + LOCKS, encoding="utf-8")
    assert copy.run("rules", "test", "lock-level.yaml", cwd=tmp_path).returncode == 0
    lint = ("lint", "--format", "quickfix")
    line = 'bikube.yaml:4:25: lock "stay" is "ReadOnly"\n'
    assert copy.run(*lint, cwd=tmp_path).stdout == line
    config += "overrides: [{resources: [locks/stay], rules: {lock-level: off}}]\n"
    (tmp_path / "bikube.config.yaml").write_text(config, encoding="utf-8")
    assert copy.run(*lint, cwd=tmp_path).stdout == ""


def test_the_companion_is_shown(copy: Copy, tmp_path: Path) -> None:
    """Editors get its form from the schema, and "explain" tells what it has."""
    section = json.loads(copy.run("schema", cwd=tmp_path).stdout)["properties"]["locks"]
    assert section["items"]["properties"]["level"] == {
        "type": "string",
        "enum": ["CanNotDelete", "ReadOnly"],
    }
    result = copy.run("explain", "locks", cwd=tmp_path)
    assert result.stdout == (
        "locks: Microsoft.Authorization/locks@2020-05-01\n\n"
        "name · text of 1 to 90 characters · required\n\n"
        "level · text · required\n    * CanNotDelete\n    * ReadOnly\n"
    )


def test_the_target_says_its_versions(copy: Copy, tmp_path: Path) -> None:
    """They are held to the form that its API has, and editors know them from the schema."""
    text = f"{HEAD}targets: {{inventory: {{apiVersion: 2025-10-01}}}}\n"
    (tmp_path / "bikube.yaml").write_text(text, encoding="utf-8")
    result = copy.run("lint", "--format", "quickfix", cwd=tmp_path)
    place, _, message = result.stdout.splitlines()[1].partition(" ")
    assert (result.returncode, place) == (1, "bikube.yaml:3:35:"), result.stdout
    assert message.startswith('"apiVersion" is "2025-10-01"')
    schema = json.loads(copy.run("schema", cwd=tmp_path).stdout)
    assert list(schema["properties"]["targets"]["properties"]) == [
        "bicep",
        "inventory",
        "kubernetes",
    ]


def test_a_rule_may_speak_of_the_target(copy: Copy, tmp_path: Path) -> None:
    """It is asked where that is rendered, and where nothing is."""
    (tmp_path / "bikube.config.yaml").write_text("customRules: [plant-name.yaml]\n", "utf-8")
    rule = RULE.replace("since: 0.1.0\n", "since: 0.1.0\ntarget: inventory\n")
    (tmp_path / "plant-name.yaml").write_text(rule, encoding="utf-8")
    endpoint = ENDPOINT.replace("host: 5", "host: a.azurecr.io")
    (tmp_path / "bikube.yaml").write_text(HEAD + endpoint, encoding="utf-8")
    runs = [("lint",), ("generate", "--target", "inventory"), ("generate", "--target", "bicep")]
    results = [copy.run(*arguments, cwd=tmp_path) for arguments in runs]
    assert [result.returncode for result in results] == [0, 0, 0]
    asked = ["plant-name" in result.stdout + result.stderr for result in results]
    assert asked == [True, True, False]


def test_the_check_is_found(copy: Copy, tmp_path: Path) -> None:
    """A rule of a user's own may ask for it, and the rule's examples hold."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/plant-name.yaml").write_text(RULE, encoding="utf-8")
    result = copy.run("rules", "test", "rules/plant-name.yaml", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
