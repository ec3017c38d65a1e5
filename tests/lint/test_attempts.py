"""What was meant as a suppression and is none is a finding; a word about bikube is not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bikube.lint.attempts import FORM, MARKER, attempts, not_a_directive
from bikube.lint.engine import _MAY_DIRECT, lint
from bikube.rules.builtin import builtin_rules
from bikube.text import Span

_RULE = "registry-host-case"
_SPEC = "bikube: v1\ninstance: {{name: aio-a, customLocation: cl-a}}\nregistryEndpoints: [] {}\n"


def _shown(comment: str) -> list[str]:
    """What is underlined in a spec with ``comment``, as far as it is about suppressions."""
    text = _SPEC.format(comment)
    found = lint("a", text.encode(), builtin_rules()).diagnostics
    return [text[slice(*one.span)] for one in found if one.rule == "malformed-suppression"]


@pytest.mark.parametrize(
    ("comment", "shown"),
    [
        (f"# bikube ignore[{_RULE}] why", f"bikube ignore[{_RULE}]"),
        (f"# bikube ignore {_RULE}", "bikube ignore"),
        (f"# bikube: ignore ({_RULE})", f"bikube: ignore ({_RULE})"),
        (f"# bikube: ignore {_RULE}", "bikube: ignore"),
        (f"# bikube: ignore: {_RULE}", "bikube: ignore:"),
        (f"# bikube = ignore[{_RULE}] why", f"bikube = ignore[{_RULE}]"),
        (f"# bikube:ignore[{_RULE}]", f"bikube:ignore[{_RULE}]"),
        (f"# bikubeignore[{_RULE}]", f"bikubeignore[{_RULE}]"),
        (f"# Bikube: ignore[{_RULE}] why", f"Bikube: ignore[{_RULE}]"),
        (f"# bikube: Ignore[{_RULE}] why", f"bikube: Ignore[{_RULE}]"),
        (f"# BIKUBE: IGNORE[{_RULE}] why", f"BIKUBE: IGNORE[{_RULE}]"),
        (f"# bikube: ignroe[{_RULE}] why", f"bikube: ignroe[{_RULE}]"),
        (f"# bikube: silence[{_RULE}] why", f"bikube: silence[{_RULE}]"),
        (f"# bikub: ignore[{_RULE}] why", f"bikub: ignore[{_RULE}]"),
        (f"# bikbue : ignore-file [{_RULE}] why", f"bikbue : ignore-file [{_RULE}]"),
        ("# bikube-ignore", "bikube-ignore"),
        ("# bikube_ignore the printer", "bikube_ignore"),
        ("# bikube.ignore-file", "bikube.ignore-file"),
        ("# bikube ignore", "bikube ignore"),
        ("# bikube: ignore", "bikube: ignore"),
        ("#bikube:disable", "bikube:disable"),
        ("###  bikube-disable-next-line", "bikube-disable-next-line"),
        (f"# bikube disable={_RULE}", f"bikube disable={_RULE}"),
        ("# bikube: off for the fair", "bikube: off"),
        ("# bikube: noqa", "bikube: noqa"),
        ("# bikube-lint ignore", "bikube-lint ignore"),
        ("# bikube lint: disable", "bikube lint: disable"),
        (f"# bikube-linter:ignore[{_RULE}]", f"bikube-linter:ignore[{_RULE}]"),
        ("# noqa: bikube", "noqa: bikube"),
        ("# noqa bikube all of it", "noqa bikube"),
        (f"# NOQA: bikube[{_RULE}]", f"NOQA: bikube[{_RULE}]"),
        ("# nolint:bikube", "nolint:bikube"),
        ("# nolint(bikube)", "nolint(bikube)"),
        ("# ignore: bikube", "ignore: bikube"),
        ("# skip-file bikube # for now", "skip-file bikube"),
    ],
)
def test_near_misses_of_a_suppression_are_findings(comment: str, shown: str) -> None:
    """Another spelling, other brackets, another case, another linter's word: each is shown."""
    assert _shown(comment) == [shown]


@pytest.mark.parametrize(
    "comment",
    [
        "# bikube",
        "# bikube: v1 of this plant",
        "# bikube: core of the plant",
        "# bikube ignores this, see above",
        "# bikube ignore list",
        "# bikube skip, then",
        "# bikube: see the docs",
        "# bikube-ignore-list.yaml has them",
        "# bikube-ignore.txt has them",
        "# bikube.ignored by us",
        "# bikube lints this",
        "# bikube lint is run on Mondays",
        "# we disable bikube here",
        "# skip bikube in the lab",
        "# skip bikube/golden",
        "# noqa: bikube-like",
        "# noqa: E501",
        "# type: ignore[bikube]",
        "# basic: ignore[this] word",
        "# bickering: ignore[this] word",
        "# bic: ignore[this] word",
        "# ignore",
    ],
)
def test_words_about_the_program_are_no_findings(comment: str) -> None:
    """Prose may speak of bikube, of what it ignores, and of other programs."""
    assert _shown(comment) == []


def test_the_message_says_what_a_suppression_is() -> None:
    """It names what stands there, and the form."""
    text = "# noqa: bikube"
    found = not_a_directive(text, Span(0, len(text)))
    assert (found.rule, found.span, found.text) == (
        "malformed-suppression",
        Span(2, 14),
        f'"noqa: bikube" silences nothing; a suppression is "{FORM}"; correct it',
    )


_PIECES = st.sampled_from(
    [
        "#",
        "#",
        " ",
        "\t",
        "bikube",
        "BIKUBE",
        "bikub",
        "bycube",
        "bkube",
        ":",
        "=",
        "[",
        "(",
        "-",
        "lint",
        "x",
        "ignore",
        "noqa",
        "off",
        "disable-file",
        "suppress",
        "skip",
        "nolint",
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_what_the_engine_lets_pass_without_a_look_holds_no_attempt(text: str) -> None:
    """The engine's cheap look at a text sees at least what the exact one does."""
    if MARKER.search(text):
        assert _MAY_DIRECT.search(text)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_attempts_are_parts_of_a_comment_in_order(text: str) -> None:
    """They begin with a hash, end before blanks, and do not overlap."""
    comment = f"#{text}"
    found = list(attempts(comment, Span(0, len(comment))))
    for span in found:
        assert re.fullmatch(r"#.*\S", comment[slice(*span)])
        assert not_a_directive(comment, span).span.end <= len(comment)
    ends = [end for span in found for end in span]
    assert ends == sorted(ends)
