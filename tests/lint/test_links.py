"""What a resource leads to is described, said to exist, or brought by AIO."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.found import real

from bikube.diagnostics import Pointer
from bikube.lint import lint
from bikube.report.fingerprint import fingerprints
from bikube.rules import Policy, builtin_rules
from bikube.rules.policy import Override

HEAD = "bikube: v1\ninstance: {name: aio-x, customLocation: cl}\n"
LISTENERS = """\
brokerListeners:
  - {name: abc, brokerRef: line-8, ports: []}
  - {name: bcd, brokerRef: 5, ports: []}
  - {name: cde, brokerRef: default, ports: []}
  - {name: def, ports: []}
  - 5
"""


def found(text: str, rule: str = "unknown-parent") -> list[tuple[str, str, list[str]]]:
    """What is underlined, what is advised, and the second places."""
    linted = real(HEAD + text)
    return [
        (
            linted.source.cut(one.span),
            one.help,
            [linted.source.cut(two.span) for two in one.related],
        )
        for one in linted.diagnostics
        if one.rule == rule
    ]


def test_a_parent_that_is_not_there_is_found() -> None:
    """A parent that is no text is the schema's, and the default one is always there."""
    advice = 'describe it, or name it below "existing: brokers:" if it is there already'
    assert found(LISTENERS) == [("line-8", advice, [])]


def test_a_parent_that_is_like_another_has_two_places() -> None:
    """The second place is that of the one that is probably meant, if the spec describes it."""
    advice = 'did you mean "line-88"?'
    assert found(f"brokers: [{{name: line-88}}, 5]\n{LISTENERS}") == [
        ("line-8", advice, ["line-88"])
    ]
    assert found(f"existing: {{brokers: [line-88]}}\n{LISTENERS}") == [("line-8", advice, [])]


def test_what_exists_is_read_whatever_else_is_wrong_there() -> None:
    """Names that are none, and lists that are none, say of nothing that it exists."""
    assert found(f"existing: {{brokers: [5, line-8], dataflows: 5}}\n{LISTENERS}") == []
    assert len(found(f"existing: {{brokers: line-8}}\n{LISTENERS}")) == 1
    assert len(found(f"existing: [line-8]\n{LISTENERS}")) == 1
    assert found(f"brokers: [{{name: line-8}}]\n{LISTENERS}") == []
    assert found("brokerListeners: 5\n") == []


LISTENER = "brokerListeners:\n  - {name: abc, brokerRef: %s, ports: [{authenticationRef: %s}]}\n"


@pytest.mark.parametrize(
    ("text", "name", "advice", "related"),
    [
        ("", "line-9", 'describe it, or name it below "existing: {}:" if it is there already', []),
        (
            "brokerAuthentications: [{name: line-8}]\n",
            "line-88",
            'did you mean "line-8"?',
            ["line-8"],
        ),
        ("existing: {brokerAuthentications: [line-8]}\n", "line-88", 'did you mean "line-8"?', []),
        ("", "defualt", 'did you mean "default"?', []),
        ("brokers: [{name: own}]\n", "own", "describe it, or name it below", ["own"]),
    ],
    ids=["nothing", "described", "existing", "brought", "elsewhere"],
)
def test_a_reference_that_leads_nowhere_says_what_was_meant(
    text: str, name: str, advice: str, related: list[str]
) -> None:
    """The name that is like it, and where it is described; or how to say that it is there."""
    ((at, help_, seen),) = found(text + LISTENER % ("default", name), "unknown-reference")
    assert (at, seen) == (name, related)
    assert help_.startswith(advice.format("brokerAuthentications"))


