"""Every command does what its help says, and ends with the documented exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator
from tests.conftest import RunCli
from tests.support.trees import spec, write_tree

import bikube
from bikube.azure.versions import known_versions, record
from bikube.cli.summary import progress_line, wants_colour
from bikube.errors import reason
from bikube.rules import builtin_rule_file, builtin_rules
from bikube.rules.editor import editor_schema

COMMANDS = (
    *("config", "crds", "explain", "generate", "graph", "init", "lint", "rules", "schema"),
    *("upgrade", "verify", "versions"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(run_cli: RunCli, command: str) -> None:
    """The help of every command shows an example of it."""
    result = run_cli(command, "--help")
    shown = [line for line in result.out.splitlines() if line.startswith(f"    bikube {command}")]
    assert (result.code, len(shown) > 0, "\\b" in result.out) == (0, True, False)


def test_help_lists_every_command(run_cli: RunCli) -> None:
    """The general help names every command that there is."""
    listed = run_cli("--help").out.split("Commands:")[1]
    assert tuple(line.split()[0] for line in listed.splitlines() if line.strip()) == COMMANDS


def test_version_names_the_api_versions(run_cli: RunCli) -> None:
    """--version shows bikube's version, every API version, and the compiler that they are from."""
    assert run_cli("--version").out.splitlines() == [
        f"bikube {bikube.__version__}",
        f"API versions of Microsoft.IoTOperations: {', '.join(known_versions())}",
        f"as Bicep CLI {record().bicep} has them",
    ]


def test_manifests_are_spoken_of_where_they_are_rendered(run_cli: RunCli, tmp_path: Path) -> None:
    """With --target bicep nothing is said about Kubernetes manifests, which nobody gets."""
    config = "rules: {kubernetes-preview: warning}\n"
    write_tree(tmp_path, {"bikube.yaml": spec(), "bikube.config.yaml": config})
    said = [
        "kubernetes-preview" in run_cli("generate", *targets, cwd=tmp_path).err
        for targets in ((), ("--target", "kubernetes"), ("--target", "bicep"))
    ]
    assert said == [True, True, False]


def test_misspelt_command_is_wrong_usage(run_cli: RunCli) -> None:
    """An unknown command ends with exit code 2 and the nearest one that there is."""
    near, more, far = run_cli("lintt"), run_cli("lintt", "generate"), run_cli("xyzzy")
    assert (near.code, more.code, far.code) == (2, 2, 2)
    assert ['Did you mean "lint"?' in one.err for one in (near, more)] == [True, True]
    assert 'Did you mean "init" or "lint"?' in run_cli("lnit").err
    assert "Did you mean" not in far.err


def test_a_level_that_there_is_not_is_wrong_usage(run_cli: RunCli, tmp_path: Path) -> None:
    """``--fail-level`` takes the three levels that there are."""
    write_tree(tmp_path, {"bikube.yaml": spec(host="Plant7.azurecr.io")})
    codes = {
        level: run_cli("lint", "--fail-level", level, cwd=tmp_path).code
        for level in ("error", "warning", "info", "nonsense", "off")
    }
    assert codes == {"error": 0, "warning": 1, "info": 1, "nonsense": 2, "off": 2}


def test_init_writes_a_spec_that_lints_and_a_schema(run_cli: RunCli, tmp_path: Path) -> None:
    """The starter has no error, the schema is the printed one, and nothing is overwritten."""
    first = run_cli("init", "plants", cwd=tmp_path)
    linted = run_cli("lint", "plants/bikube.yaml", "--fail-level", "warning", cwd=tmp_path)
    again = run_cli("init", "plants", cwd=tmp_path)
    schema = (tmp_path / "bikube.schema.json").read_text(encoding="utf-8")
    assert (first.code, first.out) == (0, "bikube.schema.json\nplants/bikube.yaml\n")
    assert linted.code == 0
    assert schema == run_cli("schema").out
    assert (again.code, again.out) == (2, "")
    assert again.err.startswith("bikube: plants/bikube.yaml is there already; ")


