"""What can be wrong with a value that is to be one of a list."""

from collections.abc import Iterable

from bikube.schema.violations import Repair, Violation, Where, called
from bikube.text import advise, closest, listing, shorten


def not_one_of(value: str, known: Iterable[str], where: Where | None) -> Violation:
    """A string outside a closed set of values."""
    values = tuple(known)
    same = [name for name in values if name.lower() == value.lower()]
    if same:
        message = f'"{shorten(value)}" has the wrong case; the value is "{same[0]}"; write it so'
        return Violation("value-case", where, "value", message, Repair("value", same[0]))
    near = closest(value, values)
    if len(values) == 1:
        expected, otherwise = f'"{values[0]}" is expected', f'write "{values[0]}"'
    else:
        expected, otherwise = f"known are {listing(values)}", "write one of them"
    advice = advise(value, values, otherwise=otherwise)
    message = f'{called(where)} is "{shorten(value)}"; {expected}; {advice}'
    repair = Repair("value", near, safe=False) if near else None
    return Violation("unknown-value", where, "value", message, repair)


def variant_case(value: str, meant: str, where: Where | None) -> Violation:
    """The value of a discriminator in lower camel case."""
    message = (
        f'"{value}" is in lower camel case, as in manifests; Azure\'s types have "{meant}";'
        " write it so"
    )
    return Violation("variant-case", where, "value", message, Repair("value", meant))


def as_wrong_case(value: str, violation: Violation) -> Violation:
    """The ``variant-case`` of ``value`` as a mistake: where nobody writes the variant so."""
    meant = violation.repair.text if violation.repair is not None else ""
    return not_one_of(value, (meant,), violation.where)


def only_described(value: str, known: Iterable[str], where: Where | None) -> Violation:
    """The value of a discriminator that only its description has."""
    message = (
        f'"{value}" is in the description of Azure\'s types, but not in their list, which has'
        f" {listing(tuple(known))}; Azure may reject it; keep it if your release takes it, or"
        " comment it out"
    )
    return Violation("documented-only-value", where, "value", message)


def not_known(value: str, known: Iterable[str], where: Where | None) -> Violation:
    """A string that Azure's types do not list for an open set of values."""
    values = tuple(known)
    same = [name for name in values if name.lower() == value.lower()]
    if same:
        message = (
            f'"{shorten(value)}" has the wrong case; Azure\'s types have "{same[0]}"; write it so'
        )
        return Violation("enum-case", where, "value", message, Repair("value", same[0]))
    advice = advise(value, values, otherwise="check the spelling")
    message = (
        f'{called(where)} is "{shorten(value)}"; Azure\'s types list {listing(values)}; {advice}'
    )
    return Violation("enum-value", where, "value", message)
