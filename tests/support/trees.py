"""Folders of specs for tests, in a few lines."""

from pathlib import Path


def spec(
    instance: str = "aio-plant-7", *, host: str = "plant7.azurecr.io", name: str = "a1b"
) -> str:
    """A spec with one endpoint that signs in with the system's identity, at a place of its own."""
    place = instance.removeprefix("aio-") if instance.startswith("aio-") else "plant-7"
    return (
        "bikube: v1\n"
        f"instance: {{name: {instance}, customLocation: cl-{place}}}\n"
        "registryEndpoints:\n"
        f"  - name: {name}\n"
        f"    host: {host}\n"
        "    authentication: {method: SystemAssignedManagedIdentity}\n"
    )


OLD_VERSION = "targets: {bicep: {apiVersion: 2020-01-01}}\n"
"""The end of a spec with an API version that Azure never had."""


COMPANY_RULE = """\
id: company-registry
summary: Endpoints use the company's registries.
severity: error
since: 1.0.0
sections: [registryEndpoints]
rationale: Images from elsewhere are not scanned.
remediation: Push the artifact to a company registry.
references: [https://example.com/registries]
require:
  pattern: {at: /host, matches: 'company[a-z0-9]*\\.azurecr\\.io'}
message: 'host "{value}" is not ours; "company….azurecr.io" is expected; use one of these'
valid:
  - |
    - {name: a1b, host: company7.azurecr.io, authentication: {method: Anonymous}}
invalid:
  - spec: |
      - {name: a1b, host: other.azurecr.io, authentication: {method: Anonymous}}
    expect: [{at: /registryEndpoints/0/host, text: other.azurecr.io}]
"""
"""The file of a rule of one's own, ``company-registry``."""


def rule_about_versions(name: str, *, check: str = "api-version: {finds: unknown}") -> str:
    """A rule file that finds ``OLD_VERSION``, or whatever else its ``check`` finds."""
    return (
        f"id: {name}\nsummary: Versions are known.\nseverity: warning\nsince: 1.0.0\n"
        "rationale: They are.\nremediation: Use them.\nreferences: [https://example.org/]\n"
        f"require: {{{check}}}\nmessage: '{{value}}; two; three'\n"
    )


FAILS = "fails: {}"
"""The check of the fixture ``failing_check``."""

FAILING = '''
class Fails:
    """It is there, and cannot look."""

    fills = ()
    parameters = {"type": "object"}

    def search(self, spec):
        raise RuntimeError("it has failed")


CHECK = Fails
'''


def identity(path: Path) -> tuple[int, int, bytes]:
    """What another file in the place of ``path`` would change, and writing to it, but no reading.

    A file that is replaced is another inode, and one that is written to has another time.
    """
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, path.read_bytes()


def write_tree(folder: Path, files: dict[str, str]) -> Path:
    """Writes ``files`` below ``folder``, which is given back."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder
