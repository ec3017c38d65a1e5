"""Kinds whose resources have a parent below the instance: named by the spec, or the default one."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.compare import compare
from tests.proof.evaluate import evaluate, templates
from tests.proof.manifests import read_folder

HEAD = "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a}\n"
EXISTING = "existing: {brokers: [else-where, in-ner]}\n"
BROKERS = "brokers:\n  - {name: default, memoryProfile: Low}\n  - {name: in-ner}\n"
LISTENERS = """\
brokerListeners:
  - {name: www, ports: [{port: 1}], brokerRef: in-ner}
  - {name: zzz, ports: [{port: 2}]}
  - {name: abc, ports: [{port: 3}], brokerRef: else-where}
  - {name: klm, brokerRef: default, ports: [{port: 4}], serviceType: NodePort}
  - {name: bbb, brokerRef: in-ner, ports: [{port: 5}]}
"""

Result: TypeAlias = "subprocess.CompletedProcess[str]"
Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program on a spec, in an empty folder."""

    def run_on(text: str, *arguments: str) -> Result:
        (tmp_path / "bikube.yaml").write_text(text, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "bikube", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run_on


def generated(run: Run, text: str, folder: Path) -> Path:
    """The folder of what the spec ``text`` is rendered into."""
    result = run(text, "generate")
    assert result.returncode == 0, result.stderr
    return folder / "deploy/aio-a"


@pytest.mark.parametrize(
    ("brokers", "missing"),
    [(BROKERS, ["else-where"]), ("", ["default", "else-where", "in-ner"])],
    ids=["beside their parents", "alone"],
)
def test_a_child_is_deployed_below_its_parent(
    run: Run, bicep: BicepRpc, tmp_path: Path, brokers: str, missing: list[str]
) -> None:
    """The real compiler puts it there, and finds nothing; parents not described here exist."""
    out = generated(run, HEAD + EXISTING + brokers + LISTENERS, tmp_path)
    (file,) = templates(out / "bicep")
    assert bicep.compile(file).diagnostics == ()
    assert bicep.format(file) == file.read_text(encoding="utf-8")
    resources = evaluate(bicep, [file])
    described = ["aio-a/default", "aio-a/in-ner"] if brokers else []
    assert [one.data["name"] for one in resources] == [
        *described,
        "aio-a/default/klm",
        "aio-a/default/zzz",
        "aio-a/else-where/abc",
        "aio-a/in-ner/bbb",
        "aio-a/in-ner/www",
    ]
    lines = file.read_text(encoding="utf-8").splitlines()
    existing = [line.split()[1] for line in lines if "/brokers@" in line and "existing" in line]
    assert existing == [f"broker_{name.replace('-', '_')}" for name in missing]
    assert [one.data["properties"].get("brokerRef") for one in resources] == [None] * len(resources)


@pytest.mark.parametrize("brokers", [BROKERS, ""], ids=["beside their parents", "alone"])
def test_both_outputs_have_the_same_parents(
    run: Run, bicep: BicepRpc, tmp_path: Path, brokers: str
) -> None:
    """A manifest names the parent in its spec, before all else there, the default one too."""
    out = generated(run, HEAD + EXISTING + brokers + LISTENERS, tmp_path)
    manifests = read_folder(out / "kubernetes")
    assert compare(evaluate(bicep, templates(out / "bicep")), manifests) == []
    specs = [one.data["spec"] for one in manifests if one.data["kind"] == "BrokerListener"]
    assert [list(spec.items())[:2] for spec in specs] == [
        [("brokerRef", parent), ("ports", [{"port": port}])]
        for parent, port in (
            ("else-where", 3),
            ("in-ner", 5),
            ("default", 4),
            ("in-ner", 1),
            ("default", 2),
        )
    ]


def test_a_child_has_a_symbol_of_its_own(run: Run, tmp_path: Path) -> None:
    """The symbol says the parent, unless it is the default one, and refers to its symbol."""
    out = generated(run, HEAD + EXISTING + BROKERS + LISTENERS, tmp_path)
    lines = (out / "bicep/main.bicep").read_text(encoding="utf-8").splitlines()
    found = {
        line.split()[1]: lines[number + 1].split()[-1]
        for number, line in enumerate(lines)
        if line.startswith("resource brokerListener_")
    }
    assert found == {
        "brokerListener_klm": "broker_default",
        "brokerListener_zzz": "broker_default",
        "brokerListener_abc_In_else_where": "broker_else_where",
        "brokerListener_bbb_In_in_ner": "broker_in_ner",
        "brokerListener_www_In_in_ner": "broker_in_ner",
    }


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        ("{name: abc, ports: [], brokerRef: 5}", "wrong-type"),
        ("{name: abc, ports: [], brokerRef: A_b}", "wrong-pattern"),
        ("{name: abc, ports: [], brokeRef: x-y}", "unknown-key"),
        ("{name: abc, ports: [], brokerRef: null}", "null-value"),
    ],
)
def test_the_name_of_a_parent_is_held_to_the_form_of_names(run: Run, entry: str, rule: str) -> None:
    """The schema knows the property, though Azure's types have it in the resource's path."""
    result = run(f"{HEAD}brokerListeners:\n  - {entry}\n", "lint", "--format", "text")
    assert f"[{rule}]" in result.stdout


