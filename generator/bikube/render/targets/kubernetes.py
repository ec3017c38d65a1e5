"""Kubernetes: a manifest for each custom resource."""

from collections.abc import Iterator

from bikube.azure import CLUSTER
from bikube.render.target import Job, Target


def _render(job: Job) -> Iterator[tuple[str, str]]:
    # Imported here because linting should not wait for what writes manifests.
    from bikube.render.kubernetes.manifests import render

    return render(job)


TARGET = Target(comment="#", render=_render, api=CLUSTER)