def test_init_needs_a_folder(run_cli: RunCli, tmp_path: Path) -> None:
    """A file where the folder should be ends with exit code 2."""
    write_tree(tmp_path, {"plants": ""})
    result = run_cli("init", "plants", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("bikube: plants/bikube.yaml: ")


@pytest.mark.parametrize("subject", ["spec", "config", "rule", "report"])
def test_schema_is_one_of_its_draft(run_cli: RunCli, subject: str) -> None:
    """Each schema that is printed is valid, and says of which draft it is."""
    schema = json.loads(run_cli("schema", subject).out)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)


def test_rule_files_have_the_form_that_is_printed() -> None:
    """The schema of rule files takes every built-in rule, and no key that it does not know."""
    validator = Draft202012Validator(editor_schema())
    files = [builtin_rule_file(rule) for rule in builtin_rules().ids]
    documents = [file.document.data for file in files if file is not None]
    found = [error.message for data in documents for error in validator.iter_errors(data)]
    assert (len(documents), found) == (len(builtin_rules().ids), [])
    assert [data["id"] for data in documents if validator.is_valid({**data, "strange": 1})] == []


def test_explain_shows_why_examples_and_sources(run_cli: RunCli) -> None:
    """The page of a rule has its parts in order, with the example's real finding."""
    result = run_cli("explain", "registry-host-case")
    titles = [line for line in result.out.splitlines() if line.endswith(":") and line[0] != " "]
    assert result.code == 0
    assert titles[:3] == ["Why:", "How to fix:", "Wrong:"]
    assert titles[-1] == "Sources:"
    assert "[registry-host-case]" in result.out


def test_explain_as_json_has_the_same_parts(run_cli: RunCli) -> None:
    """The JSON page names the rule and has the sections of the text."""
    page = json.loads(run_cli("explain", "credential", "--format", "json").out)
    assert page["rule"] == "credential"
    assert [one["title"] for one in page["sections"]][:3] == ["", "Why", "How to fix"]


def test_explain_shows_the_properties_of_a_kind(run_cli: RunCli) -> None:
    """The page of a kind says what each property is, and ends with an example."""
    result = run_cli("explain", "registryEndpoints")
    lines = result.out.splitlines()
    assert (result.code, result.err) == (0, "")
    assert lines[0] == "registryEndpoints: API versions 2025-07-01-preview to 2026-11-01-preview"
    at = lines.index(
        "    artifactPullSecretSettings · map · required for method: ArtifactPullSecret"
    )
    assert lines[at + 1 : at + 4] == [
        "        Where user name and password are kept.",
        "",
        "        secretRef · text · required",
    ]
    at = lines.index("Example:")
    assert lines[at + 1 : at + 3] == ["    registryEndpoints:", "      - name: plant-acr"]


def test_explain_shows_a_part_of_a_kind(run_cli: RunCli) -> None:
    """A path below a kind gives what is there, in the singular and without "*" too."""
    result = run_cli("explain", "RegistryEndpoint/codeSigningCas/type")
    assert (result.code, result.out) == (
        0,
        (
            "registryEndpoints: API versions 2025-07-01-preview to 2026-11-01-preview\n\n"
            "codeSigningCas/*/type · text · required\n"
            "    Where the certificates of this authority are kept.\n"
            "    * ConfigMap: In a config map that configMapRef names.\n"
            "    * Secret: In a secret that secretRef names.\n"
        ),
    )


def test_explain_of_a_kind_as_json_has_the_same_properties(run_cli: RunCli) -> None:
    """Each property has its path and what is known of it, and nothing that is not."""
    page = json.loads(run_cli("explain", "registryEndpoints", "--format", "json").out)
    properties = {one.pop("path"): one for one in page.pop("properties")}
    assert page.keys() == {"kind", "versions", "summary", "example"}
    assert (page["kind"], page["versions"][0]) == ("registryEndpoints", "2025-07-01-preview")
    assert properties["authentication"] == {
        "form": "map",
        "required": True,
        "description": "How Azure IoT Operations signs in to the registry.",
    }
    assert properties["trustSettings"]["versions"] == "in 2025-07-01-preview"
    method = properties["authentication/method"]["values"][0]
    assert (method["value"], method["versions"]) == ("Anonymous", "")


