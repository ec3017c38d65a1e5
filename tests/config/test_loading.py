"""Configuration decides which specs there are and how rules count."""

import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import RunCli
from tests.support.trees import (
    COMPANY_RULE,
    FAILS,
    OLD_VERSION,
    rule_about_versions,
    spec,
    write_tree,
)

CAPITALS = spec(host="Plant7.azurecr.io")
QUIET = "kubernetes-preview: off, code-signing-absent: off, registry-role-missing: off"


def _found(run_cli: RunCli, folder: Path, *arguments: str) -> list[tuple[str, str, str]]:
    """File, rule and severity of every finding."""
    result = run_cli("lint", *arguments, "--format", "json", cwd=folder)
    found = json.loads(result.out)["diagnostics"]
    return [(one["file"], one["rule"], one["severity"]) for one in found]


def test_levels_of_the_configuration_count(run_cli: RunCli, tmp_path: Path) -> None:
    """A rule has the severity that the configuration gives it, and none where it is off."""
    rules = f"rules: {{registry-host-case: error, {QUIET}}}\n"
    write_tree(tmp_path, {"bikube.yaml": CAPITALS, "bikube.config.yaml": rules})
    assert _found(run_cli, tmp_path) == [("bikube.yaml", "registry-host-case", "error")]
    assert run_cli("lint", cwd=tmp_path).code == 1


def test_overrides_count_by_path_and_by_resource(run_cli: RunCli, tmp_path: Path) -> None:
    """The last override that fits a spec's path and a resource's name decides."""
    config = (
        'specs: ["**/*.bikube.yaml"]\n'
        f"rules: {{{QUIET}}}\n"
        "overrides:\n"
        "  - {paths: [lab/], rules: {registry-host-case: info}}\n"
        '  - {resources: ["registryEndpoints/test-*"], rules: {registry-host-case: off}}\n'
    )
    files = {
        "bikube.config.yaml": config,
        "a.bikube.yaml": spec("aio-a", host="A.azurecr.io", name="real"),
        "b.bikube.yaml": spec("aio-b", host="Bbbbbb.azurecr.io", name="test-b"),
        "lab/c.bikube.yaml": spec("aio-c", host="Cccccc.azurecr.io", name="real"),
    }
    files["a.bikube.yaml"] = spec("aio-a", host="Aaaaaa.azurecr.io", name="real")
    write_tree(tmp_path, files)
    assert _found(run_cli, tmp_path) == [
        ("a.bikube.yaml", "registry-host-case", "warning"),
        ("lab/c.bikube.yaml", "registry-host-case", "info"),
    ]


