"""Which specs a run is about."""

import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bikube.app.requests import STDIN, SpecChoice
from bikube.config import Config, Configurations
from bikube.errors import UsageError
from bikube.files import PassedOver, expand, match_any, pattern_fault, read, read_stdin, walk

__all__ = ["DEFAULT_SPEC", "PATTERNS", "Input", "PassedOver", "Selection", "distinct", "select"]

DEFAULT_SPEC = "bikube.yaml"
PATTERNS = ("bikube.yaml", "*.bikube.yaml")
"""The names of specs in a folder."""

_NEAR = r"(?is)(.*[._-])?bikube\.ya?ml(\.txt)?"
"""Names of what was meant as a spec, and is none unless it is in ``PATTERNS``."""

_ALL_EXCLUDED = "every spec is excluded; one to look at is expected; check the patterns"


class Input(NamedTuple):
    """One spec: the name under which it is shown, where it is, and what configures its rules.

    ``is_found`` says that nobody named it on the command line; then it must not lead out of the
    folder ``bound``, if that is given.
    """

    name: str
    path: Path | None
    config: Config | None
    is_found: bool = False
    bound: str | None = None

    def read(self) -> bytes:
        """Its bytes.

        Raises:
            AccessError: the file cannot be read, or is not to be shown.
        """
        if self.path is None:
            return read_stdin()
        self.hold_place()
        return self.held(read(self.path))

    def hold_place(self) -> None:
        """Raises ``AccessError`` where it leads to what a configuration cannot mean."""
        if self.path is not None and self.bound is not None:
            # Imported here because the specs of most runs are named, or stand in a folder.
            from bikube.app.strangers import refuse_outside

            refuse_outside(self.path, self.bound)

    def held(self, data: bytes) -> bytes:
        """``data``, which stands there; raises ``AccessError`` where that is no spec at all."""
        if self.path is not None and self.is_found:
            is_plain = self.path.name.endswith(DEFAULT_SPEC) and not os.path.islink(self.path)
            if not is_plain:
                from bikube.app.strangers import refuse_stranger

                refuse_stranger(self.path, data)
        return data


class Selection(NamedTuple):
    """The specs of a run, and the configuration of the run as a whole.

    ``spares_stdin`` says that standard input was named, and left out for its name; ``missing``
    which specs the configuration speaks of and are not there. ``passed_over`` is what a walk did
    not look at, what nearly is a configuration, and what is named although all of it is excluded.
    """

    inputs: tuple[Input, ...]
    config: Config | None
    spares_stdin: bool = False
    missing: UsageError | None = None
    passed_over: tuple[PassedOver, ...] = ()

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
    _hold_patterns(choice.exclude)
    configurations = Configurations(outside=choice.outside)
    given = _given(choice)
    general = given or configurations.nearest(Path())

    def nearest(name: str) -> Config | None:
        return given or configurations.nearest(Path(name).parent)

    missing: list[UsageError] = []
    passed_over: dict[str, PassedOver] = {}
    names = _named(choice, passed_over) if choice.arguments else _configured(general, missing)
    bound = _bound(choice, general)
    judged = list(_judged(names, choice, general, nearest))
    found: dict[object, Input] = {}
    for one, config, is_out in judged:
        if not is_out:
            spec = Input(one.name, one.path, config, one.is_found, bound)
            found.setdefault(_identity(one.path), spec)
    spares_stdin = any(is_out and one.path is None for one, _, is_out in judged)
    if not (found or choice.arguments or missing):
        missing.append(UsageError(_ALL_EXCLUDED))
    if missing and not may_miss:
        raise missing[0]
    met = (PassedOver(one, "config") for one in configurations.near_misses)
    odd = (one for one in (*met, *passed_over.values()) if _identity(one.path) not in found)
    over = (*odd, *_excluded(judged))
    return Selection(tuple(found.values()), general, spares_stdin, next(iter(missing), None), over)


def _hold_patterns(patterns: Sequence[str]) -> None:
    for pattern in patterns:
        fault = pattern_fault(pattern)
        if fault is not None:
            raise UsageError(fault)


def _identity(path: Path | None) -> object:
    """What two names of one file have in common, be one a link or only spelt otherwise."""
    if path is None:
        return STDIN
    try:
        status = os.stat(path)
    except (OSError, ValueError):  # It is not there, or is no path: reading it says so.
        return os.path.abspath(path)
    return status.st_dev, status.st_ino


def _given(choice: SpecChoice) -> Config | None:
    if choice.config is None:
        return None
    # Imported here because most runs name none, and need not wait for what reads it.
    from bikube.config.loading import load_config

    return load_config(choice.config, outside=choice.outside)


