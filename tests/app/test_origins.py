"""Output that another spec has generated: refused while that spec stands for it, told if not."""

from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.runner import without_privileges
from tests.support.trees import spec, write_tree

PLACE = "bikube: deploy/aio-plant-7: "
REFUSED = (
    PLACE + "it was generated from {}, which describes this instance too;"
    " give one of the two specs another instance, or remove it\n"
)
TOLD = PLACE + "until now this was generated from {}\n"
OTHER = spec(name="c2d")


def manifests(folder: Path) -> list[str]:
    """The manifests of the instance in ``folder``."""
    return sorted(path.stem for path in folder.glob("deploy/aio-plant-7/kubernetes/reg*.yaml"))


@pytest.mark.parametrize("mode", [(), ("--check",), ("--diff",)])
def test_what_another_spec_stands_for_is_not_replaced(
    run_cli: RunCli, tmp_path: Path, mode: tuple[str, ...]
) -> None:
    """Two specs that describe one instance are told apart though a run is about one of them."""
    write_tree(tmp_path, {"a.bikube.yaml": spec(), "b.bikube.yaml": OTHER})
    assert run_cli("generate", "a.bikube.yaml", cwd=tmp_path).code == 0
    result = run_cli("generate", "b.bikube.yaml", *mode, cwd=tmp_path)
    assert (result.code, result.out) == (1, "")
    assert result.err.endswith(REFUSED.format("a.bikube.yaml") + "nothing was written\n")
    assert manifests(tmp_path) == ["registryendpoint-a1b"]


@pytest.mark.parametrize("text", ["- no spec\n", "a: [\n", "\xff"])
def test_what_is_no_spec_any_more_may_be_one_again(
    run_cli: RunCli, tmp_path: Path, text: str
) -> None:
    """A spec that cannot be read for the moment stands for its output."""
    write_tree(tmp_path, {"a.bikube.yaml": spec(), "b.bikube.yaml": OTHER})
    assert run_cli("generate", "a.bikube.yaml", cwd=tmp_path).code == 0
    (tmp_path / "a.bikube.yaml").write_bytes(text.encode("latin-1"))
    result = run_cli("generate", "b.bikube.yaml", cwd=tmp_path)
    assert (result.code, REFUSED.format("a.bikube.yaml") in result.err) == (1, True)


def test_a_spec_that_may_not_be_read_stands_for_its_output(run_cli: RunCli, tmp_path: Path) -> None:
    """Whatever it describes."""
    write_tree(tmp_path, {"a.bikube.yaml": spec(), "b.bikube.yaml": OTHER})
    assert run_cli("generate", "a.bikube.yaml", cwd=tmp_path).code == 0
    (tmp_path / "a.bikube.yaml").chmod(0)
    with without_privileges():
        result = run_cli("generate", "b.bikube.yaml", cwd=tmp_path)
    assert (result.code, REFUSED.format("a.bikube.yaml") in result.err) == (1, True)


def test_the_spec_is_looked_for_where_the_header_says(run_cli: RunCli, tmp_path: Path) -> None:
    """From the configuration, for a spec in another folder than the one that is rendered."""
    files = {
        "bikube.config.yaml": "specs: ['*/*.bikube.yaml']\n",
        "north/a.bikube.yaml": spec(),
        "south/b.bikube.yaml": OTHER,
    }
    write_tree(tmp_path, files)
    assert run_cli("generate", "north/a.bikube.yaml", cwd=tmp_path).code == 0
    result = run_cli("generate", "south/b.bikube.yaml", cwd=tmp_path)
    assert (result.code, REFUSED.format("north/a.bikube.yaml") in result.err) == (1, True)


def test_output_of_a_spec_that_is_gone_is_taken_over_with_a_word(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """Renaming a spec is everyday work; the word is said once."""
    write_tree(tmp_path, {"a.bikube.yaml": spec()})
    assert run_cli("generate", "a.bikube.yaml", cwd=tmp_path).code == 0
    (tmp_path / "a.bikube.yaml").unlink()
    write_tree(tmp_path, {"b.bikube.yaml": OTHER})
    results = [run_cli("generate", "b.bikube.yaml", cwd=tmp_path) for _ in range(2)]
    told = [TOLD.format("a.bikube.yaml") in result.err for result in results]
    assert ([result.code for result in results], told) == ([0, 0], [True, False])
    assert manifests(tmp_path) == ["registryendpoint-c2d"]


def test_a_spec_that_describes_another_instance_now_stands_for_nothing(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """Its output is taken over, too."""
    write_tree(tmp_path, {"a.bikube.yaml": spec()})
    assert run_cli("generate", "a.bikube.yaml", cwd=tmp_path).code == 0
    write_tree(tmp_path, {"a.bikube.yaml": spec("aio-new"), "b.bikube.yaml": OTHER})
    result = run_cli("generate", "b.bikube.yaml", cwd=tmp_path)
    assert (result.code, TOLD.format("a.bikube.yaml") in result.err) == (0, True)


def test_one_spec_under_two_names_is_one(run_cli: RunCli, tmp_path: Path) -> None:
    """A configuration that is new changes how headers call a spec, and a link does."""
    write_tree(tmp_path, {"north/a.bikube.yaml": spec()})
    assert run_cli("generate", "north/a.bikube.yaml", cwd=tmp_path).code == 0
    (tmp_path / "b.bikube.yaml").symlink_to("north/a.bikube.yaml")
    write_tree(tmp_path, {"bikube.config.yaml": ""})
    results = [
        run_cli("generate", name, cwd=tmp_path) for name in ("north/a.bikube.yaml", "b.bikube.yaml")
    ]
    assert [(result.code, "until now" in result.err) for result in results] == [(0, False)] * 2
