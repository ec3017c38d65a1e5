"""What a resource is below is described, said to exist, or brought by AIO."""

from tests.support.found import real

HEAD = "bikube: v1\ninstance: {name: aio-x, customLocation: cl}\n"
LISTENERS = """\
brokerListeners:
  - {name: abc, brokerRef: line-8, ports: []}
  - {name: bcd, brokerRef: 5, ports: []}
  - {name: cde, brokerRef: default, ports: []}
  - {name: def, ports: []}
  - 5
"""


def found(text: str) -> list[tuple[str, str, list[str]]]:
    """What is underlined, what is advised, and the second places."""
    linted = real(HEAD + text)
    return [
        (
            linted.source.cut(one.span),
            one.help,
            [linted.source.cut(two.span) for two in one.related],
        )
        for one in linted.diagnostics
        if one.rule == "unknown-parent"
    ]


def test_a_parent_that_is_not_there_is_found() -> None:
    """A parent that is no text is the schema's, and the default one is always there."""
    advice = 'describe it, or name it below "existing: brokers:" if it is there already'
    assert found(LISTENERS) == [("line-8", advice, [])]


def test_a_parent_that_is_like_another_has_two_places() -> None:
    """The second place is that of the one that is probably meant, if the spec describes it."""
    advice = 'did you mean "line-88"?'
    assert found(f"brokers: [{{name: line-88}}, 5]\n{LISTENERS}") == [
        ("line-8", advice, ["line-88"])
    ]
    assert found(f"existing: {{brokers: [line-88]}}\n{LISTENERS}") == [("line-8", advice, [])]


def test_what_exists_is_read_whatever_else_is_wrong_there() -> None:
    """Names that are none, and lists that are none, say of nothing that it exists."""
    assert found(f"existing: {{brokers: [5, line-8], dataflows: 5}}\n{LISTENERS}") == []
    assert len(found(f"existing: {{brokers: line-8}}\n{LISTENERS}")) == 1
    assert len(found(f"existing: [line-8]\n{LISTENERS}")) == 1
    assert found(f"brokers: [{{name: line-8}}]\n{LISTENERS}") == []
    assert found("brokerListeners: 5\n") == []
