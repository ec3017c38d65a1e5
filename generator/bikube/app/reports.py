"""Writes reports to files, and finds the prose that some of them quote."""

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from bikube.app.specs import Input
from bikube.errors import AccessError, reason
from bikube.rules.builtin import builtin_rule_file

if TYPE_CHECKING:
    from bikube.rules.file import RuleFile


def write_report(path: str, pieces: Iterable[str]) -> None:
    """Writes ``pieces`` to ``path`` as UTF-8, the whole file in one stroke.

    Folders on the way are made. A device or a pipe is written to as it is.

    Raises:
        AccessError: it cannot be written; what was there before is still there.
    """
    target = os.path.realpath(path)
    try:
        if os.path.lexists(target) and not os.path.isfile(target):
            _write(target, pieces)
            return
        # Imported here because most reports go to standard output.
        from bikube.files.writing import replacing

        os.makedirs(os.path.dirname(target), exist_ok=True)
        with replacing(target) as temporary:
            _write(temporary, pieces)
    except OSError as error:
        raise AccessError(f"{path}: {reason(error)}") from error


def rule_files(inputs: Sequence[Input]) -> "Callable[[str], RuleFile | None]":
    """Finds the file of a rule: built in, or brought by a configuration of ``inputs``."""

    @cache
    def brought() -> "dict[str, RuleFile]":
        # Imported here because few reports quote rules.
        from bikube.config.loading import custom_rules

        configs = {id(one.config): one.config for one in inputs if one.config is not None}
        return {file.rule.id: file for config in configs.values() for file in custom_rules(config)}

    def find(rule: str) -> "RuleFile | None":
        return builtin_rule_file(rule) or brought().get(rule)

    return find


def _write(path: str, pieces: Iterable[str]) -> None:
    # Some systems' file names are bytes that are no UTF-8; whatever is left of them is escaped.
    with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(pieces)
