"""What specs are rendered into, and what is left of targets that are switched off."""

import json
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.trees import spec, write_tree

CONFIG = """\
specs: ['**/*.bikube.yaml']
targets: [bicep]
overrides:
  - {paths: [lab/], targets: [bicep, kubernetes]}
  - {paths: [lab/cluster/], targets: [kubernetes]}
"""
SPECS = {
    "a.bikube.yaml": spec("aio-a"),
    "lab/b.bikube.yaml": spec("aio-b"),
    "lab/cluster/c.bikube.yaml": spec("aio-c"),
}


def folders(tree: Path) -> list[str]:
    """The folders with files below the output folder of ``tree``."""
    out = tree / "deploy"
    files = (path for path in out.rglob("*") if path.is_file())
    return sorted({path.parent.relative_to(out).as_posix() for path in files})


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Three specs, of which each is rendered into something else."""
    return write_tree(tmp_path, {"bikube.config.yaml": CONFIG, **SPECS})


def test_each_spec_is_rendered_into_the_targets_of_its_configuration(
    run_cli: RunCli, tree: Path
) -> None:
    """Of the overrides that fit a path the last counts, and the check asks for the same."""
    made = run_cli("generate", cwd=tree)
    checked = run_cli("generate", "--check", cwd=tree)
    assert (made.code, checked.code, checked.out) == (0, 0, "")
    assert folders(tree) == ["aio-a/bicep", "aio-b/bicep", "aio-b/kubernetes", "aio-c/kubernetes"]


def test_the_command_line_chooses_targets_before_the_configuration(
    run_cli: RunCli, tree: Path
) -> None:
    """Every spec is rendered into that target; of others the run says nothing."""
    made = run_cli("generate", "--target", "kubernetes", cwd=tree)
    checked = run_cli("generate", "--check", "--target", "kubernetes", cwd=tree)
    assert folders(tree) == ["aio-a/kubernetes", "aio-b/kubernetes", "aio-c/kubernetes"]
    assert (made.code, checked.code, checked.out) == (0, 0, "")
    assert "left" not in made.err + checked.err


@pytest.mark.parametrize("command", [("lint",), ("generate",), ("generate", "--check")])
def test_rules_about_a_target_are_quiet_where_it_is_not_rendered(
    run_cli: RunCli, tree: Path, command: tuple[str, ...]
) -> None:
    """Both for linting and rendering, and by each spec's own path."""
    about = "rules: {kubernetes-preview: warning}\n"
    write_tree(tree, {"bikube.config.yaml": CONFIG + about})
    quiet = run_cli(*command, "a.bikube.yaml", cwd=tree)
    loud = run_cli(*command, "lab/b.bikube.yaml", cwd=tree)
    said = ["kubernetes-preview" in result.out + result.err for result in (quiet, loud)]
    assert said == [False, True]


def test_manifests_are_spoken_of_once_a_run(run_cli: RunCli, tree: Path) -> None:
    """Of the first spec that has some, in machine formats too."""
    listed = run_cli("lint", "--format", "json", cwd=tree)
    found = [
        one["file"]
        for one in json.loads(listed.out)["diagnostics"]
        if one["rule"] == "kubernetes-preview"
    ]
    assert found == ["lab/b.bikube.yaml"]


