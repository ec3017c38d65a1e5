"""A client of Prettier, the formatter that many repositories run over all of their YAML."""

from pathlib import Path

from tests.editor.lines import LineScript

SCRIPT = Path(__file__).with_suffix(".mjs")
PROGRAM = Path(__file__).parent / "node_modules/prettier"


class Prettier(LineScript):
    """Prettier in one process, which takes some milliseconds a text."""

    def __init__(self, node: Path) -> None:
        super().__init__(node, SCRIPT)

    def format(self, text: str) -> str:
        """``text`` as Prettier writes it.

        Raises:
            LineError: it is no YAML to Prettier.
        """
        written: str = self.ask(text)["text"]
        return written
