"""What is said of a name that leads nowhere: what is there instead, and which one was meant.

A name is said once, however many resources have it: it is one mistake, or one line of "existing".
"""

from collections.abc import Iterable, Mapping, Sequence

from bikube.azure import kind_of
from bikube.diagnostics import Diagnostic, EngineRule, Pointer, Related, diagnose
from bikube.document import Document
from bikube.spec import DEFAULT_PARENT, Identity, Spec
from bikube.spec.references import Known, Link, known
from bikube.text import Source, Span, advise, closest, shorten

_LOOKS = 5_000
"""After so many comparisons of two names no more is looked for: thousands may be wrong alike."""
_LINES = 3
"""Further places that a finding names beside the one where it stands."""

Places = Mapping[str, Pointer | None]
"""Names that could stand in a place, and where those that the spec describes have theirs."""


class Surroundings:
    """What a spec has in the place of what it names and has not, looked up once for all names."""

    def __init__(self, spec: Spec, section: str) -> None:
        self._section = section
        self._known = known(spec, section)
        self._siblings: dict[Identity, dict[str, Pointer | None]] = {}
        self._namesakes: dict[str, Identity] = {}
        for identity, row in _all_of(self._known):
            place = (section, row, "name") if row is not None else None
            self._siblings.setdefault(identity[:-1], {})[identity[-1]] = place
            self._namesakes.setdefault(identity[-1], identity)
        self._elsewhere = _names(spec)

    def siblings(self, identity: Identity) -> Places:
        """The names that could stand where the last one of ``identity`` does."""
        return self._siblings.get(identity[:-1], {})

    def instead(self, identity: Identity) -> tuple[str, Pointer | None]:
        """What there is in the place of ``identity``, in words, and where that is described."""
        *above, name = identity
        quoted, section = f'"{shorten(name)}"', self._section
        namesake = self._namesakes.get(name)
        if namesake is not None:
            place = self._siblings[namesake[:-1]][name]
            return f'{quoted} of "{section}" is below "{namesake[0]}", not "{above[0]}"', place
        if name in self._elsewhere:
            place = self._elsewhere[name]
            return f'{quoted} is in "{place[0]}", not in "{section}"', place
        below = f' below "{above[0]}"' if above else ""
        return f'{quoted} is not in "{section}"{below}, and is not said to exist', None


def _all_of(there: Known) -> Sequence[tuple[Identity, int | None]]:
    """Everything that is known of a section, in order, with its row if it has one."""
    rows: dict[Identity, int | None] = {**dict.fromkeys(there.undescribed), **there.described}
    return sorted(rows.items(), key=lambda pair: pair[0])


def _names(spec: Spec) -> dict[str, Pointer]:
    """Where the names of all resources stand, of equals the first."""
    found: dict[str, Pointer] = {}
    for section, table in spec.tables.items():
        for row, name in zip(*table.typed(("name",), str, table.rows), strict=True):
            found.setdefault(name, (section, row, "name"))
    return found


class Suggester:
    """Says which name was meant, as long as that is not too much to compare."""

    def __init__(self) -> None:
        self._left = _LOOKS

    def __call__(self, name: str, places: Places, otherwise: str) -> tuple[str, Pointer | None]:
        """What to do about ``name``, and where the one that was probably meant is described."""
        if self._left <= 0:
            return otherwise, None
        self._left -= len(places)
        names = sorted(places)
        near = closest(name, names)
        return advise(name, names, otherwise=otherwise), places[near] if near is not None else None


def lost(
    document: Document,
    pointers: Sequence[Pointer],
    said: tuple[EngineRule, str, str],
    seen: Pointer | None,
) -> Diagnostic:
    """The finding at the first of ``pointers``, of what is ``said``: a rule, a message, and help.

    ``seen`` is what may have been meant.
    """
    rule, message, advice = said
    span, *others = dict.fromkeys(map(document.span, pointers))
    message += _more_lines(document.source, [span, *others])
    related = [Related(document.span(seen), "this one is described")] if seen is not None else []
    # With further places, the finding is the same whichever of the resources comes first.
    related += [Related(one, "it is named here, too") for one in others[:_LINES]]
    found = diagnose(rule, message, span, pointers[0], help=advice)
    return found._replace(related=tuple(related))


def _more_lines(source: Source, spans: Iterable[Span]) -> str:
    """The lines of all but the first of ``spans``, in words behind a message."""
    _first, *others = dict.fromkeys(source.position(one.start).line for one in spans)
    if not others:
        return ""
    named = ", ".join(map(str, others[:_LINES]))
    more = f" and {len(others) - _LINES} more" if len(others) > _LINES else ""
    return f" (also in line{'s' if len(others) > 1 else ''} {named}{more})"


def way_out(link: Link) -> str:
    """What to do where ``link`` is right, and what it leads to is there."""
    *above, name = link.identity
    if not name:
        return f'write the name of one of "{link.section}"'
    parent = kind_of(link.section).parent
    it = "it"
    if parent is not None and above != [DEFAULT_PARENT]:
        it = f'"{{name: {shorten(name)}, {parent.ref}: {shorten(above[0])}}}"'
    return f'describe it, or name {it} below "existing: {link.section}:" if it is there already'
