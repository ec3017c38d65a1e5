"""``bikube crds``."""

import sys
from pathlib import Path

import click

from bikube.app.crds import DEFAULT_VERSION, known_versions, whole, write
from bikube.text import printable


@click.command("crds", short_help="Print definitions of the custom resources, for test clusters.")
@click.option(
    "--api-version",
    type=click.Choice(known_versions()),
    default=DEFAULT_VERSION,
    show_default=True,
    help="The API version whose properties the resources have.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="Write to this file (*.yaml), or to a file for each kind in this folder.",
)
def crds(*, api_version: str, out: Path | None) -> int:
    """Print a CustomResourceDefinition for every kind, derived from Azure's types.

    With them, a test cluster refuses in manifests what Azure refuses in Bicep: unknown properties,
    wrong types and values, settings of another variant. They are not the definitions that Azure
    IoT Operations installs, which are not public; never apply them where it runs.

    \b
    Examples:
      bikube crds | kubectl apply --server-side -f -
      bikube crds --api-version 2026-07-01 --out crds/
    """
    if out is None:
        sys.stdout.write(whole(api_version))
    else:
        sys.stdout.writelines(f"{printable(str(path))}\n" for path in write(out, api_version))
    return 0


COMMAND = crds
