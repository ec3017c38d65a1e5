"""No command shows a credential: not of a spec, of old output, or of a configuration."""

from pathlib import Path

import pytest
from tests.conftest import RunCli
from tests.credentials.test_redaction import ENTRY, FORMS, HEAD, NAMED, PLAIN
from tests.support.trees import spec, write_tree

TOKEN = FORMS["github"]
LOGIN = "https://bob:hunter2-Zq9@git.example.org/a"
MENDABLE = HEAD + (
    "registryEndpoints:\n"
    f"  - {{name: abc, host: https://contoso.azurecr.io/, password: {PLAIN},"
    " authentication: {method: anonymous}}\n"
    f"x-a: {{token: '{PLAIN}'}} # {TOKEN}\n"
)
CUSTOM = """\
id: short-host
summary: A host is short.
severity: warning
since: 1.0.0
rationale: Long ones are hard to read.
remediation: Shorten it.
references: [https://example.org/]
sections: [registryEndpoints]
require:
  pattern: {at: /host, matches: '.{1,99}'}
message: host "{value}" is long
"""


@pytest.mark.parametrize("colour", ["--colour", "--no-colour"])
def test_a_diff_of_output_hides_what_an_earlier_run_or_a_hand_wrote(
    run_cli: RunCli, tmp_path: Path, colour: str
) -> None:
    """Credentials in files that would change or go are hidden, in their width; the rest shows."""
    files = {"bikube.yaml": spec()}
    write_tree(tmp_path, files)
    assert run_cli("generate", cwd=tmp_path).code == 0
    bicep = tmp_path / "deploy/aio-plant-7/bicep/main.bicep"
    manifest = tmp_path / "deploy/aio-plant-7/kubernetes/registryendpoint-a1b.yaml"
    stale = manifest.with_name("registryendpoint-old.yaml")
    with bicep.open("a", encoding="utf-8") as file:
        file.write(f"param a string = '{TOKEN}'\nvar b = {{\n  password: '{PLAIN}'\n}}\n")
    text = manifest.read_text(encoding="utf-8")
    stale.write_text(f"{text}  password: {PLAIN}\n# {TOKEN}\n", encoding="utf-8")
    manifest.write_text(f"{text}  token: {PLAIN}", encoding="utf-8")
    result = run_cli("generate", "--diff", colour, cwd=tmp_path)
    assert result.code == 1
    assert PLAIN not in result.out + result.err
    assert TOKEN not in result.out + result.err
    shown = [
        line.removeprefix("\x1b[31m").removesuffix("\x1b[0m") for line in result.out.split("\n")
    ]
    for line in (
        f"-param a string = '{'*' * len(TOKEN)}'",
        f"-  password: {'*' * len(PLAIN + '..')}",
        f"-  password: {'*' * len(PLAIN)}",
        f"-# {'*' * len(TOKEN)}",
        f"-  token: {'*' * len(PLAIN)}",
        "-  host: plant7.azurecr.io",
    ):
        assert line in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{TOKEN}: 5\n", 'bikube.config.yaml:1:1: unknown key "***"; known are '),
        (f"specs: {TOKEN}\n", "bikube.config.yaml:1:8: "),
        (f"specs: ['{LOGIN}']\n", 'no file matches "'),
        (f"out: {{'{LOGIN}': 5}}\n", "bikube.config.yaml:1:6: "),
        (f"rules: {{{TOKEN}: off}}\n", 'bikube.config.yaml:1:9: unknown rule "***"; '),
        (f"rules: {{placeholder: {TOKEN}}}\n", 'bikube.config.yaml:1:22: "placeholder" is "***"; '),
        (f"rules: {{password: {PLAIN}}}\n", 'bikube.config.yaml:1:19: "password" is "***"; '),
        ("rules: {password: 20251001}\n", "bikube.config.yaml:1:19: "),
        (f"parameters: {{password: {PLAIN}}}\n", "bikube.config.yaml:1:24: "),
        (f"parameters: {{{TOKEN}: {{}}}}\n", "bikube.config.yaml:1:14: "),
        (f"overrides: ['{LOGIN}']\n", "bikube.config.yaml:1:13: "),
        (f"customRules: ['{LOGIN}']\n", 'bikube.config.yaml:1:15: no file matches "***"; '),
        (f"baseline: {LOGIN}\n", "https:/***@git.example.org/a: there is no such file"),
        (f"out: a\npassword:\n{PLAIN}\nspecs: [a]\n", "bikube.config.yaml:3:1: "),
        (f"out: a\n{TOKEN}\nspecs: [a]\n", "bikube.config.yaml:2:1: "),
        (f"out: a\nout: {TOKEN}\n", "bikube.config.yaml:2:1: "),
        (f"{TOKEN}: 5\n{TOKEN}: 6\n", 'bikube.config.yaml:2:1: key "***" is here twice'),
        (f"out: !{TOKEN} a\n", "bikube.config.yaml:1:6: "),
        (f"password: '{PLAIN}\n", "bikube.config.yaml:1:11: "),
        (f"password: {PLAIN}: a: b\n", "bikube.config.yaml:1:"),
    ],
)
@pytest.mark.parametrize("command", [("lint",), ("generate",), ("lint", "--fix"), ("config",)])
def test_errors_about_a_configuration_hide_its_credentials(
    run_cli: RunCli, tmp_path: Path, command: tuple[str, ...], text: str, said: str
) -> None:
    """What is wrong with a configuration is told with its place, and without credentials."""
    write_tree(tmp_path, {"bikube.yaml": spec(), "bikube.config.yaml": text})
    result = run_cli(*command, cwd=tmp_path)
    shown = result.out + result.err
    assert [one for one in (PLAIN, TOKEN, "20251001") if one in shown] == []
    if command != ("config",):
        assert (result.code, said in result.err) == (2, True), result.err


def test_the_ids_of_rules_are_no_names_of_credentials(run_cli: RunCli, tmp_path: Path) -> None:
    """Only the level itself is hidden where the id of its rule ends like a credential's name."""
    text = "rules: {registry-ecr-secret: off, placeholder: eror}\n"
    write_tree(tmp_path, {"bikube.yaml": spec(), "bikube.config.yaml": text})
    assert run_cli("lint", cwd=tmp_path).err == (
        'bikube: bikube.config.yaml:1:48: "placeholder" is "eror"; known are "error", "warning",'
        ' "info", "off"; did you mean "error"?\n'
    )


def test_errors_about_a_rule_file_hide_its_credentials(run_cli: RunCli, tmp_path: Path) -> None:
    """A rule file is told what is wrong with it without quoting a credential."""
    for wrong in (
        CUSTOM.replace("id: short-host", f"id: {TOKEN}"),
        CUSTOM.replace("matches", f"'{TOKEN}'"),
        CUSTOM.replace("warning", f"'{TOKEN}'"),
        f"{CUSTOM}password: {PLAIN}: x\n",
    ):
        write_tree(tmp_path, {"short-host.yaml": wrong})
        result = run_cli("rules", "test", "short-host.yaml", cwd=tmp_path)
        assert result.code == 2
        assert result.err.startswith("bikube: short-host.yaml:")
        assert [one for one in (PLAIN, TOKEN) if one in result.out + result.err] == []


@pytest.mark.parametrize("format_", ["text", "json"])
def test_config_hides_credentials(run_cli: RunCli, tmp_path: Path, format_: str) -> None:
    """The settings are shown without credentials, and otherwise as they are written."""
    text = f"out: {LOGIN}\nbaseline: {TOKEN}.json\nspecs: [offices]\n"
    write_tree(tmp_path, {"bikube.config.yaml": text + "rules: {registry-ecr-secret: off}\n"})
    result = run_cli("config", "--format", format_, cwd=tmp_path)
    assert result.code == 0
    assert [one for one in (PLAIN, TOKEN) if one in result.out] == []
    settings = ("https://***@git.example.org/a", "***.json", "offices")
    assert [one for one in settings if one not in result.out] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--diff", "--unsafe-fixes"),
        ("--fix", "--unsafe-fixes"),
        ("--add-ignores", "later"),
        ("--diff", "--add-ignores", "later"),
        ("--write-baseline", "known.json"),
        ("--select", "credential"),
    ],
)
def test_no_option_of_lint_shows_a_credential(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Neither the output nor a baseline holds what a spec must not."""
    bodies = [HEAD + body.format(PLAIN) + "\n" for body in NAMED.values()]
    for text in (MENDABLE, ENTRY % TOKEN, *bodies):
        write_tree(tmp_path, {"bikube.yaml": text})
        result = run_cli("lint", *arguments, cwd=tmp_path)
        shown = result.out + result.err
        if (tmp_path / "known.json").exists():
            shown += (tmp_path / "known.json").read_text(encoding="utf-8")
            (tmp_path / "known.json").unlink()
        assert result.code in (0, 1)
        assert [one for one in (PLAIN, TOKEN) if one in shown] == []
