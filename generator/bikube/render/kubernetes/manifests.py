"""Kubernetes manifests: one resource a file, and a kustomization that lists them."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from bikube.azure import Kind
from bikube.document.writing import block
from bikube.render.target import Job
from bikube.render.templates import macro, template
from bikube.spec import Versions
from bikube.spec.resources import Resource

KUSTOMIZATION = "kustomization.yaml"


def render(job: Job) -> Iterator[tuple[str, str]]:
    """A manifest for every resource and what companions have, and the kustomization last."""
    shape = template("k8s/manifest.yaml.j2", yaml=block)
    versions = job.spec.versions("kubernetes")
    names = []
    for kind, resources in groupby(job.resources, key=attrgetter("kind")):
        manifest = macro(
            shape,
            "manifest",
            api_version=_api_version(kind, versions),
            kind=kind.custom_resource.kind,
            namespace=job.spec.instance.namespace,
        )
        for resource in resources:
            names.append(_file_name(resource))
            yield names[-1], manifest(resource.name, resource.metadata, _spec(resource))
    for name, text in job.beside("bikube.render.kubernetes.companions"):
        names.append(name)
        yield name, text
    if names:
        yield KUSTOMIZATION, template("k8s/kustomization.yaml.j2").render(resources=sorted(names))


def _api_version(kind: Kind, versions: Versions) -> str:
    """The group and the version in which ``kind`` is written."""
    custom = kind.custom_resource
    return f"{custom.group}/{versions.of(kind) or custom.version}"


def _file_name(resource: Resource) -> str:
    # Without the parent: a cluster has one resource of a kind and a name, whatever it is below.
    return f"{resource.kind.singular.lower()}-{resource.name}.yaml"


def _spec(resource: Resource) -> dict[str, object]:
    """The properties, and before them the parent, which ARM has in the resource's path."""
    parent = resource.kind.parent
    if parent is None or not parent.manifest:
        return resource.properties
    return {parent.manifest: resource.parent, **resource.properties}