def test_explain_of_an_unknown_property_is_wrong_usage(run_cli: RunCli) -> None:
    """A misspelt property ends with exit code 2 and the nearest one of that kind."""
    near, far = (run_cli("explain", f"registryEndpoints/{name}") for name in ("hots", "zzzzzzz"))
    assert (near.code, near.out, far.code) == (2, "", 2)
    assert (
        'unknown property "hots"; one of registryEndpoints is expected; did you mean "host"?'
        in (near.err)
    )
    assert '"bikube explain registryEndpoints" lists them' in far.err


def test_explain_of_an_unknown_rule_is_wrong_usage(run_cli: RunCli) -> None:
    """A misspelt rule ends with exit code 2 and the nearest one."""
    result = run_cli("explain", "registry-host-csae")
    assert (result.code, result.out) == (2, "")
    assert 'did you mean "registry-host-case"?' in result.err


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("brokerz", 'did you mean "brokers"?'),
        ("connektors", 'did you mean "connectors"?'),
        ("zzzzzzz", '"bikube rules" lists the ids'),
    ],
)
def test_explain_looks_for_what_a_word_means_among_sections_too(
    run_cli: RunCli, word: str, meant: str
) -> None:
    """An unknown word is compared with ids of rules, sections, and what has no section."""
    result = run_cli("explain", word)
    assert (result.code, result.out) == (2, "")
    assert f'unknown word "{word}"; a rule\'s id or a section is expected; {meant}' in result.err


@pytest.mark.parametrize(
    ("word", "type_", "rule", "text"),
    [
        (
            "connectors",
            "/akriConnectorTemplates/connectors, API versions 2025-07-01-preview",
            "read-only-section",
            (
                "is read-only in Azure; AIO itself makes such resources for the entries of"
                ' "akriConnectorTemplates", and there is nothing of them to write.'
            ),
        ),
        (
            "akriServices",
            "/akriServices, API versions 2026-03-01",
            "read-only-section",
            (
                "is read-only in Azure; AIO itself makes such resources, and there is nothing of"
                " them to write."
            ),
        ),
        (
            "Instances",
            ", API versions 2024-11-01",
            "unknown-section",
            'is no section; a spec is about one instance, and names it at "instance".',
        ),
    ],
)
def test_explain_says_why_there_is_no_section(
    run_cli: RunCli, word: str, type_: str, rule: str, text: str
) -> None:
    """What Azure has and a spec does not write has a page of its own."""
    result = run_cli("explain", word)
    head, *lines = result.out.split("\n\n")
    assert (result.code, result.err) == (0, "")
    assert head == f"{word}: Microsoft.IoTOperations/instances{type_} to 2026-11-01-preview"
    assert [" ".join(one.split()) for one in lines] == [
        f'"{word}" {text}',
        f'"bikube explain {rule}" has the rule that finds such a section.',
    ]


def test_explain_as_json_says_why_there_is_no_section(run_cli: RunCli) -> None:
    """The page of what has no section names its type in Azure, and the rule."""
    page = json.loads(run_cli("explain", "instance", "--format", "json").out)
    versions = page.pop("versions")
    assert (versions[0], versions[-1]) == ("2024-11-01", "2026-11-01-preview")
    assert page == {
        "kind": "instance",
        "types": ["Microsoft.IoTOperations/instances"],
        "summary": '"instance" is no section; a spec is about one instance, and names it at'
        ' "instance"',
        "rule": "unknown-section",
    }


def test_rules_as_json_have_the_facts(run_cli: RunCli) -> None:
    """Every entry of the list has the same members."""
    listed = json.loads(run_cli("rules", "--format", "json").out)
    members = {"id", "severity", "structural", "status", "since", "fix", "summary"}
    assert {frozenset(one) for one in listed} == {frozenset(members)}


