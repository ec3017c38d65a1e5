"""The pictures in the pages are those that ``bikube graph`` draws, and Mermaid can read them."""

import re

from tests.conftest import RunCli
from tests.editor.pictures import Pictures
from tests.support.prose import ROOT, Page, page

BLOCK = re.compile(r"(?ms)(^```mermaid\n).*?(^```$)")
EXAMPLE = ROOT / "examples" / "plant" / "bottling.bikube.yaml"


def pictures_in(page: Page) -> list[str]:
    """The blocks of Mermaid."""
    return [block.text for block in page.blocks() if block.language == "mermaid"]


def test_the_picture_in_the_readme_is_the_one_that_is_drawn(
    run_cli: RunCli, pictures: Pictures, update_golden: bool
) -> None:
    """It is of the graph in the plant with an artifact of its own, and Mermaid sees its nodes."""
    drawn = run_cli("graph", EXAMPLE, "--around", "filler-drift").out
    readme = page("README.md")
    if update_golden:
        text = BLOCK.sub(lambda match: f"{match[1]}{drawn}{match[2]}", readme.text)
        (ROOT / readme.name).write_text(text, encoding="utf-8", newline="\n")
        return
    assert pictures_in(readme) == [drawn]
    inside = [box for box in pictures.read("mermaid", drawn).boxes if "filler_drift" in box.around]
    assert sorted(box.text for box in inside) == ["drift", "maintenance", "valves"]