def test_a_name_of_another_broker_is_no_name_of_this_one() -> None:
    """The finding shows that one, unless one of its own broker is alike; and how to say it is."""
    other = "brokers: [{name: line-7}]\nbrokerAuthentications: [{name: plant}, {name: rules}"
    text = LISTENER % ("line-7", "plant")
    way_out = (
        'describe it, or name "{name: plant, brokerRef: line-7}" below "existing:'
        ' brokerAuthentications:" if it is there already'
    )
    assert found(f"{other}]\n{text}", "unknown-reference") == [("plant", way_out, ["plant"])]
    own = f"{other}, {{name: plants, brokerRef: line-7}}]\n{text}"
    assert found(own, "unknown-reference") == [("plant", 'did you mean "plants"?', ["plants"])]
    said = "existing: {brokerAuthentications: [{name: plant, brokerRef: line-7}]}\n"
    assert found(f"{said}{other}]\n{text}", "unknown-reference") == []


def test_what_leads_to_nothing_known_is_passed_over() -> None:
    """A parent or a name that is no text is the schema's, and so is a section of no list."""
    assert found(LISTENER % ("5", "abc") + "brokers: 5\n", "unknown-reference") == []
    assert found(LISTENER % ("default", "5"), "unknown-reference") == []


BROKER = """\
brokers: [{name: line-7}]
brokerAuthentications: [{name: clients, brokerRef: line-7}]
brokerListeners:
  - {name: abc, brokerRef: %s, ports: [{authenticationRef: clients}, {authorizationRef: rules}]}
  - {name: bcd, brokerRef: line-7, ports: [{authenticationRef: cliens}]}
"""


def test_what_is_named_below_an_unknown_parent_waits_for_it() -> None:
    """One slip is one finding; what the parent has is judged once that is there, or off."""

    def rules_of(parent: str, *off: str) -> list[tuple[str, str]]:
        data = (HEAD + BROKER % parent).encode()
        linted = lint("a.bikube.yaml", data, builtin_rules(), Policy(ignore=off))
        return [
            (one.rule, linted.source.cut(one.span))
            for one in linted.diagnostics
            if one.rule in {"unknown-parent", "unknown-reference", "wrong-length"}
        ]

    other = ("unknown-reference", "cliens")
    clients, rules = ("unknown-reference", "clients"), ("unknown-reference", "rules")
    assert rules_of("line-8") == [("unknown-parent", "line-8"), other]
    assert rules_of("''") == [("wrong-length", "''"), other]
    assert rules_of("line-7") == [rules, other]
    assert rules_of("default") == [clients, rules, other]
    assert rules_of("line-8", "unknown-parent") == [clients, rules, other]


def test_an_empty_name_is_to_be_written() -> None:
    """What is called nothing is neither to be described nor said to exist."""
    text = f"brokers: [{{name: line-7}}]\n{LISTENER % ('line-7', chr(39) * 2)}"
    advice = 'write the name of one of "brokerAuthentications"'
    assert found(text, "unknown-reference") == [("''", advice, [])]


def test_a_name_is_said_once_with_its_lines() -> None:
    """Of many lines three; what an alias repeats stands in one place only."""
    port = "  - {authenticationRef: plant}\n"
    head = f"brokerListeners:\n- name: abc\n  ports: &ports\n{port}"
    alias = "- {name: bcd, ports: *ports}\n"

    def message(text: str) -> str:
        (one,) = (d for d in real(HEAD + text).diagnostics if d.rule == "unknown-reference")
        return one.message.partition("exist")[2]

    assert message(head + alias) == ""
    assert message(head + port + alias) == " (also in line 7)"
    assert message(head + port * 3 + alias) == " (also in lines 7, 8, 9)"
    assert message(head + port * 5 + alias) == " (also in lines 7, 8, 9 and 2 more)"


FLOWS = """\
dataflows:
  - {name: abc, operations: [{sourceSettings: {endpointRef: hub}, destinationSettings: *place}]}
  - {name: bcd, operations: [{sourceSettings: {endpointRef: hub}}]}
""".replace("*place", "{endpointRef: hub}")


