"""Generated files: planned, surveyed, written."""

from bikube.output.carrying import carry_out, prune
from bikube.output.generated import RenderedFile, first_line, made_from, owns
from bikube.output.plan import Action, Plan, Step, plan
from bikube.output.survey import leftovers, output_folder, survey

__all__ = [
    "Action",
    "Plan",
    "RenderedFile",
    "Step",
    "carry_out",
    "first_line",
    "leftovers",
    "made_from",
    "output_folder",
    "owns",
    "plan",
    "prune",
    "survey",
]
