"""What a configuration says: which specs there are, and how rules count for each of them."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bikube.diagnostics import Severity
from bikube.files import match_any
from bikube.rules import Levels, Override, Policy, Ruleset

if TYPE_CHECKING:
    from bikube.document import Document

FILE_NAME = "bikube.config.yaml"
DEFAULT_OUT = "deploy"
OFF = "off"


class PathOverride(NamedTuple):
    """Other levels for some specs, or for some resources in them; no pattern means all.

    ``targets`` are what these specs are rendered into, if that is other than in general.
    """

    paths: tuple[str, ...]
    resources: tuple[str, ...]
    levels: Levels
    targets: tuple[str, ...] = ()


class Config(NamedTuple):
    """What one configuration file says; relative paths and patterns count from ``root``.

    ``rules`` are the built-in ones and the file's own, with the parameters that it sets.
    ``show`` is the least severity that people are shown. ``document`` says where each setting
    stands. Without ``targets`` there is output for each. ``bound`` is the real path of the folder
    outside of which it names nothing; without it, it may.
    """

    path: Path
    root: Path
    rules: Ruleset
    document: "Document | None" = None
    specs: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    out: str = DEFAULT_OUT
    targets: tuple[str, ...] = ()
    baseline: str | None = None
    show: Severity = Severity.WARNING
    levels: Mapping[str, Severity | None] = {}
    overrides: tuple[PathOverride, ...] = ()
    bound: str | None = None

    @property
    def out_folder(self) -> Path:
        """The output folder, as it may be opened from the working directory."""
        return self.resolve(self.out)

    def resolve(self, path: str) -> Path:
        """``path``, which counts from ``root``, as it may be opened from the working directory."""
        return Path(os.path.normpath(self.root / path))

    def policy(self, name: str) -> Policy:
        """How rules count for the spec with the path ``name``."""
        levels = dict(self.levels)
        by_resource: list[Override] = []
        for override in self._fitting(name):
            if override.resources:
                by_resource.append(Override(override.resources, override.levels))
            else:
                levels.update(override.levels)
        return Policy(levels, tuple(by_resource), targets=self.targets_of(name))

    def targets_of(self, name: str) -> tuple[str, ...]:
        """What the spec with the path ``name`` is rendered into; none are named if it is all."""
        chosen = self.targets
        for override in self._fitting(name):
            chosen = override.targets or chosen
        return chosen

    def _fitting(self, name: str) -> Iterator[PathOverride]:
        for override in self.overrides:
            if not override.paths or match_any(name, override.paths, self.root):
                yield override
