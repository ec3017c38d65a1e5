"""Output in a repository whose bicepconfig.json switches every rule of the Bicep linter on."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.evaluate import templates
from tests.proof.tools import find
from tests.render.test_targets import EXAMPLES, GOLDEN, rendered
from tests.support.bicep_rules import possible_rules

from bikube.azure.versions import DEFAULT_VERSION, known_versions, version_order

SUPPORT = Path(__file__).parents[2] / "support"
# The rules in the schema of bicepconfig.json of Bicep 0.49, and two that it does not list.
KNOWN = frozenset((SUPPORT / "linter_rules.txt").read_text(encoding="utf-8").split())
OLD_VERSION = "use-recent-api-versions"
SPECS = [*GOLDEN, *EXAMPLES]
_ASKED = re.compile(r"^    apiVersion: (20\S+)$", re.MULTILINE)
"""The API version that a spec asks for, in all of its sections."""


@pytest.fixture
def config() -> str:
    """A bicepconfig.json with every rule on."""
    return every_rule()


def every_rule() -> str:
    """A bicepconfig.json with every rule of the compiler at level error.

    What counts as an old API version is fixed, so that no test fails on some day to come: whatever
    is older than bikube's default version.
    """
    rules: dict[str, dict[str, object]] = {
        rule: {"level": "error"} for rule in sorted(possible_rules(find("bicep")))
    }
    age = datetime.now(UTC).date() - date.fromisoformat(DEFAULT_VERSION)
    rules[OLD_VERSION]["maxAgeInDays"] = age.days + 1
    return json.dumps({"analyzers": {"core": {"enabled": True, "rules": rules}}})


def test_every_known_rule_is_switched_on() -> None:
    """The compiler's own constants have all 55: none is found by its name in some other way."""
    assert len(KNOWN) == 55
    assert possible_rules(find("bicep")) >= KNOWN


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.parent.name)
def test_no_rule_of_the_linter_fires(
    spec: Path, config: str, run_cli: RunCli, bicep: BicepRpc, tmp_path: Path
) -> None:
    """Only for a spec that asks for a preview or an old version the linter rightly says so."""
    folder = rendered(run_cli, spec, tmp_path / "out") / "bicep"
    (folder / "bicepconfig.json").write_text(config, encoding="utf-8")
    found = {one.code for file in templates(folder) for one in bicep.compile(file).diagnostics}

    assert found == ({OLD_VERSION} if _asks_for_an_old_version(spec) else set())


def _asks_for_an_old_version(spec: Path) -> bool:
    asked = _ASKED.search(spec.read_text(encoding="utf-8"))
    return asked is not None and is_old(asked[1])


def is_old(version: str) -> bool:
    """Whether the linter minds ``version``: it takes a preview that no stable one has followed."""
    stable = [one for one in known_versions() if not one.endswith("-preview")]
    is_followed = version_order(version) < max(map(version_order, stable))
    return version < DEFAULT_VERSION or (version.endswith("-preview") and is_followed)


def test_the_configuration_is_heeded(config: str, bicep: BicepRpc, tmp_path: Path) -> None:
    """What bikube wrote before has findings, and they are errors."""
    (tmp_path / "bicepconfig.json").write_text(config, encoding="utf-8")
    file = tmp_path / "main.bicep"
    text = """\
param location string = 'cl'

resource one 'Microsoft.ExtendedLocation/customLocations@2021-08-31-preview' existing = {
  name: location
}
"""
    file.write_text(text, encoding="utf-8")
    found = sorted((one.level.lower(), one.code) for one in bicep.compile(file).diagnostics)

    assert found == [
        ("error", "no-unused-existing-resources"),
        ("error", "use-description-params"),
        ("error", "use-recent-api-versions"),
    ]
