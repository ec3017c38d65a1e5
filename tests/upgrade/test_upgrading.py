"""A whole spec in another API version."""

from pathlib import Path

import pytest

from bikube.lint import Linted, lint
from bikube.rules import builtin_rules
from bikube.upgrade import Upgraded, upgrade_spec

ROOT = Path(__file__).parents[2]
SPECS = sorted([*ROOT.glob("golden/*/spec.yaml"), *ROOT.glob("examples/**/*bikube.yaml")])
HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
BROKER = "brokers:\n  - name: default\n    memoryProfile: Low\n"
SIGNED = """\
registryEndpoints:
  # Ours.
  - name: our-acr
    host: contoso.azurecr.io  # the second one
    authentication: {method: SystemAssignedManagedIdentity}
    trustSettings:
      trustedSigningKeys: {type: Secret, secretRef: our-ca}
"""
TWICE_SIGNED = """\
registryEndpoints:
  - name: our-acr
    host: contoso.azurecr.io
    authentication: {method: SystemAssignedManagedIdentity}
    codeSigningCas: [{type: Secret, secretRef: one}, {type: Secret, secretRef: two}]
"""


def look(data: bytes) -> Linted:
    """What bikube's own rules find."""
    return lint("spec.yaml", data, builtin_rules())


def upgraded(text: str, to: str) -> Upgraded:
    """What comes of a spec on the way to an API version."""
    return upgrade_spec(text.encode(), look, to)


def told(done: Upgraded) -> list[tuple[str, str, str]]:
    """Each difference: its sort, its pointer, and what it is."""
    return [(sort, "/".join(map(str, at)), what) for sort, at, what in done.differences]


def test_the_version_is_all_that_changes() -> None:
    """It is added behind the instance, or written in the place of the one that is there."""
    targets = "targets:\n  bicep: {apiVersion: 2025-10-01}  # so far\n"

    added = upgraded(HEAD + BROKER, "2026-07-01")
    written = upgraded(HEAD + targets + BROKER, "2026-07-01")
    same = upgraded(HEAD + BROKER, "2025-10-01")

    assert (
        added.data.decode() == f'{HEAD}targets:\n  bicep:\n    apiVersion: "2026-07-01"\n{BROKER}'
    )
    assert written.data.decode() == f"{HEAD}{targets}{BROKER}".replace("2025-10", "2026-07")
    assert same.data.decode() == HEAD + BROKER
    assert told(same) == []


def test_versions_of_sections_are_set_too() -> None:
    """After it, one version counts for all sections."""
    pinned = "targets: {bicep: {apiVersions: {brokers: 2025-10-01, dataflows: 2025-10-01}}}\n"

    done = upgraded(HEAD + pinned + BROKER, "2026-07-01")

    expected = pinned.replace("2025-10-01", "2026-07-01")
    default = expected.replace("}}}", '}, "apiVersion": "2026-07-01"}}')
    assert done.data.decode() == HEAD + default + BROKER


def test_what_a_property_became_is_written() -> None:
    """All else stays, comments too, and the way back leads to the same data."""
    old = f"{HEAD}targets: {{bicep: {{apiVersion: 2025-07-01-preview}}}}\n{SIGNED}"

    done = upgraded(old, "2025-10-01")

    assert done.data.decode() == old.replace("2025-07-01-preview", "2025-10-01").replace(
        "    trustSettings:\n      trustedSigningKeys: {type",
        "    codeSigningCas:\n      - {type",
    )
    assert told(done) == [("renamed", "registryEndpoints/0/trustSettings", '"codeSigningCas"')]
    back = upgraded(done.data.decode(), "2025-07-01-preview")
    assert back.after.document is not None
    assert done.before.document is not None
    assert back.after.document.data == done.before.document.data


def test_what_is_null_goes_whatever_it_became() -> None:
    """Neither output has had it, so that its line goes and nothing is lost."""
    null = f"{HEAD}{SIGNED.partition('    trustSettings')[0]}"

    done = upgraded(f"{null}    codeSigningCas: null\n", "2025-07-01-preview")

    added = "targets:\n  bicep:\n    apiVersion: 2025-07-01-preview\n"
    assert done.data.decode() == null.replace(HEAD, HEAD + added)
    assert told(done)[0] == ("removed", "registryEndpoints/0/codeSigningCas", "null")


def test_what_was_there_before_is_back() -> None:
    """Graphs have schemas of their output in the first and in the last versions."""
    graph = (ROOT / "golden/kind-dataflow-graphs/spec.yaml").read_text(encoding="utf-8")

    sorts = {one.sort for one in upgraded(graph, "2026-10-01").differences}

    assert "back" in sorts


def test_what_a_version_lacks_goes() -> None:
    """A property without a successor is not there any more, and is told with its place."""
    newer = "    highPriorityMessagesBackpressureHandling: Accept  # since 1.4\n"
    pinned = "targets: {bicep: {apiVersion: 2026-07-01}}\n"

    done = upgraded(HEAD + pinned + BROKER + newer, "2026-03-01")

    assert done.data.decode() == HEAD + pinned.replace("07", "03") + BROKER
    assert told(done) == [("removed", "brokers/0/highPriorityMessagesBackpressureHandling", "")]


@pytest.mark.parametrize(
    ("text", "to", "refusal", "wanting"),
    [
        (
            HEAD + BROKER.replace("Low", "5"),
            "2026-07-01",
            "it has errors; mend these first",
            ["wrong-type"],
        ),
        (
            b"\xff".decode("latin-1"),
            "2026-07-01",
            "it has errors; mend these first",
            ["not-a-spec"],
        ),
        (
            HEAD.replace("}", ", aioVersion: 1.2.189}") + BROKER,
            "2026-07-01",
            'AIO 1.2.189 serves up to "2025-10-01" and not "2026-07-01"; AIO 1.4 and later do',
            [],
        ),
        (
            f"{HEAD}{SIGNED}".replace("    trustSettings", "    # ").replace(
                "      trusted", "    # "
            ),
            "2025-04-01",
            'API version "2025-04-01" has no registryEndpoints (since 2025-07-01-preview)',
            [],
        ),
        (
            f"{HEAD}x-targets: &t {{bicep: {{apiVersions: {{}}}}}}\ntargets: *t\n{BROKER}",
            "2026-07-01",
            "its versions are laid out in a way that an edit could spoil; write them by hand",
            [],
        ),
        (
            f"{HEAD}targets: {{bicep: {{apiVersion: 2027-01-01}}}}\n{BROKER}",
            "latest",
            'it is in API version "2027-01-01", which is newer; name the one to go to',
            [],
        ),
        (
            HEAD + TWICE_SIGNED,
            "2025-07-01-preview",
            "in API version 2025-07-01-preview it has errors that need a person",
            ["property-not-in-version"],
        ),
    ],
)
def test_what_needs_a_person_stays_as_it_is(
    text: str, to: str, refusal: str, wanting: list[str]
) -> None:
    """The reason is told, with the errors that have to be seen to."""
    done = upgraded(text, to)

    assert (done.data, done.refusal) == (text.encode(), refusal)
    assert [one.rule for one in done.wanting] == wanting
