"""A configuration names nothing outside of its repository, unless the command line lets it."""

import os
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.trees import COMPANY_RULE, spec, write_tree

ADVICE = "a path in the repository is expected; write another path, or run with --allow-outside\n"
OTHER = (
    'it is a link to no "bikube.config.yaml", and not read; rename its target, or name it with'
    " --config"
)
LINT, GENERATE = ("lint", "bikube.yaml"), ("generate", "bikube.yaml")


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """A repository with a spec, beside a rule, a baseline and an output folder of others."""
    files = {
        "company-registry.yaml": COMPANY_RULE,
        "known.json": '{"version": 1, "findings": []}\n',
        "out/keep": "",
        "repo/.git/HEAD": "",
        "repo/plant/bikube.yaml": spec(host="companyhub.azurecr.io"),
    }
    return write_tree(tmp_path, files) / "repo/plant"


@pytest.mark.parametrize(
    ("command", "setting", "place"),
    [
        (LINT, "customRules: [../../company-registry.yaml]", "1:15"),
        (LINT, "customRules: [/etc/passwd]", "1:15"),
        (LINT, "customRules: [a.yaml]", "1:15"),
        (LINT, "baseline: ../../known.json", "1:11"),
        (LINT, "baseline: known.json", "1:11"),
        (GENERATE, "out: ../../out", "1:6"),
        (GENERATE, "out: ../..", "1:6"),
        (GENERATE, "out: /", "1:6"),
        (GENERATE, "out: out", "1:6"),
        (("generate", "--check", "bikube.yaml"), "out: out/deep", "1:6"),
    ],
)
def test_what_is_outside_is_refused(
    run_cli: RunCli, plant: Path, command: tuple[str, ...], setting: str, place: str
) -> None:
    """By a path that climbs, an absolute one, and a link; exit code 2, with the place."""
    write_tree(plant, {"bikube.config.yaml": f"{setting}\n"})
    (plant / "a.yaml").symlink_to("../../company-registry.yaml")
    (plant / "known.json").symlink_to("../../known.json")
    (plant / "out").symlink_to("../../out")
    result = run_cli(*command, cwd=plant)
    said = f'bikube: bikube.config.yaml:{place}: this leads out of ".."; {ADVICE}'
    assert (result.code, result.out, result.err) == (2, "", said)
    assert os.listdir(plant.parents[1] / "out") == ["keep"]


@pytest.mark.parametrize(
    ("command", "setting"),
    [
        (LINT, "customRules: [../../company-registry.yaml]"),
        (LINT, "baseline: ../../known.json"),
        (("rules",), "customRules: [../../company-registry.yaml]"),
        (("rules", "test"), "customRules: [../../company-registry.yaml]"),
        (("explain", "company-registry"), "customRules: [../../company-registry.yaml]"),
        (("config",), "customRules: [../../company-registry.yaml]"),
        (("init", "new"), "customRules: [../../company-registry.yaml]"),
        (GENERATE, "out: ../../out"),
        (("lint",), "specs: [../../beside/*.bikube.yaml]"),
    ],
)
def test_the_command_line_lets_it(
    run_cli: RunCli, plant: Path, command: tuple[str, ...], setting: str
) -> None:
    """Without ``--allow-outside`` the exit code is 2."""
    write_tree(plant, {"bikube.config.yaml": f"{setting}\n"})
    write_tree(plant.parents[1], {"beside/a.bikube.yaml": spec("aio-beside")})
    refused = run_cli(*command, cwd=plant)
    allowed = run_cli(*command, "--allow-outside", cwd=plant)
    assert (refused.code, allowed.code) == (2, 0)
    assert "--allow-outside\n" in refused.err


@pytest.mark.parametrize(
    ("arguments", "setting"),
    [
        ((*GENERATE, "--out", "../../out"), "out: ../../elsewhere"),
        ((*LINT, "--baseline", "../../known.json"), "baseline: ../../other.json"),
        ((*LINT, "--no-baseline"), "baseline: ../../other.json"),
        (LINT, "out: ../../out"),
        (GENERATE, "out: ../deploy"),
        (LINT, "customRules: [../rules/*.yaml]"),
        (LINT, "exclude: [../../x]"),
    ],
)
def test_what_the_command_line_names_may_be_anywhere(
    run_cli: RunCli, plant: Path, arguments: tuple[str, ...], setting: str
) -> None:
    """And so may what is not used; the rest of the repository is open to each configuration."""
    write_tree(plant, {"bikube.config.yaml": f"{setting}\n"})
    write_tree(plant.parent, {"rules/company-registry.yaml": COMPANY_RULE})
    assert run_cli(*arguments, cwd=plant).code == 0


def test_without_a_repository_its_own_folder_counts(run_cli: RunCli, tmp_path: Path) -> None:
    """There, what is beside the folder of a configuration may be anybody's."""
    files = {"plant/bikube.yaml": spec(), "plant/bikube.config.yaml": "out: ../out\n"}
    write_tree(tmp_path, files)
    result = run_cli("generate", "plant/bikube.yaml", cwd=tmp_path)
    said = f'bikube: plant/bikube.config.yaml:1:6: this leads out of "plant"; {ADVICE}'
    assert (result.code, result.err) == (2, said)


@pytest.mark.parametrize("config", [{}, {"bikube.config.yaml": "show: info\n"}])
def test_the_default_folder_may_not_lead_out_either(
    run_cli: RunCli, plant: Path, config: dict[str, str]
) -> None:
    """A link called "deploy" is as good as an ``out``."""
    write_tree(plant, config)
    (plant / "deploy").symlink_to("../../out")
    result = run_cli(*GENERATE, cwd=plant)
    said = f'bikube: deploy: this leads out of ".."; {ADVICE}'
    assert (result.code, result.err) == (2, said)
    assert run_cli(*GENERATE, "--allow-outside", cwd=plant).code == 0


def test_a_found_configuration_may_be_a_link_to_another(run_cli: RunCli, plant: Path) -> None:
    """That one has to be in the repository, and be called so: an error would quote it."""
    write_tree(plant.parent, {"bikube.config.yaml": "rules: {}\n", ".env": "TOKEN=hunter2\n"})
    write_tree(plant.parents[1], {"bikube.config.yaml": "TOKEN=hunter2\n"})
    link, said = plant / "bikube.config.yaml", []
    for target in ("../bikube.config.yaml", "../.env", "../../bikube.config.yaml"):
        link.symlink_to(target)
        said.append(run_cli("lint", cwd=plant).err.splitlines()[0])
        link.unlink()
    assert said == [
        "no errors or warnings in 1 spec",
        f"bikube: bikube.config.yaml: {OTHER}",
        "bikube: bikube.config.yaml: it is a link out of the repository; name it with --config",
    ]


@pytest.mark.parametrize("name", [".env", "id.yaml", "hidden.yaml"])
def test_nothing_is_quoted_of_what_is_no_rule_file(run_cli: RunCli, plant: Path, name: str) -> None:
    """A pattern of rule files can match whatever a checkout has, be it YAML or not."""
    files = {
        "bikube.config.yaml": f"customRules: [{name}]\n",
        ".env": "id: hunter2\n",
        "id.yaml": "password: hunter2\nhunter2: [\n",
    }
    write_tree(plant, files)
    (plant / "hidden.yaml").symlink_to(".env")
    result = run_cli("lint", cwd=plant)
    said = (
        f"bikube: {name}: no rule file, so nothing of it is shown; a YAML file with"
        ' "id:" at the beginning of a line is expected; check the pattern\n'
    )
    assert (result.code, result.out, result.err) == (2, "", said)
