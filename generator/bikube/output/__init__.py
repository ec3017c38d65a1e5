"""Generated files: planned, surveyed, written."""

from bikube.output.folders import carry_out, leftovers, prune, survey
from bikube.output.generated import RenderedFile, first_line, owns
from bikube.output.plan import Action, Plan, Step, plan

__all__ = [
    "Action",
    "Plan",
    "RenderedFile",
    "Step",
    "carry_out",
    "first_line",
    "leftovers",
    "owns",
    "plan",
    "prune",
    "survey",
]
