"""Specs of any size: the four methods in turn, block style, distinct hosts, no aliases."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_HEAD = """\
bikube: v1
instance:
  name: {instance}
  customLocation: cl-{instance}
registryEndpoints:
"""

_ENTRIES = (
    """\
  - name: system-{number:06}
    host: registry{number:06}.azurecr.io
    authentication:
      method: SystemAssignedManagedIdentity
      systemAssignedManagedIdentitySettings:
        audience: https://management.azure.com/
""",
    """\
  - name: user-{number:06}
    host: registry{number:06}.azurecr.io
    authentication:
      method: UserAssignedManagedIdentity
      userAssignedManagedIdentitySettings:
        clientId: {number:08x}-8d0b-4c67-9a44-0d1f6b2e7a91
        tenantId: 8b0de7a2-5f39-4d86-b1c3-74e9a5d02c6f
""",
    """\
  - name: secret-{number:06}
    host: harbor{number:06}.example.com
    authentication:
      method: ArtifactPullSecret
      artifactPullSecretSettings:
        secretRef: pull-{number:06}
""",
    """\
  - name: public-{number:06}
    host: mirror{number:06}.example.com
    authentication:
      method: Anonymous
      anonymousSettings: {{}}
""",
)


class Finding(NamedTuple):
    """What is replaced in an entry so that it has a finding, and whether that is an error."""

    right: str
    wrong: str
    is_error: bool = True


FINDINGS = {
    "capitals": Finding("host: ", "host: Line-", is_error=False),
    "unknown key": Finding("    host: ", "    hosst{number}: example.com\n    host: "),
    "wrong type": Finding("host: ", "host: [{number}] # "),
    "missing key": Finding("host: ", "# host: "),
}


def spec(endpoints: int, *, instance: str, finding: str) -> Iterator[str]:
    """The text of a spec, in pieces; ``finding`` is a key of ``FINDINGS``, or empty for none."""
    yield _HEAD.format(instance=instance)
    entries: Sequence[str] = _ENTRIES
    if finding:
        right, wrong, _ = FINDINGS[finding]
        entries = [entry.replace(right, wrong) for entry in entries]
    for number in range(endpoints):
        yield entries[number % len(entries)].format(number=number)


def write(path: Path, endpoints: int, *, instance: str = "aio-bench", finding: str = "") -> Path:
    """Writes such a spec, and gives back its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(spec(endpoints, instance=instance, finding=finding))
    return path
