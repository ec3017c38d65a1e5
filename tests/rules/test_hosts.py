"""What all rules together say of a host: at most one mistake, whose advice leads to none."""

import json
import re

import pytest

from bikube.diagnostics import Diagnostic, Severity
from bikube.edits.recipes import apply
from bikube.lint.engine import lint
from bikube.rules.builtin import builtin_rules

PATTERN = re.compile(r"^(https:\/\/)?[a-zA-Z0-9\-]+\.azurecr\.io$")
"""The how-to's, word by word."""

PART_OF_IT = {"placeholder", "wrong-length", "registry-host-scheme", "registry-host-acr-data"}
"""Rules that name more closely what the pattern refuses."""

LOGIN_SERVERS = [
    "contoso.azurecr.us",
    "contoso.azurecr.cn",
    "contoso-a1b2c3.azurecr.cn",
    "contosoreg.westeurope.geo.azurecr.io",
    "contoso.usgovvirginia.geo.azurecr.us",
    "https://contoso.eastus2.geo.azurecr.io",
]
"""What ACR has, and the pattern refuses."""

LEADS_TO = {
    "contoso.azurecr.io:443": "contoso.azurecr.io",
    "https://contoso.azurecr.io:443/": "contoso.azurecr.io",
    "contoso.azurecr.us:443": "contoso.azurecr.us",
    "contoso.azurecr.io/": "contoso.azurecr.io",
    "contoso.azurecr.io.": "contoso.azurecr.io",
    "contoso.azurecr.io:": "contoso.azurecr.io",
    " contoso.azurecr.io": "contoso.azurecr.io",
    "contoso.azurecr.io\n": "contoso.azurecr.io",
    "Contoso.Azurecr.IO": "contoso.azurecr.io",
    "contoso.westeurope.data.azurecr.io": "contoso.azurecr.io",
    "contoso.westeurope.data.azurecr.io:443": "contoso.azurecr.io",
    "http://contoso.azurecr.io": "contoso.azurecr.io",
    "HTTPS://contoso.azurecr.io": "contoso.azurecr.io",
    "http://contoso.eastus.data.azurecr.io/": "contoso.azurecr.io",
    "oci://contoso.azurecr.io:443": "contoso.azurecr.io",
    "contoso.azurecr.com": "contoso.azurecr.io",
    "contoso.azurecr.i0": "contoso.azurecr.io",
    "contoso.azurecr.oi": "contoso.azurecr.io",
    "contoso.azurecr.de": "contoso.azurecr.io",
    "contoso.azurecr": "contoso.azurecr.io",
    "contoso.azurcr.io": "contoso.azurecr.io",
    "contoso.azuercr.io": "contoso.azurecr.io",
    "contoso.azureacr.us": "contoso.azurecr.us",
    "contosoazurecr.io": "contoso.azurecr.io",
    "Contoso.AzureCR.com:443": "contoso.azurecr.io",
    "contoso.eastus.geo.azurecr.com": "contoso.eastus.geo.azurecr.io",
    "contoso.eastus.data.azurecr.com": "contoso.azurecr.io",
    "https://contoso.azurecr.com/": "contoso.azurecr.io",
    "hub.docker.com": "docker.io",
    "https://index.docker.io/v1/": "docker.io",
    "ghcr.io/": "ghcr.io",
    "https://Harbor.example.org//": "harbor.example.org",
}
"""Where the fixes of all rules lead, one after the other, the unsafe ones too."""

TO_READ = {
    "contoso.azurecr.io:8443": "contoso.azurecr.io",
    "contoso.azurecr.io:latest": "contoso.azurecr.io",
    "contoso.azurecr.io/wasm": "contoso.azurecr.io",
    "contoso.azurecr.us/wasm/": "contoso.azurecr.us",
    "contoso.azurecr.io/wasm:1.0": "contoso.azurecr.io",
    "contoso.azurecr.io/wasm@sha256:0a1b": "contoso.azurecr.io",
    "contoso.azurecr.io@sha256:0a1b": "contoso.azurecr.io",
    "bob@contoso.azurecr.io": "contoso.azurecr.io",
    "contoso.azurecr.io?a=b": "contoso.azurecr.io",
    "contoso.azurecr.io#a": "contoso.azurecr.io",
    "my_registry.azurecr.io": None,
    "my registry.azurecr.us": None,
    "my.registry.azurecr.io": None,
    "contoso.eastus.azurecr.io": None,
    "contoso.azurecr.io latest": None,
    "contoso.azurecr.io,": None,
    "\\contoso.azurecr.io": None,
    "contoso..azurecr.io": None,
    ".azurecr.io": None,
    "https://.azurecr.io": None,
    "harbor.example.org:latest": "harbor.example.org",
    "ghcr.io/wasm:1.0": "ghcr.io",
    "ghcr.io/wasm@sha256:0a1b": "ghcr.io",
    "harbor.example.org#a": "harbor.example.org",
    "2001:db8::1": "[2001:db8::1]",
    "harbor.example.org:0": None,
    "harbor.example.org:": None,
    "bob@harbor.example.org": None,
    "my_harbor.example.org": None,
    "-harbor.example.org": None,
    "harbor.example.org.": None,
    "https://https://harbor.example.org": None,
    "https:/harbor.example.org": "harbor.example.org",
    "//harbor.example.org/": "harbor.example.org",
    "[2001:db8::g]": None,
    "ghcr.io/a//b": None,
    "<YOUR_ACR_NAME>.azurecr.io": None,
    "io": None,
    f"{'a' * 60}.azurecr.io": None,
    f"http://{'a' * 60}.azurecr.io": None,
    "http://<YOUR_ACR_NAME>.azurecr.io": None,
}
"""Mistakes that no fix mends, and the host that the advice gives, if it can give one."""

