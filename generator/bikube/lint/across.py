"""What only shows when specs are seen together: two of one instance, two in one custom location.

And data flows of two instances that are one client to Event Grid (``lint.clients``).

These findings count as all others do: the configuration sets their levels, and comments in the
spec silence them.
"""

from collections.abc import Iterable, Iterator

from bikube.diagnostics import Diagnostic, Severity, diagnose
from bikube.lint.clients import Client, may_have_clients, shared_clients
from bikube.lint.engine import Linted, levelled, suppressor_of
from bikube.rules import Ruleset
from bikube.spec import Spec
from bikube.text import shorten

_NAME = ("instance", "name")
_LOCATION = ("instance", "customLocation")


def across(linted: Iterable[Linted], rules: Ruleset) -> Iterator[Linted]:
    """``linted`` with the findings that only show when specs are seen together."""
    names: dict[str, Spec] = {}
    locations: dict[str, Spec] = {}
    clients: dict[Client, Spec] = {}
    for one in linted:
        found = list(_found(one.spec, names, locations)) if one.spec is not None else []
        if one.spec is not None and may_have_clients(one.spec):
            found += shared_clients(one.spec, clients)
        yield _with(one, found, rules) if found else one


def _found(spec: Spec, names: dict[str, Spec], locations: dict[str, Spec]) -> Iterator[Diagnostic]:
    instance = spec.instance
    namesake = names.setdefault(instance.name, spec) if instance.name else spec
    if namesake is not spec:
        yield _duplicate(spec, namesake)
    # Azure compares without regard to case. A bare name is in the group that is deployed to, so it
    # says nothing of an id.
    place = instance.custom_location.casefold() if instance.name else ""
    neighbour = locations.setdefault(place, spec) if place else spec
    if neighbour.instance.name != instance.name:
        yield _shared(spec, neighbour)


def _duplicate(spec: Spec, first: Spec) -> Diagnostic:
    message = (
        f'instance "{spec.instance.name}" is described in "{first.source.name}" too; one spec'
        " describes an instance; merge the two, or rename one"
    )
    return diagnose("duplicate-instance", message, spec.document.span(_NAME), _NAME)


def _shared(spec: Spec, first: Spec) -> Diagnostic:
    # The other instance is not named: what stands in another spec is redacted there only.
    message = (
        f'custom location "{shorten(spec.instance.custom_location)}" is in "{first.source.name}"'
        " too, for another instance; it is one namespace of one cluster, where resources of one"
        " name meet"
    )
    return diagnose(
        "custom-location-shared",
        message,
        spec.document.span(_LOCATION),
        _LOCATION,
        help="write the custom location of this instance",
    )


def _with(linted: Linted, found: list[Diagnostic], rules: Ruleset) -> Linted:
    """``linted`` with ``found`` as they count there; where an error is, nothing more is said."""
    wrong = {one.span for one in linted.diagnostics if one.severity is Severity.ERROR}
    new = levelled([one for one in found if one.span not in wrong], rules, linted.policy)
    shown, suppressed = list(new), list(linted.suppressed)
    suppressor, _ = suppressor_of(linted, rules)
    if suppressor is not None:
        shown, more, _ = suppressor.judge(new)
        suppressed += more
    ordered = sorted((*linted.diagnostics, *shown), key=lambda one: one.order)
    return linted._replace(diagnostics=tuple(ordered), suppressed=tuple(suppressed))
