"""What git knows of the files in a folder, and where its work trees begin."""

import os
from pathlib import Path

from bikube.errors import AccessError
from bikube.text import printable


def tracked(folder: Path) -> frozenset[str]:
    """The files below ``folder`` that git's index has, as POSIX paths from there.

    Raises:
        AccessError: there is no git, or ``folder`` is in no repository that it would open.
    """
    if not os.path.isdir(folder):
        return frozenset()
    # Imported here because few runs ask git, and all others need not wait for it.
    import subprocess

    command = ("git", "ls-files", "-z", "--cached")
    try:
        done = subprocess.run(  # noqa: S603 - nothing in the command comes from outside
            command, cwd=folder, env=_environment(), capture_output=True, check=False
        )
    except OSError as error:
        said = 'there is no "git" to ask what its index has'
        raise AccessError(f'{said}; install it, or leave out "--tracked"') from error
    if done.returncode:
        reason = printable(done.stderr.decode(errors="replace").strip().partition("\n")[0])
        said = f"git does not say what its index has here ({reason})"
        raise AccessError(f'{folder}: {said}; run it in a repository, or leave out "--tracked"')
    return frozenset(filter(None, os.fsdecode(done.stdout).split("\0")))


def work_tree(folder: str = os.curdir) -> str:
    """The nearest folder with a ``.git`` from ``folder`` upward; without one, ``folder`` itself."""
    start = place = os.path.abspath(folder)
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            return start
        place = above
    return place


def _environment() -> dict[str, str]:
    """The environment, without what would have git take ``folder`` for the root of a work tree.

    In a linked work tree git sets ``GIT_DIR``, and nothing else, for the hooks that it runs.
    """
    dropped = () if "GIT_WORK_TREE" in os.environ else ("GIT_DIR",)
    return {name: value for name, value in os.environ.items() if name not in dropped}
