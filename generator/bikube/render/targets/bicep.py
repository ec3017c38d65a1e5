"""Bicep: templates for Azure Resource Manager."""

from collections.abc import Iterator

from bikube.azure import ARM
from bikube.render.target import Job, Target


def _render(job: Job) -> Iterator[tuple[str, str]]:
    # Imported here because linting should not wait for what writes templates.
    from bikube.render.bicep.template import render

    return render(job)


def _is_same(old: str, new: str) -> bool:
    # Imported here because only templates that have changed need it.
    from bikube.render.bicep.layout import is_same

    return is_same(old, new)


TARGET = Target(comment="//", render=_render, is_same=_is_same, api=ARM)