def test_check_lists_and_diff_shows_drift(run_cli: RunCli, tmp_path: Path) -> None:
    """--check names each file that would change, --diff shows how; neither writes."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    missing = run_cli("generate", "--check", cwd=tmp_path)
    assert not (tmp_path / "deploy").exists()
    made = run_cli("generate", cwd=tmp_path)
    same = run_cli("generate", "--check", cwd=tmp_path)
    write_tree(tmp_path, {"bikube.yaml": spec(host="other7.azurecr.io", name="c2d")})
    listed = run_cli("generate", "--check", cwd=tmp_path)
    shown = run_cli("generate", "--diff", "--colour", cwd=tmp_path)
    manifests = "deploy/aio-plant-7/kubernetes"
    assert (missing.code, made.code, same.code, listed.code, shown.code) == (1, 0, 0, 1, 1)
    assert (made.out, same.out) == ("deploy/aio-plant-7: 3 files (3 created)\n", "")
    assert listed.out.splitlines() == [
        "would update deploy/aio-plant-7/bicep/main.bicep",
        f"would create {manifests}/registryendpoint-c2d.yaml",
        f"would update {manifests}/kustomization.yaml",
        f"would delete {manifests}/registryendpoint-a1b.yaml",
    ]
    told = '4 files would change; run "bikube generate"\n'
    assert [one.err for one in (listed, shown)] == [told, told]
    assert "would change" not in same.err
    assert "\x1b[31m-  host: plant7.azurecr.io\x1b[0m" in shown.out.splitlines()
    assert "\x1b[32m+  host: other7.azurecr.io\x1b[0m" in shown.out.splitlines()


def test_a_checkout_with_crlf_is_up_to_date(run_cli: RunCli, tmp_path: Path) -> None:
    """Git's core.autocrlf is no drift, nothing is written for it, and a diff shows real changes."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    run_cli("generate", cwd=tmp_path)
    files = [path for path in (tmp_path / "deploy").rglob("*.*") if path.is_file()]
    for path in files:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = {path: path.read_bytes() for path in files}
    same = run_cli("generate", "--check", cwd=tmp_path)
    written = run_cli("generate", cwd=tmp_path)
    after = {path: path.read_bytes() for path in files}
    write_tree(tmp_path, {"bikube.yaml": spec(host="other7.azurecr.io")})
    shown = run_cli("generate", "--diff", "--target", "kubernetes", cwd=tmp_path)
    assert (same.code, same.out) == (0, "")
    assert written.out == "deploy/aio-plant-7: 3 files (3 unchanged)\n"
    assert (len(files), after) == (3, before)
    assert [line for line in shown.out.splitlines() if line[0] in "+-"][2:] == [
        "-  host: plant7.azurecr.io",
        "+  host: other7.azurecr.io",
    ]


def test_generate_says_what_changed(run_cli: RunCli, tmp_path: Path) -> None:
    """A second run counts created, updated, removed and unchanged files."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    run_cli("generate", cwd=tmp_path)
    write_tree(tmp_path, {"bikube.yaml": spec(name="c2d")})
    changed = run_cli("generate", cwd=tmp_path)
    again = run_cli("generate", cwd=tmp_path)
    assert changed.out == "deploy/aio-plant-7: 3 files (1 created, 2 updated, 1 removed)\n"
    assert again.out == "deploy/aio-plant-7: 3 files (3 unchanged)\n"


def test_target_leaves_the_other_target_alone(run_cli: RunCli, tmp_path: Path) -> None:
    """With --target, only that target's folder is written or cleaned."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    run_cli("generate", cwd=tmp_path)
    before = (tmp_path / "deploy/aio-plant-7/bicep/main.bicep").read_bytes()
    write_tree(tmp_path, {"bikube.yaml": spec(name="c2d")})
    result = run_cli("generate", "--target", "kubernetes", cwd=tmp_path)
    names = sorted(path.name for path in (tmp_path / "deploy/aio-plant-7/kubernetes").iterdir())
    assert result.out == "deploy/aio-plant-7: 2 files (1 created, 1 updated, 1 removed)\n"
    assert (tmp_path / "deploy/aio-plant-7/bicep/main.bicep").read_bytes() == before
    assert names == ["kustomization.yaml", "registryendpoint-c2d.yaml"]


