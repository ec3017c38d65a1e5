"""Finds kinds with all that is known of their properties."""

from bikube.azure import Kind, all_kinds, all_sections
from bikube.errors import UsageError
from bikube.report.kindpage import KindPage, kind_page, part
from bikube.text import advise

__all__ = ["KindPage", "find_kind", "sections"]


def sections() -> tuple[str, ...]:
    """The sections of all kinds, as a spec names them."""
    return all_sections()


def find_kind(name: str) -> KindPage | None:
    """The page of the kind that ``name`` means, or of one of its properties: ``kind/path``.

    A kind is named as its section is, or in the singular, as in a manifest; capitals do not count.
    ``None`` if there is no such kind.

    Raises:
        UsageError: the kind has no such property.
    """
    section, _, path = name.partition("/")
    kind = next((one for one in all_kinds() if section.lower() in _names(one)), None)
    if kind is None:
        return None
    whole = kind_page(kind)
    page = part(whole, path) if path else whole
    if not page.entries:
        paths = sorted(one.path.replace("/*", "") for one in whole.entries)
        advice = advise(path, paths, otherwise=f'"bikube explain {kind.section}" lists them')
        raise UsageError(f'unknown property "{path}"; one of {kind.section} is expected; {advice}')
    return page


def _names(kind: Kind) -> tuple[str, ...]:
    return (kind.section.lower(), kind.singular.lower(), kind.custom_resource.kind.lower())
