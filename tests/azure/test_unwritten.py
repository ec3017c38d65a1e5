"""Resource types that a spec has no section for."""

import pytest

from bikube.azure.unwritten import instance_properties, unwritten, unwritten_names

CONNECTORS = ("connectors", "akriConnectorTemplates", True)
SERVICES = ("akriServices", "", True)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("connectors", CONNECTORS),
        ("Connector", CONNECTORS),
        ("akriConnectors", CONNECTORS),
        ("akriConnectorTemplates/connectors", CONNECTORS),
        ("akriServices", SERVICES),
        ("akriService", SERVICES),
        ("mcpServerConnections", ("mcpServerConnections", "", False)),
        ("akriEdgeApplicationConfigurations", ("akriEdgeApplicationConfigurations", "", False)),
    ],
)
def test_a_type_is_found_by_whatever_it_may_be_called(
    name: str, found: tuple[str, str, bool]
) -> None:
    """Azure's types say what it is below, and whether there is anything to write of it."""
    one = unwritten(name)
    assert one is not None
    assert (one.name, one.parent, one.read_only) == found


@pytest.mark.parametrize("name", ["registryEndpoints", "brokers", "instances", "akri", ""])
def test_nothing_else_is_found(name: str) -> None:
    """A section is none of them, and neither is the instance."""
    assert unwritten(name) is None


def test_the_versions_of_a_type_are_known() -> None:
    """Akri's services came with 2026-03-01."""
    one = unwritten("akriServices")
    assert one is not None
    assert one.versions[0] == "2026-03-01"


def test_the_names_of_all_types_without_a_section_are_known() -> None:
    """By what ARM calls them, each once."""
    names = unwritten_names()
    assert {"akriServices", "connectors", "mcpServerConnections"} <= {*names}
    assert [*names] == sorted({*names})


def test_the_properties_of_the_instance_are_known() -> None:
    """Those beside its "properties" too; what a spec says of it is no property of it."""
    assert {"features", "schemaRegistryRef", "identity", "tags"} <= instance_properties()
    assert "customLocation" not in instance_properties()
