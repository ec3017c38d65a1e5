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
    missing = [name for name in named if not _is_test(*name.split("::"))]
    assert missing == []
    ways = [set(claim) - {"says"} for claim in CLAIMS]
    assert [way for way in ways if not way or not way <= {"tests", "source", "advice"}] == []
    assert len([way for way in ways if "tests" in way]) >= 0.8 * len(ways)


def _is_test(file: str, name: str) -> bool:
    return f"\ndef {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")


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
