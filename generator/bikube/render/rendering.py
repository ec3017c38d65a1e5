"""Renders a spec into the files of its targets."""

from collections.abc import Sequence

from bikube.output import RenderedFile, first_line
from bikube.render.target import Job, target
from bikube.spec import Spec
from bikube.spec.resources import companions_of, resources_of


def render(spec: Spec, name: str, chosen: Sequence[str]) -> list[RenderedFile]:
    """Every file of the ``chosen`` targets, below the folder of the instance.

    ``name`` is what headers call the spec. The same spec gives the same bytes everywhere. A spec
    without resources and companions gives no files.
    """
    job = Job(spec, resources_of(spec), companions_of(spec))
    if not (job.resources or job.companions):
        return []
    files: list[RenderedFile] = []
    for target_name in chosen:
        one = target(target_name)
        folder, head = f"{spec.instance.name}/{target_name}", first_line(one.comment, name)
        files += (
            RenderedFile(f"{folder}/{file}", (head + text).encode())
            for file, text in one.render(job)
        )
    return files
