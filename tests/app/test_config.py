"""What a configuration amounts to is shown of the one that counts."""

import json
from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.support.trees import spec, write_tree


@pytest.mark.parametrize("arguments", [(), ("a/bikube.yaml",)])
def test_a_configuration_that_is_named_is_shown_instead_of_the_nearest(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """``--config`` counts for every spec, also where another one is nearer."""
    write_tree(
        tmp_path,
        {
            "bikube.config.yaml": "out: near\n",
            "a/bikube.config.yaml": "out: nearest\n",
            "a/bikube.yaml": spec(),
            "other.yaml": "out: named\n",
        },
    )

    def out(*options: str) -> tuple[str, str]:
        options = ("config", *arguments, *options, "--format", "json")
        shown = json.loads(run_cli(*options, cwd=tmp_path).out)
        (value,) = [one["value"] for one in shown["settings"] if one["name"] == "out"]
        return shown["file"], value

    near = ("a/bikube.config.yaml", "nearest") if arguments else ("bikube.config.yaml", "near")
    assert out() == near
    assert out("--config", "other.yaml") == ("other.yaml", "named")
