"""How large a resource is in a compiled template, as the compiler itself says it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.proof.bicep_rpc import BicepRpc
from tests.proof.snippets import HEAD, endpoint

from bikube.azure.template_size import compiled_size
from bikube.render.bicep.literals import literal

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
    st.text("[\"'\\\n\t\x00\x1f\x7f\x85\u00e9\u2028\ufeff\u4e2d\U0001f600$<&/a", max_size=40),
    st.sampled_from(["copy", "Copy", "[", "[[", "[x]"]),
)
values = st.recursive(
    st.one_of(
        texts,
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.none(),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@settings(suppress_health_check=list(HealthCheck))
@given(values, st.integers(0, 50))
def test_the_size_is_no_less_than_what_the_compiler_writes(
    bicep: BicepRpc, tmp_path_factory: pytest.TempPathFactory, value: Any, depth: int
) -> None:
    """Escapes, indentation, expressions and all; nor is it more than twice as much and a bit."""
    for _ in range(depth):
        value = [value]
    file = tmp_path_factory.getbasetemp() / "size.bicep"
    file.write_text(HEAD + endpoint([f"value: {literal(value, 4)}"]), encoding="utf-8", newline="")
    compiled = bicep.compile(file).template
    assert compiled is not None
    actual = len(in_template(compiled).encode())

    assert actual <= compiled_size(value, 8) <= 2 * actual + 40


def in_template(compiled: str) -> str:
    """What a compiled template has in the place of the value."""
    start = compiled.index('"value": ') + len('"value": ')
    end = compiled.rindex("\n      }\n    }\n  ]\n}")
    return compiled[start:end]
