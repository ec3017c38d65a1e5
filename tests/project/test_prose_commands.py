"""Commands, options, paths and variables that the pages name are those of the program."""

import re
from pathlib import Path

import pytest
import yaml
from tests.support.prose import ROOT, Page, options, pages, refusal

from bikube import plugins

PAGES = pages()
FOREIGN = {
    "--exit-code": "git diff",
    "--quiet": "pip install",
}
"""Options of other programs that the pages name."""

TAUGHT = {
    *("bikube rule-ids", "bikube explain dataflowProfiles"),
    *("--format quickfix", "--target inventory"),
    "generator/bikube/descriptions/kinds/dataflowProfiles.yaml",
}
"""What CONTRIBUTING teaches to add; another test adds it."""

EXAMPLES = (".github", "checks", "deploy", "lab", "plants")
"""Folders of a user's repository in examples."""

NO_PATHS = ("Microsoft.ExtendedLocation", "kubernetes.io")
"""Names of Azure's and of Kubernetes' that look like paths."""

OWN = ("benchmarks", "docs", "examples", "generator", "golden", "requirements", "rules", "scripts")
_PATH = re.compile(rf"(?<![\w./<-])(?:{'|'.join(OWN)}|templates|tests)/[\w.<>*/-]*[\w>*/]")
_SPAN_PATH = re.compile(r"[\w.<>*-]+/[\w.<>*/-]*")
_TARGETS = re.compile(r"\bmake ((?:[a-z]+ ?)+)")
_VARIABLES = re.compile(r"\b(BIKUBE_[A-Z_]+)\b")


def page_id(page: Page) -> str:
    """A page by its name."""
    return page.name


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_command_in_a_page_is_one_that_the_command_line_takes(page: Page) -> None:
    """Names, options and the values of choices are right; the action's are run elsewhere."""
    refused = {
        words: refusal(words) for words in page.commands() if f"bikube {words}" not in TAUGHT
    }
    expected = {words for words in refused if page.name == "action.yml" and "$" in words}
    assert {words: why for words, why in refused.items() if why and words not in expected} == {}


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_option_in_a_page_is_one_of_bikube(page: Page) -> None:
    """Options that stand alone are options of some command, or of a program that is listed."""
    assert page.options() - options() - set(FOREIGN) == set()


def test_options_that_stand_alone_have_values_that_are_taken() -> None:
    """`--format x|y` names the reports that there are, and `--target` targets."""
    found = [
        span
        for page in PAGES
        for span in page.spans()
        if span.startswith(("--format", "--target")) and span not in TAUGHT
    ]
    names = ["text", "concise", "statistics", "json", "sarif", "github", "gitlab", "junit"]
    reports = "|".join(names)
    assert sorted(reports.split("|")) == sorted(plugins.names("bikube.report.formats"))
    assert f"--format {reports}" in found
    calls = [span for span in found if "|" not in span]
    assert [refusal(f"lint {span}") for span in calls if span.startswith("--format")] == ["", ""]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("lint --fixx", "--fixx"),
        ("lintt", "no command lintt"),
        ("lint --fail-level fatal", "fatal"),
        ("lint --format xml", "xml"),
        ("generate --target helm", "helm"),
        ("rules tests", "tests"),
        ("schema specs", "specs"),
        ("generate --fix", "--fix"),
        ("lint --write-baseline --fix x", ""),
        ("lint [SPEC] --config", ""),
        ("--version", ""),
    ],
)
def test_what_the_command_line_refuses(words: str, said: str) -> None:
    """What the tests above ask notices wrong names, options and values."""
    assert (said in refusal(words), bool(refusal(words))) == (True, bool(said))


@pytest.mark.parametrize("page", [page for page in PAGES if "--help" not in page.name], ids=page_id)
def test_every_path_in_a_page_leads_somewhere(page: Page) -> None:
    """Paths of the project are those of files or folders, seen from the root or the package."""
    spans = [span for span in page.spans() if _SPAN_PATH.fullmatch(span)]
    own = _PATH.findall(page.without_python())
    named = {path for path in (*spans, *own) if path.split("/")[0] not in (*EXAMPLES, *NO_PATHS)}
    assert {path for path in named - TAUGHT if not _is_there(path)} == set()


def test_every_path_in_the_notices_leads_somewhere() -> None:
    """The files that are from others are where the notices say."""
    text = (ROOT / "THIRD_PARTY_NOTICES").read_text(encoding="utf-8")
    found = set(_PATH.findall(text))
    assert {path for path in found if not _is_there(path)} == set()
    assert len(found) >= 4


def _is_there(path: str) -> bool:
    """Whether something is at ``path``, in which ``<name>`` stands for any name."""
    pattern = re.sub(r"<[^>]*>", "*", path).rstrip("/")
    return any(
        any(folder.glob(pattern)) for folder in (ROOT, ROOT / "generator/bikube", ROOT / "docs")
    )


def _makefile() -> str:
    return (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_every_target_of_make_that_is_named_is_there(name: str) -> None:
    """``make x`` in a page, and in what CI runs, is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", _makefile(), re.MULTILINE))
    page = Page(name, (ROOT / name).read_text(encoding="utf-8"))
    code = page.code() if name.endswith(".md") else re.findall(r"^make .*", page.text, re.MULTILINE)
    named = {word for text in code for words in _TARGETS.findall(text) for word in words.split()}
    assert named - targets == set()
    assert named


def test_every_variable_in_the_help_of_make_is_used() -> None:
    """What stands in parentheses behind a target's help is a variable of the Makefile."""
    helps = re.findall(r"^[a-z-]+:.*## .*\(([^)]*)\)", _makefile(), re.MULTILINE)
    named = {name for text in helps for name in re.findall(r"\b([A-Z_]+)=", text)}
    assert {name for name in named if not re.search(rf"\$\(?{name}\b", _makefile())} == set()
    assert {"SPECS", "OUT", "JOBS", "PYTHON"} <= named


def test_every_variable_of_the_environment_is_read_somewhere() -> None:
    """A page names no variable that nothing reads."""
    read = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("generator", "tests", "scripts")
        for path in (ROOT / folder).rglob("*.py")
        if path != Path(__file__)
    )
    named = {name for page in PAGES[:3] for name in _VARIABLES.findall(page.text)}
    assert {name for name in named if name not in read} == set()


def test_hooks_in_the_readme_are_those_of_the_project() -> None:
    """The README configures all hooks by their ids, in the order in which they should run."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"- id: (\S+)", readme) == [hook["id"] for hook in hooks]
