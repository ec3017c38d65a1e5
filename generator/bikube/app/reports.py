"""Writes reports to files, and to no file that a run is about."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bikube.app.specs import PATTERNS, Selection, distinct
from bikube.config import FILE_NAME
from bikube.errors import UsageError
from bikube.files import match_any, read


def refuse_overwriting(
    files: Iterable[str], selection: Selection, baselines: Sequence[Path]
) -> None:
    """Sees to it that no report goes to a spec, a configuration, a rule, a baseline or an output.

    Raises:
        UsageError: one would, under whichever name; what it is about is only read.
        AccessError: a rule file or what is at the place of a report cannot be read.
    """
    for file in files:
        what = _what_is(file, selection, baselines)
        if what is not None:
            raise UsageError(
                f'"{file}" is {what}; a report would overwrite it; name another file for it'
            )


def _what_is(file: str, selection: Selection, baselines: Sequence[Path]) -> str | None:
    """What bikube has in ``file``, if it is anything to keep."""
    if any(_is_same(file, baseline) for baseline in baselines):
        return "the baseline of this run"
    if not os.path.isfile(file):
        return None
    for path, what in _kept(selection):
        if _is_same(file, path):
            return what
    name = os.path.basename(file)
    if name == FILE_NAME:
        return "a configuration"
    if match_any(name, PATTERNS, Path()):
        return "a spec by its name"
    # Imported here because it is rare that a file is there.
    from bikube.output import owns

    return "a file that bikube has generated" if owns(read(Path(file))) else None


def _kept(selection: Selection) -> Iterator[tuple[Path, str]]:
    """The files that a run reads, and what each of them is."""
    for one in selection.inputs:
        if one.path is not None:
            yield one.path, "a spec of this run"
    configs = distinct((selection.config, *(one.config for one in selection.inputs)))
    for config in configs:
        yield config.path, "a configuration of this run"
    # Imported here because it reads rule files again, and it is rare that a file is there.
    from bikube.config.loading import custom_rules

    for config in configs:
        for rule in custom_rules(config):
            yield Path(rule.document.source.name), "a rule file of this run"


def _is_same(file: str, path: Path) -> bool:
    """Whether both lead to one file, or would if it were there."""
    if os.path.exists(file) and os.path.exists(path):
        return os.path.samefile(file, path)
    return os.path.realpath(file) == os.path.realpath(path)


def write_report(path: str, pieces: Iterable[str]) -> None:
    """Writes ``pieces`` to ``path`` as UTF-8, the whole file in one stroke; raises ``AccessError``.

    Folders on the way are made. A device, a pipe or an open descriptor is written to as it is.
    """
    # Imported here because most reports go to standard output.
    from bikube.files.writing import write_pieces

    write_pieces(path, pieces)
