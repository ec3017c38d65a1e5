"""From which specs output was generated until now, and whether these still stand for it."""

import os
from collections.abc import Iterator
from pathlib import Path

from bikube.app.lint import lint_input
from bikube.app.requests import RuleChoice
from bikube.app.specs import Input
from bikube.errors import AccessError
from bikube.output import Action, Plan, made_from


def earlier_specs(plan: Plan, name: str, instance: str) -> list[str]:
    """The specs named in the files of ``instance`` that ``plan`` changes, but ``name``, sorted."""
    steps = plan.of(Action.UPDATE, Action.DELETE)
    own = (step.before for step in steps if step.path.startswith(f"{instance}/"))
    return sorted({spec for spec in map(made_from, own) if spec is not None} - {name})


def is_renamed(spec: str, source: Input) -> bool:
    """Whether ``source`` is what a header calls ``spec``, under another name."""
    path = source.path
    return path is not None and any(
        os.path.exists(path) and os.path.samefile(path, one) for one in _places(spec, source)
    )


def still_describes(spec: str, instance: str, source: Input, choice: RuleChoice) -> bool:
    """Whether what a header in output of ``source`` calls ``spec`` describes ``instance`` as well.

    What is there and cannot be read as a spec may.
    """
    for path in _places(spec, source):
        try:
            other = lint_input(Input(str(path), path, source.config), choice).spec
        except AccessError:
            return True
        if other is None or other.instance.name == instance:
            return True
    return False


def _places(spec: str, source: Input) -> Iterator[Path]:
    """The files that a header can mean: from the configuration, or beside ``source``."""
    roots = [Path(source.name).parent]
    if source.config is not None:
        roots.append(Path(source.config.root))
    yield from (root / spec for root in roots if os.path.isfile(root / spec))
