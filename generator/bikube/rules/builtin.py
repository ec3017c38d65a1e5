"""The built-in rules, found in ``rules/``.

Reading fifty rule files takes longer than linting a small spec. So what linting needs of them is
kept in one JSON file too, which in a checkout is believed only while its digest is that of these
very files; ``make rules`` writes it anew.
"""

import json
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bikube import assets
from bikube.diagnostics import Severity
from bikube.rules.rule import Rule, Ruleset

if TYPE_CHECKING:
    from bikube.rules.file import RuleFile

INDEX = Path(__file__).parent / "rules_index.json"

_LISTS = ("sections", "yields")
"""What a rule has as tuples, which JSON does not know."""


@cache
def builtin_rules() -> Ruleset:
    """Every built-in rule."""
    try:
        index = json.loads(INDEX.read_bytes())
    except FileNotFoundError:
        index = {}
    # Nobody changes the rule files of an installation; those of a checkout are another matter.
    if index and (assets.are_packed("rules") or index["digest"] == _digest(_rule_files())):
        return Ruleset(_from_json(entry) for entry in index["rules"])
    # Imported only where the index does not serve: a clean run needs no rule file's schema.
    from bikube.rules.file import read_rule_file

    return Ruleset(read_rule_file(path, data).rule for path, data in _rule_files().items())


def builtin_rule_file(rule: str) -> "RuleFile | None":
    """All that the file of the built-in ``rule`` says; ``None`` if it is not built in."""
    if builtin_rules().get(rule) is None:
        return None
    from bikube.rules.file import read_rule_file

    path = assets.folder("rules") / f"{rule}.yaml"
    return read_rule_file(path, path.read_bytes())


def index_text(rules: Ruleset) -> str:
    """The content of the index for the built-in ``rules``."""
    entries = [
        {key: value for key, value in rule._asdict().items() if value not in ((), {}, "", False)}
        for rule in rules
    ]
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in entries)
    return f'{{"digest": {_digest(_rule_files())}, "rules": [\n{lines}\n]}}\n'


def _rule_files() -> dict[Path, bytes]:
    paths = sorted(assets.folder("rules").glob("*.yaml"))
    return {path: path.read_bytes() for path in paths}


def _digest(files: dict[Path, bytes]) -> int:
    digest = 0
    for path, data in files.items():
        digest = zlib.crc32(data.replace(b"\r\n", b"\n"), zlib.crc32(path.name.encode(), digest))
    return digest


def _from_json(entry: dict[str, Any]) -> Rule:
    for key in _LISTS:
        if key in entry:
            entry[key] = tuple(entry[key])
    entry["severity"] = Severity(entry["severity"])
    return Rule(**entry)
