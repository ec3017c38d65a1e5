"""Templates are evaluated by the real compiler, wherever they are, and what fails is named."""

from pathlib import Path

import pytest
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.snippets import ANONYMOUS, HEAD, endpoint, free
from tests.support.trees import write_tree

from bikube.compiler import (
    Evaluated,
    evaluate_file,
    evaluate_text,
    is_expression,
)

LOOP = """\
param hosts array
module endpoints 'parts/endpoint.bicep' = [for host in hosts: {
  name: 'endpoint-${host}'
  params: {
    host: host
  }
}]
module never 'parts/endpoint.bicep' = if (empty(hosts)) {
  name: 'never'
  params: {
    host: 'never'
  }
}
"""
PART = HEAD + endpoint(["host: '${host}.azurecr.io'", *ANONYMOUS])
PART = PART.replace("name: 'endpoint'", "name: host")


def names(evaluated: Evaluated) -> list[str]:
    """The names of what is deployed."""
    return sorted(str(one["name"]) for one in evaluated.resources)


def test_parameters_loops_modules_and_conditions(bicep: BicepRpc, tmp_path: Path) -> None:
    """A parameters file deploys what its template's loops and modules make of its values."""
    write_tree(
        tmp_path,
        {
            "x/main.bicep": LOOP,
            "x/parts/endpoint.bicep": f"param host string\n{PART}",
            "x/y/main.bicepparam": "using '../main.bicep'\nparam hosts = ['aaa', 'bbb']\n",
        },
    )
    found = evaluate_file(bicep.compiler, tmp_path / "x/y/main.bicepparam", tmp_path)

    assert (names(found), found.faults) == (["aio-plant-7/aaa", "aio-plant-7/bbb"], ())
    assert Path(found.file) == tmp_path / "x/main.bicep"


def test_a_template_is_evaluated_with_its_defaults(bicep: BicepRpc, tmp_path: Path) -> None:
    """Without a parameters file, the parameters' own defaults count, and modules are found."""
    write_tree(
        tmp_path,
        {
            "it's/main.bicep": LOOP.replace("hosts array", "hosts array = ['ccc']"),
            "it's/parts/endpoint.bicep": f"param host string\n{PART}",
            "scratch/x": "",
        },
    )
    path = tmp_path / "it's" / "main.bicep"
    found = evaluate_file(bicep.compiler, path, tmp_path / "scratch")

    assert (names(found), found.faults, found.file) == (["aio-plant-7/ccc"], (), path.as_posix())


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("resource\n", [(1, "BCP017"), (1, "BCP068")]),
        ("param a string\n", [(0, "BCP258")]),
        ("\nvar a = b\n", [(2, "BCP057")]),
        ("module a 'missing.bicep' = {\n  name: 'a'\n}\n", [(1, "BCP091")]),
    ],
)
def test_what_does_not_compile_is_named_with_its_line(
    text: str, faults: list[tuple[int, str]], bicep: BicepRpc, tmp_path: Path
) -> None:
    """The compiler's errors are the faults of the file, those of its parameters without a line."""
    found = evaluate_text(bicep.compiler, "main.bicep", text.encode(), tmp_path)

    assert found.resources == ()
    assert {(line, message.rpartition("(")[2][:-1]) for line, message in found.faults} >= {
        faults[0]
    }


def test_a_parameters_file_that_fails_is_named(bicep: BicepRpc, tmp_path: Path) -> None:
    """A parameters file has errors of its own; one of a registry has no template here."""
    path = tmp_path / "main.bicepparam"
    path.write_text("using 'missing.bicep'\n", encoding="utf-8")
    found = evaluate_file(bicep.compiler, path, tmp_path)

    assert (found.file, found.resources, len(found.faults) > 0) == (path.as_posix(), (), True)


def test_what_only_a_deployment_knows_is_an_expression(bicep: BicepRpc, tmp_path: Path) -> None:
    """A value of another resource cannot be evaluated; a text in brackets stays what it is."""
    text = free("a: reference('x', '2020-01-01').b", "c: '[d]'", "e: json('1.0')")
    (resource,) = evaluate_text(bicep.compiler, "main.bicep", text.encode(), tmp_path).resources
    values = resource["properties"]["authentication"]["anonymousSettings"]

    assert values == {"a": "[reference('x', '2020-01-01').b]", "c": "[d]", "e": 1.0}
    assert [is_expression(value) for value in values.values()] == [True, True, False]
    assert not is_expression("[[x]")


def test_outputs_are_known(bicep: BicepRpc, tmp_path: Path) -> None:
    """What a template gives back beside its resources is named."""
    text = b"output a string = 'b'\n"

    assert evaluate_text(bicep.compiler, "x.bicep", text, tmp_path) == Evaluated(
        "x.bicep", outputs=("a",)
    )
