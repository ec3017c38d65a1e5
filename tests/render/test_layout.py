"""What a formatter does to generated files is told from what changes them."""

import subprocess
from pathlib import Path

import pytest
import yaml
from tests.proof.tools import find
from tests.support.effort import growth

from bikube.render.target import target

BICEP, KUBERNETES = (target(name).is_same for name in ("bicep", "kubernetes"))
GOLDEN = Path(__file__).parents[2] / "golden"
MANIFESTS = sorted(GOLDEN.glob("*/kubernetes/*.yaml"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: 1\nb: [x, y]\n", "# why\nb:\n    - x\n    - 'y'\n\n\na:   1"),
        ("a: 'b'\n", '{"a": "b"}'),
        ("a: null\n", "a: ~\n"),
        ("a: >-\n  b\n  c\n", 'a: "b c"'),
    ],
)
def test_manifests_of_one_meaning_are_the_same(old: str, new: str) -> None:
    """Comments, order of keys, quotes and indents are layout."""
    assert (KUBERNETES(old, new), KUBERNETES(new, old)) == (True, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: 1\n", "a: 2\n"),
        ("a: 1\n", "a: '1'\n"),
        ("a: 1\n", "a: 1.0\n"),
        ("a: 1\n", "a: true\n"),
        ("a: [x, y]\n", "a: [y, x]\n"),
        ("a: 'on'\n", "a: on\n"),
        ("'on': 1\nb: 2\n", "on: 1\nb: 2\n"),
        ("a: '2026-01-02'\n", "a: 2026-01-02\n"),
        ("a: '2026-13-32'\n", "a: 2026-13-32\n"),
        ("a: 1\n", "a: 1\na: 1\n"),
        ("a: 1\n", "a: [1\n"),
        ("a: 1\n", ""),
        ("a: 1\n", "a: 1\n---\nb: 1\n"),
        ("a: '='\n", "a: =\n"),
    ],
)
def test_manifests_of_another_meaning_are_not(old: str, new: str) -> None:
    """Also where only YAML 1.1 reads them in two ways, and where one is no YAML at all."""
    assert (KUBERNETES(old, new), KUBERNETES(new, old)) == (False, False)


def test_manifests_that_another_program_has_written_anew_are_the_same() -> None:
    """Whatever a spec holds."""
    texts = [path.read_text("utf-8") for path in MANIFESTS]
    assert len(texts) > 50
    assert all(KUBERNETES(text, yaml.safe_dump(yaml.safe_load(text))) for text in texts)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("param a string\n", "param  a\tstring"),
        ("x: {\n  a: 'b c'\n}\n", "x: { a: 'b c' }\n"),
        ("// it's  \na: 1\n", "\n// it's\na: 1\n"),
        ("/* it's\n*/ a: 'b'\n", "/* it's\n*/a:'b'\n"),
        ("a: '''\nb\n'''\n", "a:   '''\nb\n'''"),
    ],
)
def test_templates_of_the_same_tokens_are_the_same(old: str, new: str) -> None:
    """Blanks and line ends between them are layout."""
    assert (BICEP(old, new), BICEP(new, old)) == (True, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: 'b c'\n", "a: 'bc'\n"),
        ("a: 'b  c'\n", "a: 'b c'\n"),
        ("a: 'it\\'s  b'\n", "a: 'it\\'s b'\n"),
        ("a: '''\nb\n'''\n", "a: '''\n b\n'''\n"),
        ("param a string\n", "param astring\n"),
        ("// a b\n", "// a  b\n"),
        ("a: 1\n", "a: 2\n"),
        ("a: 1\n", "a: 1\n/*\n"),
    ],
)
def test_templates_of_other_tokens_are_not(old: str, new: str) -> None:
    """Blanks in strings and comments are no layout."""
    assert (BICEP(old, new), BICEP(new, old)) == (False, False)


@pytest.mark.parametrize("case", ["labels-and-annotations", "document-hosts"])
def test_templates_that_the_real_formatter_has_indented_are_the_same(
    tmp_path: Path, case: str
) -> None:
    """A team may want four blanks, as in the bicepconfig.json of its other templates."""
    text = (GOLDEN / case / "bicep/main.bicep").read_text("utf-8")
    file = tmp_path / "main.bicep"
    file.write_text(text, encoding="utf-8")
    subprocess.run([find("bicep"), "format", file, "--indent-size", "4"], check=True)
    formatted = file.read_text("utf-8")
    assert (formatted == text, BICEP(text, formatted)) == (False, True)


@pytest.mark.parametrize("piece", ["/*", "'", "''' ", "//", "'\\"])
def test_comparing_templates_takes_time_by_their_length(piece: str) -> None:
    """Whatever is begun in them and not ended."""
    assert growth(lambda size: BICEP(piece * size, "a"), 4_000, factor=8) < 20