def test_where_resources_have_levels_of_their_own_a_name_is_said_in_each() -> None:
    """It may be off for one of them, and has to be said of the other."""
    off = Override(("dataflows/default/abc",), {"unknown-reference": None})
    data = (HEAD + FLOWS).encode()

    def shown(policy: Policy) -> list[Pointer]:
        linted = lint("a.bikube.yaml", data, builtin_rules(), policy)
        return [one.pointer for one in linted.diagnostics if one.rule == "unknown-reference"]

    place = ("operations", 0, "sourceSettings", "endpointRef")
    assert shown(Policy()) == [("dataflows", 0, *place)]
    assert shown(Policy(overrides=(off,))) == [("dataflows", 1, *place)]
    other = off._replace(resources=("brokers/*",))
    assert shown(Policy(overrides=(other,))) == [("dataflows", row, *place) for row in (0, 1)]


def test_a_name_of_several_places_keeps_its_fingerprint() -> None:
    """Whichever of the resources that have it comes first, and whatever they are called."""
    head, first, second = FLOWS.splitlines(keepends=True)

    def prints(text: str) -> set[str]:
        linted = real(HEAD + text)
        all_of_them = fingerprints("a", linted, builtin_rules())
        found = zip(linted.diagnostics, all_of_them, strict=True)
        return {one for diagnostic, one in found if diagnostic.rule == "unknown-reference"}

    expected = prints(FLOWS)
    assert len(expected) == 1
    assert prints(head + second + first) == expected
    assert prints(FLOWS.replace("bcd", "cde")) == expected
    assert prints(FLOWS.replace("hub", "hubs")) != expected


def test_nothing_is_unused_where_nothing_could_use_it() -> None:
    """Neither beside an empty section of users; of what AIO brings just the very resource."""
    text = "brokers: [{name: line-7}]\nbrokerAuthentications:\n"
    text += "  - {name: default, brokerRef: line-7}\n  - {name: default}\n"
    assert found(f"{text}brokerListeners: []\n", "unused-resource") == []
    (one,) = found(text + LISTENER % ("default", "default"), "unused-resource")
    assert one == ("default", "keep it if something outside of this spec does", [])


def test_parts_are_named_once_too() -> None:
    """The node that is alike is the second place."""
    text = """\
dataflowGraphs:
  - name: abc
    nodes: [{name: source}, {name: sink}]
    nodeConnections:
      - {from: {name: sourec}, to: {name: five}}
      - {from: {name: sourec.out}, to: {name: sink}}
"""
    assert found(text, "unknown-node") == [
        ("sourec", 'did you mean "source"?', ["source", "sourec.out"]),
        ("five", "name a node that is there", []),
    ]


def dangling(count: int) -> str:
    """A spec with ``count`` endpoints, and as many data flows, each of which names another one."""
    endpoints = "".join(f"  - {{name: endpoint-{number:05}}}\n" for number in range(count))
    one = "  - {{name: f-{0}, operations: [{{sourceSettings: {{endpointRef: enpoint-{0:05}}}}}]}}\n"
    flows = "".join(map(one.format, range(count)))
    return f"dataflowEndpoints:\n{endpoints}dataflows:\n{flows}"


def test_of_thousands_of_names_that_lead_nowhere_each_is_said() -> None:
    """What is alike is looked for as long as it is cheap: after 5,000 pairs no more is compared."""
    linted = real(HEAD + dangling(1_000))
    diagnostics = [one for one in linted.diagnostics if one.rule == "unknown-reference"]
    assert len({one.message for one in diagnostics}) == len(diagnostics) == 1_000
    assert sum(one.help.startswith("did you mean") for one in diagnostics) == 5


