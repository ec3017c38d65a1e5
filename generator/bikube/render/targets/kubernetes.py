"""Kubernetes: a manifest for each custom resource."""

from collections.abc import Iterator

from bikube.azure import CLUSTER
from bikube.render.target import Job, Target


def _render(job: Job) -> Iterator[tuple[str, str]]:
    # Imported here because linting should not wait for what writes manifests.
    from bikube.render.kubernetes.manifests import render

    return render(job)


def _is_same(old: str, new: str) -> bool:
    # Imported here because only manifests that have changed need it.
    from bikube.render.kubernetes.layout import is_same

    return is_same(old, new)


TARGET = Target(comment="#", render=_render, is_same=_is_same, api=CLUSTER)
