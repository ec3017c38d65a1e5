"""What Azure's types want of some values, in words: their patterns, and what is usual.

The patterns are those of the schemas beside this file; the description of each property in the
types of 2026-07-01 says what it is:
https://github.com/Azure/bicep-types-az/blob/main/generated/iotoperations_1/microsoft.iotoperations/2026-07-01/types.md
"""

from collections.abc import Mapping
from typing import NamedTuple


class Near(NamedTuple):
    """A form in which people write a value: ``by`` is what it is replaced by, as ``re.sub`` does.

    ``advice`` names what comes of it: ``{near}``.
    """

    form: str
    by: str
    advice: str = 'did you mean "{near}"?'


class Wording(NamedTuple):
    """A pattern in words: what is ``expected``, and what to do where nothing else is known.

    ``near`` are forms that are tried, in order, on what does not match.
    """

    expected: str
    advice: str
    near: tuple[Near, ...] = ()


PATTERNS: Mapping[str, Wording] = {
    "^https://.*$": Wording(
        'an address that begins with "https://" is expected', 'begin it with "https://"'
    ),
    r".+\..+\.kusto\.windows\.net": Wording(
        "the host of a cluster of Azure Data Explorer is expected",
        'write it as in "plant7.westeurope.kusto.windows.net"',
    ),
    r".+\.blob\.core\.windows\.net": Wording(
        "the host of a storage account is expected",
        'write it as in "plant7.blob.core.windows.net"',
        (Near(r"^([^./]+)\.dfs\.core\.windows\.net$", r"\1.blob.core.windows.net"),),
    ),
    r".+\.fabric\.microsoft\.com": Wording(
        "the host of OneLake is expected", 'write it as in "onelake.dfs.fabric.microsoft.com"'
    ),
    "^[0-9]+[KMGTPE]$": Wording(
        "a whole number and one of K, M, G, T, P, E are expected",
        'write it as in "10G"',
        (
            # The size is one of Kubernetes, where G is 10^9 and Gi is 2^30.
            Near(
                "^([0-9]+) *([KMGTPE])i(?:B|b)?$", r"\1\2", 'write "{near}", which is a little less'
            ),
            Near("^([0-9]+) *([KMGTPE])(?:B|b)?$", r"\1\2"),
        ),
    ),
    "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$": Wording(
        "lower-case letters, digits and inner hyphens are expected",
        "write the name of a persistent volume claim",
    ),
    r"^(?!/)(?!.*(?:^|/)\.\.(?:/|$)).*$": Wording(
        'a path inside of the volume, with neither "/" in front nor "..", is expected',
        "write it from the top of the volume",
        (Near("^/+(?=[^/])", ""),),
    ),
}
"""The patterns of all properties that a spec can have."""

USUAL: Mapping[tuple[str, ...], str] = {
    ("certManagerCertificateSpec", "issuerRef", "group"): "cert-manager.io",
}
"""What required properties hold that people leave out, by the end of their path.

Issuers of cert-manager itself have the group that its documentation leaves out:
https://cert-manager.io/docs/configuration/issuers/
"""
