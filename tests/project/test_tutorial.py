"""The tutorial, followed to the letter: what it says to type is typed, what it shows is what comes.

Azure, the cluster and GitHub are not there: their programs note what they are asked.
"""

from pathlib import Path

import pytest
from tests.support.follow import follow, outputs_of, rewrite_outputs, shown_in
from tests.support.prose import page
from tests.support.shell import Shell, run_script

TUTORIAL = page("docs/tutorial.md")
ANSWERS = {
    "principalId": "3b1d6f0e-5a77-4c59-8f1e-2d9c0a4b6e81",
    "clientId": "3f6c1c4e-8d0b-4c67-9a44-0d1f6b2e7a91",
    "tenantId": "8b0de7a2-5f39-4d86-b1c3-74e9a5d02c6f",
    "--query id": "/subscriptions/5e2b9d14-73c6-4f0a-8d51-c9e4f6a1b328",
}
TOKEN = "not-in-any-file"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing in it."""
    return tmp_path_factory.mktemp("tutorial") / "work"


@pytest.fixture(scope="module")
def followed(work: Path) -> Shell:
    """Everything, typed."""
    work.mkdir()
    return follow(TUTORIAL, work, answers=ANSWERS, stdin=f"{TOKEN}\n")


def test_every_command_works(followed: Shell) -> None:
    """None fails, none uses a name that was not set, and each block is of a sort that is known."""
    assert (followed.code, followed.output) == (0, "")
    assert [call for call in followed.calls if "" in call] == []
    languages = {block.language for block in TUTORIAL.blocks()}
    assert languages == {"bash", "text", "yaml", "gitattributes"}


@pytest.mark.usefixtures("followed")
def test_what_it_shows_is_what_comes(work: Path, update_golden: bool) -> None:
    """Each output that the page shows is that of the commands before it."""
    came = outputs_of(TUTORIAL, work)
    if update_golden:
        rewrite_outputs(TUTORIAL, came)
        return
    shown = shown_in(TUTORIAL)
    assert came == shown
    assert len(shown) == 3


def test_the_roles_are_those_of_the_right_identities(followed: Shell) -> None:
    """AcrPull is for what the list of extensions answers, and both are given by object ids."""
    given = [call for call in followed.calls if call[1:4] == ["role", "assignment", "create"]]
    assert [(call[call.index("--role") + 1], ANSWERS["principalId"] in call) for call in given] == [
        ("AcrPull", True),
        ("Azure IoT Operations Administrator", True),
    ]


def test_the_token_goes_to_the_cluster_only(followed: Shell, work: Path) -> None:
    """No file has it, and no other program gets it."""
    assert [call[0] for call in followed.calls if TOKEN in " ".join(call)] == ["kubectl"]
    files = [path for path in work.rglob("*") if path.is_file()]
    assert [path for path in files if TOKEN.encode() in path.read_bytes()] == []


def test_what_is_deployed_is_committed(followed: Shell, work: Path) -> None:
    """The template of the last step is there, and git has it as the spec generates it."""
    (deployment,) = (call for call in followed.calls if call[1:3] == ["deployment", "group"])
    plants = work / "plants"
    assert (plants / deployment[-1]).is_file()
    script = "bikube generate --check --tracked > /dev/null 2>&1 && git status --porcelain"
    checked = run_script(script, plants)
    assert (checked.code, checked.output) == (0, "")
