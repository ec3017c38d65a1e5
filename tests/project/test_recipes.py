"""The recipes in the README and the other pages do what is said of them, as they stand there."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from tests.conftest import RunCli
from tests.support.prose import Block, page, pages
from tests.support.shell import run_script
from tests.support.trees import write_tree

from bikube import __version__
from bikube.report.run import ADDRESS

README = page("README.md")
ADDRESSES = re.compile(
    r"git\+([^@\s]+)@([^\s`]+)|repo: (\S+)[^\n]*\n *rev: (\S+)|uses: (<.*>)@(\S+)"
)
LAYOUT = "deploy/aio-plant-7/kubernetes"


def block(name: str, words: str) -> Block:
    """The one piece of code with ``words`` in a page."""
    (found,) = (one for one in page(name).blocks() if words in one.text)
    return found


def own_spec() -> str:
    """The spec of the README."""
    return block("README.md", "bikube: v1").text


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A repository with the README's spec and what it generates."""
    folder = tmp_path / "work"
    write_tree(folder, {"plants/plant-7.bikube.yaml": own_spec()})
    done = run_script("git init -q && bikube generate plants/*.bikube.yaml", folder)
    assert done.code == 0
    return folder


def github_step() -> str:
    """What the workflow of the README runs."""
    workflow = yaml.safe_load(block("README.md", "azure/login").text)
    *_, step = workflow["jobs"]["deploy"]["steps"]
    assert workflow["permissions"]["id-token"] == "write"
    assert step["env"] == {"INSTANCE": "${{ matrix.instance }}", "GROUP": "${{ matrix.group }}"}
    return str(step["run"])


def azure_step() -> str:
    """What the pipeline of the page about CI runs."""
    pipeline = yaml.safe_load(block("docs/ci.md", "AzureCLI@2").text)
    ((task,),) = pipeline["steps"][0].values()
    assert task["env"] == {"INSTANCE": "${{ one.instance }}", "GROUP": "${{ one.group }}"}
    return str(task["inputs"]["inlineScript"])


@pytest.mark.parametrize("step", [github_step, azure_step])
@pytest.mark.parametrize("refused", [None, "main-02"])
def test_pipelines_deploy_every_template_in_order(
    work: Path, step: Callable[[], str], refused: str | None
) -> None:
    """Those with numbers come first, and after one that Azure refuses there is no other."""
    names = ["main-01-0123abcd.bicep", "main-02-89abcdef.bicep", "main.bicep"]
    bicep = work / "deploy/aio-plant-7/bicep"
    write_tree(bicep, dict.fromkeys(names[:2], ""))
    environment = {"INSTANCE": "aio-plant-7", "GROUP": "rg-plant-7"}
    environment |= {"REFUSES": refused} if refused else {}
    done = run_script(step(), work, environment=environment)
    head = ["az", "deployment", "group", "create", "--resource-group", "rg-plant-7"]
    head += ["--name", "aio-plant-7", "--template-file"]
    deployed = names[: 2 if refused else 3]
    assert done.calls == [[*head, f"deploy/aio-plant-7/bicep/{name}"] for name in deployed]
    assert done.code == (1 if refused else 0)


def test_the_deployment_by_hand_names_what_is_generated(work: Path) -> None:
    """Its template is that of the README's spec."""
    done = run_script(block("README.md", "--name aio-plant-7").text, work)
    ((*_, template),) = done.calls
    assert (done.code, (work / template).is_file()) == (0, True)


def test_the_commands_of_the_readme_work(run_cli: RunCli, tmp_path: Path) -> None:
    """One after another, each ends well; the last one says that there is a change to show."""
    shown = block("README.md", "bikube init ").text
    calls = [line.partition("#")[0].split()[1:] for line in shown.splitlines()]
    codes = {" ".join(call): run_cli(*call, cwd=tmp_path).code for call in calls}
    assert codes == {**dict.fromkeys(codes, 0), "upgrade --to latest --diff": 1}
    assert len(codes) == 8


def test_the_target_of_make_generates(work: Path) -> None:
    """As it stands in the README, it finds the specs and writes their output."""
    write_tree(work, {"Makefile": block("README.md", "generate: ##").text})
    done = run_script(
        "rm -r deploy && make generate && bikube generate plants/*.yaml --check", work
    )
    assert (done.code, (work / LAYOUT / "kustomization.yaml").is_file()) == (0, True)


def test_git_diff_misses_what_the_check_finds(work: Path) -> None:
    """The output of a new spec is drift, and once it is written no difference to git."""
    assert run_script("git add . && git commit -qm all", work).code == 0
    write_tree(work, {"plants/plant-8.bikube.yaml": own_spec().replace("plant-7", "plant-8")})
    assert run_script("bikube generate plants/*.yaml --check", work).code == 1
    assert run_script("bikube generate plants/*.yaml && git diff --exit-code", work).code == 0


