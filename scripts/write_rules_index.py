"""Writes the index of the built-in rules, which saves reading every rule file at each start.

Run it after changing a file in ``rules/``; a test fails while the index is out of date.
"""

from pathlib import Path

from bikube import assets
from bikube.rules.builtin import INDEX, index_text
from bikube.rules.file import read_rule_file
from bikube.rules.rule import Ruleset


def read_rules(folder: Path) -> Ruleset:
    """The rules in the rule files of ``folder``.

    Raises:
        FaultyFile: one of them is malformed.
    """
    paths = sorted(folder.glob("*.yaml"))
    return Ruleset(read_rule_file(path, path.read_bytes()).rule for path in paths)


if __name__ == "__main__":
    text = index_text(read_rules(assets.folder("rules")))
    INDEX.write_text(text, encoding="utf-8", newline="\n")
    print(f"wrote {INDEX}")
