"""Bicep: templates for Azure Resource Manager."""

from collections.abc import Iterator

from bikube.azure import ARM
from bikube.render.target import Job, Target


def _render(job: Job) -> Iterator[tuple[str, str]]:
    # Imported here because linting should not wait for what writes templates.
    from bikube.render.bicep.template import render

    return render(job)


TARGET = Target(comment="//", render=_render, api=ARM)
