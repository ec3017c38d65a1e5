"""Whatever a spec holds, no command fails: random bytes, and valid specs with random mistakes."""

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.yamltexts import data, written

from bikube.cli.entry import run
from bikube.document import parse
from bikube.text.source import Source

ROOT = Path(__file__).parents[2]
SPECS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("golden/*/spec.yaml"))]
COMMANDS = (
    ("lint",),
    ("generate",),
    ("lint", "--diff", "--unsafe-fixes"),
    ("lint", "--format", "json"),
    ("lint", "--write-baseline", "known.json"),
    ("lint", "--add-ignores", "until=9999-12-31 later"),
    ("lint", "--diff", "--fix", "--add-ignores", "later"),
    ("lint", "--fix", "--unsafe-fixes", "--add-ignores", "later"),
    ("lint", "--fix"),
    ("lint", "--fix", "--unsafe-fixes"),
    ("generate", "--diff"),
)
_PIECES = (
    *("\t", "\r", "\n", "\r\n", " ", "  ", "\0", "\x07", "\x85", "\u2028", "\ufeff", "\ufffe", "é"),
    *("[", "]", "{", "}", ",", ":", ": ", "- ", "? ", "#", " #", "'", '"', "\\", "|", ">", "|-\n"),
    *("&a ", "*a", "*a : ", "<<: ", "<<: *a", "!!int ", "!!map ", "!x ", "!", "%", "@", "`", "~"),
    *("---\n", "...\n", "%YAML 1.1\n---\n", "null", "true", ".nan", "-.inf", "1e999", "9" * 30),
    *(" # bikube: ignore[registry-host-case] x", "# bikube: ignore-file[placeholder] x\n"),
    *("\n# bikube: ignore[code-signing-absent, unknown-key] until=2020-01-01 x\n", "# bikube: x"),
    *("https://", "/", "_", "<NAME>", "A", "bikube: v1\n", "\n- ", "\n  - ", ".azurecr.io", "@"),
    *("registryEndpoints:", "host: ", "password: x", "x-a: ", "\nx-a: &a [*a]\n", "name: "),
)
pieces = st.one_of(st.sampled_from(_PIECES), st.text(max_size=4))
many = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def hold(spec: bytes) -> None:
    """Runs every command on copies of ``spec``, and says which one failed on it."""
    for command in COMMANDS:
        with TemporaryDirectory() as folder, contextlib.chdir(folder):
            Path("bikube.yaml").write_bytes(spec)
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = run(list(command))
        assert (command, code in (0, 1), err.getvalue()) == (command, True, err.getvalue())


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid spec in whose text a few stretches are gone, doubled, moved or replaced."""
    text = draw(st.sampled_from(SPECS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((0, 0, 1, 1, 2, 5, 20, 80))))
        middle = draw(st.one_of(pieces, st.just(text[start:end] * 2), st.just("")))
        text = text[:start] + middle + text[end:]
    return text.encode()


@st.composite
def rebuilt(draw: st.DrawFn) -> bytes:
    """A valid spec in whose data a few values, keys or whole branches are others."""
    document, _ = parse(Source("spec.yaml", draw(st.sampled_from(SPECS))))
    assert document is not None
    content = document.data
    for _ in range(draw(st.integers(1, 3))):
        owner, key = draw(st.sampled_from(list(_members(content))))
        value = draw(st.one_of(data, st.sampled_from(_PIECES), st.just(owner[key])))
        if draw(st.booleans()) or isinstance(owner, list):
            owner[key] = value
        else:
            del owner[key]
            owner[draw(st.one_of(st.just(f"{key}s"), st.just(str(key).title()), pieces))] = value
    return json.dumps(content, indent=draw(st.sampled_from((None, 2)))).encode()


def _members(value: Any) -> Iterator[tuple[Any, Any]]:
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in list(members):
        yield value, key
        if isinstance(child, dict | list):
            yield from _members(child)


@many
@given(st.binary(max_size=200))
def test_random_bytes_are_no_fault(spec: bytes) -> None:
    """Bytes that mean nothing are findings."""
    hold(spec)


@many
@given(written())
def test_random_yaml_is_no_fault(spec: Any) -> None:
    """YAML that is no spec, and a spec whose sections hold anything, are findings."""
    hold(spec.text.encode())
    hold(f"bikube: v1\nregistryEndpoints: {json.dumps(spec.data)}\n".encode())


@many
@given(mutated())
def test_random_mistakes_in_the_text_are_no_fault(spec: bytes) -> None:
    """Whatever happens to the text of a spec, every command knows what to say."""
    hold(spec)


@many
@given(rebuilt())
def test_random_mistakes_in_the_data_are_no_fault(spec: bytes) -> None:
    """Whatever stands in the place of a value, every command knows what to say."""
    hold(spec)