PORTS = "ports: [{port: 1, tls: {mode: Manual, manual: {secretRef: abc}}}]"
OTHERS = PORTS.replace("1", "2")
BAD = {
    "a parent that is a number": (
        f"brokerListeners: [{{name: abc, brokerRef: 7, {PORTS}}}]\n",
        ["wrong-type"],
    ),
    "one child of the default parent, said and unsaid": (
        f"brokerListeners: [{{name: abc, {PORTS}}}, {{name: abc, brokerRef: default, {OTHERS}}}]\n",
        ["unique-name"],
    ),
    "what exists and is described": (
        "existing: {brokers: [abc]}\nbrokers: [{name: abc, memoryProfile: Low}]\n",
        ["existing-and-described"],
    ),
    "a section that the version lacks": (
        (
            "targets: {bicep: {apiVersion: 2024-11-01}}\ndataflowGraphs: [{name: abc, nodes: [],"
            " nodeConnections: []}]\n"
        ),
        ["api-version-without-type", "graph-missing-end", "graph-missing-end"],
    ),
    "a reference to itself": (
        (
            "brokerListeners: [{name: abc, ports: [{port: 1, authenticationRef: abc, tls: {mode:"
            " Manual, manual: {secretRef: abc}}}]}]\n"
        ),
        ["unknown-reference"],
    ),
    "a parent where the kind has none": (
        "existing: {brokers: [{name: abc}]}\n",
        ["empty-spec", "wrong-type"],
    ),
    "a parent of another kind": (
        "existing: {brokerListeners: [{name: abc, profileRef: abc}]}\n",
        ["empty-spec", "unknown-key"],
    ),
    "what is no resource": (
        (
            "existing: {brokerListeners: [5, [abc], null, {brokerRef: abc},"
            " {name: abc, brokerRef: 5}]}\n"
        ),
        ["empty-spec", *["required-property"], *["wrong-type"] * 4],
    ),
    "no section": ("existing: {assets: [abc]}\n", ["empty-spec", "unknown-key"]),
    "no list": ("existing: {brokerListeners: abc}\n", ["empty-spec", "wrong-type"]),
    "maps and lists in each other's place": (
        "brokerListeners: [{name: abc, ports: {a: {authenticationRef: [x]}}}]\nbrokers: {a: b}\n",
        ["wrong-type", "wrong-type"],
    ),
}


@pytest.mark.parametrize(("text", "rules"), BAD.values(), ids=BAD)
def test_a_mistake_about_references_is_a_finding(text: str, rules: list[str]) -> None:
    """Each has its own, no rule fails, and nothing is said twice."""
    linted = real(HEAD + text)
    assert linted.faults == ()
    found = [one.rule for one in linted.diagnostics if one.rule != "kubernetes-preview"]
    assert sorted(found) == sorted(rules)


def test_what_exists_and_is_described_has_two_places() -> None:
    """The second one is where it is described."""
    linted = real(f"{HEAD}existing: {{brokers: [abc]}}\nbrokers: [{{name: abc}}]\n")
    (found,) = [one for one in linted.diagnostics if one.rule == "existing-and-described"]
    places = [(linted.source.position(one.span.start).line, one.message) for one in found.related]
    assert places == [(4, "described here")]


def test_all_that_is_wrong_below_existing_is_found_at_once() -> None:
    """Each item that is described, and each that repeats one which is not, says where that is."""
    text = """\
existing:
  brokers: [line-8, line-8]
  brokerAuthentications:
    - clients
    - {name: clients, brokerRef: default}
brokerAuthentications: [{name: clients, brokerRef: default}]
"""
    both = "choose one of the two"
    clients = [("clients", both, ["clients"])]
    clients.append(("{name: clients, brokerRef: default}", both, ["clients"]))
    assert found(text, "existing-and-described") == clients
    once = "once is enough; correct the name if another one is meant"
    assert found(text, "existing-repeated") == [("line-8", once, ["line-8"])]


def test_a_spec_of_registry_endpoints_pays_for_no_reference(tmp_path: Path) -> None:
    """What follows references is not even imported where nothing refers to anything."""
    entry = "{name: abc, host: a.azurecr.io, authentication: {method: Anonymous}}"
    (tmp_path / "bikube.yaml").write_text(f"{HEAD}registryEndpoints: [{entry}]\n")
    code = (
        "import sys; from bikube.cli.entry import run; run(['lint'])\n"
        "print({'bikube.lint.links', 'bikube.spec.references'} & {*sys.modules})"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