def test_a_name_is_unique_below_its_parent(run: Run) -> None:
    """The default parent is the same whether it is said or not."""
    entry = "  - {name: abc, ports: [{port: 1}]%s}\n"
    twice = f"{HEAD}brokerListeners:\n{entry % ''}{entry % ', brokerRef: default'}"
    result = run(twice, "lint", "--select", "unique-name")
    assert (result.returncode, result.stdout.count("[unique-name]")) == (1, 1)
    assert result.stdout.startswith("bikube.yaml:5:")
    assert "names are unique within a section and a parent (the first: line 4)" in result.stdout


TWO = """\
brokerListeners:
  - {name: abc, ports: [{port: 1}], oddity: 1}
  - {name: abc, ports: [{port: 2}], brokerRef: in-ner, oddity: 1}
"""


@pytest.mark.parametrize(
    ("target", "code"), [("kubernetes", 1), ("bicep", 0)], ids=["kubernetes", "bicep"]
)
def test_a_cluster_takes_a_name_once(run: Run, tmp_path: Path, target: str, code: int) -> None:
    """Two parents may have children of one name where no manifests are rendered, and only there."""
    text = HEAD + EXISTING + TWO.replace(", oddity: 1", "")
    result = run(text, "generate", "--target", target)
    assert result.returncode == code, result.stderr
    (tmp_path / "bikube.config.yaml").write_text(f"targets: [{target}]\n", encoding="utf-8")
    linted = run(text, "lint", "--format", "json", "--ignore", "kubernetes-preview")
    found = [
        (one["rule"], one["line"], one["message"], one["help"])
        for one in json.loads(linted.stdout)["diagnostics"]
    ]
    message = (
        'name "abc" is taken below "default"; a cluster has one BrokerListener of a name,'
        " whatever it is below (the first: line 5)"
    )
    taken = ("name-in-two-parents", 6, message, "choose another")
    assert found == ([taken] if code else [])


def test_children_of_two_parents_have_levels_and_fingerprints_of_their_own(
    run: Run, tmp_path: Path
) -> None:
    """The parent is a part of what a resource is known by, the default one unsaid too."""
    (tmp_path / "bikube.config.yaml").write_text(
        "targets: [bicep]\n"
        "overrides: [{resources: [brokerListeners/in-ner/abc], rules: {unknown-key: info}}]\n",
        encoding="utf-8",
    )
    select = ("--select", "unknown-key", "--format", "json")

    def found(text: str) -> list[tuple[str, str]]:
        shown = json.loads(run(HEAD + text, "lint", *select).stdout)["diagnostics"]
        return [(one["severity"], one["fingerprint"]) for one in shown]

    (bad, one), (better, other) = found(TWO)
    assert (bad, better) == ("error", "info")
    assert one != other
    head, first, second = TWO.splitlines(keepends=True)
    said = first.replace("oddity", "brokerRef: default, oddity")
    assert found(head + second + said) == [(better, other), (bad, one)]


def many(count: int) -> str:
    """A spec with more listeners than one template may have, below two brokers."""
    entries = [
        f"  - {{name: l-{number}, ports: [{{port: 1}}], brokerRef: b-{number % 2}}}\n"
        for number in range(count)
    ]
    return f"{HEAD}brokers: [{{name: b-0}}, {{name: b-1}}]\nbrokerListeners:\n{''.join(entries)}"


def test_children_in_another_template_than_their_parent_find_it(
    run: Run, bicep: BicepRpc, tmp_path: Path
) -> None:
    """Past Azure's limit of resources the parents exist for the templates that come later."""
    out = generated(run, many(900), tmp_path)
    files = templates(out / "bicep")
    assert len(files) > 1
    assert [bicep.compile(file).diagnostics for file in files] == [()] * len(files)
    resources = evaluate(bicep, files)
    names = {one.data["name"] for one in resources}
    assert len(resources) == len(names) == 902
    assert names >= {"aio-a/b-0", "aio-a/b-1/l-899", "aio-a/b-0/l-0"}
    assert compare(resources, read_folder(out / "kubernetes")) == []


def test_parents_that_are_not_described_count_in_a_template(run: Run, tmp_path: Path) -> None:
    """Azure's limit of 800 resources includes those that a template only refers to."""
    entries = "".join(
        f"  - {{name: l-{number}, ports: [], brokerRef: b-{number}}}\n" for number in range(500)
    )
    brokers = ", ".join(f"b-{number}" for number in range(500))
    text = f"{HEAD}existing: {{brokers: [{brokers}]}}\nbrokerListeners:\n{entries}"
    out = generated(run, text, tmp_path)
    texts = [file.read_text(encoding="utf-8") for file in templates(out / "bicep")]
    counts = [text.count("\nresource ") for text in texts]
    assert max(counts) <= 800
    assert sum(text.count("/brokers@") for text in texts) == 500
    assert sum(text.count("/listeners@") for text in texts) == 500
