"""Keys that are there twice, beside something that a fix would mend."""

from bikube.diagnostics import Severity
from bikube.fix.rounds import fix_spec
from bikube.lint import lint
from bikube.rules import builtin_rules

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
ENDPOINT = "  - {name: a1b, host: Plant7.azurecr.io, authentication: {method: Anonymous}}\n"


def fixable(text: str) -> list[str]:
    """The rules of findings with a fix."""
    found = lint("a.bikube.yaml", text.encode(), builtin_rules()).diagnostics
    return [one.rule for one in found if one.fix is not None]


def test_no_fix_takes_one_of_two_keys_away() -> None:
    """Nor does it give one another name; what is below the one that counts is mended."""
    again = "registryEndpoints:\n"
    assert fixable(HEAD + again) == ["null-value"]
    assert fixable(HEAD + again + again + ENDPOINT) == []
    assert fixable(HEAD + "registryendpoints: []\n" * 2) == []
    assert fixable(HEAD + again + ENDPOINT + again) == ["registry-host-case"]


def test_many_are_no_endless_work() -> None:
    """Each round of fixes used to take one away."""
    data = (HEAD + "registryEndpoints:\n" * 40).encode()
    fixed = fix_spec(data, lambda data: lint("a.bikube.yaml", data, builtin_rules()), unsafe=True)
    assert (fixed.data, fixed.refusal) == (data, "")
    errors = [one.rule for one in fixed.linted.diagnostics if one.severity is Severity.ERROR]
    assert errors.count("duplicate-key") == 39
