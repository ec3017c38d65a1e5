"""The package's comparator, for outputs without their spec."""

from collections.abc import Iterable

from tests.proof.evaluate import Resource
from tests.proof.manifests import Manifest

from bikube.compiler import Evaluated
from bikube.verify import manifests
from bikube.verify.proof import prove
from bikube.verify.sides import Difference

__all__ = ["Difference", "compare"]


def compare(resources: Iterable[Resource], documents: Iterable[Manifest]) -> list[Difference]:
    """Every difference between evaluated Bicep and the manifests; none when both mean the same."""
    evaluated = [Evaluated(one.file, (one.data,)) for one in resources]
    folder = manifests.Folder(
        tuple(manifests.Manifest(one.file, 0, one.data) for one in documents), ()
    )
    proof = prove(evaluated, folder)
    return [*proof.differences, *(_apart(side.value, what) for side, _, what in proof.apart)]


def _apart(side: str, what: str) -> Difference:
    """A resource of another kind, which tests of bikube's own outputs do not expect."""
    return Difference(what, "", f"it is missing on the other side than {side}", ())