def test_nearest_configuration_counts_for_a_spec(run_cli: RunCli, tmp_path: Path) -> None:
    """Each spec's rules are set by the configuration nearest above it."""
    files = {
        "bikube.config.yaml": f"rules: {{{QUIET}, registry-host-case: error}}\n",
        "a.bikube.yaml": spec("aio-a", host="Aaaaaa.azurecr.io"),
        "inner/bikube.config.yaml": f"rules: {{{QUIET}, registry-host-case: info}}\n",
        "inner/b.bikube.yaml": spec("aio-b", host="Bbbbbb.azurecr.io"),
    }
    write_tree(tmp_path, files)
    assert _found(run_cli, tmp_path, ".") == [
        ("a.bikube.yaml", "registry-host-case", "error"),
        ("inner/b.bikube.yaml", "registry-host-case", "info"),
    ]
    assert _found(run_cli, tmp_path, ".", "--config", "bikube.config.yaml")[1][2] == "error"


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("rules: {registry-host-csae: off}", '1:9: unknown rule "registry-host-csae"; '),
        ("rules: {yaml-syntax: off}", '1:9: rule "yaml-syntax" is structural; '),
        ("rules: {registry-host-case: on}", "1:29: "),
        ("ruels: {}", '1:1: unknown key "ruels"; '),
        ("specs: one", "1:8: "),
        ("specs: [a, ]]", "1:13: "),
        ("parameters: {nothing: {}}", '1:14: unknown rule "nothing"; '),
        ("parameters: {unknown-key: {at: /x}}", '1:14: rule "unknown-key" has no parameters; '),
        ("parameters: {registry-host-case: {ta: /x}}", '1:35: unknown key "ta"; '),
        (
            "parameters: {api-version-newer: {finds: unknown}}",
            '1:33: "{newest}" in the text of the rule is filled by nothing with these; ',
        ),
        (
            "parameters: {api-version-unknown: {finds: newer}}",
            '1:35: "{nearest}" in the text of the rule is filled by nothing with these; ',
        ),
        (
            "parameters: {registry-identity-scope: {matches: (}}",
            "1:49: not a regular expression (missing ), ",
        ),
        ("customRules: [none/*.yaml]", '1:15: no file matches "none/*.yaml"; '),
        ("overrides: [{rules: {nope: off}}]", '1:22: unknown rule "nope"; '),
        ('exclude: [a/, "!"]', '1:15: "!" is no pattern; one as in .gitignore is '),
        ('overrides: [{paths: ["[z-a]"], rules: {}}]', '1:22: "[z-a]" is no pattern; '),
        (
            "overrides: [{rules: {}}, {resources: [registryEndpoint/a], rules: {}}]",
            '1:39: "registryEndpoint/a" matches no resource; "section/name" is expected; did you ',
        ),
        (
            "overrides: [{resources: [test-7], rules: {}}]",
            '1:26: "test-7" matches no resource; "section/name" is expected; write a section ',
        ),
        ("targets: []", "1:10: "),
        (
            "targets: [bicep, kubernets]",
            '1:18: unknown target "kubernets"; the name of a target is expected; did you mean ',
        ),
        ("overrides: [{targets: [arm]}]", '1:24: unknown target "arm"; the name of a target is '),
        (
            "overrides: [{paths: [lab/]}]",
            '1:13: this override changes nothing; "rules" or "targets" is expected; add one of ',
        ),
        (
            "overrides: [{resources: ['*'], targets: [bicep]}]",
            '1:13: this override has "resources" and "targets"; a spec is rendered as a whole; ',
        ),
    ],
)
def test_mistakes_in_the_configuration_have_a_place(
    run_cli: RunCli, tmp_path: Path, config: str, message: str
) -> None:
    """A wrong configuration ends the run with exit code 2 and one message with line and column."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS, "bikube.config.yaml": config + "\n"})
    result = run_cli("lint", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"bikube: bikube.config.yaml:{message}")
    assert len(result.err.splitlines()) == 1


def test_empty_configuration_says_nothing(run_cli: RunCli, tmp_path: Path) -> None:
    """An empty configuration is none, but marks the folder from which headers name specs."""
    write_tree(tmp_path, {"plants/bikube.yaml": spec(), "bikube.config.yaml": "# nothing yet\n"})
    assert run_cli("generate", "plants/bikube.yaml", cwd=tmp_path).code == 0
    header = (tmp_path / "deploy/aio-plant-7/bicep/main.bicep").read_text().splitlines()[0]
    assert header == "// DO NOT EDIT. Generated by bikube from plants/bikube.yaml."


@pytest.mark.parametrize("name", ["out", "baseline"])
def test_a_name_of_one_letter_is_a_name(run_cli: RunCli, tmp_path: Path, name: str) -> None:
    """A folder or a file may be called ``d``, and may not be called nothing."""
    write_tree(tmp_path, {"bikube.config.yaml": f"{name}: d\n"})
    shown = json.loads(run_cli("config", "--format", "json", cwd=tmp_path).out)["settings"]
    assert {"name": name, "value": "d", "origin": "bikube.config.yaml:1"} in shown
    write_tree(tmp_path, {"bikube.config.yaml": f"{name}: ''\n"})
    result = run_cli("config", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f'bikube: bikube.config.yaml:1:{len(name) + 3}: "{name}" has ')


def test_overrides_are_for_resources_that_can_be(run_cli: RunCli, tmp_path: Path) -> None:
    """An asterisk stands for any section, and for slashes; another word must be a section."""
    off = "overrides:\n  - {resources: ['%s'], rules: {registry-host-case: off}}\n"
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    codes = {}
    for pattern in ("*", "*1b", "registry*", "registryEndpoints/*", "registryEndpoints", "any/*"):
        write_tree(tmp_path, {"bikube.config.yaml": off % pattern})
        codes[pattern] = run_cli("lint", "--fail-level", "warning", cwd=tmp_path).code
    assert codes == {
        "*": 0,
        "*1b": 0,
        "registry*": 0,
        "registryEndpoints/*": 0,
        "registryEndpoints": 2,
        "any/*": 2,
    }


def test_overrides_leave_findings_without_a_resource_alone(run_cli: RunCli, tmp_path: Path) -> None:
    """What is about the text, such as a directive, belongs to no resource."""
    off = "overrides: [{resources: ['*'], rules: {malformed-suppression: off}}]\n"
    text = f"{CAPITALS}# bikube: ignore\n"
    write_tree(tmp_path, {"bikube.yaml": text, "bikube.config.yaml": off})
    assert ("bikube.yaml", "malformed-suppression", "warning") in _found(run_cli, tmp_path)


def test_parameters_reach_the_check(run_cli: RunCli, tmp_path: Path) -> None:
    """A rule's check takes the arguments of the configuration in place of its own."""
    config = f"rules: {{{QUIET}}}\nparameters: {{registry-identity-scope: {{matches: '.*'}}}}\n"
    login = (
        "{method: UserAssignedManagedIdentity, userAssignedManagedIdentitySettings: {scope: x,"
        " clientId: 3f6c1c4e-8d0b-4c67-9a44-0d1f6b2e7a91,"
        " tenantId: 8b0de7a2-5f39-4d86-b1c3-74e9a5d02c6f}}"
    )
    text = spec().replace("{method: SystemAssignedManagedIdentity}", login)
    write_tree(tmp_path, {"bikube.yaml": text})
    before = [rule for _, rule, _ in _found(run_cli, tmp_path)]
    write_tree(tmp_path, {"bikube.config.yaml": config})
    assert "registry-identity-scope" in before
    assert _found(run_cli, tmp_path) == []


def test_select_and_ignore_choose_rules(run_cli: RunCli, tmp_path: Path) -> None:
    """--select leaves only its rules and the structural ones, --ignore takes rules out."""
    write_tree(tmp_path, {"bikube.yaml": CAPITALS})
    selected = _found(run_cli, tmp_path, "--select", "registry-host-case,registry-host-path")
    ignored = _found(
        run_cli, tmp_path, "--ignore", "registry-host-case", "--ignore", "kubernetes-preview"
    )
    assert [rule for _, rule, _ in selected] == ["registry-host-case"]
    assert [rule for _, rule, _ in ignored] == ["code-signing-absent", "registry-role-missing"]
    unknown = run_cli("lint", "--select", "registry-hostcase", cwd=tmp_path)
    structural = run_cli("lint", "--ignore", "wrong-type", cwd=tmp_path)
    assert (unknown.code, structural.code) == (2, 2)
    assert 'did you mean "registry-host-case"?' in unknown.err
    assert "structural" in structural.err


def test_folders_are_walked_as_git_sees_them(run_cli: RunCli, tmp_path: Path) -> None:
    """Walking leaves out hidden folders and what .gitignore files exclude, also those above."""
    files = {
        ".gitignore": "build/\n*.old.bikube.yaml\n!keep.old.bikube.yaml\n",
        ".git/config": "",
        ".hidden/bikube.yaml": spec("aio-hidden"),
        "build/bikube.yaml": spec("aio-build"),
        "plants/a.bikube.yaml": spec("aio-a"),
        "plants/b.old.bikube.yaml": spec("aio-b"),
        "plants/keep.old.bikube.yaml": spec("aio-keep"),
        "plants/local/.gitignore": "c.bikube.yaml\n",
        "plants/local/c.bikube.yaml": spec("aio-c"),
        "plants/local/d.bikube.yaml": spec("aio-d"),
        "plants/other.yaml": "not: a spec\n",
    }
    write_tree(tmp_path, files)
    everything = {file for file, _, _ in _found(run_cli, tmp_path, ".")}
    inside = {file for file, _, _ in _found(run_cli, tmp_path / "plants", "local")}
    assert everything == {
        "plants/a.bikube.yaml",
        "plants/keep.old.bikube.yaml",
        "plants/local/d.bikube.yaml",
    }
    assert inside == {"local/d.bikube.yaml"}


def test_inner_gitignore_has_the_last_word(run_cli: RunCli, tmp_path: Path) -> None:
    """As in git, a negation in a folder takes back what a file above it excludes."""
    files = {
        ".git/config": "",
        ".gitignore": "*.bikube.yaml\n",
        "a.bikube.yaml": spec("aio-a"),
        "made/.gitignore": "!keep.bikube.yaml\n",
        "made/drop.bikube.yaml": spec("aio-drop"),
        "made/keep.bikube.yaml": spec("aio-keep"),
        "made/inner/.gitignore": "keep.bikube.yaml\n",
        "made/inner/keep.bikube.yaml": spec("aio-inner"),
    }
    write_tree(tmp_path, files)
    everything = {file for file, _, _ in _found(run_cli, tmp_path, ".")}
    inside = {file for file, _, _ in _found(run_cli, tmp_path / "made", ".")}
    assert everything == {"made/keep.bikube.yaml"}
    assert inside == {"keep.bikube.yaml"}


def test_gitignore_above_counts_in_a_work_tree_only(run_cli: RunCli, tmp_path: Path) -> None:
    """Outside of a work tree, the files in and below the walked folder are all that count."""
    files = {
        ".gitignore": "*\n",
        "plants/.gitignore": "b.bikube.yaml\n",
        "plants/a.bikube.yaml": spec("aio-a"),
        "plants/b.bikube.yaml": spec("aio-b"),
    }
    write_tree(tmp_path, files)
    found = {file for file, _, _ in _found(run_cli, tmp_path, "plants")}
    refused = run_cli("lint", ".", cwd=tmp_path)
    assert found == {"plants/a.bikube.yaml"}
    assert refused.err == (
        'bikube: no spec in folder "."; "bikube.yaml" or "*.bikube.yaml" is expected, which no'
        " .gitignore excludes; check the path\n"
    )


def test_lines_that_are_no_patterns_exclude_nothing(run_cli: RunCli, tmp_path: Path) -> None:
    """Git passes over such a line of a .gitignore; after --exclude it is a mistake."""
    write_tree(tmp_path, {".gitignore": "!\n[z-a]\n", "bikube.yaml": spec()})
    assert run_cli("lint", ".", cwd=tmp_path).code == 0
    refused = run_cli("lint", ".", "--exclude", "!", cwd=tmp_path)
    assert (refused.code, refused.err) == (
        2,
        'bikube: "!" is no pattern; one as in .gitignore is expected; correct it\n',
    )


def test_excluded_specs_are_left_out_even_when_named(run_cli: RunCli, tmp_path: Path) -> None:
    """Patterns of the configuration and of --exclude win over the command line."""
    files = {
        "bikube.config.yaml": "exclude: [archive/]\n",
        "archive/a.bikube.yaml": spec("aio-a"),
        "b.bikube.yaml": spec("aio-b"),
        "c.bikube.yaml": spec("aio-c"),
    }
    write_tree(tmp_path, files)
    named = ("archive/a.bikube.yaml", "b.bikube.yaml", "c.bikube.yaml")
    found = {file for file, _, _ in _found(run_cli, tmp_path, *named, "--exclude", "c.*")}
    assert found == {"b.bikube.yaml"}


def test_missing_specs_are_usage_errors(run_cli: RunCli, tmp_path: Path) -> None:
    """A folder without specs, and a glob that matches nothing, end with exit code 2."""
    (tmp_path / "empty").mkdir()
    folder = run_cli("lint", "empty", cwd=tmp_path)
    pattern = run_cli("lint", "*.bikube.yaml", cwd=tmp_path)
    assert (folder.code, pattern.code) == (2, 2)
    assert folder.err.startswith('bikube: no spec in folder "empty"; ')
    assert pattern.err.startswith('bikube: no file matches "*.bikube.yaml"; ')


def test_custom_rules_are_rules(run_cli: RunCli, tmp_path: Path) -> None:
    """A rule file that the configuration names is linted with, listed, tested and leveled."""
    files = {
        "bikube.yaml": spec(),
        "bikube.config.yaml": f"customRules: [checks/*.yaml]\nrules: {{{QUIET}}}\n",
        "checks/company-registry.yaml": COMPANY_RULE,
    }
    write_tree(tmp_path, files)
    tested = run_cli("rules", "test", cwd=tmp_path)
    listed = run_cli("rules", cwd=tmp_path)
    assert _found(run_cli, tmp_path) == [("bikube.yaml", "company-registry", "error")]
    assert (tested.code, tested.out, tested.err) == (0, "", "1 rule tested, 0 failures\n")
    assert any(line.startswith("company-registry ") for line in listed.out.splitlines())


def test_custom_rules_are_explained(run_cli: RunCli, tmp_path: Path) -> None:
    """`explain` knows the rules of the nearest configuration, with their findings."""
    files = {
        "bikube.config.yaml": "customRules: [checks/*.yaml]\n",
        "checks/company-registry.yaml": COMPANY_RULE,
        "plants/bikube.yaml": spec(),
    }
    write_tree(tmp_path, files)
    page = run_cli("explain", "company-registry", cwd=tmp_path / "plants")
    near = run_cli("explain", "company-registri", cwd=tmp_path)
    assert page.out.splitlines()[0] == "company-registry: error · stable · since 1.0.0"
    assert 'host "other.azurecr.io" is not ours; ' in page.out
    assert (near.code, near.err.endswith('did you mean "company-registry"?\n')) == (2, True)


def test_testing_no_rules_is_wrong_usage(run_cli: RunCli, tmp_path: Path) -> None:
    """A run in a wrong folder does not look like one whose rules all hold."""
    result = run_cli("rules", "test", cwd=tmp_path)
    message = 'bikube: no rule to test; name its file, or list it in "customRules"\n'
    assert (result.code, result.err) == (2, message)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("at: /host", "ta: /host"), '10:13: unknown key "ta"; '),
        (("pattern:", "patern:"), '10:3: unknown check "patern"; '),
        (("registryEndpoints]", "registryEndpoint]"), '5:12: unknown section "registryEndpoint"; '),
        (("severity: error", "severity: eror"), '3:11: "severity" is "eror"; '),
        (("id: company-registry", "id: company"), "1:5: id is "),
        ((COMPANY_RULE, "# nothing\n"), "1:1: the file is empty; a rule is a map that begins "),
        (
            ("company-registry\n", "registry-host-case\n"),
            '1:5: rule "registry-host-case" is built ',
        ),
        (("[registryEndpoints]", "["), "7:12: "),
        (("a-z0-9]", "a-z0-9"), "10:33: not a regular expression (unterminated "),
        (('"{value}"', '"{first}"'), '11:10: "{first}" is filled by nothing; '),
        (('"{value}"', '"{value.x}"'), '11:10: "{value.x}" is filled by nothing; '),
        (('"{value}"', '"{value!r:>9}"'), '11:10: "{value!r:>9}" is filled by nothing; '),
        (
            ('"{value}"', '"{value"'),
            "11:10: expected '}' before end of string; braces hold a name; ",
        ),
        (("message:", "help: 'write {first}'\nmessage:"), '11:7: "{first}" is filled by nothing; '),
        (
            ("message:", "fix: {safe: true, write: '{nearest}'}\nmessage:"),
            '11:26: "{nearest}" is filled by nothing; what the check finds out is; known ',
        ),
        (("pattern: {", "placeholder: {} #"), "10:3: check "),
        (
            ("[a-z0-9]", "a{99999999999999999999}"),
            "10:33: not a regular expression (the repetition ",
        ),
        (("[a-z0-9]", "(?u)(?a)"), "10:33: not a regular expression ("),
        (("[a-z0-9]", f"{'(' * 5_000}{')' * 5_000}"), "10:33: not a regular expression ("),
        (("[a-z0-9]", "[[a]"), "10:33: not a regular expression (Possible nested set "),
    ],
)
def test_malformed_rule_files_are_refused_with_a_place(
    run_cli: RunCli, tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    """A mistake in a rule file ends the run with exit code 2 and its line and column."""
    name = "registry-host-case" if "registry-host-case" in change[1] else "company-registry"
    files = {
        "bikube.yaml": spec(),
        "bikube.config.yaml": "customRules: [checks/*.yaml]\n",
        f"checks/{name}.yaml": COMPANY_RULE.replace(*change, 1),
    }
    write_tree(tmp_path, files)
    result = run_cli("lint", cwd=tmp_path)
    assert result.code == 2
    assert result.err.startswith(f"bikube: checks/{name}.yaml:{message}")


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        (
            ("text: other.azurecr.io", "text: other"),
            (
                'invalid example 1 has "other.azurecr.io" at /registryEndpoints/0/host;'
                ' expected is "other" at /registryEndpoints/0/host\n'
            ),
        ),
        (
            ("text: other.azurecr.io", "text: other.azurecr.io, message: no"),
            (
                'invalid example 1 has "other.azurecr.io" at /registryEndpoints/0/host saying host '
                '"other.azurecr.io" is not ours; "company….azurecr.io" is expected; use one of'
                ' these; expected is "other.azurecr.io" at /registryEndpoints/0/host saying no\n'
            ),
        ),
        (("host: company7", "host: else7"), "valid example 1 has a finding at "),
        (("host: other", "host: company8"), "invalid example 1 has no finding; "),
        (("host: company7", "host company7: ["), "valid example 1 is no spec ("),
        (
            ("severity: error", "severity: error\nyields: [wrong-tipe]"),
            'yields to the unknown rule "wrong-tipe"; did you mean "wrong-type"?',
        ),
        (
            ("valid:", "examples: [{wrong: '- {name: a1b, host: company8.azurecr.io}'}]\nvalid:"),
            'example 1 has no finding in "wrong"; ',
        ),
        (
            ("valid:", "examples: [{right: '- {name: a1b, host: other.azurecr.io}'}]\nvalid:"),
            'example 1 has a finding in "right"; ',
        ),
    ],
)
def test_wrong_examples_fail_the_test_of_a_rule(
    run_cli: RunCli, tmp_path: Path, change: tuple[str, str], failure: str
) -> None:
    """`rules test` names the example that does not hold, and ends with exit code 1."""
    rule = COMPANY_RULE.replace(*change, 1)
    write_tree(tmp_path, {"company-registry.yaml": rule})
    result = run_cli("rules", "test", "company-registry.yaml", cwd=tmp_path)
    assert (result.code, result.err) == (1, "1 rule tested, 1 failure\n")
    assert result.out.startswith(f"company-registry.yaml: {failure}")


def test_two_rules_of_one_id_are_refused(run_cli: RunCli, tmp_path: Path) -> None:
    """Two files of one id in different folders end the run with exit code 2."""
    files = {
        "bikube.yaml": spec(),
        "bikube.config.yaml": 'customRules: ["*/*.yaml"]\n',
        "a/company-registry.yaml": COMPANY_RULE,
        "b/company-registry.yaml": COMPANY_RULE,
    }
    write_tree(tmp_path, files)
    result = run_cli("lint", cwd=tmp_path)
    message = 'b/company-registry.yaml: rule "company-registry" is in a/company-registry.yaml too'
    assert (result.code, result.err) == (2, f"bikube: {message}; rename one\n")


def _reports(folder: Path) -> list[set[tuple[str, str]]]:
    """File and rule of every finding, as each of the reports that a run wrote has them."""
    plain = json.loads((folder / "r.json").read_bytes())["diagnostics"]
    results = json.loads((folder / "r.sarif").read_bytes())["runs"][0]["results"]
    violations = json.loads((folder / "r.gitlab").read_bytes())
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in results]
    return [
        {(one["file"], one["rule"]) for one in plain},
        {(place["uri"], one["ruleId"]) for place, one in zip(places, results, strict=True)},
        {(one["location"]["path"], one["check_name"]) for one in violations},
    ]


@pytest.mark.parametrize(
    ("finds", "filled"),
    [
        ("newer", ["newest"]),
        ("not-served", ["release", "served"]),
        ("old-preview", ["advice", "nearest"]),
        ("preview", ["advice", "nearest"]),
        ("unknown", ["nearest"]),
        ("without-type", ["nearest", "note", "sections", "when"]),
    ],
)
def test_a_rule_names_only_what_its_check_finds_out_with_its_arguments(
    run_cli: RunCli, tmp_path: Path, finds: str, filled: list[str]
) -> None:
    """A check may find out one thing or another; what it does not is refused when it is read."""
    every = ("advice", "nearest", "newest", "note", "release", "sections", "served", "when")
    taken = []
    for name in every:
        rule = rule_about_versions("mine", check=f"api-version: {{finds: {finds}}}")
        rule = rule.replace("{value}", f"{{{name}}}")
        files = {
            "bikube.yaml": spec() + OLD_VERSION,
            "bikube.config.yaml": "customRules: [mine.yaml]\n",
            "mine.yaml": rule,
        }
        write_tree(tmp_path, files)
        result = run_cli("lint", cwd=tmp_path)
        assert result.code in (0, 2)
        if result.code == 0:
            taken.append(name)
        else:
            assert result.err.startswith(
                f'bikube: mine.yaml:9:10: "{{{name}}}" is filled by nothing; '
            )
    assert taken == filled


@pytest.mark.parametrize(
    ("check", "version", "found"),
    [
        (
            "message: 'x {nearest}'\nrequire: {api-version: {finds: preview}}\n",
            "2026-11-01-preview",
            "x 2026-10-01",
        ),
        (
            (
                "message: 'x {oldest}'\nrequire: {aio-version: {least: '1.9'}}\n"
                "sections: [registryEndpoints]\nunless: {present: {at: /host}}\n"
            ),
            "2026-07-01",
            "x 1.9",
        ),
    ],
)
def test_a_rule_of_ones_own_does_not_fail_at_odd_places(
    run_cli: RunCli, tmp_path: Path, check: str, version: str, found: str
) -> None:
    """The last preview has no later version, and what is found at the instance is in no entry."""
    rule = rule_about_versions("mine").partition("require")[0] + check
    files = {
        "bikube.yaml": spec().replace("cl-plant-7}", "cl, aioVersion: 1.2.36}")
        + f"targets: {{bicep: {{apiVersion: {version}}}}}\n",
        "bikube.config.yaml": "customRules: [mine.yaml]\n",
        "mine.yaml": rule,
    }
    write_tree(tmp_path, files)
    result = run_cli("lint", "--select", "mine", "--format", "json", cwd=tmp_path)
    assert result.code == 0
    assert [one["message"] for one in json.loads(result.out)["diagnostics"]] == [found]


FORMATS = ("--format=text", *(f"--format={name}=r.{name}" for name in ("json", "sarif", "gitlab")))


@pytest.mark.usefixtures("failing_check")
def test_faulty_rule_is_reported_after_everything_else(run_cli: RunCli, tmp_path: Path) -> None:
    """A rule that fails is named, all other findings are in all reports, exit code 3."""
    files = {
        "bikube.yaml": CAPITALS + OLD_VERSION,
        "bikube.config.yaml": "customRules: [checks/*.yaml]\n"
        f"rules: {{{QUIET}, api-version-unknown: off}}\n",
        "checks/old-versions.yaml": rule_about_versions("old-versions", check=FAILS),
    }
    write_tree(tmp_path, files)
    linted = run_cli("lint", *FORMATS, cwd=tmp_path)
    generated = run_cli("generate", cwd=tmp_path)
    assert (linted.code, generated.code) == (3, 3)
    assert "[registry-host-case]" in linted.out
    assert linted.err.startswith('bikube: rule "old-versions" failed on bikube.yaml (')
    assert _reports(tmp_path) == [{("bikube.yaml", "registry-host-case")}] * 3
    assert not (tmp_path / "deploy").exists()


RUNAWAY = "([a-z0-9]+)+="
"""On a text of many letters, this tries more ways than there are seconds."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such timer")
@pytest.mark.parametrize(
    ("rule", "config"),
    [
        ("company-registry", "customRules: [company-registry.yaml]\n"),
        (
            "registry-identity-scope",
            f"parameters: {{registry-identity-scope: {{matches: '{RUNAWAY}'}}}}\n",
        ),
    ],
)
def test_a_pattern_that_runs_away_is_stopped(
    run_cli: RunCli, tmp_path: Path, rule: str, config: str
) -> None:
    """Its rule has failed, whoever wrote that, and all others have not."""
    pattern = r"company[a-z0-9]*\.azurecr\.io"
    long = "a" * 60
    signs_in = (
        "{method: UserAssignedManagedIdentity,"
        f" userAssignedManagedIdentitySettings: {{scope: {long}/.default}}}}"
    )
    odd = spec(host=f"{long}.azurecr.io").replace(
        "{method: SystemAssignedManagedIdentity}", signs_in
    )
    files = {
        "bikube.yaml": odd + OLD_VERSION,
        "bikube.config.yaml": config,
        "company-registry.yaml": COMPANY_RULE.replace(pattern, RUNAWAY),
    }
    assert RUNAWAY in files["company-registry.yaml"]
    write_tree(tmp_path, files)
    linted = run_cli("lint", cwd=tmp_path)
    said = (
        f'bikube: rule "{rule}" failed on bikube.yaml (TooSlow); its findings are missing here;'
        " a pattern of it tries too many ways; write it without repeating repetitions"
    )
    assert (linted.code, linted.err.splitlines()[0]) == (3, said)
    assert "[api-version-unknown]" in linted.out


def test_one_broken_spec_in_a_folder_hides_no_other(run_cli: RunCli, tmp_path: Path) -> None:
    """Of 500 specs, one broken, all others are in all reports, exit code 1."""
    files = {
        f"{n:03}.bikube.yaml": spec(f"aio-{n}", host=f"P{n:05}.azurecr.io") for n in range(500)
    }
    expected = {(name, "registry-host-case") for name in files} - {
        ("007.bikube.yaml", "registry-host-case")
    }
    files["007.bikube.yaml"] = "bikube: [v1\n"
    write_tree(tmp_path, files)
    result = run_cli("lint", ".", *FORMATS, "--select", "registry-host-case", cwd=tmp_path)
    expected.add(("007.bikube.yaml", "yaml-syntax"))
    assert result.code == 1
    assert result.err.startswith("1 error, 499 warnings in 500 specs; 499 fixable with --fix\n")
    assert result.out.count("[registry-host-case]") == 499
    assert _reports(tmp_path) == [expected] * 3


def test_what_cannot_be_read_hides_no_other(run_cli: RunCli, tmp_path: Path) -> None:
    """A spec that is not there is told, the rest is in all reports, exit code 2."""
    files = {f"{n}.bikube.yaml": spec(f"aio-{n}", host="Plant7.azurecr.io") for n in range(4)}
    write_tree(tmp_path, {**files, "3.bikube.yaml": "bikube: [v1\n"})
    (tmp_path / "1.bikube.yaml").unlink()
    (tmp_path / "1.bikube.yaml").symlink_to("nowhere")
    result = run_cli(
        "lint", *sorted(files), *FORMATS, "--select", "registry-host-case", cwd=tmp_path
    )
    assert result.code == 2
    assert result.err.startswith("bikube: 1.bikube.yaml: there is no such file; check the path\n")
    expected = {
        ("0.bikube.yaml", "registry-host-case"),
        ("2.bikube.yaml", "registry-host-case"),
        ("3.bikube.yaml", "yaml-syntax"),
    }
    assert _reports(tmp_path) == [expected] * 3


def test_config_shows_values_and_origins(run_cli: RunCli, tmp_path: Path) -> None:
    """`config` shows each setting with its file and line, or that it is a default."""
    config = (
        "specs: [a.bikube.yaml]\n"
        "rules:\n"
        "  registry-host-case: error\n"
        "overrides:\n"
        "  - paths: [lab/]\n"
        "    rules: {registry-host-case: off}\n"
    )
    write_tree(tmp_path, {"bikube.config.yaml": config})
    general = json.loads(run_cli("config", "--format", "json", cwd=tmp_path).out)
    lab = run_cli("config", "lab/x.bikube.yaml", cwd=tmp_path).out
    rules = {one["name"]: one for one in general["rules"]}
    assert general["settings"] == [
        {"name": "specs", "value": "a.bikube.yaml", "origin": "bikube.config.yaml:1"},
        {"name": "exclude", "value": "nothing", "origin": "default"},
        {"name": "out", "value": "deploy", "origin": "default"},
        {"name": "baseline", "value": "none", "origin": "default"},
        {"name": "show", "value": "warning", "origin": "default"},
        {"name": "customRules", "value": "none", "origin": "default"},
        {"name": "targets", "value": "all", "origin": "default"},
    ]
    assert rules["registry-host-case"]["value"] == "error"
    assert rules["registry-host-case"]["origin"] == "bikube.config.yaml:3"
    assert rules["yaml-syntax"]["origin"] == "built in"
    assert [line.split() for line in lab.splitlines() if "registry-host-case" in line] == [
        ["registry-host-case", "off", "(bikube.config.yaml:6)"]
    ]


def test_config_names_the_override_that_counts(run_cli: RunCli, tmp_path: Path) -> None:
    """A level's origin is the last override that fits the spec, not one for other specs."""
    config = (
        "overrides:\n"
        "  - paths: [lab/]\n"
        "    rules: {registry-host-case: error}\n"
        "  - rules: {registry-host-path: off}\n"
        "  - paths: [plants/]\n"
        "    rules: {registry-host-case: info}\n"
        "  - resources: [registryEndpoints/test-*]\n"
        "    rules: {registry-host-case: off}\n"
        "parameters:\n"
        "  registry-identity-scope: {matches: .+}\n"
    )
    write_tree(tmp_path, {"bikube.config.yaml": config})

    def shown(*arguments: str) -> dict[str, list[str]]:
        parts = json.loads(run_cli("config", *arguments, "--format", "json", cwd=tmp_path).out)
        return {
            name: [f"{one['name']}={one['value']} {one['origin']}" for one in part]
            for name, part in parts.items()
            if name != "file"
        }

    general, lab = shown(), shown("lab/x.bikube.yaml")
    assert general["parameters"] == ['registry-identity-scope.matches=".+" bikube.config.yaml:10']
    assert general["resources"] == [
        "registry-host-case for registryEndpoints/test-*=off bikube.config.yaml:8"
    ]
    assert "registry-host-case=warning built in" in general["rules"]
    assert "registry-host-path=off bikube.config.yaml:4" in general["rules"]
    assert "registry-host-case=error bikube.config.yaml:3" in lab["rules"]
    assert lab["resources"] == general["resources"]


def test_config_writes_nothing_that_controls_a_terminal(run_cli: RunCli, tmp_path: Path) -> None:
    """Whatever a configuration holds is shown with escapes."""
    write_tree(tmp_path, {"bikube.config.yaml": 'out: "\\e[31mdeploy"\n'})
    lines = run_cli("config", cwd=tmp_path).out.splitlines()
    assert r"  out          \x1b[31mdeploy  (bikube.config.yaml:1)" in lines


def test_config_without_a_file_shows_defaults(run_cli: RunCli, tmp_path: Path) -> None:
    """Without a configuration, `config` says so and shows what holds."""
    result = run_cli("config", cwd=tmp_path)
    assert result.out.splitlines()[:9] == [
        "configuration: none",
        "",
        "settings:",
        "  specs        bikube.yaml  (default)",
        "  exclude      nothing      (default)",
        "  out          deploy       (default)",
        "  baseline     none         (default)",
        "  show         warning      (default)",
        "  customRules  none         (default)",
    ]


def test_schema_of_the_configuration_agrees_with_its_reader(run_cli: RunCli) -> None:
    """The printed schema is valid, accepts the documented example and refuses a wrong level."""
    schema = json.loads(run_cli("schema", "config").out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid({"specs": ["*.yaml"], "rules": {"registry-host-case": "off"}})
    assert not validator.is_valid({"rules": {"registry-host-case": "on"}})
    assert not validator.is_valid({"rules": {"yaml-syntax": "off"}})
    assert validator.is_valid({"parameters": {"registry-identity-scope": {"matches": "(?i)x"}}})
    assert not validator.is_valid({"parameters": {"registry-identity-scope": {"matchs": "x"}}})
    assert not validator.is_valid({"parameters": {"yaml-syntax": {}}})


def test_schema_of_the_configuration_knows_custom_rules(run_cli: RunCli, tmp_path: Path) -> None:
    """Rules of the nearest configuration are among the ids, unless it is malformed."""
    files = {
        "bikube.config.yaml": "customRules: [company-registry.yaml]\n",
        "company-registry.yaml": COMPANY_RULE,
    }
    write_tree(tmp_path, files)
    own = {"rules": {"company-registry": "off"}, "parameters": {"company-registry": {"at": "/x"}}}
    known = Draft202012Validator(json.loads(run_cli("schema", "config", cwd=tmp_path).out))
    write_tree(tmp_path, {"bikube.config.yaml": "nonsense: here\n"})
    unknown = Draft202012Validator(json.loads(run_cli("schema", "config", cwd=tmp_path).out))
    assert (known.is_valid(own), unknown.is_valid(own)) == (True, False)


def test_an_excluded_name_of_standard_input_is_left_out(run_cli: RunCli, tmp_path: Path) -> None:
    """An editor may send what is excluded: nothing is found in it, and nothing is lost of it."""
    write_tree(tmp_path, {"bikube.config.yaml": "exclude: [archive/]\n"})
    name = ("-", "--stdin-filename", "archive/bikube.yaml")
    text = b"bikube: [v1\n\xff"
    told = 'passed over "archive/bikube.yaml", which bikube.config.yaml:1:11 excludes\n'
    linted = run_cli("lint", *name, cwd=tmp_path, stdin=text)
    assert linted == (0, "", f"{told}no findings in 0 specs\n")
    fixed = run_cli("lint", "--fix", *name, cwd=tmp_path, stdin=text[:-1])
    assert (fixed.code, fixed.out) == (0, text[:-1].decode())


@pytest.mark.parametrize("command", ["lint", "generate"])
def test_excluding_all_that_is_configured_is_wrong_usage(
    run_cli: RunCli, tmp_path: Path, command: str
) -> None:
    """A pattern that leaves nothing over would make every run pass; named files may be left out."""
    write_tree(tmp_path, {"bikube.config.yaml": "exclude: ['*']\n", "bikube.yaml": spec()})
    said = "bikube: every spec is excluded; one to look at is expected; check the patterns\n"
    assert run_cli(command, cwd=tmp_path) == (2, "", said)
    assert run_cli(command, "bikube.yaml", cwd=tmp_path).code == 0


def test_a_rule_speaks_of_a_target_that_there_is(run_cli: RunCli, tmp_path: Path) -> None:
    """Else no run that renders would ask it: the word is underlined, and the near one named."""
    rule = COMPANY_RULE.replace("since: 1.0.0\n", "since: 1.0.0\ntarget: kubernets\n")
    config = "customRules: [company-registry.yaml]\n"
    write_tree(tmp_path, {"bikube.config.yaml": config, "company-registry.yaml": rule})
    result = run_cli("lint", cwd=tmp_path)
    said = (
        'bikube: company-registry.yaml:5:9: unknown target "kubernets"; the name of a target is'
        ' expected; did you mean "kubernetes"?\n'
    )
    assert result == (2, "", said)
