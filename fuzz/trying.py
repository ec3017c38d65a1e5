"""What must hold of every input, whatever it is; anything else is an exception."""

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import yaml

from bikube import plugins
from bikube.config.loading import load_config, load_rule_file
from bikube.diagnostics import Diagnostic, Severity
from bikube.edits import apply
from bikube.errors import FaultyFile, UserError
from bikube.fix.ignores import Reason, ignore
from bikube.fix.rounds import Fixed, fix_spec
from bikube.lint import Linted, lint, once_a_run
from bikube.lint.suppression import is_suppressible
from bikube.render import target_names
from bikube.render.rendering import render
from bikube.report import Context, Run
from bikube.rules import Policy, Ruleset, builtin_rules
from bikube.spec import Spec
from bikube.spec.resources import Resource, resources_of
from bikube.text import Source, Span
from fuzz.bicep import Reference, read_properties
from fuzz.changes import changed
from fuzz.seeds import Seed, configurations, rule_files, specs

_TODAY = date(2026, 6, 1)
_FORMATS = "bikube.report.formats"
_AIO = "'Microsoft.IoTOperations/instances/"
"""Begins what a template says of the type of a resource; companions have others."""
_SPEC = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
registryEndpoints:
  - {name: a1b, host: Plant7.azurecr.io, authentication: {method: Anonymous}}
"""


class Input(NamedTuple):
    """A changed text, and the name of the file in which it would stand."""

    name: str
    data: bytes


def made(seed: int, number: int) -> Input:
    """The input with that number; the same for the same seed."""
    chance = random.Random(f"{seed}:{number}")
    sort = chance.random()
    seeds: tuple[Seed, ...] = specs()
    if sort < 0.06:
        seeds = configurations()
    elif sort < 0.12:
        seeds = rule_files()
    chosen, other = chance.choice(seeds), chance.choice(seeds)
    text = chosen.text
    return Input(chosen.name, changed(text, [other.text], chance))


def hold(one: Input, number: int) -> None:
    """Raises whatever it may where something does not hold; ``number`` chooses what is tried."""
    match one.name:
        case "bikube.config.yaml":
            _hold_configuration(one)
        case "fuzz.bikube.yaml":
            _hold_spec(one, number)
        case _:
            _hold_rule(one)


def _hold_configuration(one: Input) -> None:
    path = _written(one)
    with suppress(UserError), _refusals():
        config = load_config(path)
        policy = config.policy("lab/a.bikube.yaml")._replace(today=_TODAY)
        config.out_folder.is_absolute()
        _hold_linted(lint("lab/a.bikube.yaml", _SPEC.encode(), config.rules, policy))


def _hold_rule(one: Input) -> None:
    with suppress(UserError), _refusals():
        file = load_rule_file(_written(one))
        rules = Ruleset([*builtin_rules(), file.rule])
        _hold_linted(lint("a.bikube.yaml", _SPEC.encode(), rules, Policy(today=_TODAY)))


class _refusals:  # noqa: N801 - used like a function
    """Looks at the place in a refusal that has one."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        if isinstance(error, FaultyFile):
            _hold_span(error.source, error.diagnostic.span)


def _written(one: Input) -> Path:
    path = Path(_folder()) / one.name
    path.write_bytes(one.data)
    return path


@cache
def _folder() -> str:
    # Each process has its own, which the system may clear away.
    return tempfile.mkdtemp(prefix="bikube-fuzz-")


def _hold_spec(one: Input, number: int) -> None:
    rules = builtin_rules()
    look = partial(lint, one.name, rules=rules, policy=Policy(today=_TODAY))
    linted = look(one.data)
    _hold_linted(linted)
    _hold_output(linted)
    if any(diagnostic.fix is not None for diagnostic in linted.diagnostics):
        _hold_fix(one.data, look, unsafe=bool(number % 2))
    if number % 4 == 3:
        assert look(one.data).diagnostics == linted.diagnostics, "two runs find different things"
    if number % 4 == 0:
        _hold_report(linted, rules, number)
    if number % 8 == 1:
        _hold_comments(linted, rules, look)


def _hold_linted(linted: Linted) -> None:
    assert not linted.faults, f"a rule fails: {linted.faults[0].rule}: {linted.faults[0].error!r}"
    for diagnostic, _ in linted.everything:
        _hold_diagnostic(linted.source, diagnostic)
    for diagnostic in linted.yielded:
        _hold_diagnostic(linted.source, diagnostic)