SOUND = [
    "contoso.azurecr.io",
    "https://contoso.azurecr.io",
    "Contoso.azurecr.io",
    "contoso-a1b2.azurecr.io",
    "a.azurecr.io",
    "mcr.microsoft.com",
    "ghcr.io/azure-samples",
    "docker.io",
    "harbor.example.org:5000/library",
    "harbor:5000",
    "10.0.0.5:5000",
    "300.300.300.300",
    "12:30",
    "localhost:5000",
    "contoso",
    "contoso.azurecr.in",
    "azurecr.io",
    "contoso.azure.com",
    "azurecr.example.org",
]
"""Hosts in which no rule is sure of a mistake."""

METHODS = ("SystemAssignedManagedIdentity", "Anonymous")


def spec(host: str, method: str) -> str:
    """A spec with one endpoint on ``host``."""
    return (
        "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
        f"registryEndpoints:\n- name: plant\n  host: {json.dumps(host)}\n"
        f"  authentication: {{method: {method}}}\n"
    )


def of_host(text: str) -> list[Diagnostic]:
    """What all rules find at the host of the endpoint."""
    place = ("registryEndpoints", 0, "host")
    found = lint("bikube.yaml", text.encode(), builtin_rules()).diagnostics
    return [one for one in found if one.pointer == place]


def errors(host: str, method: str = METHODS[0]) -> list[Diagnostic]:
    """The errors among them."""
    return [one for one in of_host(spec(host, method)) if one.severity is Severity.ERROR]


def mended(host: str, method: str) -> list[str]:
    """The host after each round of fixes, until no rule has one."""
    text, hosts = spec(host, method), []
    while fixes := [one.fix for one in of_host(text) if one.fix is not None]:
        text = apply(text, fixes)
        hosts.append(re.findall(r"(?m)^  host: (.*)$", text)[0].strip('"'))
        assert len(hosts) < 6
    return hosts


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("host", [*LOGIN_SERVERS, *LEADS_TO, *TO_READ, *SOUND])
def test_no_host_has_two_errors(host: str, method: str) -> None:
    """One mistake is one error, and fixes never make a second one."""
    assert [len(errors(one, method)) < 2 for one in (host, *mended(host, method))] == [
        True for _ in (host, *mended(host, method))
    ]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("host", "end"), LEADS_TO.items())
def test_fixes_lead_to_a_host_that_is_right(host: str, end: str, method: str) -> None:
    """Following them ends, and where it ends no rule has an error, or a fix that leads away."""
    assert mended(host, method)[-1] == end
    assert errors(end, method) == []


@pytest.mark.parametrize(("host", "end"), TO_READ.items())
def test_advice_leads_to_a_host_that_is_right(host: str, end: str | None) -> None:
    """Where no fix is certain there is one error, and the host that it says to write has none."""
    (error,) = errors(host)
    assert error.fix is None
    assert re.findall('write "([^"]*)"', error.text) == ([end] if end is not None else [])
    assert end is None or errors(end) == []


@pytest.mark.parametrize("host", SOUND)
def test_no_rule_calls_a_sound_host_a_mistake(host: str) -> None:
    """What may be right is a warning at most."""
    assert errors(host) == []


@pytest.mark.parametrize("host", LOGIN_SERVERS)
def test_a_login_server_outside_the_pattern_is_a_note(host: str) -> None:
    """What ACR has none the less is generated, with a note that says what is open."""
    found = {(one.rule, one.severity.label) for one in of_host(spec(host, METHODS[0]))}
    assert not PATTERN.search(host)
    assert found - {("registry-host-https", "info")} == {("registry-host-acr-undocumented", "info")}


ACR = [host for host in (*LEADS_TO, *TO_READ, *SOUND) if re.search(r"(?i)\.azurecr\.io\b", host)]


@pytest.mark.parametrize("host", ACR)
def test_what_the_pattern_refuses_is_an_error_of_its_rule(host: str) -> None:
    """The how-to's pattern is a must, and it alone: what it lets pass is no error."""
    found = {one.rule for one in errors(host)}
    if PATTERN.search(host) and "\n" not in host and len(host) < 64:
        assert found == set()
    else:
        assert len(found) == 1
        assert found <= {"registry-host-acr-pattern", *PART_OF_IT}
