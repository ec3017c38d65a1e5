"""``bikube generate``."""

import sys
from pathlib import Path

import click

from bikube.app.generate import is_renderable, prepare
from bikube.app.lint import lint_files
from bikube.app.outputs import carry_out
from bikube.app.specs import find_inputs
from bikube.rendering import target_names
from bikube.reporting import Run
from bikube.ruleset import builtin_rules


@click.command("generate")
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@click.option("--out", type=click.Path(path_type=Path), default=Path("deploy"))
@click.option("--check", is_flag=True)
@click.option("--diff", is_flag=True)
@click.option("--target", "targets", multiple=True, type=click.Choice(target_names()))
def generate(specs: tuple[str, ...], out: Path, check: bool, diff: bool, targets: tuple[str, ...]) -> int:
    rules = builtin_rules()
    outcome = lint_files(find_inputs(specs or ("bikube.yaml",), stdin_name=None), rules)
    sys.stderr.write("".join(__import__("bikube.reports.text").reports.text.REPORT(Run(outcome.linted, rules), colour=False)))
    if not is_renderable(outcome):
        return 1
    generation = prepare(outcome.linted, out, targets or target_names(), root=None)
    carry_out(out, generation.plan)
    for step in generation.plan.changes[:10]:
        print(step.action, step.path)
    return 0


COMMAND = generate