def test_the_layout_of_the_readme_is_that_of_its_configuration(work: Path) -> None:
    """With the configuration in the comment, a run without arguments writes each file named."""
    *files, config = block("README.md", "bikube.config.yaml  ").text.splitlines()
    name, text = (part.strip() for part in config.split("#"))
    write_tree(work, {name: text + "\n"})
    assert run_script("rm -r deploy && bikube generate", work).code == 0
    assert [file for file in files if not (work / file).is_file()] == []
    assert len(files) == 3


def test_git_takes_the_attributes(work: Path) -> None:
    """Every file of the output has line ends of one sort, and counts as generated."""
    for name in ("README.md", "docs/tutorial.md"):
        write_tree(work, {".gitattributes": block(name, "eol=lf").text})
        asked = "find deploy -type f | git check-attr --stdin text eol linguist-generated"
        lines = run_script(asked, work).output.splitlines()
        assert {line.split(": ", 1)[1] for line in lines} == {
            "text: set",
            "eol: lf",
            "linguist-generated: set",
        }
        assert len(lines) >= 3 * 4


def test_excluded_folders_are_those_of_the_output(work: Path) -> None:
    """What keeps formatters out fits every file of the output and no spec, in both forms."""
    exclude = yaml.safe_load(block("README.md", "# .pre-commit-config").text)["exclude"]
    files = [path.relative_to(work).as_posix() for path in work.glob("[dp]*/**/*.*")]
    ignored = {file for file in files if re.search(exclude, file)}
    assert ignored == {file for file in files if file.startswith("deploy/")}
    assert len(ignored) == len(files) - 1
    write_tree(work, {".gitignore": block("README.md", "# .prettierignore").text})
    listed = run_script("git ls-files --others --ignored --exclude-standard", work).output
    assert set(listed.splitlines()) == ignored


def test_the_readers_of_manifests_look_where_they_are(work: Path) -> None:
    """Flux and Argo CD read the folder of the spec, and apply to the default namespace."""
    flux = yaml.safe_load(block("README.md", "# Flux").text)["spec"]
    argo = yaml.safe_load(block("README.md", "# Argo CD").text)["spec"]
    manifest = yaml.safe_load(next((work / LAYOUT).glob("registry*.yaml")).read_text("utf-8"))
    assert (flux["path"], argo["source"]["path"]) == (f"./{LAYOUT}", LAYOUT)
    assert argo["destination"]["namespace"] == manifest["metadata"]["namespace"]


def test_a_resource_of_bicep_moves_as_the_page_shows(run_cli: RunCli, tmp_path: Path) -> None:
    """Of the spec beside it comes the very resource, under the name that bikube gives it."""
    bicep, spec, *_ = page("docs/moving.md").blocks()
    write_tree(tmp_path, {"bikube.yaml": spec.text})
    assert run_cli("generate", cwd=tmp_path).code == 0
    came = (tmp_path / "deploy/aio-plant-7/bicep/main.bicep").read_text(encoding="utf-8")
    assert (
        bicep.text.replace("resource registryEndpoint ", "resource registryEndpoint_plant_acr ")
        in came
    )


def test_a_manifest_moves_as_the_page_shows(run_cli: RunCli, tmp_path: Path) -> None:
    """Of the spec beside it comes the very manifest."""
    *_, manifest, spec = page("docs/moving.md").blocks()
    write_tree(tmp_path, {"bikube.yaml": spec.text})
    assert run_cli("generate", cwd=tmp_path).code == 0
    (came,) = (tmp_path / LAYOUT).glob("registry*.yaml")
    assert yaml.safe_load(came.read_text("utf-8")) == yaml.safe_load(manifest.text)


def test_the_address_of_the_project_is_said_in_one_place() -> None:
    """Until its owner sets it, whoever copies from a page sees that there is a gap to fill."""
    found = [
        (one.name, tuple(filter(None, groups)))
        for one in pages()
        for groups in ADDRESSES.findall(one.text)
        if "local" not in groups
    ]
    address = ADDRESS or "<address>"
    action = address.removeprefix("https://github.com/") if ADDRESS else "<owner>/<repository>"
    assert {where for _, (where, _) in found} == {address, action}
    assert {tag for _, (_, tag) in found} == {f"v{__version__}" if ADDRESS else "<tag>"}
    assert {name for name, _ in found} == {"README.md", "docs/ci.md", "docs/tutorial.md"}


def test_no_page_has_an_address_that_was_made_up() -> None:
    """example.com is in no page of recipes."""
    recipes = ("README.md", "docs/ci.md", "docs/tutorial.md", "docs/moving.md", "docs/questions.md")
    assert [name for name in recipes if "example.com" in page(name).text] == []