def _bound(choice: SpecChoice, config: Config | None) -> str | None:
    """The folder that specs of ``config`` must not lead out of, or the one that is just there."""
    if choice.arguments or choice.outside:
        return None
    if config is not None:
        return config.bound
    if not os.path.islink(DEFAULT_SPEC):
        return None
    from bikube.files.git import work_tree

    return os.path.realpath(work_tree())


class Named(NamedTuple):
    """The name and the path of a spec, whether nobody named it, and else the argument that did."""

    name: str
    path: Path | None
    is_found: bool = True
    argument: str | None = None


def _named(choice: SpecChoice, passed_over: dict[str, PassedOver]) -> Iterator[Named]:
    for argument in choice.arguments:
        if argument == STDIN:
            name = choice.stdin_name or "<stdin>"
            yield Named(name, None, is_found=False, argument=name)
        elif os.path.isdir(argument):
            for path in _in_folder(Path(argument), passed_over):
                yield Named(str(path), path, argument=argument)
        elif glob.has_magic(argument) and not os.path.exists(argument):
            for path in _matching(argument):
                yield Named(str(path), path, is_found=False, argument=argument)
        else:
            yield Named(argument, Path(argument), is_found=False, argument=argument)


def _configured(config: Config | None, missing: list[UsageError]) -> Iterator[Named]:
    """The specs of a configuration; what is not there is added to ``missing``."""
    if config is None or not config.specs:
        spec = config.resolve(DEFAULT_SPEC) if config is not None else Path(DEFAULT_SPEC)
        if os.path.lexists(spec):
            yield Named(str(spec), spec)
            return
        missing.append(UsageError(_nothing_named(spec)))
        return
    for pattern in config.specs:
        try:
            for path in _matching(str(config.resolve(pattern))):
                yield Named(str(path), path)
        except UsageError as error:
            missing.append(error)


def _nothing_named(spec: Path) -> str:
    found = f'no spec is named, and there is no "{spec}"'
    try:
        near = sorted(filter(is_near_miss, os.listdir(spec.parent)))
    except OSError:
        near = []
    if near:
        found += f', but "{spec.with_name(near[0])}"'
        return f"{found}; one of them is expected; rename it, or name it"
    return f'{found}; one of them is expected; run "bikube init", or name a spec'


def _matching(pattern: str) -> list[Path]:
    paths = expand(pattern)
    if not paths:
        raise UsageError(f'no file matches "{pattern}"; a spec is expected; check the pattern')
    return paths


def _in_folder(folder: Path, passed_over: dict[str, PassedOver]) -> list[Path]:
    met = list(walk(folder, PATTERNS, is_near_miss))
    paths = [one for one in met if isinstance(one, Path)]
    over = [one for one in met if isinstance(one, PassedOver)]
    passed_over.update((os.path.abspath(one.path), one) for one in over)
    if not paths:
        names = " or ".join(f'"{pattern}"' for pattern in PATTERNS)
        found, advice = f'no spec in folder "{folder}"', "check the path"
        if over:
            found += f', and "{over[0].path}" is passed over'
            advice = "rename it" if over[0].why == "name" else "name the file"
        expected = f"{names} is expected, which no .gitignore excludes"
        raise UsageError(f"{found}; {expected}; {advice}")
    return paths


def is_near_miss(name: str) -> bool:
    """Whether ``name`` is nearly that of a spec."""
    return re.fullmatch(_NEAR, name) is not None


Judged = tuple[Named, Config | None, bool]
"""A spec, its configuration, and whether it is excluded, by that one if not by the command line."""


def _judged(
    names: Iterable[Named],
    choice: SpecChoice,
    general: Config | None,
    nearest: Callable[[str], Config | None],
) -> Iterator[Judged]:
    for one in names:
        is_named = one.path is not None or choice.stdin_name is not None
        if is_named and _is_excluded(one.name, choice, general):
            yield one, general, True
        else:
            config = nearest(one.name)
            yield one, config, is_named and _excludes(config, one.name)


def _excluded(judged: Sequence[Judged]) -> Sequence[PassedOver]:
    if not any(is_out for _, _, is_out in judged):
        return ()
    # Imported here because few runs name what is excluded.
    from bikube.app.excluding import wholly_excluded

    return wholly_excluded(judged)


def _is_excluded(name: str, choice: SpecChoice, config: Config | None) -> bool:
    if _excludes(config, name):
        return True
    return bool(choice.exclude) and match_any(name, choice.exclude, Path())


def _excludes(config: Config | None, name: str) -> bool:
    return config is not None and match_any(name, config.exclude, config.root)
