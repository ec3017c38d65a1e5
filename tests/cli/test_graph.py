"""``bikube graph`` from outside: what it draws goes to standard output, all else is said apart."""

from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.trees import spec, write_tree

FLOW = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
dataflows:
  - name: telemetry
    operations:
      - {operationType: Source, sourceSettings: {endpointRef: default, dataSources: [a/b]}}
      - {operationType: Destination, destinationSettings: {endpointRef: hub, dataDestination: t}}
existing: {dataflowEndpoints: [hub]}
"""

MERMAID = """\
flowchart LR
  subgraph instance["aio-plant-7"]
    dataflowEndpoint_default[("default<br/>dataflow endpoint")]
    dataflowEndpoint_hub[("hub<br/>dataflow endpoint")]
    subgraph dataflowProfile_default["default<br/>dataflow profile"]
      dataflow_telemetry["telemetry<br/>dataflow"]
    end
    topic_d11840b080b3(["a/b"])
  end
  dataflowEndpoint_default --> topic_d11840b080b3
  dataflow_telemetry -->|"t"| dataflowEndpoint_hub
  topic_d11840b080b3 --> dataflow_telemetry
  classDef outside stroke:#888888,stroke-dasharray:4 4
  class dataflowEndpoint_default,dataflowEndpoint_hub,dataflowProfile_default outside
"""

DOT = """\
digraph bikube {
  rankdir=LR
  compound=true
  node [fontname="sans-serif", shape="box"]
  edge [fontname="sans-serif"]
  graph [fontname="sans-serif"]
  subgraph cluster_instance {
    style=""
    color="black"
    label="aio-plant-7"
    broker_line [label="line\\nbroker\\nerror: unknown-key", style="filled", color="#cc0000", \
fillcolor="#ffdddd", shape="box"]
  }
}
"""


def test_a_flowchart_is_drawn(run_cli: RunCli, tmp_path: Path) -> None:
    """The spec of the folder, in Mermaid, and nothing is said."""
    write_tree(tmp_path, {"bikube.yaml": FLOW})
    assert run_cli("graph", cwd=tmp_path) == (0, MERMAID, "")


def test_findings_are_no_failure(run_cli: RunCli) -> None:
    """A spec with an error is drawn with it; standard input is a spec too."""
    text = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
    text += "brokers: [{name: line, memry: Low}]\n"
    result = run_cli("graph", "-", "--format", "dot", stdin=text.encode())
    assert result == (0, DOT, "")


def test_rules_are_chosen_as_for_lint(run_cli: RunCli, tmp_path: Path) -> None:
    """What is ignored, suppressed or switched off is not in the picture."""
    text = spec().replace("host: ", "host: A")
    suppressed = text.replace(
        "    host:", "    # bikube: ignore[registry-host-case] its owner knows\n    host:"
    )
    assert "registry-host-case" in run_cli("graph", "-", stdin=text.encode()).out
    off = "rules: {registry-host-case: 'off'}\n"
    write_tree(tmp_path, {"bikube.yaml": text, "bikube.config.yaml": off})
    for arguments, cwd, stdin in (
        (("--ignore", "registry-*", "-"), None, text),
        ((), tmp_path, ""),
        (("-",), None, suppressed),
    ):
        drawn = run_cli("graph", *arguments, cwd=cwd, stdin=stdin.encode())
        assert (drawn.code, "registry-host-case" in drawn.out) == (0, False)


def test_only_what_is_around_a_name_is_drawn(run_cli: RunCli, tmp_path: Path) -> None:
    """The resource, what is in it, what it has arrows with, and the boxes around these."""
    other = "brokers: [{name: line-7, memoryProfile: Low}]\n"
    write_tree(tmp_path, {"bikube.yaml": FLOW + other})
    assert "line-7" in run_cli("graph", cwd=tmp_path).out
    assert run_cli("graph", "--around", "telemetry", cwd=tmp_path).out == MERMAID
    assert (
        run_cli("graph", "--around", "hub", "--around", "line-7", cwd=tmp_path).out
        == """\
flowchart LR
  subgraph instance["aio-plant-7"]
    broker_line_7["line-7<br/>broker"]
    dataflowEndpoint_hub[("hub<br/>dataflow endpoint")]
    subgraph dataflowProfile_default["default<br/>dataflow profile"]
      dataflow_telemetry["telemetry<br/>dataflow"]
    end
  end
  dataflow_telemetry -->|"t"| dataflowEndpoint_hub
  classDef outside stroke:#888888,stroke-dasharray:4 4
  class dataflowEndpoint_hub,dataflowProfile_default outside
"""
    )


@pytest.mark.parametrize(
    ("name", "advice"),
    [("telemetri", 'did you mean "telemetry"?'), ("x", "resources have their own names there")],
)
def test_a_name_that_is_not_there_is_wrong_usage(run_cli: RunCli, name: str, advice: str) -> None:
    """The nearest one is named, if there is one."""
    result = run_cli("graph", "-", "--around", name, stdin=FLOW.encode())
    said = f'bikube: nothing in the picture is called "{name}"; {advice}\n'
    assert result == (2, "", said)


def test_what_is_no_spec_is_said(run_cli: RunCli, tmp_path: Path) -> None:
    """The others are drawn; what cannot be read is worse than what cannot be drawn."""
    write_tree(tmp_path, {"a.bikube.yaml": "{", "b.bikube.yaml": FLOW})
    result = run_cli("graph", ".", cwd=tmp_path)
    found = run_cli("lint", "a.bikube.yaml", cwd=tmp_path).out
    assert "yaml-syntax" in found
    said = "bikube: a.bikube.yaml is no spec, and not drawn\n"
    assert result == (1, MERMAID, found + said)
    result = run_cli("graph", "b.bikube.yaml", "a.bikube.yaml", "none.yaml", cwd=tmp_path)
    assert (result.code, result.out) == (2, MERMAID)
    assert "none.yaml" in result.err


@pytest.mark.parametrize("more", [(), ("--format", "dot"), ("--around", "telemetry")])
def test_nothing_is_drawn_of_nothing(
    run_cli: RunCli, tmp_path: Path, more: tuple[str, ...]
) -> None:
    """Where no file is a spec there is no picture, not even an empty one; codes are generate's."""
    write_tree(tmp_path, {"a.bikube.yaml": "{"})
    for names, code in (("a.bikube.yaml",), 1), (("a.bikube.yaml", "none.yaml"), 2):
        result = run_cli("graph", *names, *more, cwd=tmp_path)
        assert (result.code, result.out) == (code, "")
        assert result.err.endswith("\nnothing was drawn\n")
        assert run_cli("generate", *names, cwd=tmp_path).code == code


def test_a_picture_that_is_large_for_mermaid_is_told(run_cli: RunCli) -> None:
    """It is written nevertheless; DOT has no such bounds."""
    topics = "".join(f"{number}, " for number in range(1000, 1300))
    text = FLOW.replace("[a/b]", f"[{topics.replace('1', 'x')}]")
    result = run_cli("graph", "-", stdin=text.encode())
    assert result.code == 0
    assert result.err.startswith("this is much for Mermaid (")
    assert result.err.endswith('"--format dot" has no limit\n')
    assert run_cli("graph", "-", "--format", "dot", stdin=text.encode()).err == ""


def test_files_that_were_passed_over_are_named(run_cli: RunCli, tmp_path: Path) -> None:
    """As for lint, what may have been meant is told."""
    write_tree(tmp_path, {"a.bikube.yaml": FLOW, "b.bikube.yml": FLOW})
    assert "b.bikube.yml" in run_cli("graph", ".", cwd=tmp_path).err
