"""Directives for versions without types: as many as the compiler needs, and no more."""

import re
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.proof.snippets import Codes

SPEC = """\
bikube: v1
instance: {{name: aio-plant-7, customLocation: cl-plant-7}}
targets: {{bicep: {{apiVersion: {version}}}}}
registryEndpoints:
  - {{name: mirror, host: mcr.microsoft.com, authentication: {{method: Anonymous}}}}
"""
DIRECTIVE = re.compile(r"^#disable-next-line BCP081\n", re.MULTILINE)


@pytest.mark.parametrize(
    ("version", "count"),
    [
        ("2024-07-01-preview", 1),
        ("2024-09-15-preview", 1),
        ("2025-10-01-preview", 2),
        ("2026-10-01", 0),
        ("2026-11-01-preview", 0),
        ("2099-01-01", 2),
    ],
)
def test_each_directive_is_needed(
    version: str, count: int, run_cli: RunCli, codes: Codes, tmp_path: Path
) -> None:
    """The template is silent; without the directives there is a warning for each of them."""
    (tmp_path / "bikube.yaml").write_text(SPEC.format(version=version), encoding="utf-8")
    generated = run_cli("generate", "--target", "bicep", cwd=tmp_path)
    assert generated.code == 0, generated.err
    file = tmp_path / "deploy" / "aio-plant-7" / "bicep" / "main.bicep"
    text = file.read_text(encoding="utf-8")
    assert len(DIRECTIVE.findall(text)) == count
    assert codes(text) == []
    assert codes(DIRECTIVE.sub("", text)).count("BCP081") == count
