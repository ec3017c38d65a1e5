"""What only one output has is held to the spec: role assignments, name and scope included."""

import shutil
from pathlib import Path

import pytest
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.evaluate import evaluate, templates

from bikube.compiler import Evaluated
from bikube.verify import Side, Tally, file_faults, prove, read_folder
from bikube.verify.beside import Asked, Stranger, held, key_of
from bikube.verify.proof import Proof
from bikube.verify.wanted import wanted

GOLDEN = Path(__file__).parents[2] / "golden"
CASES = sorted(path for path in GOLDEN.glob("roles-*"))
TEMPLATE, MODULE = "role-assignments.bicep", "role-assignment-module.bicep"
PRINCIPAL = "5d1c3a7e-2b4f-4c6d-8e9f-0a1b2c3d4e5f"
ANOTHER = "5d1c3a7e-2b4f-4c6d-8e9f-0a1b2c3d4e60"


def proof(bicep: BicepRpc, case: Path) -> Proof:
    """What comes of the outputs in the folder of a golden case, held to its spec."""
    spec = wanted("spec.yaml", (case / "spec.yaml").read_text(encoding="utf-8"))
    evaluated = [
        Evaluated(one.file, (one.data,)) for one in evaluate(bicep, templates(case / "bicep"))
    ]
    manifests = {path.name: path.read_bytes() for path in (case / "kubernetes").iterdir()}
    texts = {path.name: path.read_bytes() for path in templates(case / "bicep")}
    found = prove(evaluated, read_folder(manifests), spec)
    more = tuple(file_faults(Side.BICEP, texts, spec, "spec.yaml"))
    return found._replace(differences=(*found.differences, *more))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_golden_cases_are_what_their_specs_ask_for(bicep: BicepRpc, case: Path) -> None:
    """The real compiler evaluates names, scopes, roles and principals to those of the spec."""
    found = proof(bicep, case)

    assert (found.differences, found.apart) == ((), ())


def test_three_endpoints_of_one_registry_have_one_assignment(bicep: BicepRpc) -> None:
    """However many share it: six values and the name."""
    found = proof(bicep, GOLDEN / "roles-one-registry")

    assert found.tallies["registryEndpoints"].resources == 3
    assert found.tallies["roleAssignments"] == Tally(resources=1, values=7)


SYSTEM = ("system-identity", TEMPLATE)
GROUP, GROUP_MODULE = ("other-group", TEMPLATE), ("other-group", MODULE)
ROLE = "roleDefinitionId: acrPull.id"
ROLE_HERE = "roleDefinitionId: resourceId('Microsoft.Authorization/roleDefinitions', 'a')"
MISSING = {"roleAssignments/contoso missing", "in no spec"}


@pytest.mark.parametrize(
    ("place", "change", "messages"),
    [
        (
            SYSTEM,
            ("'ServicePrincipal'", "'User'"),
            {"roleAssignments/contoso /properties/principalType"},
        ),
        (
            SYSTEM,
            (f"principalId: '{PRINCIPAL}'", f"principalId: '{ANOTHER}'"),
            {"roleAssignments/contoso /properties/principalId"},
        ),
        (SYSTEM, ("7f951dda", "8311e382"), MISSING),
        (SYSTEM, (ROLE, ROLE_HERE), {"roleAssignments/contoso /properties/roleDefinitionId"}),
        (SYSTEM, (f".id, '{PRINCIPAL}'", f".id, '{ANOTHER}'"), MISSING),
        (SYSTEM, ("scope: registry_contoso", "scope: resourceGroup()"), MISSING),
        (SYSTEM, ("name: 'contoso'", "name: 'contoso2'"), MISSING),
        (
            SYSTEM,
            ("  properties: {", "  dependsOn: []\n  properties: {"),
            {'"acrPull_contoso_5d1c3a7e" has "dependsOn", which is in no spec'},
        ),
        (
            SYSTEM,
            ("registries@2025-11-01", "registries@2025-04-01"),
            {'"registry_contoso" has the API version 2025-04-01; the spec asks for 2025-11-01'},
        ),
        (GROUP, ("'rg-shared'", "'rg-other'"), {"fabrikam", "in no spec"}),
        (GROUP, ("'0f1bd3a5-6c1e", "'0f1bd3a5-6c1f"), {"fabrikam", "in no spec"}),
        (GROUP, ("bicep' = {", "bicep' = if (false) {"), {"roleAssignments/fabrikam missing"}),
        (
            GROUP,
            ("  params: {", "  dependsOn: [\n    acrPull\n  ]\n  params: {"),
            {'"acrPull_fabrikam_5d1c3a7e" has "dependsOn", which is in no spec'},
        ),
        (GROUP, ("module acrPull", "param more string = ''\n\nmodule acrPull"), set()),
        (
            GROUP_MODULE,
            ("'ServicePrincipal'", "'Group'"),
            {"roleAssignments/fabrikam /properties/principalType"},
        ),
        (
            GROUP_MODULE,
            ("guid(registry.id, ", "guid(resourceGroup().id, "),
            {"roleAssignments/fabrikam missing", "in no spec"},
        ),
        (("abac", TEMPLATE), ("b93aa761", "7f951dda"), {"contoso", "fabrikam", "in no spec"}),
    ],
)
def test_what_is_wrong_with_an_assignment_is_reported(
    bicep: BicepRpc,
    tmp_path: Path,
    place: tuple[str, str],
    change: tuple[str, str],
    messages: set[str],
) -> None:
    """The role, the principal and its type, the name, the scope; a module is looked into."""
    (case, file), (old, new) = place, change
    folder = tmp_path / case
    shutil.copytree(GOLDEN / f"roles-{case}", folder)
    path = folder / "bicep" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = [
        f"{one.resource} {one.path or 'missing'} {one.message}"
        for one in proof(bicep, folder).differences
    ]

    assert [one for one in messages if not any(one in said for said in found)] == []
    assert bool(found) == bool(messages)


def test_an_assignment_that_is_there_twice_is_reported(bicep: BicepRpc, tmp_path: Path) -> None:
    """Two declarations of one are one too many, also in another template."""
    folder = tmp_path / "case"
    shutil.copytree(GOLDEN / "roles-system-identity", folder)
    shutil.copy(folder / "bicep" / TEMPLATE, folder / "bicep" / "more.bicep")

    assert [(one.resource, one.message) for one in proof(bicep, folder).differences] == [
        ("roleAssignments/contoso", "it is there twice in bicep")
    ]


def test_manifests_are_told_apart_by_group_kind_and_name() -> None:
    """Of what a cluster has, the version does not make another resource, and is compared."""
    data = {"apiVersion": "a.example/v1", "kind": "A", "metadata": {"name": "one"}}
    asked = Asked(Side.KUBERNETES, "as/one", data, "spec.yaml", ("as", 0))
    seen = {**data, "apiVersion": "a.example/v2"}
    other = {**data, "metadata": []}
    strangers = [
        Stranger(Side.KUBERNETES, "a.yaml", "A one", seen, (0,)),
        Stranger(Side.KUBERNETES, "b.yaml", "A", other, (0,)),
    ]
    (difference,), left = held([asked], strangers)

    assert key_of(Side.KUBERNETES, data) == key_of(Side.KUBERNETES, seen)
    assert (difference.path, difference.message) == (
        "/apiVersion",
        "kubernetes is not what the spec asks for",
    )
    assert [where.pointer for where in difference.sightings] == [("as", 0), (0, "apiVersion")]
    assert left == strangers[1:]
