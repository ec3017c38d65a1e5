"""Kubernetes manifests: one resource a file, and a kustomization that lists them."""

from collections.abc import Iterator

from bikube.rendering import HEADER, Job, RenderedFile, template
from bikube.resources import Resource

KUSTOMIZATION = "kustomization.yaml"


def render(job: Job) -> Iterator[RenderedFile]:
    """A manifest for every resource, and the kustomization last."""
    project, manifest = job.project, template("k8s/resource.yaml.j2")
    header = HEADER + job.spec
    versions = {
        kind: project.kubernetes_version(kind) for kind in {one.kind for one in job.resources}
    }
    names = []
    for resource in job.resources:
        names.append(_file_name(resource))
        text = manifest.render(
            header=header,
            api_version=versions[resource.kind],
            kind=resource.kind.kubernetes.kind,
            name=resource.name,
            namespace=project.instance.namespace,
            metadata=resource.metadata,
            spec=_spec(resource),
        )
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
