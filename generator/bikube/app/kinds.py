"""Finds kinds and companions with all that is known of their properties."""

from bikube.azure import Kind, all_companions, all_kinds, all_sections
from bikube.errors import UsageError
from bikube.lint.unwritten import Reason, no_section
from bikube.report.kindpage import KindPage, companion_page, kind_page, part
from bikube.text import advise

__all__ = ["KindPage", "Reason", "find_kind", "no_section", "sections"]


def sections() -> tuple[str, ...]:
    """The sections of all kinds and companions, as a spec names them."""
    return all_sections()


def find_kind(name: str) -> KindPage | None:
    """The page of the kind that ``name`` means, or of one of its properties: ``kind/path``.

    A kind is named as its section is, or in the singular, as in a manifest; capitals do not count.
    A companion is named as its section is. ``None`` if there is no such section.

    Raises:
        UsageError: the kind has no such property.
    """
    section, _, path = name.partition("/")
    whole = _whole(section.lower())
    if whole is None:
        return None
    page = part(whole, path) if path else whole
    if not page.entries:
        paths = sorted(one.path.replace("/*", "") for one in whole.entries)
        advice = advise(path, paths, otherwise=f'"bikube explain {whole.section}" lists them')
        raise UsageError(f'unknown property "{path}"; one of {whole.section} is expected; {advice}')
    return page


def _whole(name: str) -> KindPage | None:
    """The page of the section that is so called, in lower case."""
    kind = next((one for one in all_kinds() if name in _names(one)), None)
    if kind is not None:
        return kind_page(kind)
    beside = next((one for one in all_companions() if name == one.section.lower()), None)
    return companion_page(beside) if beside is not None else None


def _names(kind: Kind) -> tuple[str, ...]:
    return (kind.section.lower(), kind.singular.lower(), kind.custom_resource.kind.lower())
