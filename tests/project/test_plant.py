"""The plant in examples/: as large, as various and as clean as its README says, and up to date."""

import shutil
from collections import Counter
from pathlib import Path

from tests.conftest import RunCli
from tests.support.follow import follow, outputs_of, rewrite_outputs, shown_in
from tests.support.prose import page

from bikube.azure import all_kinds
from bikube.lint import lint
from bikube.rules import builtin_rules
from bikube.spec import Spec
from bikube.spec.references import links

PLANT = Path(__file__).parents[2] / "examples" / "plant"
SPECS = ["bottling.bikube.yaml", "lab.bikube.yaml"]


def read(name: str) -> Spec:
    """One of its specs."""
    spec = lint(name, (PLANT / name).read_bytes(), builtin_rules()).spec
    assert spec is not None
    return spec


def test_nothing_is_found_in_it(run_cli: RunCli) -> None:
    """No rule has a word for it, infos included, but for what its comments give reasons for."""
    result = run_cli("lint", "--show", "info", cwd=PLANT)
    assert (result.code, result.out) == (0, "")
    assert result.err == "no findings in 2 specs (5 suppressed)\n"


def test_what_is_committed_is_what_is_generated(run_cli: RunCli, update_golden: bool) -> None:
    """Every file below deploy/ is as the specs give it, and there is no other."""
    if update_golden:
        assert run_cli("generate", cwd=PLANT).code == 0
    result = run_cli("generate", "--check", cwd=PLANT)
    assert (result.code, result.out) == (0, ""), result.err
    specs = sorted(path.name for path in (PLANT / "deploy").iterdir())
    assert specs == [read(name).instance.name for name in SPECS]


def test_it_is_a_whole_plant() -> None:
    """Some forty resources of all kinds, the two brokers and the two profiles among them."""
    tables = read(SPECS[0]).tables
    assert {section: len(table.entries) for section, table in tables.items()} == {
        "brokers": 2,
        "brokerAuthentications": 4,
        "brokerAuthorizations": 3,
        "brokerListeners": 4,
        "registryEndpoints": 4,
        "dataflowEndpoints": 9,
        "dataflowProfiles": 2,
        "dataflows": 9,
        "dataflowGraphs": 5,
        "akriConnectorTemplates": 5,
    }


def test_each_parent_has_a_child_of_every_kind() -> None:
    """Under both brokers and both profiles there is one of all that can be below them."""
    below = Counter(
        (link.identity[0], link.pointer[0])
        for link in links(read(SPECS[0]))
        if link.reference is None
    )
    parents = {"brokers": ("default", "filling"), "dataflowProfiles": ("default", "to-cloud")}
    assert below.keys() == {
        (parent, kind.section)
        for kind in all_kinds()
        if kind.parent is not None
        for parent in parents[kind.parent.section]
    }


def test_each_reference_is_used() -> None:
    """Whatever can refer to something does so somewhere, and all of it resolves."""
    found = [link for name in SPECS for link in links(read(name))]
    assert [link for link in found if not link.is_resolved] == []
    used = {(link.pointer[0], link.reference) for link in found if link.reference is not None}
    assert used == {(kind.section, one) for kind in all_kinds() for one in kind.references}
    assert len(used) == 9


def test_references_lead_to_all_that_may_be_there() -> None:
    """To what is described, to what is said to exist, and to what a fresh instance brings."""
    found = [link for link in links(read(SPECS[0])) if link.reference is not None]
    undescribed = {(link.section, *link.identity) for link in found if link.row is None}
    assert undescribed == {
        ("dataflowEndpoints", "default"),
        ("dataflowEndpoints", "group-telemetry"),
        ("registryEndpoints", "default"),
    }
    assert any(link.row is not None for link in found)


def test_its_readme_shows_what_comes(tmp_path: Path, update_golden: bool) -> None:
    """What the page says to type works, and prints what it shows."""
    readme, folder = page("examples/plant/README.md"), tmp_path / "plant"
    shutil.copytree(PLANT, folder)
    done = follow(readme, folder)
    assert (done.code, done.output) == (0, "")
    came = outputs_of(readme, folder)
    if update_golden:
        rewrite_outputs(readme, came)
        return
    assert shown_in(readme) == came
    assert len(came) == 5
