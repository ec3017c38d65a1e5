"""Folders of specs for tests, in a few lines."""

from pathlib import Path


def spec(
    instance: str = "aio-plant-7", *, host: str = "plant7.azurecr.io", name: str = "a1b"
) -> str:
    """A spec with one endpoint that signs in with the system's identity."""
    return (
        "bikube: v1\n"
        f"instance: {{name: {instance}, customLocation: cl-plant-7}}\n"
        "registryEndpoints:\n"
        f"  - name: {name}\n"
        f"    host: {host}\n"
        "    authentication: {method: SystemAssignedManagedIdentity}\n"
    )


def write_tree(folder: Path, files: dict[str, str]) -> Path:
    """Writes ``files`` below ``folder``, which is given back."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder
