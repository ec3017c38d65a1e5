"""Whatever a person can write is described, in words of our own that are true and not left over."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bikube import assets
from bikube.azure import all_companions, all_kinds, versions_with
from bikube.config.form import config_schema
from bikube.diagnostics import Pointer, Severity
from bikube.lint import Linted, lint
from bikube.render import target_apis
from bikube.rules import builtin_rule_file, builtin_rules
from bikube.rules.editor import editor_schema as rule_editor_schema
from bikube.rules.examples import as_spec
from bikube.rules.loading import parameters_of
from bikube.schema import Compiler, Violation
from bikube.schema.annotating import properties
from bikube.schema.descriptions import ANY, Description, Descriptions, read_descriptions
from bikube.spec import spec_schema

FOLDER = assets.folder("descriptions")
SECTIONS = [kind.section for kind in all_kinds()]
TYPES = {kind.section: kind.arm_type for kind in all_kinds()}
KINDS = [f"kinds/{section}" for section in SECTIONS]
COMPANIONS = {f"companions/{one.section}": one for one in all_companions()}
FILES = ["config", "entry", "rule", "spec", *KINDS, *COMPANIONS]
FIELDS = {*Description._fields, "versions"}

Found = dict[str, list[Mapping[str, Any]]]


def raw(name: str) -> dict[str, Any]:
    """The file ``name`` as another reader of YAML sees it."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return data


@cache
def written(section: str, version: str) -> Found:
    """The schemas of each path that an entry of ``section`` can have in ``version``."""
    schema = spec_schema(target_apis(), version)
    return collected(schema["properties"][section]["items"], schema["$defs"])


def versions_of(section: str) -> tuple[str, ...]:
    """The versions that have it."""
    return versions_with(TYPES[section])


def collected(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Found:
    """The schemas of each path; a path in several variants has several."""
    found: Found = {}
    for one in properties(schema, definitions):
        found.setdefault(one.path, []).append({**one.schema, "$defs": definitions})
    return found


def spec_paths() -> Found:
    """Those outside of entries."""
    schema = spec_schema(target_apis())
    apart = {*SECTIONS, *(one.section for one in COMPANIONS.values())}
    own = {key: one for key, one in schema["properties"].items() if key not in apart}
    return collected({**schema, "properties": own}, schema["$defs"])


def config_paths() -> Found:
    """Those of the configuration."""
    rules = builtin_rules()
    parameters = {rule.id: one for rule in rules if (one := parameters_of(rule)) is not None}
    return collected(config_schema(rules, parameters), {})


def rule_paths() -> Found:
    """Those of a rule file."""
    return collected(rule_editor_schema(), {})


SPARE = {
    "config": {"parameters/*/*"},
    "rule": {"*/*/*"},
    "spec": {"targets/*", "targets/*/apiVersion", "targets/*/apiVersions/*", "x-*"},
}
"""What nothing uses today: words for targets and checks to come, and for keys by a pattern."""

SINGLE: dict[str, Callable[[], Found]] = {
    "config": config_paths,
    "rule": rule_paths,
    "spec": spec_paths,
    **{name: partial(collected, one.entry, {}) for name, one in COMPANIONS.items()},
}


def is_valid(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether ``value`` can stand where ``schema`` holds; a known value of an open list, too."""
    return not violations(value, schema)


def violations(value: Any, schema: Mapping[str, Any]) -> list[Violation]:
    """What is wrong with ``value`` by ``schema``."""
    out: list[Violation] = []
    own = {key: one for key, one in schema.items() if key != "$defs"}
    Compiler(dict(schema["$defs"])).compile(own)(value, None, out)
    return out


def texts(said: Description) -> Iterator[str]:
    """All that is said to people."""
    yield said.text
    yield from said.values.values()
    if said.refused:
        yield said.refused


def everything() -> Iterator[tuple[str, str, Description]]:
    """File, path and description of each that there is, in each version that has its own."""
    for name in FILES:
        versions = {
            version
            for one in raw(name)["properties"].values()
            if isinstance(one, dict)
            for version in one.get("versions", ())
        }
        for version in ("", *sorted(versions)):
            for path, said in read_descriptions(name, version).properties.items():
                yield name, path, said


def test_each_kind_has_its_file() -> None:
    """There is a file for each kind and each companion, and none for anything else."""
    assert {path.stem for path in (FOLDER / "kinds").iterdir()} == set(SECTIONS)
    beside = {f"companions/{path.stem}" for path in (FOLDER / "companions").iterdir()}
    assert beside == COMPANIONS.keys()
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {"config", "entry", "rule", "spec"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_nothing_else(name: str) -> None:
    """A file has a summary, an example where it is a kind's, and the known facts of properties."""
    data = raw(name)
    assert set(data) == {"summary", "properties", *(["example"] if "/" in name else [])}
    fields = {key for one in data["properties"].values() if isinstance(one, dict) for key in one}
    assert fields <= FIELDS


@pytest.mark.parametrize("section", SECTIONS)
def test_each_path_of_each_version_is_described(section: str) -> None:
    """Every property that an entry can have in any version has a description of its own."""
    known = {*raw(f"kinds/{section}")["properties"], *raw("entry")["properties"]}
    missing = {
        version: lacking
        for version in versions_of(section)
        if (lacking := written(section, version).keys() - known)
    }
    assert missing == {}


@pytest.mark.parametrize("section", SECTIONS)
def test_no_description_of_a_kind_is_left_over(section: str) -> None:
    """Each path is one that some version has, and so is each version with words of its own."""
    versions = {version: written(section, version) for version in versions_of(section)}
    described = raw(f"kinds/{section}")["properties"]
    assert described.keys() - set().union(*versions.values()) == set()
    assert [
        (path, version)
        for path, said in described.items()
        if isinstance(said, dict)
        for version in said.get("versions", ())
        if path not in versions.get(version, ())
    ] == []


@pytest.mark.parametrize("section", SECTIONS)
def test_no_description_of_entries_is_left_over(section: str) -> None:
    """What all entries have, those of each kind have."""
    (version, *_) = versions_of(section)
    assert raw("entry")["properties"].keys() - written(section, version).keys() == set()


@pytest.mark.parametrize("name", SINGLE)
def test_each_other_path_is_described(name: str) -> None:
    """Specs, configurations and rule files have no key that nothing is said of."""
    words = read_descriptions(name)
    assert [path for path in SINGLE[name]() if words.of(path) is None] == []


@pytest.mark.parametrize("name", SINGLE)
def test_no_other_description_is_left_over(name: str) -> None:
    """Each description is that of a key, or of one that fits it."""
    words = read_descriptions(name)
    used = {id(words.of(path)) for path in SINGLE[name]()}
    unused = {path for path, said in words.properties.items() if id(said) not in used}
    assert unused == SPARE.get(name, set())


@pytest.mark.parametrize("name", SINGLE)
def test_nothing_is_left_to_the_spare_words(name: str) -> None:
    """What the package itself has is described by its own name."""
    words = read_descriptions(name)
    spare = [words.properties[path] for path in SPARE.get(name, ())]
    assert [path for path in SINGLE[name]() if any(words.of(path) is one for one in spare)] == []


def test_each_text_is_a_sentence() -> None:
    """What is said begins with a capital, ends with a full stop, and has no double blank."""
    sentence = re.compile(r"[A-Z\"{0-9].*[^. ]\.", re.DOTALL)
    wrong = [
        (name, path, text)
        for name, path, said in everything()
        for text in texts(said)
        if not sentence.fullmatch(text) or "  " in text or "\n" in text
    ]
    assert wrong == []
    summaries = [raw(name)["summary"] for name in FILES]
    assert [text for text in summaries if not sentence.fullmatch(text)] == []


def test_no_text_only_says_the_name_again() -> None:
    """Each says something that neither the path says, nor words that say nothing."""
    assert [
        (name, path, text)
        for name, path, said in everything()
        for text, known in (
            (said.text, path),
            *((text, value) for value, text in said.values.items()),
        )
        if not _stems(text) - _stems(known) - EMPTY
    ] == []


EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a an and are as by for from has have how in is it its of on one or says that the them"
        " there these they this to what when where which who whose will with whether",
    )
)
"""Words that say nothing by themselves."""


