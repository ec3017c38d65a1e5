"""What inputs are made from: the examples and golden cases, those in rule files, and odd shapes."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from bikube.rules import builtin_rule_file, builtin_rules
from bikube.rules.examples import as_spec

ROOT = Path(__file__).parents[1]

_HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
_ENDPOINT = "{name: a1b, host: plant7.azurecr.io, authentication: {method: Anonymous}}"

ODD = (
    "",
    "---\n",
    "\ufeffbikube: v1\n",
    "null\n",
    "[]\n",
    f"{_HEAD}registryEndpoints: &a [*a]\n",
    f"{_HEAD}x-a: &a {{b: &b [*a, *b]}}\n",
    f"{_HEAD}x-a: &a [1]\nx-b: &b [{', '.join(['*a'] * 9)}]\nregistryEndpoints: *b\n",
    f"{_HEAD}registryEndpoints:\n- &e {_ENDPOINT}\n- *e\n- <<: *e\n  name: b2c\n",
    f"{_HEAD}registryEndpoints:\n- ? {_ENDPOINT}\n: 1\n",
    f"{_HEAD}registryEndpoints: [{_ENDPOINT}, {_ENDPOINT}]\nregistryEndpoints: []\n",
    f"{_HEAD}--- \n{_HEAD}...\n",
    f"{_HEAD}registryEndpoints: !!set {{a, b}}\nother: !x 1\nbin: !!binary aGk=\n",
    f"{_HEAD}registryEndpoints:\n\t- {_ENDPOINT}\n",
    f"{_HEAD}registryEndpoints:\r- {_ENDPOINT}\r# bikube: ignore[x]\r",
    f"{_HEAD}registryEndpoints:\r\n- {_ENDPOINT} # bikube: ignore[*] why\r\n",
    f"{_HEAD}registryEndpoints: # bikube: ignore-file[placeholder] until=2026-13-45 a # b\n",
    f"# bikube: ignore\n# bikube: ignore[]\n# noqa: bikube\n{_HEAD}# bikube-ignore\n",
    f"{_HEAD}x: 'a\n\n  b'\ny: \"\\u0000\\x85\\ud800\"\nz: >+\n  a\n\n\n",
    f"{_HEAD}n: [0x7fffffffffffffff, 1e999, .nan, -.inf, 0o17, 1_000, {'9' * 40}]\n",
    f"{_HEAD}x-password: AccountKey={'A' * 86}==\n# ghp_{'a1' * 18}\n",
    f'{_HEAD}"##vso[task.x]": "::error::\u202e\u2066\u200b\U000e0041"\n',
    f"{_HEAD}x: {'[' * 120}{']' * 120}\n",
    f"{_HEAD}x: {'{a: ' * 90}1{'}' * 90}\n",
    f"{_HEAD}x: '{'a' * 3000}'\n{'k' * 1100}: 1\n",
    "apiVersion: v1\nkind: RegistryEndpoint\nmetadata: {name: a}\nspec: {host: a}\n",
    "resource a 'Microsoft.IoTOperations/instances@2025-10-01' = {\n  name: 'a'\n}\n",
    '{"$schema": "x", "resources": [{"type": "a", "properties": {}}]}\n',
    "<<<<<<< HEAD\nbikube: v1\n=======\n>>>>>>> b\n",
    "@@ -1 +1 @@\n-bikube: v1\n+bikube: v2\n",
    "```yaml\nbikube: v1\n```\n",
)
"""Shapes of files that broke YAML readers, linters, or earlier versions of this one."""

_SETTINGS = """\
specs: ['**/*.bikube.yaml']
exclude: [lab/, '*.old.yaml', '!keep', '[a-']
out: deploy
targets: [bicep]
baseline: known.json
show: info
rules: {registry-host-case: error, placeholder: off}
parameters: {registry-identity-scope: {matches: 'https://[a-z]+'}}
overrides:
  - {paths: [lab/**], rules: {registry-host-case: info}, targets: [kubernetes]}
  - {resources: ['registryEndpoints/test-*', '*'], rules: {placeholder: warning}}
"""


class Seed(NamedTuple):
    """A text to begin with; ``name`` is that of the file in which it would stand."""

    name: str
    text: str


@cache
def specs() -> tuple[Seed, ...]:
    """Specs of all sorts."""
    paths = [*ROOT.glob("examples/**/*bikube.yaml"), *ROOT.glob("golden/*/spec.yaml")]
    texts = [path.read_text("utf-8") for path in sorted(paths)]
    texts += _in_rules()
    return tuple(Seed("fuzz.bikube.yaml", text) for text in (*texts, *ODD))


@cache
def configurations() -> tuple[Seed, ...]:
    """Configurations: those of the examples, and one with every key."""
    paths = sorted(ROOT.glob("examples/**/bikube.config.yaml"))
    texts = [_SETTINGS, *(path.read_text("utf-8") for path in paths)]
    return tuple(Seed("bikube.config.yaml", text) for text in texts)


@cache
def rule_files() -> tuple[Seed, ...]:
    """The built-in rules under ids of one's own, since theirs are taken."""
    found = []
    for path in sorted(ROOT.glob("rules/*.yaml")):
        text = path.read_text("utf-8").replace(f"id: {path.stem}\n", f"id: own-{path.stem}\n", 1)
        found.append(Seed(f"own-{path.name}", text))
    return tuple(found)


def _in_rules() -> list[str]:
    texts = []
    for name in builtin_rules().ids:
        file = builtin_rule_file(name)
        if file is not None:
            taught = [text for one in file.examples for text in one if text]
            found = [*file.valid, *(one.spec for one in file.invalid), *taught]
            texts += [as_spec(text, file.rule.sections) for text in found]
    return texts
