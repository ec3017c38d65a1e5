"""The committed schemas are those of the Bicep CLI, and a bad program changes no file."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from scripts.schemas.__main__ import AZURE, main
from scripts.schemas.bundle import Bundle
from scripts.schemas.carried import Carried, Types, carried
from scripts.schemas.errors import Unusable
from scripts.schemas.files import FIRST, files
from tests.proof.tools import find
from tests.scripts.bundles import ASSEMBLY, LIBRARIES, bicep, program

from bikube import assets
from bikube.azure.versions import known_versions, record
from bikube.schema.descriptions import read_descriptions

NOT_READABLE = "Azure.Bicep.Types.Az.dll in it is no .NET assembly that can be read"


def described(versions: Iterable[str]) -> set[str]:
    """Those of the API versions for which bikube has schemas."""
    return {version for version in versions if version >= FIRST}


def difference(found: Carried) -> str | None:
    """What another Bicep CLI than the recorded one has more and less; nothing for that one."""
    if found.bicep == record().bicep:
        return None
    ours, theirs = set(known_versions()), described(found.versions)
    more, less = sorted(theirs - ours), sorted(ours - theirs)
    return (
        f"Bicep CLI {found.bicep} is not {record().bicep}, from which bikube's schemas are;"
        f" more versions: {', '.join(more) or 'none'}; less: {', '.join(less) or 'none'}"
    )


@pytest.fixture
def recorded(bundle: Bundle) -> Carried:
    """What the Bicep CLI carries; in CI it is the recorded one, elsewhere others are skipped."""
    found = carried(bundle.data)
    other = difference(found)
    if other is not None and os.environ.get("CI") == "true":
        pytest.fail(f"{other}; run `make schemas`", pytrace=False)
    if other is not None:
        pytest.skip(other)
    return found


def test_the_schemas_are_those_of_the_bicep_cli(recorded: Carried) -> None:
    """bikube has just the CLI's versions from 2024-11-01 on; deriving again changes nothing."""
    assert set(known_versions()) == described(recorded.versions)
    paths = [AZURE / "bicep.json", *AZURE.glob("schemas/*")]
    committed = {path.relative_to(AZURE).as_posix(): path.read_text("utf-8") for path in paths}
    assert files(recorded) == committed


def test_descriptions_are_not_azures(recorded: Carried) -> None:
    """No text with which editors explain a property is one of Azure's own, in any version."""
    theirs = {_bare(text) for types in recorded.versions.values() for text in _texts(types)}
    files = sorted(assets.folder("descriptions").rglob("*.yaml"))
    ours = {
        _bare(text)
        for file in files
        for said in read_descriptions(
            file.relative_to(assets.folder("descriptions")).with_suffix("").as_posix()
        ).properties.values()
        for text in (said.text, *said.values.values())
    }
    assert len(theirs) > 500
    assert ours & theirs == set()


def _texts(value: object) -> Iterator[str]:
    """All descriptions in Azure's types."""
    if isinstance(value, dict):
        if isinstance(value.get("description"), str):
            yield value["description"]
        for child in value.values():
            yield from _texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child)


def _bare(text: str) -> str:
    """``text`` without its full stop and capitals, by which nothing becomes one's own."""
    return text.strip().rstrip(".").lower()