def test_errors_write_nothing(run_cli: RunCli, tmp_path: Path) -> None:
    """One wrong spec of two keeps both from being written; a missing one makes exit code 2."""
    files = {"a.bikube.yaml": spec("aio-a"), "b.bikube.yaml": spec("aio-b", host="a b")}
    write_tree(tmp_path, files)
    wrong = run_cli("generate", "a.bikube.yaml", "b.bikube.yaml", cwd=tmp_path)
    missing = run_cli("generate", "a.bikube.yaml", "c.bikube.yaml", cwd=tmp_path)
    assert (wrong.code, missing.code) == (1, 2)
    assert wrong.err.endswith("nothing was written\n")
    assert not (tmp_path / "deploy").exists()


def test_stdin_is_a_spec(run_cli: RunCli, tmp_path: Path) -> None:
    """`-` is standard input, under the name that is given for it."""
    text = spec(host="Plant7.azurecr.io").encode()
    named = run_cli("lint", "-", "--stdin-filename", "p.yaml", cwd=tmp_path, stdin=text)
    unnamed = run_cli("lint", "-", cwd=tmp_path, stdin=text)
    assert "p.yaml:5:11: warning[" in named.out
    assert "<stdin>:5:11: warning[" in unnamed.out


@pytest.mark.parametrize(
    "arguments", [["lint"], ["lint", "bikube.yaml"], ["lint", "--show-files"], ["generate"]]
)
def test_a_name_for_standard_input_goes_with_it(
    run_cli: RunCli, tmp_path: Path, arguments: list[str]
) -> None:
    """Else an editor would be told of another spec than the one that it sends."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    result = run_cli(*arguments, "--stdin-filename", "", cwd=tmp_path, stdin=b"{")
    said = (
        'bikube: "--stdin-filename" goes with "-"; add "-", which reads standard input, or leave'
        " the option out\n"
    )
    assert result == (2, "", said)


@pytest.mark.parametrize("folder", ["deploy", "deploy/aio-plant-7", "deploy/aio-plant-7/bicep"])
def test_file_in_place_of_a_folder_stops_the_run(
    run_cli: RunCli, tmp_path: Path, folder: str
) -> None:
    """A file where an output folder must be is exit code 2, and stays as it is."""
    write_tree(tmp_path, {"bikube.yaml": spec(), folder: "mine\n"})
    result = run_cli("generate", cwd=tmp_path)
    assert (result.code, (tmp_path / folder).read_text()) == (2, "mine\n")
    assert result.err.splitlines()[-1].startswith(f"bikube: {folder}: ")


@pytest.mark.parametrize("folder", ["deploy/aio-plant-7", "deploy/aio-plant-7/kubernetes"])
def test_links_out_of_the_output_folder_are_not_followed(
    run_cli: RunCli, tmp_path: Path, folder: str
) -> None:
    """A link in place of an output folder is exit code 2, and nothing is written behind it."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_tree(tmp_path, {"bikube.yaml": spec()})
    (tmp_path / folder).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / folder).symlink_to(elsewhere)
    result = run_cli("generate", cwd=tmp_path)
    assert (result.code, list(elsewhere.iterdir())) == (2, [])
    assert result.err.splitlines()[-1].startswith(f"bikube: {folder}: ")


