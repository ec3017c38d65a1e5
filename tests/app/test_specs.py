"""Which specs a run is about: those that are named, or those of the nearest configuration."""

from pathlib import Path

from tests.conftest import RunCli
from tests.support.trees import spec, write_tree


def test_the_spec_beside_the_configuration_is_meant_in_every_folder_below(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """A configuration without ``specs`` means the ``bikube.yaml`` beside it."""
    write_tree(tmp_path, {"bikube.config.yaml": "out: d\n", "a/b/notes": "", "bikube.yaml": spec()})
    results = [run_cli("lint", cwd=tmp_path / folder) for folder in ("", "a/b")]
    assert [(result.code, result.err) for result in results] == [(0, "2 infos in 1 spec\n")] * 2


def test_without_a_configuration_the_spec_of_the_working_directory_is_meant(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """No spec of a folder above is looked for."""
    write_tree(tmp_path, {"a/notes": "", "bikube.yaml": spec()})
    result = run_cli("lint", cwd=tmp_path / "a")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith('bikube: no spec is named, and there is no "bikube.yaml"; ')