def test_files_are_written_where_they_differ(
    recorded: Carried, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is missing is written, what is gone removed; a second time there is nothing to do."""
    (tmp_path / "schemas").mkdir()
    stale = tmp_path / "schemas" / "2020-01-01.json"
    stale.write_text("{}")
    named = str(find("bicep"))
    assert main([named], tmp_path) == 0
    wanted = files(recorded)
    expected = [f"removed {stale}", *(f"wrote {tmp_path / name}" for name in wanted)]
    assert capsys.readouterr().out.splitlines() == expected
    found = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert found == {name: text.encode() for name, text in wanted.items()}
    assert main([named], tmp_path) == 0
    assert capsys.readouterr() == ("", "")


def test_another_bicep_cli_is_told_apart_by_its_versions() -> None:
    """For a newer one or an older one it is said which versions it has more and less."""
    ours: dict[str, Types] = {version: [] for version in known_versions()}
    same = Carried(record().bicep, "1", {})
    *most, newest = ours
    other = Carried("9.9.9", "1", {version: [] for version in (*most, "2024-07-01", "2099-01-01")})
    assert difference(same) is None
    assert difference(other) == (
        f"Bicep CLI 9.9.9 is not {record().bicep}, from which bikube's schemas are;"
        f" more versions: 2099-01-01; less: {newest}"
    )


@pytest.mark.parametrize(
    ("program", "message"),
    [
        (
            b"#!/bin/sh\nexec bicep\n",
            "it is no .NET program in one file, as the Bicep CLI is; name another one",
        ),
        (
            bicep(b"")[:-1],
            "its list of files is incomplete; the program is cut off, or no longer as it was made",
        ),
        (
            program({"other.deps.json": b"{}"}),
            "there is no bicep.deps.json in it; another program is meant",
        ),
        (
            program({"bicep.deps.json": b"[]"}),
            "bicep.deps.json in it does not say what the program consists of",
        ),
        (
            bicep(b"", {"libraries": {"bicep/1.0.0": {}}}),
            "bicep.deps.json in it has no Azure.Bicep.Types.Az; another program is meant",
        ),
        (
            program({"bicep.deps.json": json.dumps(LIBRARIES).encode()}),
            "there is no Azure.Bicep.Types.Az.dll in it; another program is meant",
        ),
        (bicep(b""), NOT_READABLE),
        (bicep(b"MZ" + bytes(1000)), NOT_READABLE),
        (program({}, major=7), "it is a bundle of version 7.0; 6 is what can be read"),
    ],
)
def test_a_bad_program_is_one_line_and_changes_nothing(
    program: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The program and the reason are named on standard error, the exit code is 2, files stay."""
    named = tmp_path / "bicep"
    named.write_bytes(program)
    target = tmp_path / "azure"
    (target / "schemas").mkdir(parents=True)
    (target / "schemas" / "2020-01-01.json").write_text("kept")
    assert main([str(named)], target) == 2
    assert capsys.readouterr() == ("", f"{named}: {message}; nothing is written\n")
    left = [path for path in target.rglob("*") if path.is_file()]
    assert [(path.name, path.read_text()) for path in left] == [("2020-01-01.json", "kept")]


def test_a_program_that_is_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path that leads nowhere, from an argument or from the environment, is named."""
    told = "no such program; name a Bicep CLI with BICEP=, or put it on PATH; nothing is written"
    missing = str(tmp_path / "missing")
    assert main([missing], tmp_path) == 2
    assert capsys.readouterr().err == f"{missing}: {told}\n"
    monkeypatch.setenv("BIKUBE_BICEP", missing)
    assert main([""], tmp_path) == 2
    assert capsys.readouterr().err == f"{missing}: {told}\n"


def test_an_assembly_without_the_types_is_refused(bundle: Bundle) -> None:
    """Another assembly under that name, or only the beginning of it, has no types of AIO."""
    with pytest.raises(Unusable, match=r"^there are no types of Microsoft\.IoTOperations in it; "):
        carried(bicep(bundle.read("Azure.Bicep.Types.K8s.dll")))
    with pytest.raises(Unusable, match=NOT_READABLE):
        carried(bicep(bundle.read(ASSEMBLY)[:100_000]))


@pytest.mark.parametrize("length", [1_000, 20_000_000, 100_000_000])
def test_a_bicep_cli_that_is_cut_off_is_refused(bundle: Bundle, length: int) -> None:
    """A download that ended early is no Bicep CLI."""
    with pytest.raises(Unusable, match=r"no \.NET program|list of files is incomplete"):
        carried(bundle.data[:length])


def test_types_that_are_all_too_old_are_refused() -> None:
    """A Bicep CLI from before the first release has nothing to derive."""
    with pytest.raises(Unusable, match=r"^its types of AIO end before 2024-11-01; "):
        files(Carried("0.1.0", "0.1.0", {"2024-07-01-preview": []}))


def test_types_that_are_not_understood_name_their_version() -> None:
    """The error says in which version what is unknown stands."""
    types = {"2024-11-01": [], "2030-01-01": [{"$type": "NullType"}]}
    with pytest.raises(Unusable) as caught:
        files(Carried("1.0.0", "1.0.0", types))
    assert str(caught.value) == (
        '2030-01-01: type 0: unknown kind "NullType"; teach the derivation about it'
    )