@pytest.mark.parametrize("arguments", [(), ("a.bikube.yaml",)])
def test_files_of_a_target_that_is_switched_off_are_left_over(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """They are named and are drift, also where the run is about that spec only."""
    write_tree(tmp_path, {"bikube.config.yaml": "specs: [a.bikube.yaml]\n", **SPECS})
    run_cli("generate", cwd=tmp_path)
    write_tree(tmp_path, {"bikube.config.yaml": "specs: [a.bikube.yaml]\ntargets: [bicep]\n"})
    made = run_cli("generate", *arguments, cwd=tmp_path)
    checked = run_cli("generate", "--check", *arguments, cwd=tmp_path)
    said = (
        "bikube: deploy/aio-a/kubernetes: the spec is not rendered into this target;"
        ' "bikube generate --prune" removes what is generated\n'
    )
    assert (made.code, made.err.count(said)) == (0, 1)
    assert (checked.code, checked.err.count(said)) == (1, 1)
    assert checked.out.splitlines() == [
        "would delete deploy/aio-a/kubernetes/kustomization.yaml",
        "would delete deploy/aio-a/kubernetes/registryendpoint-a1b.yaml",
    ]


def test_pruning_removes_what_a_target_has_left_and_no_file_of_a_user(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """What does not carry the header stays, and with it the folder."""
    write_tree(tmp_path, {"bikube.config.yaml": "specs: ['*.bikube.yaml']\n", **SPECS})
    write_tree(tmp_path, {"z.bikube.yaml": spec("aio-z")})
    run_cli("generate", cwd=tmp_path)
    config = "specs: ['*.bikube.yaml']\ntargets: [bicep]\n"
    write_tree(tmp_path, {"bikube.config.yaml": config, "deploy/aio-a/kubernetes/my.yaml": "a: 1"})
    pruned = run_cli("generate", "--prune", cwd=tmp_path)
    checked = run_cli("generate", "--check", cwd=tmp_path)
    assert (pruned.code, pruned.out.splitlines()) == (
        0,
        [
            "deploy/aio-a: 1 file (2 removed, 1 unchanged)",
            "deploy/aio-z: 1 file (2 removed, 1 unchanged)",
        ],
    )
    assert folders(tmp_path) == ["aio-a/bicep", "aio-a/kubernetes", "aio-z/bicep"]
    assert not (tmp_path / "deploy/aio-z/kubernetes").exists()
    assert (checked.code, checked.out) == (0, "")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ((), ("bicep", "bikube.config.yaml:2")),
        (("lab/b.bikube.yaml",), ("bicep, kubernetes", "bikube.config.yaml:4")),
        (("lab/cluster/c.bikube.yaml",), ("kubernetes", "bikube.config.yaml:5")),
    ],
)
def test_the_targets_of_a_spec_can_be_asked_for(
    run_cli: RunCli, tree: Path, path: tuple[str, ...], shown: tuple[str, str]
) -> None:
    """With the line of the configuration that chooses them."""
    value, origin = shown
    told = run_cli("config", *path, cwd=tree).out
    line = next(one for one in told.splitlines() if one.startswith("  targets"))
    assert line.split(None, 1)[1].split("  ")[0].strip() == value
    assert line.endswith(f"({origin})")


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("specs: [a.bikube.yaml, 'lab/*.bikube.yaml']\n", 'no file matches "lab/*.bikube.yaml"; '),
        ("specs: ['lab/*.bikube.yaml']\n", 'no file matches "lab/*.bikube.yaml"; '),
        ("specs: ['**/*.bikube.yaml']\nexclude: ['*.yaml']\n", "every spec is excluded; "),
        ("out: deploy\n", 'no spec is named, and there is no "bikube.yaml", but "a.bikube.yaml"; '),
    ],
)
def test_output_of_the_last_spec_is_left_over(
    run_cli: RunCli, tmp_path: Path, config: str, said: str
) -> None:
    """It is drift, a run that prunes removes it, and one that is to write wants a spec."""
    write_tree(tmp_path, SPECS)
    run_cli("generate", "lab/b.bikube.yaml", cwd=tmp_path)
    write_tree(tmp_path, {"bikube.config.yaml": config})
    (tmp_path / "lab/b.bikube.yaml").unlink()
    left = "bikube: deploy/aio-b: no spec describes this instance; "
    checked, shown, listed, written, pruned, again = (
        run_cli("generate", *arguments, cwd=tmp_path)
        for arguments in (
            ("--check",),
            ("--diff",),
            ("--check", "--format", "json"),
            (),
            ("--prune",),
            ("--check",),
        )
    )
    assert [checked.code, shown.code, listed.code, written.code] == [1, 1, 1, 2]
    assert all(f"bikube: {said}" in one.err for one in (checked, shown, listed, written))
    assert [left in one.err for one in (checked, shown, listed, written)] == [True] * 3 + [False]
    assert "would delete deploy/aio-b/bicep/main.bicep" in checked.out.splitlines()
    gone = [one["file"] for one in json.loads(listed.out)["diagnostics"] if one["rule"] == "drift"]
    assert "deploy/aio-b/kubernetes/kustomization.yaml" in gone
    assert (pruned.code, "deploy/aio-b: 0 files (3 removed)" in pruned.out) == (0, True)
    assert not (tmp_path / "deploy/aio-b").exists()
    assert (again.code, again.err.startswith(f"bikube: {said}")) == (2, True)
