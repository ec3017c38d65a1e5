"""Says what is named on the command line, and excluded all the same."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bikube.config import Config
from bikube.files import PassedOver, match_any

if TYPE_CHECKING:
    from bikube.app.specs import Judged


def wholly_excluded(judged: "Sequence[Judged]") -> list[PassedOver]:
    """The arguments of which nothing is left, each with what excludes the first spec of it."""
    kept = {one.argument for one, _, is_out in judged if not is_out}
    lost: dict[str, PassedOver] = {}
    for one, config, _ in judged:
        name = one.argument
        if name is not None and name not in kept and name not in lost:
            lost[name] = PassedOver(Path(name), "excluded", _excluder(one.name, config))
    return list(lost.values())


def _excluder(name: str, config: Config | None) -> str:
    """What excludes the spec with the path ``name``.

    That is the place of the last pattern of ``config`` that matches it, as "file:line:column", and
    else the option of the command line.
    """
    if config is None or config.document is None:
        return "--exclude"
    fitting = (
        number
        for number, pattern in enumerate(config.exclude)
        if match_any(name, (pattern,), config.root)
    )
    document, number = config.document, max(fitting, default=None)
    if number is None or not match_any(name, config.exclude, config.root):
        return "--exclude"
    line, column = document.source.position(document.span(("exclude", number)).start)
    return f"{config.path}:{line}:{column}"
