"""How many findings there are of which rule."""

from collections import Counter
from collections.abc import Iterator

from bikube.diagnostics import Severity
from bikube.report.formats.text import FIXABLE, label
from bikube.report.run import Run


def report(run: Run, *, colour: bool) -> Iterator[str]:
    """One line for each rule and severity, the most frequent first; hints count, too."""
    counts: Counter[tuple[Severity, str]] = Counter()
    for one in run.findings:
        counts[one.severity, one.rule] += one.times
    fixable = {(one.severity, one.rule) for one in run.findings if one.has_safe_fix}
    wide = max((len(f"{count:,}") for count in counts.values()), default=0)
    order = sorted(counts.items(), key=lambda item: (-item[1], -item[0][0], item[0][1]))
    for kind, count in order:
        mark = f" {FIXABLE}" if kind in fixable else ""
        shown = label(*kind, colour=colour, links=run.context.links)
        yield f"{count:>{wide},} {shown}{mark}\n"


REPORT = report
