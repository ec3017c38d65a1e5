"""Which specs a run is about."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bikube.app.requests import STDIN, SpecChoice
from bikube.config import Config, Configurations
from bikube.errors import UsageError
from bikube.files import expand, match_any, pattern_fault, read, read_stdin, walk

DEFAULT_SPEC = "bikube.yaml"
PATTERNS = ("bikube.yaml", "*.bikube.yaml")
"""The names of specs in a folder."""


class Input(NamedTuple):
    """One spec: the name under which it is shown, where it is, and what configures its rules."""

    name: str
    path: Path | None
    config: Config | None

    def read(self) -> bytes:
        """Its bytes.

        Raises:
            AccessError: the file cannot be read.
        """
        return read_stdin() if self.path is None else read(self.path)


class Selection(NamedTuple):
    """The specs of a run, and the configuration of the run as a whole.

    ``spares_stdin`` says that standard input was named, and left out for its name; ``missing``
    which specs the configuration speaks of and are not there.
    """

    inputs: tuple[Input, ...]
    config: Config | None
    spares_stdin: bool = False
    missing: UsageError | None = None

    @property
    def root(self) -> str:
        """The folder from which a run without a baseline names files."""
        return str(self.config.root) if self.config is not None else os.curdir

    @property
    def has_stdin(self) -> bool:
        """Whether standard input is one of the specs, or was left out for its name."""
        return self.spares_stdin or any(one.path is None for one in self.inputs)


def distinct(configs: Iterable[Config | None]) -> list[Config]:
    """Those of ``configs`` that there are, each once: many specs share one."""
    return list({id(config): config for config in configs if config is not None}.values())


def select(choice: SpecChoice, *, may_miss: bool = False) -> Selection:
    """The specs of a run, each once: a file with several names has the first one.

    Without arguments they are those of the configuration, given or the nearest upward from
    the working directory, else ``bikube.yaml``. What is excluded, by that configuration or by the
    nearest above the spec, is left out even if it is named, because pre-commit names every file,
    and editors what they send. With ``may_miss`` specs of a configuration need not be there.

    Raises:
        UsageError: a glob or a folder has no spec, all are excluded without being named, or a
            pattern or a configuration is malformed.
        AccessError: a configuration cannot be read.
    """
    for pattern in choice.exclude:
        fault = pattern_fault(pattern)
        if fault is not None:
            raise UsageError(fault)
    configurations = Configurations()
    given = _given(choice.config)
    general = given or configurations.nearest(Path())
    missing: list[UsageError] = []
    names = _named(choice) if choice.arguments else _configured(general, missing)
    found: dict[object, Input] = {}
    spares_stdin = False
    for name, path in names:
        is_named = path is not None or choice.stdin_name is not None
        if is_named and _is_excluded(name, choice, general):
            spares_stdin |= path is None
            continue
        config = given or configurations.nearest(Path(name).parent)
        if is_named and _excludes(config, name):
            spares_stdin |= path is None
        else:
            found.setdefault(_identity(path), Input(name, path, config))
    if not (found or choice.arguments or missing):
        said = "every spec is excluded; one to look at is expected; check the patterns"
        missing.append(UsageError(said))
    if missing and not may_miss:
        raise missing[0]
    return Selection(tuple(found.values()), general, spares_stdin, *missing[:1])


def _identity(path: Path | None) -> object:
    """What two names of one file have in common, be one a link or only spelt otherwise."""
    if path is None:
        return STDIN
    try:
        status = os.stat(path)
    except (OSError, ValueError):  # It is not there, or is no path: reading it says so.
        return os.path.abspath(path)
    return status.st_dev, status.st_ino


def _given(path: Path | None) -> Config | None:
    if path is None:
        return None
    # Imported here because most runs name none, and need not wait for what reads it.
    from bikube.config.loading import load_config

    return load_config(path)


def _named(choice: SpecChoice) -> Iterator[tuple[str, Path | None]]:
    for argument in choice.arguments:
        if argument == STDIN:
            yield choice.stdin_name or "<stdin>", None
        elif os.path.isdir(argument):
            yield from _in_folder(Path(argument))
        elif glob.has_magic(argument) and not os.path.exists(argument):
            yield from _matching(argument)
        else:
            yield argument, Path(argument)


def _configured(config: Config | None, missing: list[UsageError]) -> Iterator[tuple[str, Path]]:
    """The specs of a configuration; what is not there is added to ``missing``."""
    if config is None or not config.specs:
        spec = config.resolve(DEFAULT_SPEC) if config is not None else Path(DEFAULT_SPEC)
        if os.path.lexists(spec):
            yield str(spec), spec
            return
        said = f'no spec is named, and there is no "{spec}"; one of them is expected'
        missing.append(UsageError(f'{said}; run "bikube init", or name a spec'))
        return
    for pattern in config.specs:
        try:
            yield from _matching(str(config.resolve(pattern)))
        except UsageError as error:
            missing.append(error)


def _matching(pattern: str) -> Iterator[tuple[str, Path]]:
    paths = expand(pattern)
    if not paths:
        raise UsageError(f'no file matches "{pattern}"; a spec is expected; check the pattern')
    yield from ((str(path), path) for path in paths)


def _in_folder(folder: Path) -> Iterator[tuple[str, Path]]:
    paths = list(walk(folder, PATTERNS))
    if not paths:
        names = " or ".join(f'"{pattern}"' for pattern in PATTERNS)
        expected = f"{names} is expected, which no .gitignore excludes"
        raise UsageError(f'no spec in folder "{folder}"; {expected}; check the path')
    yield from ((str(path), path) for path in paths)


def _is_excluded(name: str, choice: SpecChoice, config: Config | None) -> bool:
    if _excludes(config, name):
        return True
    return bool(choice.exclude) and match_any(name, choice.exclude, Path())


def _excludes(config: Config | None, name: str) -> bool:
    return config is not None and match_any(name, config.exclude, config.root)
