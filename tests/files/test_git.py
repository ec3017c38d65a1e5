"""What git's index has: asked of the real git, in the places where hooks and users run it."""

from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.distribution import commit, git
from tests.support.trees import spec, write_tree

from bikube.errors import AccessError
from bikube.files.git import tracked


def test_files_are_named_from_the_folder(tmp_path: Path) -> None:
    """The index is read, not the disk; names are the ones that the files have."""
    commit(write_tree(tmp_path, {"a/b/ü c.yaml": "", "a/d": "", "e": ""}))
    write_tree(tmp_path, {"a/new": "", "a/staged": ""})
    (tmp_path / "a/d").unlink()
    git(tmp_path, "add", "a/staged")
    assert sorted(tracked(tmp_path / "a")) == ["b/ü c.yaml", "d", "staged"]
    assert tracked(tmp_path / "missing") == frozenset()


def test_hooks_in_linked_work_trees_are_told_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There git sets GIT_DIR, by which the folder would count as the root; a user's own stays."""
    main = write_tree(tmp_path / "main", {"a/b": ""})
    commit(main)
    git(main, "worktree", "add", "-q", str(tmp_path / "linked"))
    monkeypatch.setenv("GIT_DIR", str(main / ".git/worktrees/linked"))
    assert tracked(tmp_path / "linked/a") == {"b"}
    bare = tmp_path / "bare"
    (main / ".git").rename(bare)
    monkeypatch.setenv("GIT_DIR", str(bare))
    monkeypatch.setenv("GIT_WORK_TREE", str(main))
    assert tracked(main / "a") == {"b"}


def test_outside_of_a_repository_there_is_no_answer(
    run_cli: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is no drift: the run ends with exit code 2, and says what to do."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write_tree(tmp_path, {"bikube.yaml": spec()})
    run_cli("generate", cwd=tmp_path)
    result = run_cli("generate", "--check", "--tracked", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert (
        "bikube: deploy: git does not say what its index has here (fatal: not a git" in result.err
    )
    assert result.err.endswith('); run it in a repository, or leave out "--tracked"\n')


def test_without_git_there_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing program is said to be missing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AccessError) as caught:
        tracked(tmp_path)
    assert str(caught.value) == (
        'there is no "git" to ask what its index has; install it, or leave out "--tracked"'
    )


def test_what_the_index_does_not_have_is_drift(run_cli: RunCli, tmp_path: Path) -> None:
    """New, ignored and changed files are named, until git has them; without --tracked none is."""
    write_tree(tmp_path, {"bikube.yaml": spec(), ".gitignore": "*.bicep\n"})
    run_cli("generate", cwd=tmp_path)
    commit(tmp_path)
    write_tree(tmp_path, {"bikube.yaml": spec(name="c2d")})
    run_cli("generate", cwd=tmp_path)
    checked = run_cli("generate", "--check", "--tracked", cwd=tmp_path)
    shown = run_cli("generate", "--diff", "--tracked", cwd=tmp_path)
    unasked = run_cli("generate", "--check", cwd=tmp_path)
    git(tmp_path, "add", "--force", "deploy")
    added = run_cli("generate", "--check", "--tracked", cwd=tmp_path)
    named = [
        "untracked deploy/aio-plant-7/bicep/main.bicep",
        "untracked deploy/aio-plant-7/kubernetes/registryendpoint-c2d.yaml",
    ]
    told = 'generated and not in git: 2 files; run "git add"'
    assert (checked.code, checked.out.splitlines()) == (1, named)
    assert checked.err.splitlines()[-1] == told
    assert (shown.code, shown.out, shown.err.splitlines()[-3:]) == (1, "", [*named, told])
    assert [(one.code, one.out) for one in (unasked, added)] == [(0, "")] * 2


def test_a_run_that_writes_does_not_ask_git(run_cli: RunCli, tmp_path: Path) -> None:
    """What it writes is new, and not in git yet."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    result = run_cli("generate", "--tracked", cwd=tmp_path)
    told = 'bikube: "--tracked" is about what is there; add "--check" or "--diff"\n'
    assert (result.code, result.out, result.err) == (2, "", told)
    assert not (tmp_path / "deploy").exists()