def _hold_diagnostic(source: Source, one: Diagnostic) -> None:
    _hold_span(source, one.span)
    assert one.message, f"{one.rule} says nothing"
    for related in one.related:
        _hold_span(source, related.span)
    for edit in one.fix.edits if one.fix is not None else ():
        _hold_span(source, edit.span)
    if one.fix is not None:
        assert apply(source.text, [one.fix]) != source.text, (
            f"the fix of {one.rule} changes nothing"
        )


def _hold_span(source: Source, span: Span) -> None:
    assert 0 <= span.start <= span.end <= len(source.text), f"{span} is outside of the text"
    source.position(span.start)
    source.position(span.end)


def _hold_fix(data: bytes, look: Callable[[bytes], Linted], *, unsafe: bool) -> None:
    fixed = fix_spec(data, look, unsafe=unsafe)
    assert "no end" not in fixed.refusal, fixed.refusal
    if fixed.data == data:
        return
    again = fix_spec(fixed.data, look, unsafe=unsafe)
    assert again.data == fixed.data, "a second --fix changes more"
    _hold_linted(fixed.linted)


def _hold_comments(linted: Linted, rules: Ruleset, look: Callable[[bytes], Linted]) -> None:
    unwanted = [one for one in linted.diagnostics if is_suppressible(rules[one.rule])]
    before = linted.source.encode(linted.source.text)
    ignored = ignore(Fixed(before, linted, linted), unwanted, Reason(None, "fuzzed"), look)
    _hold_linted(ignored.linted)


def _hold_report(linted: Linted, rules: Ruleset, number: int) -> None:
    names = plugins.names(_FORMATS)
    report = plugins.load(_FORMATS, names[number // 4 % len(names)], "REPORT")
    run = Run(list(once_a_run([linted], rules)), rules, context=Context(most=1000))
    text = "".join(report(run, colour=False))
    text.encode("utf-8")
    assert "##vso[" not in text, "a report commands the agent of Azure Pipelines"


def _hold_output(linted: Linted) -> None:
    spec = linted.spec
    if spec is None or any(one.severity is Severity.ERROR for one in linted.diagnostics):
        return
    files = {
        file.path: file.data.decode() for file in render(spec, "fuzz.bikube.yaml", target_names())
    }
    for path in files:
        assert path == path.strip() and ".." not in path, f"odd path: {path!r}"  # noqa: PT018
    resources = resources_of(spec)
    folder = spec.instance.name
    templates = [text for path, text in files.items() if path.startswith(f"{folder}/bicep/")]
    read = [(read_properties(text), _AIO in text) for text in templates]
    of_aio = [found for found, is_aio in read if is_aio]
    if len(of_aio) == 1:
        for found, resource in zip(of_aio[0], resources, strict=True):
            _hold_equal(found, resource.properties)
    _hold_manifests(files, folder, resources, spec)


def _hold_manifests(
    files: dict[str, str], folder: str, resources: list[Resource], spec: Spec
) -> None:
    for resource in resources:
        path = f"{folder}/kubernetes/{resource.kind.singular.lower()}-{resource.name}.yaml"
        # Two of one name below two parents are one object in a cluster, which a rule is about.
        same = [one for one in resources if (one.kind, one.name) == (resource.kind, resource.name)]
        if len(same) > 1:
            continue
        manifest = yaml.load(files[path], yaml.CSafeLoader)
        assert manifest["metadata"]["name"] == resource.name, "another name in the manifest"
        assert manifest["metadata"]["namespace"] == spec.instance.namespace, "another namespace"
        parent = resource.kind.parent
        above = {parent.manifest: resource.parent} if parent and parent.manifest else {}
        _hold_equal(manifest["spec"] or {}, {**above, **resource.properties})


def _hold_equal(found: object, written: object) -> None:
    for one, other in _pairs(found, written):
        if not isinstance(one, Reference):
            assert (type(one), one) == (type(other), other), f"{one!r} is read, {other!r} written"


def _pairs(found: object, written: object) -> Iterator[tuple[object, object]]:
    if isinstance(found, dict) and isinstance(written, dict) and list(found) == list(written):
        for key, value in found.items():
            yield from _pairs(value, written[key])
    elif isinstance(found, list) and isinstance(written, list) and len(found) == len(written):
        for one, other in zip(found, written, strict=True):
            yield from _pairs(one, other)
    else:
        yield found, written
