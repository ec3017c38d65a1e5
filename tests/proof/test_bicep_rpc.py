"""The client of the Bicep compiler: its answers are those of the command line."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.proof.bicep_rpc import BicepError, BicepRpc, Diagnostic
from tests.proof.tools import find

from bikube.compiler.framing import framed, read_framed

pytest_plugins = ["tests.proof.fixtures"]

SAMPLE = Path(__file__).parent / "sample" / "bicep" / "main.bicep"
PRINTED = re.compile(
    r"(?P<file>.+)\((?P<line>\d+),(?P<column>\d+)\) : (?P<level>\w+) (?P<code>[\w-]+): (?P<text>.*)"
)
NOISY = """\
resource instance 'Microsoft.IoTOperations/instances@2025-10-01' existing = {
  name: 'aio-plant-7'
}

resource unused 'Microsoft.IoTOperations/instances@2025-10-01-preview' existing = {
  name: 'aio-plant-8'
}

resource endpoint 'Microsoft.IoTOperations/instances/registryEndpoints@2025-10-01' = {
  parent: instance
  name: 'contoso'
  properties: {
    host: 5
    'extra': 'https://management.azure.com/'
  }
}
"""


def printed(command: str, file: Path) -> list[Diagnostic]:
    """What ``bicep build`` or ``bicep lint`` print about a file."""
    arguments = ["--stdout"] if command == "build" else []
    run = subprocess.run(
        [find("bicep"), command, file, *arguments], capture_output=True, text=True, check=False
    )
    text = run.stderr + (run.stdout if command == "lint" else "")
    found = [PRINTED.fullmatch(line) for line in text.splitlines() if line]
    assert None not in found, text
    return [
        Diagnostic(
            match["level"],
            match["code"],
            int(match["line"]),
            int(match["column"]),
            re.sub(r" \[https://[^]]*]$", "", match["text"]),
        )
        for match in found
        if match
    ]


def test_compile_reports_what_build_and_lint_print(bicep: BicepRpc, tmp_path: Path) -> None:
    """One question gives the findings of both commands, the linter's own ones too."""
    file = tmp_path / "main.bicep"
    file.write_text(NOISY, encoding="utf-8")
    asked = sorted(
        each._replace(message=re.sub(r" \[https://[^]]*]$", "", each.message))
        for each in bicep.compile(file).diagnostics
    )

    assert [(each.code, each.line, each.column) for each in asked] == [
        ("BCP035", 12, 3),
        ("BCP036", 13, 11),
        ("BCP037", 14, 5),
        ("BCP081", 5, 17),
        ("no-hardcoded-env-urls", 14, 23),
        ("no-unused-existing-resources", 5, 10),
        ("prefer-unquoted-property-names", 14, 5),
    ]
    assert sorted(printed("build", file)) == asked
    assert sorted(printed("lint", file)) == asked


def test_the_sample_is_silent_and_formatted(bicep: BicepRpc) -> None:
    """Build and lint print nothing about the sample, and format changes nothing."""
    assert bicep.compile(SAMPLE).diagnostics == ()
    assert printed("build", SAMPLE) == []
    assert printed("lint", SAMPLE) == []
    assert bicep.format(SAMPLE) == SAMPLE.read_text(encoding="utf-8")


def test_the_version_is_the_programs(bicep: BicepRpc) -> None:
    """The process is the program that prints the same version."""
    run = subprocess.run([find("bicep"), "--version"], capture_output=True, text=True, check=True)

    assert f"version {bicep.version()} " in run.stdout


def test_errors_leave_no_template(bicep: BicepRpc, tmp_path: Path) -> None:
    """A template that does not compile has findings and nothing else."""
    file = tmp_path / "main.bicep"
    file.write_text("resource\n", encoding="utf-8")
    compilation = bicep.compile(file)

    assert (compilation.success, compilation.template) == (False, None)
    assert {each.level for each in compilation.diagnostics} == {"Error"}


def test_a_refused_request_is_an_error_and_the_next_one_is_answered(
    bicep: BicepRpc, tmp_path: Path
) -> None:
    """What the compiler cannot do is raised with its own words; the process goes on."""
    with pytest.raises(BicepError, match=r"bicep/compile: .*Could not find file"):
        bicep.compile(tmp_path / "missing.bicep")
    with pytest.raises(BicepError, match=r"bicep/getSnapshot: "):
        bicep.snapshot(tmp_path / "missing.bicepparam")

    assert bicep.compile(SAMPLE).success


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_process_that_ends_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    """A program that says nothing on the protocol is reported with what it printed."""
    program = tmp_path / "bicep"
    program.write_text("#!/bin/sh\necho 'no disk left' >&2\n", encoding="utf-8")
    program.chmod(0o755)

    with (
        BicepRpc(program, tmp_path) as client,
        pytest.raises(BicepError, match='it ended without an answer; it said "no disk left"'),
    ):
        client.version()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_dead_process_is_started_again(tmp_path: Path) -> None:
    """One crash costs one question: the next goes to a new process, and so after a close."""
    program = tmp_path / "bicep"
    program.write_text(
        "#!/bin/sh\n"
        '[ -e "$0.ran" ] || { touch "$0.ran"; exit 1; }\n'
        f'exec "{find("bicep")}" "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)

    with BicepRpc(program, tmp_path) as client:
        with pytest.raises(BicepError):
            client.version()
        first = client.version()
        client.close()
        client.close()
        assert client.version() == first


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        (b"", None),
        (b"Content-Length: 2\r\n\r\n{}", {}),
        (b'content-type: x\r\ncontent-length: 8\r\n\r\n{"a": 1}rest', {"a": 1}),
        (b"Content-Length: 2\r\n\r\n[]", {}),
        (b"Content-Length: 3\r\n\r\n{}", None),
    ],
)
def test_a_message_is_read_whole_or_not_at_all(
    stream: bytes, message: dict[str, int] | None
) -> None:
    """A message is as long as its header says; a stream that ends early has none."""
    assert read_framed(io.BytesIO(stream)) == message


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        (b"hello\r\n", "no header"),
        (b"Content-Length: 2", "no header"),
        (b"Content-Type: x\r\n\r\n", "no length"),
        (b"Content-Length: -1\r\n\r\n", "no length"),
        (b"Content-Length: 99999999999\r\n\r\n", "no length"),
        (b"Content-Length: x\r\n\r\n", "invalid literal"),
        (b"Content-Length: 2\r\n\r\n{]", "Expecting property name"),
    ],
)
def test_nonsense_is_no_message(stream: bytes, message: str) -> None:
    """What is no message is refused, before memory is asked for that it does not need."""
    with pytest.raises(ValueError, match=message):
        read_framed(io.BytesIO(stream))


def test_messages_are_counted_in_bytes() -> None:
    """What is framed reads back, whatever characters are in it."""
    message = {"text": "\u00e9\u2028\U0001f600\x00"}
    stream = io.BytesIO(framed(message) * 2)

    assert [read_framed(stream), read_framed(stream), read_framed(stream)] == [
        message,
        message,
        None,
    ]
