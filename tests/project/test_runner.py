"""Rights on files count in tests, whoever runs them and wherever the checkout is."""

import importlib
import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.runner import open_to_all, without_privileges

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")


def _may(path: Path) -> list[bool]:
    """Whether ``path``, a folder with the file ``a``, may be listed, read in and written to."""
    found = []
    uses: tuple[Callable[[], object], ...] = (
        lambda: list(path.iterdir()),
        (path / "a").read_bytes,
        (path / "new").mkdir,
    )
    for use in uses:
        try:
            use()
            found.append(True)
        except PermissionError:
            found.append(False)
    if found[-1]:
        (path / "new").rmdir()
    return found


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (0o777, [True, True, True]),
        (0o555, [True, True, False]),
        (0o111, [False, True, False]),
        (0o000, [False, False, False]),
    ],
)
def test_what_rights_do_not_allow_is_refused(
    tmp_path: Path, mode: int, expected: list[bool]
) -> None:
    """A folder is listed, read in and written to as its rights say, and afterwards as before."""
    (tmp_path / "a").write_bytes(b"")
    open_to_all(tmp_path)
    before = _may(tmp_path)
    tmp_path.chmod(mode)
    with without_privileges():
        inside = _may(tmp_path)
    tmp_path.chmod(0o777)
    assert (before, inside, _may(tmp_path)) == ([True] * 3, expected, [True] * 3)


def test_rights_are_as_before_after_a_failure(tmp_path: Path) -> None:
    """An exception inside gives back what was taken."""
    (tmp_path / "a").write_bytes(b"")
    before = _rights(tmp_path)
    with pytest.raises(KeyError), without_privileges():
        raise KeyError
    assert _rights(tmp_path) == before


def _rights(folder: Path) -> list[bool]:
    folder.chmod(0)
    found = _may(folder)
    folder.chmod(0o777)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere root becomes nobody")
def test_a_closed_folder_of_ones_own_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module below a folder that only its owner may enter can be imported inside."""
    folder = tmp_path / "owner"
    folder.mkdir(mode=0o700)
    (folder / "of_the_owner_only.py").write_text("FACT = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    with without_privileges():
        module = importlib.import_module("of_the_owner_only")
    assert module.FACT == 1
    del sys.modules["of_the_owner_only"]
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere root becomes nobody")
def test_a_thread_inside_has_no_more_rights(tmp_path: Path) -> None:
    """What is started inside is refused the same."""
    tmp_path.chmod(0)
    found: list[bool] = []
    with without_privileges():
        thread = threading.Thread(target=lambda: found.extend(_may(tmp_path)))
        thread.start()
        thread.join()
    tmp_path.chmod(0o777)
    assert found == [False, False, False]