def test_files_of_others_are_never_touched(run_cli: RunCli, tmp_path: Path) -> None:
    """A hand-written file blocks the run if its name is wanted, and else is left alone."""
    mine = "deploy/aio-plant-7/kubernetes/mine.yaml"
    wanted = "deploy/aio-plant-7/bicep/main.bicep"
    write_tree(tmp_path, {"bikube.yaml": spec(), mine: "a: 1\n", wanted: "// mine\n"})
    blocked = run_cli("generate", cwd=tmp_path)
    only = [path.name for path in (tmp_path / "deploy/aio-plant-7/kubernetes").iterdir()]
    (tmp_path / wanted).unlink()
    (tmp_path / wanted).symlink_to("nowhere")
    linked = run_cli("generate", cwd=tmp_path)
    (tmp_path / wanted).unlink()
    (tmp_path / wanted).mkdir()
    folder = run_cli("generate", cwd=tmp_path)
    (tmp_path / wanted).rmdir()
    free = run_cli("generate", cwd=tmp_path)
    assert (blocked.code, linked.code, folder.code, free.code) == (1, 1, 1, 0)
    assert only == ["mine.yaml"]
    assert f"bikube: {wanted}: it does not carry bikube's header" in blocked.err
    assert f"bikube: {wanted}: a link is in its place" in linked.err
    assert f"bikube: {wanted}: a folder is in its place" in folder.err
    assert (tmp_path / mine).read_text() == "a: 1\n"


def test_limit_on_file_size_leaves_whole_files(tmp_path: Path) -> None:
    """Where the system refuses to write more, exit code is 2 and no half file is there."""
    write_tree(tmp_path, {"bikube.yaml": spec()})
    limited = (
        "import resource, signal, sys; from bikube.cli.entry import run;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400)); sys.exit(run(['generate']))"
    )
    command = [sys.executable, "-c", limited]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    left = [path for path in (tmp_path / "deploy").rglob("*") if path.is_file()]
    assert (done.returncode, left) == (2, [])
    assert done.stderr.splitlines()[-1].startswith("bikube: deploy/aio-plant-7/bicep/main.bicep: ")


def test_fault_is_a_short_report(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An unexpected fault is exit code 3 with its place, and a traceback only when asked for."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("secret words")

    write_tree(tmp_path, {"bikube.yaml": spec()})
    monkeypatch.setattr("bikube.cli.commands.generate.generate", fail)
    short = run_cli("generate", cwd=tmp_path)
    monkeypatch.setenv("BIKUBE_TRACEBACK", "1")
    long = run_cli("generate", cwd=tmp_path)
    assert (short.code, long.code) == (3, 3)
    assert "Traceback" not in short.err
    assert "secret words" not in short.err
    assert "ZeroDivisionError at test_commands.py:" in short.err
    assert "Traceback" in long.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_interruption_is_told_by_the_exit_code(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Ctrl-C ends with exit code 130 and one line."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(sys.modules["bikube.cli.entry"].bikube_command, "main", fail)
    assert run_cli("rules") == (130, "", "bikube: interrupted\n")


def test_reader_that_goes_away_ends_the_run_quietly() -> None:
    """When standard output is closed early, there is no traceback."""
    command = f"'{sys.executable}' -m bikube schema | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (len(done.stdout), done.stderr) == (10, "")


def test_module_runs_like_the_command(tmp_path: Path) -> None:
    """`python -m bikube` lints, with colours where they are asked for and NO_COLOR is not set."""
    write_tree(tmp_path, {"bikube.yaml": spec(host="Plant7.azurecr.io")})
    command = [sys.executable, "-m", "bikube", "lint", "--colour"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "\x1b[33;1mwarning[registry-host-case]\x1b[0m" in done.stdout) == (
        0,
        True,
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(), "there is no such file; "),
        (IsADirectoryError(), "this is a folder; "),
        (NotADirectoryError(), "a part of the path is a file"),
        (PermissionError(), "permission denied; "),
        (OSError(28, "No space left on device"), "no space left on device"),
        (OSError("strange"), "strange"),
    ],
)
def test_reasons_say_what_to_do(error: OSError, said: str) -> None:
    """Each reason of the system has words of its own."""
    assert reason(error).startswith(said)


