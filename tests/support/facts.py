"""What users rely on of a rule, in words."""

from pathlib import Path

from bikube.rules.rule import Rule

FACTS = Path(__file__).parents[1] / "rules/facts.yaml"


def facts(rule: Rule) -> list[str]:
    """Its severity, whether it is structural, and whether its fix, if it has one, is safe."""
    found = [rule.severity.label]
    if rule.structural:
        found.append("structural")
    if rule.fix:
        found.append("safe fix" if rule.fix["safe"] else "unsafe fix")
    return found
