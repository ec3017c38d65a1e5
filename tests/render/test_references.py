"""What resources name is deployed before them: in one template, and across several."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.compare import compare
from tests.proof.evaluate import evaluate, templates
from tests.proof.manifests import read_folder

from bikube.document import decode, parse
from bikube.render import target_apis
from bikube.render.bicep.template import item
from bikube.spec import Spec
from bikube.spec.resources import resources_of

PLANT = """\
bikube: v1
instance: {name: aio-a, customLocation: cl-a}
targets: {bicep: {apiVersions: {akriConnectorTemplates: 2025-07-01-preview}}}
existing:
  registryEndpoints: [other-acr]
  brokerAuthentications: [elsewhere]
brokers: [{name: line-7, memoryProfile: Low}]
brokerAuthentications:
  - name: plant
    authenticationMethods: [{method: Custom, customSettings: {endpoint: 'https://a.example.org'}}]
  - name: line-plant
    brokerRef: line-7
    authenticationMethods: [{method: Custom, customSettings: {endpoint: 'https://a.example.org'}}]
brokerAuthorizations:
  - {name: rules, authorizationPolicies: {cache: Enabled}}
brokerListeners:
  - name: network
    ports:
      - {port: 8883, authenticationRef: plant, authorizationRef: rules}
      - {port: 8884, authenticationRef: plant, authorizationRef: rules}
      - {port: 8885, authenticationRef: default}
      - {port: 8886, authenticationRef: elsewhere}
  - name: line-network
    brokerRef: line-7
    ports: [{port: 8883, authenticationRef: line-plant}]
registryEndpoints:
  - {name: plant-acr, host: plant.azurecr.io, authentication: {method: Anonymous}}
dataflowEndpoints:
  - name: event-hub
    endpointType: Kafka
    kafkaSettings:
      host: plant7.servicebus.windows.net:9093
      authentication: {method: Anonymous}
dataflowProfiles: [{name: line-7, instanceCount: 1}]
dataflows:
  - name: to-cloud
    profileRef: line-7
    operations:
      - operationType: Source
        sourceSettings: {endpointRef: event-hub, dataSources: [a]}
      - operationType: Destination
        destinationSettings: {endpointRef: event-hub, dataDestination: b}
dataflowGraphs:
  - name: graph
    nodes:
      - {nodeType: Source, name: in, sourceSettings: {endpointRef: default, dataSources: [a]}}
      - {nodeType: Graph, name: a, graphSettings: {registryEndpointRef: plant-acr, artifact: 'a:1'}}
      - {nodeType: Graph, name: b, graphSettings: {registryEndpointRef: other-acr, artifact: 'a:1'}}
      - nodeType: Destination
        name: out
        destinationSettings: {endpointRef: event-hub, dataDestination: b}
    nodeConnections: [{from: {name: in}, to: {name: a}}, {from: {name: a}, to: {name: out}}]
akriConnectorTemplates:
  - name: managed
    deviceInboundEndpointTypes: [{endpointType: Microsoft.Http}]
    runtimeConfiguration:
      runtimeConfigurationType: ManagedConfiguration
      managedConfigurationSettings:
        managedConfigurationType: ImageConfiguration
        imageConfigurationSettings:
          imageName: a
          registrySettings:
            registrySettingsType: RegistryEndpointRef
            registryEndpointRef: plant-acr
  - name: helm
    deviceInboundEndpointTypes: [{endpointType: Microsoft.Http}]
    runtimeConfiguration:
      runtimeConfigurationType: HelmConfiguration
      helmConfigurationSettings:
        releaseName: a
        repositoryName: b
        version: '1'
        registrySettings:
          registrySettingsType: RegistryEndpointRef
          registryEndpointRef: plant-acr
