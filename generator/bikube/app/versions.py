"""What belongs together: API versions, releases of AIO, versions of its CLI, and kinds."""

from typing import NamedTuple

from bikube.azure import all_kinds, has_type, known_versions, version_order
from bikube.azure.releases import RELEASES, Release


class Version(NamedTuple):
    """An API version, with the first release of AIO that serves it, where one is known to.

    ``sections`` are those of the kinds that it has, and ``added`` the ones that were not there in
    the version before.
    """

    name: str
    release: Release | None
    sections: tuple[str, ...]
    added: tuple[str, ...]


def all_versions() -> tuple[Version, ...]:
    """Every known API version, oldest first."""
    found: list[Version] = []
    for name in known_versions():
        has = tuple(kind.section for kind in all_kinds() if has_type(kind.arm_type, name))
        before = found[-1].sections if found else ()
        added = tuple(section for section in has if section not in before)
        found.append(Version(name, first_serving(name), has, added))
    return tuple(found)


def first_serving(version: str) -> Release | None:
    """The first release that serves API ``version``, if a known one does."""
    order = version_order(version)
    return next((one for one in RELEASES if version_order(one.serves) >= order), None)
