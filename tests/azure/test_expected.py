"""What Azure's types want of values is said in words, for all of their patterns."""

import re

import pytest

from bikube.azure import all_kinds, schemas, versions_with
from bikube.azure.expected import PATTERNS, USUAL
from bikube.schema.annotating import properties

FOUND = [
    one
    for kind in all_kinds()
    for version in versions_with(kind.arm_type)
    for one in properties(schemas(version)["resources"][kind.arm_type], schemas(version)["$defs"])
]


def test_each_pattern_of_the_types_has_words_and_no_other() -> None:
    """A pattern that a version brings wants words here."""
    patterns = {one.schema["pattern"] for one in FOUND if "pattern" in one.schema}
    assert patterns == PATTERNS.keys()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_an_example_in_an_advice_matches(pattern: str) -> None:
    """What is advised to be written is right; a beginning is no example of the whole."""
    for example in re.findall('write it as in "(.*)"', PATTERNS[pattern].advice):
        assert re.search(pattern, example)


def test_what_is_usual_is_of_required_properties() -> None:
    """The end of the path is that of a property that has to be there."""
    required = [one.path for one in FOUND if one.required]
    assert [end for end in USUAL if any(one.endswith("/".join(end)) for one in required)] == [
        *USUAL
    ]
