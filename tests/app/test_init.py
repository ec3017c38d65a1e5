"""A starter spec, and the schema that all specs of a repository share."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import RunCli
from tests.support.trees import write_tree

from bikube.app.init import SCHEMA_FILE, start
from bikube.app.schemas import spec_schema_text
from bikube.diagnostics import Severity
from bikube.errors import UsageError
from bikube.lint import lint
from bikube.rules import builtin_rules

MODELINE = "# yaml-language-server: $schema="
LOCATION = (
    "/subscriptions/a/resourceGroups/b/providers/Microsoft.ExtendedLocation/customLocations/c"
)
DEPLOY = "az deployment group create --resource-group GROUP --template-file"
OWN = {
    "<registry>": "plant7registry",
    "<other-registry>": "line7registry",
    "<secret>": "plant-secret",
    "<client-id>": "3f6c1c4e-8d0b-4c67-9a44-0d1f6b2e7a91",
    "<tenant-id>": "8b0de7a2-5f39-4d86-b1c3-74e9a5d02c6f",
}


def rules_of(text: str, least: Severity = Severity.INFO) -> set[str]:
    """The rules that find something in a spec, but for what is said once a run."""
    found = lint("bikube.yaml", text.encode(), builtin_rules()).diagnostics
    return {one.rule for one in found if one.severity >= least} - {"kubernetes-preview"}


def uncommented(text: str) -> str:
    """The starter with all of its examples in use."""
    return re.sub(r"^  # (?=- \w+: |  )", "  ", text, flags=re.MULTILINE)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of a test."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_a_starter_is_clean() -> None:
    """Nothing is found in it, be its values the examples or given."""
    texts = [
        start(Path("a")).spec.read_text(encoding="utf-8"),
        start(Path("b"), name="aio-b", location=LOCATION).spec.read_text(encoding="utf-8"),
    ]
    assert [rules_of(text) for text in texts] == [set(), set()]


@pytest.mark.usefixtures("here")
def test_its_examples_say_what_is_to_be_filled_in() -> None:
    """Uncommented, they are errors only for placeholders, and filled in for nothing."""
    text = uncommented(start(Path("a")).spec.read_text(encoding="utf-8"))
    filled = re.sub("|".join(OWN), lambda match: OWN[match[0]], text)
    assert text.count("  - name: ") == text.count("    host: ") == 4
    assert rules_of(text, Severity.WARNING) == {"placeholder"}
    assert rules_of(filled, Severity.WARNING) == set()


@pytest.mark.parametrize(
    ("files", "place", "schema", "modeline"),
    [
        ({}, ".", "bikube.schema.json", "./bikube.schema.json"),
        ({}, "plants/a", "bikube.schema.json", "../../bikube.schema.json"),
        ({}, "plants/a.bikube.yaml", "bikube.schema.json", "../bikube.schema.json"),
        ({}, "../beside", "../beside/bikube.schema.json", "./bikube.schema.json"),
        ({"../.git/HEAD": ""}, "a", "../bikube.schema.json", "../../bikube.schema.json"),
        ({"a/.git": "gitdir: b"}, "a", "a/bikube.schema.json", "./bikube.schema.json"),
        ({"a/bikube.config.yaml": ""}, "a/b", "a/bikube.schema.json", "../bikube.schema.json"),
        (
            {"a/.git/HEAD": "", "a/b/bikube.config.yaml": ""},
            "a/b/c",
            "a/b/bikube.schema.json",
            "../bikube.schema.json",
        ),
    ],
)
def test_one_schema_is_shared(
    here: Path, files: dict[str, str], place: str, schema: str, modeline: str
) -> None:
    """It is beside the configuration, else at the repository's root, else where one stands."""
    inner = here / "inner"
    inner.mkdir()
    write_tree(inner, files)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(inner)
        started = start(Path(place))
        first = started.spec.read_text(encoding="utf-8").splitlines()[0]
        at_modeline = (started.spec.parent / modeline).read_text(encoding="utf-8")
    assert started.written == (Path(schema), started.spec)
    assert first == MODELINE + modeline
    assert at_modeline == spec_schema_text()


def test_a_schema_that_is_there_stays(here: Path) -> None:
    """Another spec shares it without a word, and one that is not this bikube's is named."""
    first, second = start(Path("a")), start(Path("b"))
    write_tree(here, {SCHEMA_FILE: "{}"})
    third = start(Path("c"))
    assert [one.written for one in (first, second, third)] == [
        (Path(SCHEMA_FILE), Path("a/bikube.yaml")),
        (Path("b/bikube.yaml"),),
        (Path("c/bikube.yaml"),),
    ]
    assert [one.other_schema for one in (first, second, third)] == [None, None, Path(SCHEMA_FILE)]
    assert (here / SCHEMA_FILE).read_text(encoding="utf-8") == "{}"


