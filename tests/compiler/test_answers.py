"""What answers of the compiler say; one that makes no sense is a fault."""

import pytest

from bikube.compiler.answers import CompilerFault, snapshot


@pytest.mark.parametrize(
    "answer",
    [{}, {"snapshot": "no"}, {"snapshot": "[]"}, {"snapshot": '{"predictedResources":[1]}'}],
)
def test_a_snapshot_without_resources_is_nonsense(answer: dict[str, str]) -> None:
    """What cannot be a snapshot is a fault."""
    with pytest.raises(CompilerFault, match="answers bicep/getSnapshot with nonsense"):
        snapshot(answer)
