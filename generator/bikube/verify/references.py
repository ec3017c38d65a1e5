"""Counts the references that a resource has to others."""

from collections.abc import Iterator

from bikube.verify.sides import Reading


def references(reading: Reading) -> int:
    """How many names of other resources of AIO are in the properties."""
    return sum(
        isinstance(name, str)
        for reference in reading.kind.references
        for name in _values(reading.properties, reference.at)
    )


def _values(value: object, path: tuple[str, ...]) -> Iterator[object]:
    if not path:
        yield value
        return
    step, *rest = path
    if step == "*":
        items = value if isinstance(value, list) else ()
        for member in value.values() if isinstance(value, dict) else items:
            yield from _values(member, tuple(rest))
    elif isinstance(value, dict) and step in value:
        yield from _values(value[step], tuple(rest))
