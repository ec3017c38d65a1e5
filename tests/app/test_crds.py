"""``bikube crds``: definitions for test clusters, printed and written."""

import os
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from tests.conftest import RunCli

from bikube.azure import known_versions
from bikube.crd import definition, kinds_in

EXPECTED = Path(__file__).parent / "crds.yaml"
KINDS = 10


def test_the_definitions_are_the_expected_ones(run_cli: RunCli, *, update_golden: bool) -> None:
    """What is printed without options is the committed file, byte by byte."""
    result = run_cli("crds")
    if update_golden:
        EXPECTED.write_text(result.out, encoding="utf-8", newline="")

    assert (result.code, result.err) == (0, "")
    assert result.out == EXPECTED.read_text(encoding="utf-8")


def test_what_is_printed_reads_back_as_the_definitions(run_cli: RunCli) -> None:
    """Each document is one definition to a reader of YAML that is not bikube's."""
    version = known_versions()[-1]
    result = run_cli("crds", "--api-version", version)

    documents = list(YAML(typ="safe", pure=True).load_all(result.out))
    assert documents == [definition(kind, version) for kind in kinds_in(version)]


def test_a_folder_gets_a_file_for_each_kind(run_cli: RunCli, tmp_path: Path) -> None:
    """The files are called as the definitions are, and are told; all in all they say the same."""
    result = run_cli("crds", "--out", "here/crds", cwd=tmp_path)
    again = run_cli("crds", "--out", "here/crds", "--api-version", "2024-11-01", cwd=tmp_path)

    files = sorted((tmp_path / "here" / "crds").iterdir())
    assert (result.code, again.code) == (0, 0)
    assert sorted(result.out.splitlines()) == [str(file.relative_to(tmp_path)) for file in files]
    assert len(files) == KINDS
    header = run_cli("crds", "--api-version", "2024-11-01").out.partition("---")[0]
    written = {file.name: file.read_text(encoding="utf-8") for file in files}
    assert written["brokers.mqttbroker.iotoperations.azure.com.yaml"].startswith(header)


@pytest.mark.parametrize("name", ["crds.yaml", "CRDS.YML"])
def test_a_file_gets_all_of_them(name: str, run_cli: RunCli, tmp_path: Path) -> None:
    """A name that ends like one of YAML is a file."""
    result = run_cli("crds", "--out", name, cwd=tmp_path)

    assert (result.code, result.out) == (0, f"{name}\n")
    assert (tmp_path / name).read_text(encoding="utf-8") == run_cli("crds").out


def test_a_folder_that_is_called_like_a_file_is_a_folder(run_cli: RunCli, tmp_path: Path) -> None:
    """What is there decides before its name does."""
    (tmp_path / "crds.yaml").mkdir()

    assert run_cli("crds", "--out", "crds.yaml", cwd=tmp_path).code == 0
    assert len(list((tmp_path / "crds.yaml").iterdir())) == KINDS


def test_a_stream_gets_all_of_them_and_nothing_else(run_cli: RunCli, tmp_path: Path) -> None:
    """What is open already, or a device, is written to as it is, and not told among the files."""
    log = tmp_path / "log"
    log.write_text("# earlier\n", encoding="utf-8")
    with log.open("a", encoding="utf-8") as stream:
        added = run_cli("crds", "--out", f"/dev/fd/{stream.fileno()}")
    device = run_cli("crds", "--out", os.devnull)

    assert (added, device) == ((0, "", ""), (0, "", ""))
    assert log.read_text(encoding="utf-8") == f"# earlier\n{run_cli('crds').out}"


def test_what_is_somebody_elses_is_not_overwritten(run_cli: RunCli, tmp_path: Path) -> None:
    """AIO's own definitions, dumped into the same folder, stay; nothing else is written either."""
    name = "brokers.mqttbroker.iotoperations.azure.com.yaml"
    (tmp_path / name).write_text("apiVersion: apiextensions.k8s.io/v1\n", encoding="utf-8")

    result = run_cli("crds", "--out", ".", cwd=tmp_path)

    said = f'{name} is there already and not from "bikube crds"; move it away'
    assert (result.code, result.out, result.err) == (2, "", f"bikube: {said}\n")
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_file_that_is_none_of_yaml_is_not_taken_for_a_folder(
    run_cli: RunCli, tmp_path: Path
) -> None:
    """Whoever names a file that is there is told what to name; it stays as it is."""
    (tmp_path / "crds.txt").write_text("mine", encoding="utf-8")

    result = run_cli("crds", "--out", "crds.txt", cwd=tmp_path)

    said = "crds.txt is no folder; name a folder, or a file that ends in .yaml"
    assert (result.code, result.out, result.err) == (2, "", f"bikube: {said}\n")
    assert (tmp_path / "crds.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    """A file where a folder has to be is a fault of the place, and no crash."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    result = run_cli("crds", "--out", "file/crds", cwd=tmp_path)

    assert (result.code, result.out) == (2, "")
    assert "file/crds" in result.err
