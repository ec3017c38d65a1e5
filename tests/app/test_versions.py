"""``bikube versions``: what belongs together."""

import json
from itertools import pairwise

from tests.conftest import RunCli

from bikube.app.versions import all_versions, first_serving
from bikube.azure import kind_sections, known_versions

TABLE = """\
API version         AIO        azure-iot-ops  new kinds
2024-11-01          1.0        1.3.0          brokers, brokerAuthentications, \
brokerAuthorizations, brokerListeners, dataflowEndpoints, dataflowProfiles, dataflows
2025-04-01          1.1        1.7.0          none
2025-07-01-preview  1.2        2.3.0          registryEndpoints, dataflowGraphs, \
akriConnectorTemplates
2025-10-01          1.2        2.3.0          none
2026-03-01          1.3        2.7.0          none
2026-07-01          1.4        2.9.0          none
2026-10-01          1.5        not known      none
2026-11-01-preview  not known  not known      none
"""


def test_the_table_for_people(run_cli: RunCli) -> None:
    """A line for each API version: the release that serves it, its CLI, what came with it."""
    result = run_cli("versions")

    assert (result.code, result.out, result.err) == (0, TABLE, "")


def test_the_table_for_programs(run_cli: RunCli) -> None:
    """JSON has all kinds of each version too, whether the release is supported, and sources."""
    first, *_, last = json.loads(run_cli("versions", "--format", "json").out)

    kinds = first.pop("kinds")
    assert (kinds, len(kinds)) == (first.pop("added"), 7)
    assert len(first.pop("sources")) == 2
    assert first == {"apiVersion": "2024-11-01", "aio": "1.0", "cli": "1.3.0", "supported": False}
    assert set(last.pop("kinds")) == set(kind_sections())
    assert last == {
        "apiVersion": "2026-11-01-preview",
        "aio": None,
        "cli": None,
        "supported": None,
        "sources": [],
        "added": [],
    }


def test_every_version_is_there_once() -> None:
    """Oldest first, each with the kinds of the one before and those that it adds."""
    found = all_versions()

    assert tuple(one.name for one in found) == known_versions()
    for before, after in pairwise(found):
        assert set(after.sections) == {*before.sections, *after.added}


def test_a_release_serves_what_came_before_it() -> None:
    """A version between two releases is served from the later one on."""
    served = {name: first_serving(name) for name in ("2025-05-01", "2026-07-01", "2027-01-01")}

    assert {name: one and one.minor for name, one in served.items()} == {
        "2025-05-01": "1.2",
        "2026-07-01": "1.4",
        "2027-01-01": None,
    }
