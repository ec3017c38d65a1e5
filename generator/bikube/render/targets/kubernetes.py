"""Kubernetes manifests: one resource a file, and a kustomization that lists them."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from bikube.render.rendering import HEADER, Job, RenderedFile, macro, template
from bikube.spec.resources import Resource

KUSTOMIZATION = "kustomization.yaml"


def render(job: Job) -> Iterator[RenderedFile]:
    """A manifest for every resource, and the kustomization last."""
    header = HEADER + job.name
    names = []
    for kind, resources in groupby(job.resources, key=attrgetter("kind")):
        manifest = macro(
            "k8s/manifest.yaml.j2",
            header=header,
            api_version=job.spec.kubernetes_version(kind),
            kind=kind.kubernetes.kind,
            namespace=job.spec.instance.namespace,
        )
        for resource in resources:
            names.append(_file_name(resource))
            text = manifest(resource.name, resource.metadata, _spec(resource))
            yield RenderedFile(names[-1], text.encode())
    listing = template("k8s/kustomization.yaml.j2").render(header=header, resources=sorted(names))
    yield RenderedFile(KUSTOMIZATION, listing.encode())


def _file_name(resource: Resource) -> str:
    return f"{resource.kind.singular.lower()}-{resource.name}.yaml"


def _spec(resource: Resource) -> dict[str, object]:
    """The properties, and before them the parent, which ARM has in the resource's path."""
    if resource.kind.parent_ref is None:
        return resource.properties
    return {resource.kind.parent_ref: resource.parent, **resource.properties}


TARGET = render