"""

EDGES = [
    ("akriConnectorTemplates/helm", "registryEndpoints/plant-acr"),
    ("akriConnectorTemplates/managed", "registryEndpoints/plant-acr"),
    ("brokers/line-7/authentications/line-plant", "brokers/line-7"),
    ("brokers/line-7/listeners/line-network", "brokers/line-7"),
    (
        "brokers/line-7/listeners/line-network",
        "brokers/line-7/authentications/line-plant",
    ),
    ("brokers/default/listeners/network", "brokers/default/authentications/plant"),
    ("brokers/default/listeners/network", "brokers/default/authorizations/rules"),
    ("dataflowProfiles/default/dataflowGraphs/graph", "dataflowEndpoints/event-hub"),
    ("dataflowProfiles/default/dataflowGraphs/graph", "registryEndpoints/plant-acr"),
    ("dataflowProfiles/line-7/dataflows/to-cloud", "dataflowEndpoints/event-hub"),
    ("dataflowProfiles/line-7/dataflows/to-cloud", "dataflowProfiles/line-7"),
]
"""What waits for what: all that is in the template, once each, and nothing that exists."""

QUOTED = re.compile("'([^']*)'")

Generate: TypeAlias = Callable[[str], Path]


@pytest.fixture
def generate(tmp_path: Path) -> Generate:
    """Render a spec; the folder of what has come of it."""

    def generate_from(text: str) -> Path:
        (tmp_path / "bikube.yaml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "bikube", "generate"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return tmp_path / "deploy/aio-a"

    return generate_from


def bound(text: str) -> Spec:
    """The spec ``text``."""
    document, _ = parse(decode("bikube.yaml", text.encode())[0])
    assert document is not None
    return Spec(document, target_apis())


def path_of(type_: str, names: list[str]) -> str:
    """A resource below the instance: types and names by turns."""
    types = type_.removeprefix("Microsoft.IoTOperations/instances/").split("/")
    return "/".join(part for pair in zip(types, names, strict=True) for part in pair)


def edges(compiled: str) -> Iterator[tuple[str, str]]:
    """What waits for what in a compiled template."""
    for resource in json.loads(compiled)["resources"]:
        _form, instance, *below = QUOTED.findall(resource["name"])
        assert instance == "instanceName"
        for target in resource.get("dependsOn", ()):
            type_, instance, *above = QUOTED.findall(target)
            assert instance == "instanceName"
            yield path_of(resource["type"], below), path_of(type_, above)


def test_a_resource_waits_for_all_that_it_names(generate: Generate, bicep: BicepRpc) -> None:
    """Each reference of each kind is an edge in the compiled template, and so is each parent."""
    out = generate(PLANT)
    (file,) = templates(out / "bicep")
    compiled = bicep.compile(file)
    assert compiled.diagnostics == ()
    assert compiled.template is not None
    assert sorted(edges(compiled.template)) == sorted(EDGES)
    assert bicep.format(file) == file.read_text(encoding="utf-8")
    found = compare(evaluate(bicep, [file]), read_folder(out / "kubernetes"))
    # A manifest has no place for the broker of an authentication.
    assert [[where.value for where in one.sightings] for one in found] == [["line-7", "default"]]


def test_a_name_that_is_here_is_a_symbol_and_any_other_one_a_literal(generate: Generate) -> None:
    """So it reads in the template; what exists is not declared for the sake of its name."""
    (file,) = templates(generate(PLANT) / "bicep")
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"(?:Ref|endpointRef): (\S+)", text) == [
        *("brokerAuthentication_plant.name", "brokerAuthorization_rules.name") * 2,
        *("'default'", "'elsewhere'", "brokerAuthentication_line_plant_In_line_7.name"),
        *["dataflowEndpoint_event_hub.name"] * 2,
        *("'default'", "registryEndpoint_plant_acr.name", "'other-acr'"),
        "dataflowEndpoint_event_hub.name",
        *["registryEndpoint_plant_acr.name"] * 2,
    ]
    assert text.count(" existing = {") == 4


SECTIONS = {
    "registryEndpoints": "{name: r-%d, host: r%d.azurecr.io, authentication: {method: Anonymous}}",
    "brokers": "{name: b-%d, memoryProfile: Low}",
    "brokerAuthentications": "{name: t-%d, brokerRef: b-%d, authenticationMethods: []}",
    "brokerAuthorizations": "{name: z-%d, brokerRef: b-%d, authorizationPolicies: {}}",
    "brokerListeners": (
        "{name: l-%d, brokerRef: b-%d, ports: [{port: 1, authenticationRef: t-%d,"
        " authorizationRef: z-%d}]}"
    ),
    "dataflowEndpoints": (
        "{name: e-%d, endpointType: Mqtt, mqttSettings: {host: 'a.example:8883', authentication:"
        " {method: Anonymous}}}"
    ),
    "dataflowProfiles": "{name: p-%d, instanceCount: 1}",
    "dataflows": (
        "{name: f-%d, profileRef: p-%d, operations: [{operationType: Source, sourceSettings:"
        " {endpointRef: e-%d, dataSources: [a]}}]}"
    ),
    "dataflowGraphs": (
        "{name: g-%d, profileRef: p-%d, nodes: [{nodeType: Source, name: in, sourceSettings:"
        " {endpointRef: e-%d, dataSources: [a]}}, {nodeType: Graph, name: own, graphSettings:"
        " {registryEndpointRef: r-%d, artifact: 'a:1'}}, {nodeType: Destination, name: out,"
        " destinationSettings: {endpointRef: e-%d, dataDestination: b}}], nodeConnections: [{from:"
        " {name: in}, to: {name: own}}, {from: {name: own}, to: {name: out}}]}"
    ),
    "akriConnectorTemplates": (
        "{name: a-%d, deviceInboundEndpointTypes: [{endpointType: b}], runtimeConfiguration:"
        " {runtimeConfigurationType: ManagedConfiguration, managedConfigurationSettings:"
        " {managedConfigurationType: ImageConfiguration, imageConfigurationSettings: {imageName: a,"
        " registrySettings: {registrySettingsType: RegistryEndpointRef, registryEndpointRef:"
        " r-%d}}}}}"
    ),
}


def mixed(count: int) -> str:
    """A spec with ``count`` resources of every kind, each of which names others of its number."""
    head = "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a}\n"
    body = "".join(
        f"{section}:\n" + "".join(f"  - {entry}\n".replace("%d", str(n)) for n in range(count))
        for section, entry in SECTIONS.items()
    )
    return head + body


LEADS = {
    "authenticationRef": "brokers/{}/authentications/{}",
    "authorizationRef": "brokers/{}/authorizations/{}",
    "endpointRef": "dataflowEndpoints/{1}",
    "registryEndpointRef": "registryEndpoints/{1}",
}


def test_past_the_limits_what_is_named_is_in_an_earlier_template(
    generate: Generate, bicep: BicepRpc
) -> None:
    """Templates deploy one after another by name: what is named, or a parent, is never too late."""
    files = templates(generate(mixed(80)) / "bicep")
    assert len(files) > 1
    deployed: set[str] = set()
    named = 0
    for file in files:
        resources = [one.data for one in evaluate(bicep, [file])]
        new = {path_of(one["type"], one["name"].split("/")[1:]): one for one in resources}
        deployed |= new.keys()
        for path, one in new.items():
            above = path.split("/")[1]
            needed = {LEADS[key].format(above, name) for key, name in references(one)}
            if path.count("/") > 1:
                needed.add("/".join(path.split("/")[:2]))
            assert needed <= deployed
            named += len(needed)
    assert (len(deployed), named) == (800, 880)


def test_what_a_resource_waits_for_counts_in_its_size(generate: Generate, bicep: BicepRpc) -> None:
    """It is estimated at no less than what the compiler writes, with the longest names too."""
    long = "a" * 63
    names = ("line-plant", "line-network", "plant-acr", "event-hub", "line-7", "rules", "plant")
    text = PLANT
    for number, name in enumerate(names):
        text = re.sub(rf"(name|\w+Ref): {name}\b", rf"\1: {long[:-1]}{number}", text)
    (file,) = templates(generate(text) / "bicep")
    compiled = bicep.compile(file).template
    assert compiled is not None
    spec = bound(text)
    sizes = [item(resource).size for resource in resources_of(spec)]
    written = json.loads(compiled)["resources"]
    assert len(written) == len(sizes)
    assert [
        one["name"]
        for one, size in zip(written, sizes, strict=True)
        if size < len(re.sub("^", "    ", json.dumps(one, indent=2), flags=re.MULTILINE)) + 2
    ] == []


def references(value: Any) -> Iterator[tuple[str, str]]:
    """Every reference below ``value``: what it is called, and what it names."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in LEADS:
                yield key, item
            yield from references(item)
