"""Values of a form that Azure does not take, and usual ones that are missing, are told in words."""

import pytest
from tests.support.found import real

from bikube.diagnostics import Diagnostic
from bikube.fix.rounds import fix_spec

HEAD = "bikube: v1\ninstance: {name: aio-a, customLocation: cl-a}\n"
BUFFER = HEAD + "brokers:\n  - name: default\n    diskBackedMessageBuffer: {maxSize: %s}\n"
SIZE = "a whole number and one of K, M, G, T, P, E are expected"
GRAPH = (
    HEAD + "targets: {bicep: {apiVersion: 2026-11-01-preview}}\n"
    "dataflowGraphs:\n  - name: abc\n    fileStores: [%s]\n"
)
LAKE = (
    HEAD + "dataflowEndpoints:\n  - name: abc\n    endpointType: DataLakeStorage\n"
    "    dataLakeStorageSettings: {host: %s, authentication: {method: AccessToken}}\n"
)


def _found(text: str, rule: str) -> list[Diagnostic]:
    return [one for one in real(text).diagnostics if one.rule == rule]


@pytest.mark.parametrize(
    ("value", "advice", "fixed"),
    [
        ("10Gi", 'write "10G", which is a little less', "10G"),
        ("512 MiB", 'write "512M", which is a little less', "512M"),
        ("10 G", 'did you mean "10G"?', "10G"),
        ("10GB", 'did you mean "10G"?', "10G"),
        ("10G;", 'leave the ";" out', "10G;"),
        ("1.5G", 'write it as in "10G"', "1.5G"),
        ("10g", 'write it as in "10G"', "10g"),
    ],
)
def test_a_size_of_another_form(value: str, advice: str, fixed: str) -> None:
    """The units are told, and the same number in one of them; a fix that writes it is not safe."""
    (one,) = _found(BUFFER % value, "wrong-pattern")
    assert (one.message, one.help) == (f'"maxSize" is "{value}"; {SIZE}', advice)
    safe, unsafe = (
        fix_spec((BUFFER % value).encode(), lambda data: real(data.decode()), unsafe=unsafe)
        for unsafe in (False, True)
    )
    assert safe.linted.source.text == BUFFER % value
    assert unsafe.linted.source.text == BUFFER % fixed


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("plant7.dfs.core.windows.net", 'did you mean "plant7.blob.core.windows.net"?'),
        ("plant7.example.org", 'write it as in "plant7.blob.core.windows.net"'),
    ],
)
def test_a_host_of_another_service(value: str, advice: str) -> None:
    """The host that the endpoint wants is told by what it is the host of."""
    (one,) = _found(LAKE % value, "wrong-pattern")
    expected = "the host of a storage account is expected"
    assert (one.message, one.help) == (f'"host" is "{value}"; {expected}', advice)


@pytest.mark.parametrize(
    ("store", "pattern", "advice"),
    [
        (
            "{id: a, persistentVolumeClaimRef: abc, subPath: /a}",
            'is "/a"; a path inside of the volume, with neither "/" in front nor "..", is expected',
            'did you mean "a"?',
        ),
        (
            "{id: a, persistentVolumeClaimRef: Our_Claim}",
            'is "Our_Claim"; lower-case letters, digits and inner hyphens are expected',
            'did you mean "our-claim"?',
        ),
        (
            "{id: a, persistentVolumeClaimRef: /abc}",
            'is "/abc"; lower-case letters, digits and inner hyphens are expected',
            "write the name of a persistent volume claim",
        ),
    ],
)
def test_a_store_of_a_graph(store: str, pattern: str, advice: str) -> None:
    """Names and paths are told in words, with the near one where there is one."""
    (one,) = _found(GRAPH % store, "wrong-pattern")
    assert (one.message.partition(" ")[2], one.help) == (pattern, advice)


def test_a_missing_group_of_an_issuer_is_told() -> None:
    """An issuer of cert-manager has its group, and nothing is written, since it may be another."""
    text = (
        f"{HEAD}brokerListeners:\n  - name: abc\n    ports:\n      - port: 8883\n        tls:\n"
        "          mode: Automatic\n          certManagerCertificateSpec:\n"
        "            issuerRef: {kind: Issuer, name: abc}\n"
    )
    (one,) = _found(text, "required-property")
    assert (one.message, one.help, one.fix) == (
        '"issuerRef" has no "group"; it is required',
        'add "group: cert-manager.io"',
        None,
    )
    (other,) = _found(text.replace("kind: Issuer", "group: x"), "required-property")
    assert other.help == 'add "kind:"'