def test_a_spec_that_is_there_stays(here: Path) -> None:
    """A file, a link that leads nowhere, and a folder with such a name keep what they are."""
    write_tree(here, {"a/bikube.yaml": "# mine\n"})
    (here / "b.bikube.yaml").symlink_to("nowhere")
    for place in ("a", "a/bikube.yaml", "b.bikube.yaml"):
        with pytest.raises(UsageError, match=r"is there already; init overwrites nothing"):
            start(Path(place))
    (here / "c.bikube.yaml").mkdir()
    assert start(Path("c.bikube.yaml")).spec == Path("c.bikube.yaml/bikube.yaml")
    assert (here / "a/bikube.yaml").read_text(encoding="utf-8") == "# mine\n"
    assert (here / "b.bikube.yaml").is_symlink()


@pytest.mark.parametrize("place", ["plants/a.yaml", "b.YML", "bikube.yml"])
def test_a_file_name_that_no_folder_is_searched_for_is_refused(here: Path, place: str) -> None:
    """The message says which names are, and nothing is written."""
    expected = re.escape('"bikube.yaml" or "*.bikube.yaml" is expected')
    with pytest.raises(UsageError, match=expected):
        start(Path(place))
    assert list(here.iterdir()) == []


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["123", "true", "aio-b"])
def test_names_are_written_so_that_they_stay_strings(name: str) -> None:
    """A name that YAML reads as a number or a boolean stands in quotes."""
    text = start(Path(), name=name, location=name).spec.read_bytes()
    spec = lint("bikube.yaml", text, builtin_rules()).spec
    assert spec is not None
    assert (spec.instance.name, spec.instance.custom_location) == (name, name)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a b",
        "<name>",
        'a"b',
        "a\nb",
        "\udcff",
        "\u202e",
        "{a: b}",
        "a" * 70,
        "ghp_" + "a1" * 18,
    ],
)
@pytest.mark.parametrize("option", ["name", "location"])
def test_what_a_spec_refuses_init_refuses(here: Path, option: str, value: str) -> None:
    """The message names the option, and nothing is written."""
    said = {"name": "--name: ", "location": "--custom-location: "}[option]
    given: dict[str, Any] = {option: value}
    with pytest.raises(UsageError, match=f"^{said}.+"):
        start(Path("a"), **given)
    assert list(here.iterdir()) == []


def test_the_output_says_what_comes_next(run_cli: RunCli, tmp_path: Path) -> None:
    """Paths on standard output, and on standard error the steps, which work as they stand."""
    write_tree(tmp_path, {"bikube.config.yaml": "out: out\n"})
    done = run_cli("init", "a b", "--name", "aio-b", cwd=tmp_path)
    assert (done.code, done.out) == (0, "bikube.schema.json\na b/bikube.yaml\n")
    assert done.err.splitlines() == [
        "Next:",
        "  1. edit a b/bikube.yaml: its custom location and the registries",
        "  2. bikube lint 'a b/bikube.yaml'",
        "  3. bikube generate 'a b/bikube.yaml'",
        f"  4. {DEPLOY} out/aio-b/bicep/main.bicep",
    ]
    linted = run_cli("lint", "a b/bikube.yaml", cwd=tmp_path)
    generated = run_cli("generate", "a b/bikube.yaml", cwd=tmp_path)
    assert (linted.code, generated.code) == (0, 0)
    assert (tmp_path / "out/aio-b/bicep/main.bicep").is_file()


@pytest.mark.parametrize(
    ("options", "edit", "folder"),
    [
        ([], "the instance's name, its custom location and the registries", "INSTANCE"),
        (["--custom-location", "cl-b"], "the instance's name and the registries", "INSTANCE"),
        (["--name", "aio-b", "--custom-location", "cl-b"], "the registries", "aio-b"),
    ],
)
def test_what_was_given_needs_no_edit(
    run_cli: RunCli, tmp_path: Path, options: list[str], edit: str, folder: str
) -> None:
    """The steps name what is still an example; a schema of another bikube is said."""
    write_tree(tmp_path, {SCHEMA_FILE: "{}"})
    lines = run_cli("init", *options, cwd=tmp_path).err.splitlines()
    assert lines[0].startswith("bikube.schema.json is there already and not that of this bikube")
    assert lines[2] == f"  1. edit bikube.yaml: {edit}"
    assert lines[5] == f"  4. {DEPLOY} deploy/{folder}/bicep/main.bicep"


def test_whoever_starts_reads_little(run_cli: RunCli, tmp_path: Path) -> None:
    """Of the starter, a run says that nothing is wrong, and counts what is said once a run."""
    run_cli("init", "--name", "aio-b", cwd=tmp_path)
    said = {
        command: run_cli(*command.split(), cwd=tmp_path)
        for command in ("lint", "generate", "generate --check")
    }
    assert said == {
        "lint": (0, "", "no errors or warnings in 1 spec\n1 hint; --show info lists it\n"),
        "generate": (0, "deploy/aio-b: 3 files (3 created)\n", ""),
        "generate --check": (0, "", ""),
    }


@pytest.mark.parametrize(("targets", "last"), [("[kubernetes]", "3. "), ("[bicep]", "4. ")])
def test_without_bicep_there_is_nothing_to_deploy(
    run_cli: RunCli, tmp_path: Path, targets: str, last: str
) -> None:
    """Where the configuration leaves it out, the last step is to generate."""
    write_tree(tmp_path, {"bikube.config.yaml": f"targets: {targets}\n"})
    assert last in run_cli("init", cwd=tmp_path).err.splitlines()[-1]