def test_progress_is_for_terminals_and_for_long_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Progress is silent elsewhere and in the first second, and wipes itself at the end."""
    progress_line("linted")(1, 2)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    clock = iter([0.0, 0.5, 2.0, 3.0])
    monkeypatch.setattr("bikube.cli.summary.monotonic", lambda: next(clock))
    show = progress_line("linted")
    for done in (1, 2, 3):
        show(done, 3)
    assert capsys.readouterr().err == "\rlinted 2 of 3\rlinted 3 of 3\r\x1b[K"


def test_broken_pipe_is_not_a_fault(run_cli: RunCli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that has gone is exit code 1, and Python does not complain at exit either."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise BrokenPipeError

    copies: list[tuple[int, int]] = []
    monkeypatch.setattr(sys.modules["bikube.cli.entry"].bikube_command, "main", fail)
    monkeypatch.setattr(os, "dup2", lambda old, new: copies.append((old, new)))
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1, raising=False)
    assert (run_cli("rules").code, [new for _, new in copies]) == (1, [1])


FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")


@FULL
@pytest.mark.parametrize(
    "command", ["lint", "lint --format json", "generate --diff", "rules", "schema", "explain alias"]
)
def test_full_standard_output_is_said_and_no_fault(tmp_path: Path, command: str) -> None:
    """Where standard output is a file on a full disk, that is exit code 2, and it says so."""
    write_tree(tmp_path, {"bikube.yaml": spec(host="Plant7.azurecr.io")})
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bikube", *command.split()],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    last = done.stderr.splitlines()[-1]
    said = "bikube: standard output: no space left on device; free some space, and run it again"
    assert (done.returncode, last) == (2, said)


def test_an_error_of_the_system_that_names_a_file_is_a_fault(
    run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that bikube itself cannot open, and did not expect that of, is a fault in bikube."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", "templates")

    monkeypatch.setattr(sys.modules["bikube.cli.entry"].bikube_command, "main", fail)
    assert run_cli("rules").code == 3


@pytest.mark.parametrize(
    "command",
    [
        "explain registry-host-form",
        "explain registry-host-form --format json",
        "generate --check --out Ä中",
        "generate --diff",
        "init Ä中",
    ],
)
def test_every_command_writes_where_the_encoding_is_small(tmp_path: Path, command: str) -> None:
    """Characters that standard output cannot show are written as escapes."""
    text = spec() + "    metadata: {annotations: {sign: 中}}\n"
    write_tree(tmp_path, {"bikube.yaml": text})
    done = subprocess.run(
        [sys.executable, "-m", "bikube", *command.split()],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode in {0, 1}, "\\u4e2d" in done.stdout.decode("ascii")) == (
        True,
        "explain" not in command,
    )


@pytest.mark.parametrize(
    ("environment", "terminal", "coloured"),
    [
        ({}, False, False),
        ({}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_the_environment_decides_about_colours(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], *, terminal: bool, coloured: bool
) -> None:
    """Colours are for terminals; NO_COLOR, FORCE_COLOR and options say otherwise."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    assert [wants_colour(chosen) for chosen in (None, True, False)] == [coloured, True, False]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("bikube gen", ["plain,generate"]),
        ("bikube lint pla", ["file,pla"]),
        ("bikube generate pla", ["file,pla"]),
        ("bikube config pla", ["file,pla"]),
        ("bikube explain registry-host-ca", ["plain,registry-host-case"]),
        ("bikube explain registryE", ["plain,registryEndpoints"]),
        ("bikube lint --ignore registry-host-ca", ["plain,registry-host-case"]),
        ("bikube lint --select alias,anch", []),
        ("bikube lint --select credential,ali", ["plain,credential,alias"]),
        ("bikube lint --fail-level w", ["plain,warning"]),
        ("bikube lint --format sa", ["plain,sarif"]),
        ("bikube schema con", ["plain,config"]),
    ],
)
def test_shells_complete_commands_paths_and_rules(typed: str, offered: list[str]) -> None:
    """What a shell is offered for the last word of a command line."""
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    done = subprocess.run(
        [sys.executable, "-c", "from bikube.cli import main; main()"],
        env=os.environ | words | {"_BIKUBE_COMPLETE": "bash_complete"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == offered
