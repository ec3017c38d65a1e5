"""Every sentence of the README is held to something: a test, or who says so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.support.prose import ROOT, page
from tests.support.trees import spec, write_tree

CLAIMS = yaml.safe_load(Path(__file__).with_name("claims.yaml").read_text(encoding="utf-8"))
SENTENCE = re.compile(r"(?<=\.) (?=[A-Z`\[])")
BLOCKS = {
    "make generate ": "test_every_target_of_make_that_is_named_is_there",
    "pip install .": "test_installed_program_starts_a_spec_and_renders_it",
    "bikube init ": "test_the_commands_of_the_readme_work",
    "# yaml-language-server": "test_output_that_the_readme_shows_is_written",
    "flowchart LR": "test_the_picture_in_the_readme_is_the_one_that_is_drawn",
    "az deployment group": "test_the_deployment_by_hand_names_what_is_generated",
    "# .github/workflows/": "test_pipelines_deploy_every_template_in_order",
    "repos:": "test_hooks_in_the_readme_are_those_of_the_project",
    "generate: ##": "test_the_target_of_make_generates",
    "plants/plant-7": "test_the_layout_of_the_readme_is_that_of_its_configuration",
    "# .gitattributes": "test_git_takes_the_attributes",
    "# .pre-commit-config": "test_excluded_folders_are_those_of_the_output",
    "# .prettierignore": "test_excluded_folders_are_those_of_the_output",
    "# Flux": "test_the_readers_of_manifests_look_where_they_are",
    "# Argo CD": "test_the_readers_of_manifests_look_where_they_are",
    "bikube crds ": "test_the_readme_applies_to_a_test_cluster",
}
"""What holds each piece of code in the README, by how it begins."""

NO_NETWORK = """\
import sys

def refuse(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(refuse)
from bikube.__main__ import main
main()
"""


def sentences(text: str) -> list[str]:
    """The sentences of a page, and the items of its lists; titles, pictures and code apart."""
    prose = re.sub(r"(?ms)^```.*?^```$", "", text)
    lines = (line.strip().removeprefix("* ") for line in prose.splitlines())
    told = (line for line in lines if line and not line.startswith(("#", "![")))
    return [sentence for line in told for sentence in SENTENCE.split(line)]


def test_every_sentence_of_the_readme_is_listed() -> None:
    """In the order of the page; what has changed is held to something anew."""
    assert [claim["says"] for claim in CLAIMS] == sentences(page("README.md").text)


def test_what_holds_a_claim_is_there() -> None:
    """Each names tests that there are, where the claim is about others who says so, or a reason."""
    named = [name for claim in CLAIMS for name in claim.get("tests", ())]
    assert set(named) - _tests() == set()
    ways = [set(claim) - {"says"} for claim in CLAIMS]
    assert [way for way in ways if not way or not way <= {"tests", "source", "advice"}] == []
    assert len([way for way in ways if "tests" in way]) >= 0.8 * len(ways)


def test_every_piece_of_code_in_the_readme_is_held() -> None:
    """In the order of the page, each is one that a test runs or compares."""
    begins = [block.text for block in page("README.md").blocks()]
    pairs = list(zip(begins, BLOCKS, strict=True))
    assert [text for text, begin in pairs if not text.startswith(begin)] == []
    assert set(BLOCKS.values()) - _tests() == set()


def _tests() -> set[str]:
    """The names of all tests."""
    files = (ROOT / "tests").rglob("test_*.py")
    texts = (path.read_text(encoding="utf-8") for path in files)
    return {name for text in texts for name in re.findall(r"(?m)^def (test_\w+)\(", text)}


@pytest.mark.parametrize(
    "command",
    [
        ("init", "other"),
        ("lint", "--fix"),
        ("lint", "--format", "sarif"),
        ("generate",),
        ("generate", "--check"),
        ("explain", "credential"),
        ("rules",),
        ("schema",),
        ("crds",),
        ("config",),
    ],
    ids=" ".join,
)
def test_no_command_asks_the_network(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Each does its work where every use of a socket ends the program."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    if "--check" in command:
        subprocess.run([sys.executable, "-m", "bikube", "generate"], cwd=tmp_path, check=True)
    program = [sys.executable, "-c", NO_NETWORK, *command]
    done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "socket." in done.stderr) == (0, False)


def test_the_hook_without_network_notices(tmp_path: Path) -> None:
    """What the test above relies on ends a program that asks."""
    asks = NO_NETWORK.partition("from bikube")[0] + "import socket\nsocket.getaddrinfo('a', 1)\n"
    done = subprocess.run(
        [sys.executable, "-c", asks], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "socket.getaddrinfo" in done.stderr) == (1, True)
