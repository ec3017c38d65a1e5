"""Writing: whole files only, below the output folder only, and never over those of others."""

import fcntl
import os
import random
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.runner import PROGRAM, open_to_all, run_program, without_privileges
from tests.support.trees import spec, write_tree

LEFTOVER = f".{'0a' * 16}.bikube-tmp"
MANIFESTS = "deploy/aio-plant-7/kubernetes"


def many(count: int, host: str) -> str:
    """A spec of many endpoints."""
    entries = "".join(
        f"  - {{name: endpoint-{number}, host: {host}{number}.example.org,"
        " authentication: {method: Anonymous}}\n"
        for number in range(count)
    )
    return spec().partition("registryEndpoints")[0] + f"registryEndpoints:\n{entries}"


def files(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@contextmanager
def open_folder(path: Path) -> Iterator[int]:
    """A descriptor of the folder ``path``."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[Path]:
    """A folder whose rights a test may take away."""
    yield tmp_path
    open_to_all(tmp_path)


def test_a_killed_run_leaves_whole_files_only(run_cli: RunCli, tmp_path: Path) -> None:
    """Killed at any moment, a run leaves each file as it was or as it is to be."""
    versions = {}
    for name in ("old", "new"):
        write_tree(tmp_path / name, {"bikube.yaml": many(600, name)})
        assert run_cli("generate", cwd=tmp_path / name).code == 0
        versions[name] = files(tmp_path / name / "deploy")
    work = tmp_path / "work"
    killed = 0
    for delay in (0, 0.01, 0.02, 0.04):
        shutil.rmtree(work, ignore_errors=True)
        write_tree(work, {"bikube.yaml": many(600, "new")})
        shutil.copytree(tmp_path / "old" / "deploy", work / "deploy")
        killed += _kill_while_it_writes(work, delay + random.random() / 100)  # noqa: S311
        for path, data in files(work / "deploy").items():
            if not path.startswith("."):
                assert data in (versions["old"][path], versions["new"][path])
        assert run_cli("generate", cwd=work).code == 0
        assert files(work / "deploy") == versions["new"]
    assert killed > 0


def _kill_while_it_writes(work: Path, delay: float) -> bool:
    """Kills a run ``delay`` seconds after its first file; whether it had not ended by then."""
    first = min((work / "deploy/aio-plant-7/bicep").iterdir())
    before = first.stat().st_mtime_ns
    with subprocess.Popen(
        [*PROGRAM, "generate"], cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None and first.stat().st_mtime_ns == before:
            time.sleep(0.001)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


def test_leftovers_are_swept_where_nothing_changes(run_cli: RunCli, tmp_path: Path) -> None:
    """What a killed run left behind goes with the next run, even if that has nothing to write."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    assert run_cli("generate", cwd=tmp_path).code == 0
    write_tree(tmp_path / "deploy" / LEFTOVER, {"0/registryendpoint-a1b.yaml": "half"})
    assert run_cli("generate", "--check", cwd=tmp_path).code == 0
    assert (tmp_path / "deploy" / LEFTOVER).exists()
    assert run_cli("generate", cwd=tmp_path).code == 0
    assert [path.name for path in (tmp_path / "deploy").iterdir()] == ["aio-plant-7"]


def test_what_a_living_run_is_writing_is_not_swept(run_cli: RunCli, tmp_path: Path) -> None:
    """Only what nobody has locked any more is a leftover."""
    write_tree(tmp_path, {"bikube.yaml": spec(), f"deploy/{LEFTOVER}/0/main.bicep": "half"})
    with open_folder(tmp_path / "deploy" / LEFTOVER) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        assert run_cli("generate", cwd=tmp_path).code == 0
    assert (tmp_path / "deploy" / LEFTOVER / "0/main.bicep").read_text() == "half"


def test_links_in_place_of_files_are_not_followed(run_cli: RunCli, tmp_path: Path) -> None:
    """A link where a manifest should go is a clear finding, and what it leads to stays."""
    name = f"{MANIFESTS}/registryendpoint-a1b.yaml"
    write_tree(tmp_path, {"bikube.yaml": spec(), "mine": "mine\n"})
    (tmp_path / MANIFESTS).mkdir(parents=True)
    (tmp_path / name).symlink_to(tmp_path / "mine")
    result = run_cli("generate", cwd=tmp_path)
    assert result.code == 1
    assert result.err.endswith(
        f"bikube: {name}: a link is in its place; remove the link\nnothing was written\n"
    )
    assert (tmp_path / "mine").read_text() == "mine\n"
    assert not (tmp_path / "deploy/aio-plant-7/bicep").exists()


def test_the_output_folder_itself_may_be_a_link(run_cli: RunCli, tmp_path: Path) -> None:
    """Where output goes is the user's choice; only what is below is bikube's."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "deploy").symlink_to(tmp_path / "elsewhere")
    write_tree(tmp_path, {"bikube.yaml": spec()})
    assert run_cli("generate", cwd=tmp_path).code == 0
    assert (tmp_path / "elsewhere/aio-plant-7/bicep/main.bicep").is_file()


def test_links_that_lead_in_circles_are_told(run_cli: RunCli, tmp_path: Path) -> None:
    """An output folder that no system can open is exit code 2."""
    (tmp_path / "deploy").symlink_to(tmp_path / "deploy")
    write_tree(tmp_path, {"bikube.yaml": spec()})
    result = run_cli("generate", cwd=tmp_path)
    assert result.code == 2
    assert "bikube: deploy: " in result.err


def test_what_is_neither_file_nor_folder_blocks(run_cli: RunCli, tmp_path: Path) -> None:
    """A pipe in the place of a file is not opened, or the run would never end."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    (tmp_path / "deploy/aio-plant-7/bicep").mkdir(parents=True)
    os.mkfifo(tmp_path / "deploy/aio-plant-7/bicep/main.bicep")
    result = run_cli("generate", cwd=tmp_path)
    assert result.code == 1
    assert "something else than a file is in its place; move it away" in result.err


def test_a_file_of_any_size_is_not_read_as_a_whole(run_cli: RunCli, tmp_path: Path) -> None:
    """What is larger than any output is in the way, and takes no memory."""
    write_tree(tmp_path, {"bikube.yaml": spec(), "deploy/aio-plant-7/bicep/main.bicep": ""})
    os.truncate(tmp_path / "deploy/aio-plant-7/bicep/main.bicep", 1 << 40)
    result = run_cli("generate", cwd=tmp_path)
    assert result.code == 1
    assert "a file too large to be bikube's is in its place; move it away" in result.err


def test_a_torn_file_does_not_stop_the_next_run(run_cli: RunCli, tmp_path: Path) -> None:
    """After a power cut a check finds what is lost, and the next run writes it."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    assert run_cli("generate", cwd=tmp_path).code == 0
    whole = files(tmp_path / "deploy")
    for size, name in enumerate(whole):
        os.truncate(tmp_path / "deploy" / name, 9 * size)
    checked = run_cli("generate", "--check", cwd=tmp_path)
    assert (checked.code, len(checked.out.splitlines())) == (1, len(whole))
    assert run_cli("generate", cwd=tmp_path).code == 0
    assert files(tmp_path / "deploy") == whole


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("x" * 300, "file name too long; choose a shorter path"),
        ("bikube.yaml", "a file is where a folder must be; move it away"),
        ("bikube.yaml/x", "a part of the path is a file, not a folder; check the path"),
        (os.devnull, "a file is where a folder must be; move it away"),
    ],
)
def test_an_output_folder_that_cannot_be_is_told(
    run_cli: RunCli, tmp_path: Path, out: str, said: str
) -> None:
    """Exit code is 2, with the path and the reason, and nothing is written."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    result = run_cli("generate", "--out", out, cwd=tmp_path)
    assert (result.code, list(files(tmp_path))) == (2, ["bikube.yaml"])
    assert result.err.splitlines()[-1].endswith(f": {said}")


def test_an_output_folder_with_a_nul_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    """A path that no system takes is exit code 2, and its characters are escaped."""
    write_tree(tmp_path, {"bikube.yaml": spec(), "bikube.config.yaml": 'out: "a\\0b"\n'})
    result = run_cli("generate", cwd=tmp_path)
    assert (result.code, "\0" in result.err) == (2, False)
    assert result.err.splitlines()[-1] == "bikube: a\\x00b: this is no path; name a folder"


@pytest.mark.parametrize("mode", [0o555, 0o000])
@pytest.mark.parametrize("folder", ["deploy", "deploy/aio-plant-7", "deploy/aio-plant-7/bicep"])
def test_an_output_folder_without_rights_is_told(
    run_cli: RunCli, writable: Path, folder: str, mode: int
) -> None:
    """Where nothing may be written or read, exit code is 2 and everything stays as it is."""
    write_tree(writable, {"bikube.yaml": spec()})
    assert run_cli("generate", cwd=writable).code == 0
    write_tree(writable, {"bikube.yaml": spec(host="other7.azurecr.io")})
    before = files(writable)
    open_to_all(writable)
    (writable / folder).chmod(mode)
    with without_privileges():
        result = run_cli("generate", "--target", "bicep", cwd=writable)
    open_to_all(writable)
    if mode == 0o555 and folder == "deploy/aio-plant-7":
        assert result.code == 0  # Nothing is to be written in there.
        return
    assert result.code == 2
    assert result.err.endswith("permission denied; check the rights on it\n")
    assert files(writable) == before


def limited(cwd: Path) -> str:
    """Runs ``generate`` where no file may have 1,000 bytes, and gives what it says last."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    result = run_program("generate", "--target", "kubernetes", cwd=cwd, preexec_fn=limit)
    assert result.returncode == 2
    return result.stderr.decode().splitlines()[-1]


FULL = f"bikube: {MANIFESTS}/kustomization.yaml: file too large; "


def test_on_a_full_disk_a_new_folder_does_not_appear(tmp_path: Path) -> None:
    """A folder that cannot be written whole is not there, and nothing is left over."""
    write_tree(tmp_path, {"bikube.yaml": many(40, "a")})
    assert limited(tmp_path).startswith(FULL)
    assert list(files(tmp_path)) == ["bikube.yaml"]


def test_on_a_full_disk_nothing_changes(run_cli: RunCli, tmp_path: Path) -> None:
    """As long as not all can be written, nothing of it takes its place."""
    write_tree(tmp_path, {"bikube.yaml": many(20, "old")})
    assert run_cli("generate", "--target", "kubernetes", cwd=tmp_path).code == 0
    old = files(tmp_path / "deploy")
    write_tree(tmp_path, {"bikube.yaml": many(40, "new")})
    assert limited(tmp_path).startswith(FULL)
    assert files(tmp_path / "deploy") == old


def test_a_first_run_that_is_killed_leaves_no_half_folder(tmp_path: Path) -> None:
    """Killed at any moment, a target's folder is whole or not there."""
    write_tree(tmp_path, {"bikube.yaml": many(600, "a")})
    folder = tmp_path / "deploy/aio-plant-7"
    seen = set()
    for _ in range(4):
        shutil.rmtree(tmp_path / "deploy", ignore_errors=True)
        with subprocess.Popen(
            [*PROGRAM, "generate"],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            while process.poll() is None and not folder.exists():
                time.sleep(0.001)
            time.sleep(random.random() / 100)  # noqa: S311
            process.send_signal(signal.SIGKILL)
        counts = {path.name: len(list(path.iterdir())) for path in folder.iterdir()}
        seen.add(process.returncode)
        whole = {name: count for name, count in counts.items() if not name.startswith(".")}
        assert whole.items() <= {"bicep": 1, "kubernetes": 601}.items()
    assert -signal.SIGKILL in seen


def test_the_kustomization_is_written_after_what_it_lists(run_cli: RunCli, tmp_path: Path) -> None:
    """At no time does the list name a file that is not there yet."""
    for number in (5, 20):
        write_tree(tmp_path, {"bikube.yaml": many(number, f"a{number}")})
        assert run_cli("generate", cwd=tmp_path).code == 0
    folder = tmp_path / MANIFESTS
    times = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert times["kustomization.yaml"] == max(times.values())


def test_rights_of_new_files_are_those_that_the_user_set(tmp_path: Path) -> None:
    """New files are as readable as the user's mask lets them be."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    result = run_program("generate", cwd=tmp_path, preexec_fn=lambda: os.umask(0o027) and None)
    modes = {
        stat.S_IMODE(path.stat().st_mode)
        for path in (tmp_path / "deploy").rglob("*")
        if path.is_file()
    }
    assert (result.returncode, modes) == (0, {0o640})


SAID = (
    "bikube: deploy/aio-old: no spec describes this instance;"
    ' "bikube generate --prune" removes what is generated\n'
)


def _rename(run_cli: RunCli, folder: Path) -> None:
    """Generates for one instance, and has the spec describe another, beside files of a user's."""
    write_tree(folder, {"bikube.yaml": spec("aio-old")})
    assert run_cli("generate", cwd=folder).err.count("aio-old") == 0
    theirs = {"deploy/theirs/bicep/main.bicep": "// mine\n", "deploy/README.md": "mine\n"}
    write_tree(folder, {**theirs, "bikube.yaml": spec("aio-new")})


def _files(folder: Path) -> list[str]:
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*.*"))


def test_output_that_no_spec_has_any_more_is_drift(run_cli: RunCli, tmp_path: Path) -> None:
    """It stays, but a run over all specs names it, and a check fails, with what to do."""
    _rename(run_cli, tmp_path)
    made = run_cli("generate", cwd=tmp_path)
    checked = run_cli("generate", "--check", cwd=tmp_path)
    shown = run_cli("generate", "--diff", "--target", "bicep", cwd=tmp_path)
    assert [(one.code, one.err.count(SAID)) for one in (made, checked, shown)] == [
        (0, 1),
        (1, 1),
        (1, 1),
    ]
    assert checked.out.splitlines() == [
        "would delete deploy/aio-old/bicep/main.bicep",
        "would delete deploy/aio-old/kubernetes/kustomization.yaml",
        "would delete deploy/aio-old/kubernetes/registryendpoint-a1b.yaml",
    ]
    assert checked.err.endswith('\n3 files would change; run "bikube generate --prune"\n')
    assert shown.out.startswith("--- deploy/aio-old/bicep/main.bicep\n+++ /dev/null\n")
    assert (tmp_path / "deploy/aio-old/bicep/main.bicep").is_file()


@pytest.mark.parametrize(
    "arguments", [("bikube.yaml",), ("--exclude", "other/"), ("--out", "deploy")]
)
def test_a_run_about_some_specs_knows_no_leftovers(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Another spec may describe the instance; so such a run cannot prune either."""
    _rename(run_cli, tmp_path)
    made = run_cli("generate", *arguments, cwd=tmp_path)
    checked = run_cli("generate", "--check", *arguments, cwd=tmp_path)
    pruned = run_cli("generate", "--prune", *arguments, cwd=tmp_path)
    assert [(one.code, "aio-old" in one.err) for one in (made, checked)] == [(0, False)] * 2
    assert (pruned.code, pruned.out) == (2, "")
    assert pruned.err == (
        'bikube: "--prune" removes what no spec of a configuration describes; a run about all of'
        " them is expected; leave out SPEC, --exclude, and --out where there is no configuration\n"
    )


def test_prune_removes_what_is_generated_and_nothing_else(run_cli: RunCli, tmp_path: Path) -> None:
    """A folder goes with its last file; one with a file of a user's stays, and so does that."""
    _rename(run_cli, tmp_path)
    write_tree(tmp_path, {"deploy/aio-old/kubernetes/mine.yaml": "mine: 1\n"})
    pruned = run_cli("generate", "--prune", cwd=tmp_path)
    checked = run_cli("generate", "--check", cwd=tmp_path)
    assert (pruned.code, pruned.out.splitlines()) == (
        0,
        [
            "deploy/aio-new: 3 files (3 created)",
            "deploy/aio-old: 0 files (3 removed)",
        ],
    )
    assert "no spec describes" not in pruned.err
    assert (checked.code, checked.out) == (0, "")
    assert _files(tmp_path / "deploy") == [
        "README.md",
        "aio-new/bicep/main.bicep",
        "aio-new/kubernetes/kustomization.yaml",
        "aio-new/kubernetes/registryendpoint-a1b.yaml",
        "aio-old/kubernetes/mine.yaml",
        "theirs/bicep/main.bicep",
    ]
    assert not (tmp_path / "deploy/aio-old/bicep").exists()
    (tmp_path / "deploy/aio-old/kubernetes/mine.yaml").unlink()
    assert run_cli("generate", "--prune", cwd=tmp_path).code == 0
    assert (tmp_path / "deploy/aio-old/kubernetes").is_dir()


def test_out_is_judged_by_all_specs_of_a_configuration(run_cli: RunCli, tmp_path: Path) -> None:
    """Where a configuration says which specs there are, another output folder is theirs too."""
    write_tree(tmp_path, {"bikube.config.yaml": "out: unused\n"})
    write_tree(tmp_path, {"bikube.yaml": spec("aio-old")})
    run_cli("generate", "--out", "deploy", cwd=tmp_path)
    write_tree(tmp_path, {"bikube.yaml": spec("aio-new")})
    checked = run_cli("generate", "--check", "--out", "deploy", cwd=tmp_path)
    assert (checked.code, checked.err.count(SAID)) == (1, 1)


def test_prune_removes_the_whole_folder_of_an_instance(run_cli: RunCli, tmp_path: Path) -> None:
    """A deleted spec leaves nothing behind, not even where it was the only one in its folder."""
    config = {"bikube.config.yaml": "specs: ['*.bikube.yaml']\n"}
    write_tree(tmp_path, {**config, "a.bikube.yaml": spec("aio-a"), "b.bikube.yaml": spec("aio-b")})
    run_cli("generate", cwd=tmp_path)
    (tmp_path / "a.bikube.yaml").unlink()
    pruned = run_cli("generate", "--prune", cwd=tmp_path)
    assert pruned.out == "deploy/aio-b: 3 files (3 unchanged)\ndeploy/aio-a: 0 files (3 removed)\n"
    assert [one.name for one in (tmp_path / "deploy").iterdir()] == ["aio-b"]


def test_prune_removes_nothing_while_a_file_is_in_the_way(run_cli: RunCli, tmp_path: Path) -> None:
    """A run that cannot write all does not remove anything; one that checks never does."""
    _rename(run_cli, tmp_path)
    write_tree(tmp_path, {"deploy/aio-new/bicep/main.bicep": "// mine\n"})
    blocked = run_cli("generate", "--prune", cwd=tmp_path)
    (tmp_path / "deploy/aio-new/bicep/main.bicep").unlink()
    checked = run_cli("generate", "--prune", "--check", cwd=tmp_path)
    assert [one.code for one in (blocked, checked)] == [1, 1]
    assert (tmp_path / "deploy/aio-old/bicep/main.bicep").is_file()


def test_prune_follows_no_link(run_cli: RunCli, tmp_path: Path) -> None:
    """What is generated elsewhere is not removed through a link below the output folder."""
    _rename(run_cli, tmp_path)
    (tmp_path / "deploy/aio-old/bicep").rename(tmp_path / "elsewhere")
    (tmp_path / "deploy/aio-old/bicep").symlink_to(tmp_path / "elsewhere")
    pruned = run_cli("generate", "--prune", cwd=tmp_path)
    assert (pruned.code, "deploy/aio-old: 0 files (2 removed)\n" in pruned.out) == (0, True)
    assert (tmp_path / "elsewhere/main.bicep").is_file()


def test_only_the_folders_of_the_specs_are_touched(run_cli: RunCli, tmp_path: Path) -> None:
    """Another instance's files, and files beside the instances, are left alone."""
    write_tree(tmp_path, {"a.bikube.yaml": spec("aio-a"), "b.bikube.yaml": spec("aio-b")})
    assert run_cli("generate", "a.bikube.yaml", "b.bikube.yaml", cwd=tmp_path).code == 0
    write_tree(tmp_path, {"deploy/mine.yaml": "a: 1\n", "deploy/aio-b/mine.yaml": "a: 1\n"})
    before = files(tmp_path / "deploy")
    write_tree(tmp_path, {"a.bikube.yaml": spec("aio-a", name="c2d")})
    assert run_cli("generate", "a.bikube.yaml", cwd=tmp_path).code == 0
    after = files(tmp_path / "deploy")
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert {path.split("/")[0] for path in changed} == {"aio-a"}


def test_a_spec_that_loses_all_resources_loses_its_files(run_cli: RunCli, tmp_path: Path) -> None:
    """Without resources there are no files, and stale ones are removed."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    assert run_cli("generate", cwd=tmp_path).code == 0
    write_tree(tmp_path, {"bikube.yaml": spec().partition("registryEndpoints")[0]})
    result = run_cli("generate", cwd=tmp_path)
    assert (result.code, files(tmp_path / "deploy")) == (0, {})


def test_hidden_files_of_others_stay(run_cli: RunCli, tmp_path: Path) -> None:
    """Only what bikube itself left half-written goes: a point before and its own end behind."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    theirs = {
        f"{folder}/{name}": "mine\n"
        for folder in ("deploy", "deploy/aio-plant-7", MANIFESTS, "deploy/aio-plant-7/bicep")
        for name in (".gitkeep", ".keep/me", "notes.bikube-tmp", ".old.bikube-tmp/me")
    }
    write_tree(tmp_path, theirs)
    assert run_cli("generate", cwd=tmp_path).code == 0
    write_tree(tmp_path, {"bikube.yaml": spec(name="c2d")})
    assert run_cli("generate", cwd=tmp_path).code == 0
    after = files(tmp_path)
    assert {name: after.get(name) for name in theirs} == dict.fromkeys(theirs, b"mine\n")


def test_a_leftover_that_is_a_link_to_a_folder_is_not_followed(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """The link goes, the folder that it leads to stays as it is."""
    write_tree(tmp_path, {"bikube.yaml": spec(), "mine/mine": "mine\n"})
    link = tmp_path / "deploy" / LEFTOVER
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "mine")
    assert run_cli("generate", cwd=tmp_path).code == 0
    assert (link.is_symlink(), files(tmp_path / "mine")) == (False, {"mine": b"mine\n"})


def test_output_that_a_spec_has_is_left_over_by_nobody(run_cli: RunCli, tmp_path: Path) -> None:
    """The folders of the instances that are described are named by no warning."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    results = [run_cli("generate", cwd=tmp_path) for _ in range(2)]
    assert results[1].err == results[0].err
    assert "no spec describes" not in results[1].err


def test_a_kustomization_lists_its_files_by_name(run_cli: RunCli, tmp_path: Path) -> None:
    """Their order is that of the folder, whatever the order of the names without their ends."""
    entries = "".join(
        f"  - {{name: {name}, host: {name}.example.org, authentication: {{method: Anonymous}}}}\n"
        for name in ("bcd", "abc", "abc-d")
    )
    text = spec().partition("registryEndpoints")[0] + f"registryEndpoints:\n{entries}"
    write_tree(tmp_path, {"bikube.yaml": text})
    assert run_cli("generate", cwd=tmp_path).code == 0
    listing = (tmp_path / MANIFESTS / "kustomization.yaml").read_text().splitlines()
    names = [f"registryendpoint-{name}.yaml" for name in ("abc-d", "abc", "bcd")]
    assert [line.removeprefix("  - ") for line in listing[-3:]] == names
    assert sorted(names) == names
