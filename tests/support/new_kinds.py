"""A copy of the package that has more kinds, used through its command line."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
KIND = """\
from bikube.azure.kind import Kind, CustomResource

KIND = Kind(
    section="{section}",
    singular="{singular}",
    arm_type="Microsoft.IoTOperations/instances/{types}",
    custom_resource=CustomResource(group="example.iotoperations.azure.com", kind="{singular}"),
    order=2,
)
"""


class PackageCopy:
    """The package below ``folder`` with a kind for each section, named by what ARM calls it."""

    def __init__(self, folder: Path, kinds: Mapping[str, str]) -> None:
        for name in ("generator", "rules", "templates"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pyc*"))
        self._path = folder / "generator"
        for section, types in kinds.items():
            text = KIND.format(section=section, singular=section.removesuffix("s"), types=types)
            name = re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", section)
            path = self._path / "bikube" / "azure" / "kinds" / f"{name}.py"
            path.write_text(text, encoding="utf-8")

    def run(self, *arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
        """Runs ``bikube`` of the copy in ``cwd``."""
        return subprocess.run(
            [sys.executable, "-m", "bikube", *arguments],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(self._path)},
            capture_output=True,
            text=True,
            check=False,
        )