def _stems(text: str) -> set[str]:
    """How the words in a text or in a path begin; words that are no longer are whole."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", text)
    return {word.lower() if word.lower() in EMPTY else word.lower()[:4] for word in words}


@pytest.mark.parametrize("section", SECTIONS)
def test_examples_and_defaults_are_valid(section: str) -> None:
    """Each example, each default and each listed value can stand where it is described."""
    wrong = []
    for version in versions_of(section):
        words = read_descriptions(f"kinds/{section}", version)
        for path, forms in written(section, version).items():
            said = words.properties.get(path)
            shown = [] if said is None else [said.example, said.default]
            wrong += [
                (version, path, value)
                for value in shown
                if value is not None and not any(is_valid(value, one) for one in forms)
            ]
    assert wrong == []


@pytest.mark.parametrize("name", SINGLE)
def test_other_examples_and_defaults_are_valid(name: str) -> None:
    """The same holds for specs, configurations and rule files."""
    words = read_descriptions(name)
    wrong = []
    for path, forms in SINGLE[name]().items():
        said = words.of(path)
        shown = [] if said is None else [said.example, said.default]
        wrong += [
            (path, value)
            for value in shown
            if value is not None and not any(is_valid(value, _bare(one)) for one in forms)
        ]
    assert wrong == []


def _bare(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """``schema`` without what is for editors only."""
    text = json.dumps(schema)
    bare: Mapping[str, Any] = json.loads(
        text, object_hook=lambda one: {key: one[key] for key in one if key not in EDITORS}
    )
    return bare


EDITORS = {"enumDescriptions", "patternErrorMessage", "defaultSnippets"}


@pytest.mark.parametrize("section", SECTIONS)
def test_values_are_those_that_there_are(section: str) -> None:
    """Where values of a property are described, they are all that any version has, and no more."""
    there: dict[str, set[str]] = {}
    for version in versions_of(section):
        for path, forms in written(section, version).items():
            for one in forms:
                inner = one.get("items", one)
                listed = {*inner.get("enum", ()), *inner.get("x-known", ())}
                there.setdefault(path, set()).update(listed)
    described = {
        path: set(said.values)
        for path, said in read_descriptions(f"kinds/{section}").properties.items()
        if said.values
    }
    assert described == {path: there[path] for path in described}


def test_patterns_fit_their_examples() -> None:
    """A pattern matches the example beside it, and says what is expected where it does not."""
    patterns = [(path, said) for _, path, said in everything() if said.pattern]
    assert [path for path, said in patterns if not re.search(said.pattern, str(said.example))] == []
    assert [path for path, said in patterns if not said.refused] == []


def test_patterns_refuse_what_is_an_error() -> None:
    """Whatever an editor underlines by a pattern of ours, the linter has an error for."""
    patterns = [
        (section, tuple(path.split("/")), said.pattern)
        for section in SECTIONS
        for path, said in read_descriptions(f"kinds/{section}").properties.items()
        if said.pattern
    ]
    refused, unfounded = 0, []
    for rule in builtin_rules():
        file = builtin_rule_file(rule.id)
        assert file is not None
        for example in [*file.valid, *(one.spec for one in file.invalid)]:
            linted = lint("bikube.yaml", as_spec(example, rule.sections).encode(), builtin_rules())
            errors = {one.pointer for one in linted.diagnostics if one.severity is Severity.ERROR}
            for pointer, value in _refused(linted, patterns):
                refused += 1
                if not any(pointer[: len(error)] == error for error in errors):
                    unfounded.append((rule.id, value))
    assert unfounded == []
    assert refused > 20


def _refused(
    linted: Linted, patterns: list[tuple[str, tuple[str, ...], str]]
) -> Iterator[tuple[Pointer, str]]:
    """Pointer and text of what the patterns refuse in a spec."""
    tables = {} if linted.spec is None else linted.spec.tables
    for section, at, pattern in patterns:
        for row, value in enumerate(tables[section].column(at) if section in tables else ()):
            if isinstance(value, str) and not re.search(pattern, value):
                yield (section, row, *at), value


@pytest.mark.parametrize("name", [*KINDS, *COMPANIONS])
def test_example_of_a_section_is_clean(name: str) -> None:
    """The example stands as it is below the key of its section, and no rule warns of it."""
    example, section = raw(name)["example"], name.partition("/")[2]
    head = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
    found = lint("bikube.yaml", f"{head}{section}:\n{example}".encode(), builtin_rules())
    assert [one.message for one in found.diagnostics if one.severity is not Severity.INFO] == []
    assert len(found.spec.tables[section].entries) > 0 if found.spec is not None else False


def test_wildcards_are_only_where_they_are_needed() -> None:
    """In the files of kinds "*" is an item, or a key that may be any: it is never a fallback."""
    assert [
        path for name in KINDS for path in raw(name)["properties"] if path.startswith(ANY)
    ] == []


def test_linting_reads_no_descriptions(tmp_path: Path) -> None:
    """Whatever lint finds in a spec, it pays for no word that only editors show."""
    (tmp_path / "bikube.yaml").write_text("bikube: v1\nregistryEndpoints: [{host: 5}]\n")
    code = (
        "import sys; from bikube.cli.entry import run; run(['lint'])\n"
        "print([name for name in sys.modules if name.startswith('bikube.schema.')])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "bikube.schema.compiler" in done.stdout
    assert "descriptions" not in done.stdout
    assert "annotating" not in done.stdout


def test_a_kind_without_a_file_has_no_descriptions() -> None:
    """A kind needs no file, so that adding one is adding one file."""
    assert read_descriptions("kinds/nothing") == Descriptions("", "", {})
