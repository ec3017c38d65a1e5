"""Where paths lead."""

from pathlib import Path

import pytest

from bikube.files.bounds import is_within


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("in", True),
        ("in/deep/er", True),
        ("in/../in/x", True),
        ("in/../inner", False),
        ("inner", False),
        (".", False),
        ("in/out", False),
        ("in/out/..", False),
        ("in/loop", True),
        ("/", False),
        ("a\0b", True),
        ("\ud800", True),
    ],
)
def test_all_links_are_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, inside: bool
) -> None:
    """What the system can have no file of leads nowhere else."""
    monkeypatch.chdir(tmp_path)
    for folder in ("in", "other/deep"):
        Path(folder).mkdir(parents=True)
    Path("in/out").symlink_to("../other/deep")
    Path("in/loop").symlink_to("loop")
    assert is_within(path, str(tmp_path / "in")) is inside
