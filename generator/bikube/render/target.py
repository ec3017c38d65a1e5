"""What a target is: one of the forms in which all resources of a spec are written.

A target is one file in ``targets/`` whose constant ``TARGET`` is as described here; the file's
name is the target's, and that of its folder in the output. Linting reads these files too, for the
versions: what rendering alone needs is imported when it renders.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from operator import eq
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from bikube import plugins
from bikube.azure import Api

if TYPE_CHECKING:
    from bikube.spec import Spec
    from bikube.spec.resources import Resource

Entry = dict[str, Any]

_TARGETS = "bikube.render.targets"


class Job(NamedTuple):
    """One spec to render; ``companions`` are the entries of its companions, by section."""

    spec: "Spec"
    resources: "Sequence[Resource]"
    companions: "Mapping[str, Sequence[Entry]]" = MappingProxyType({})

    def beside(self, package: str) -> Iterator[tuple[str, str]]:
        """Name and text of each file that the companions have in a form of output.

        ``package`` has what writes them, one plug-in a section, whose constant ``WRITER`` is
        given the spec and the entries. A companion without one there is not in that output.
        """
        known = plugins.by_section(package) if self.companions else {}
        for section, entries in self.companions.items():
            if section in known:
                yield from plugins.load(package, known[section], "WRITER")(self.spec, entries)


class Target(NamedTuple):
    """How to write a spec's resources.

    ``render`` gives the name and the text of each file. The first line, which carries
    ``HEADER``, is put above it after the sign ``comment``. ``is_same`` tells whether two texts of
    a file differ in nothing but their layout; without it no two do. ``api`` is the one that takes
    the output: a spec may choose its versions below ``targets``; ``None`` if there is none to
    choose.
    """

    comment: str
    render: Callable[[Job], Iterator[tuple[str, str]]]
    is_same: Callable[[str, str], bool] = eq
    api: Api | None = None


def target_names() -> tuple[str, ...]:
    """The targets that there are."""
    return plugins.names(_TARGETS)


def target(name: str) -> Target:
    """The target ``name``."""
    found: Target = plugins.load(_TARGETS, name, "TARGET")
    return found


@cache
def target_apis() -> Mapping[str, Api]:
    """Which API takes a target's output, by the name of the target."""
    apis = ((name, target(name).api) for name in target_names())
    return {name: api for name, api in apis if api is not None}
