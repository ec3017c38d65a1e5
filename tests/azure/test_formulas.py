"""Variables of expressions, and the inputs that they stand for."""

import pytest

from bikube.azure.formulas import unbound


@pytest.mark.parametrize(
    ("expression", "inputs", "variable"),
    [
        ("", 0, ""),
        ("$1 * 9/5 + 32", 1, ""),
        ("$1 > 9000 && $2 >= 8000", 2, ""),
        ("$1 > 9000 && $2 >= 8000", 1, "$2"),
        ("$3 + $2", 1, "$3"),
        ("$0", 1, "$0"),
        ("if($1 > 2, \"$3\", '$4')", 1, ""),
        ('if($1 > 2, "\\"$3", $2)', 1, "$2"),
        ("str::regex_replace($1, '(.)(.)', '$2') + $2", 1, "$2"),
        ("$max + $metadata.topic + 1$", 0, ""),
        (f"${'9' * 5_000}", 1, f"${'9' * 5_000}"),
    ],
)
def test_a_variable_without_an_input_is_found(expression: str, inputs: int, variable: str) -> None:
    """They are counted from one; what is in quotes is text."""
    assert unbound(expression, inputs) == variable
