"""What the pages written by hand name: commands, options, paths, targets of make."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from bikube import plugins

ROOT = Path(__file__).parents[2]
COMMANDS = "bikube.cli.commands"
PROGRAM_OPTIONS = ("--version", "--help")

_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_FOREIGN = re.compile(r"(?:^|(?<=[`(\s]))(?:az|gh|kubectl) (?:[^`\n\\]|\\\n|\\.)*", re.MULTILINE)
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_QUOTED = r"\"[^\"\n]*\"|'[^'\n]*'"
_COMMAND = re.compile(
    rf"(?:^|(?<=[\s\"'(|]))bikube (?=[a-z-])(?P<words>(?:{_QUOTED}|[^#|>;()\n\"'])*)", re.MULTILINE
)


class Block(NamedTuple):
    """A piece of code in a page."""

    language: str
    text: str

    @property
    def first(self) -> str:
        """Its first line."""
        return self.text.partition("\n")[0]


class Page(NamedTuple):
    """A text that users or contributors read."""

    name: str
    text: str

    def code(self) -> Iterator[str]:
        """What stands between backticks, in lines or blocks; Python blocks are tested elsewhere."""
        if not self.name.endswith(".md"):
            examples = self.text.partition("Example")[2].split("\n\n")[0]
            yield (examples if self.name.endswith("--help") else self.text).replace("\\\n", " ")
            return
        for match in _FENCE.finditer(self.text):
            if match["language"] != "python":
                yield match["text"].replace("\\\n", " ")
        # A comment in a spec is no call.
        yield from (span for span in self.spans() if not span.startswith("#"))

    def blocks(self) -> list[Block]:
        """What stands between lines of three backticks."""
        return [Block(match["language"], match["text"]) for match in _FENCE.finditer(self.text)]

    def spans(self) -> Iterator[str]:
        """What stands between backticks within lines."""
        yield from _SPAN.findall(_FENCE.sub("", self.text))

    def options(self) -> set[str]:
        """Every long option in the page, in prose too, but for those of others' programs."""
        return set(_OPTION.findall(_FOREIGN.sub("", self.without_python())))

    def without_python(self) -> str:
        """Prose and code, but for Python."""
        return _FENCE.sub(lambda match: match[0] * (match["language"] != "python"), self.text)

    def commands(self) -> list[str]:
        """Every call of ``bikube``, without the program's name."""
        return [match["words"].strip() for code in self.code() for match in _COMMAND.finditer(code)]


def pages() -> list[Page]:
    """The pages, the action, the hooks, and the help of every command."""
    files = [
        *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
        *sorted(ROOT.glob("examples/*/README.md")),
        *(ROOT / name for name in ("action.yml", ".pre-commit-hooks.yaml")),
        # The page about the architecture is generated, and shows code rather than the program.
        *sorted(path for path in ROOT.glob("docs/*.md") if path.name != "architecture.md"),
        *sorted(ROOT.glob("docs/adr/*.md")),
    ]
    shown = [Page(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in files]
    return shown + [Page(f"bikube {name} --help", text) for name, text in _helps()]


def page(name: str) -> Page:
    """The page at a path from the root of the project."""
    return Page(name, (ROOT / name).read_text(encoding="utf-8"))


def commands() -> dict[str, click.Command]:
    """Every command, by the words that call it."""
    found: dict[str, click.Command] = {}
    for name in plugins.names(COMMANDS):
        command = plugins.load(COMMANDS, name, "COMMAND")
        found[command.name] = command
        if isinstance(command, click.Group):
            found |= {f"{command.name} {one}": each for one, each in command.commands.items()}
    return found


def _helps() -> Iterator[tuple[str, str]]:
    for name, command in commands().items():
        options = [one.help or "" for one in command.params if isinstance(one, click.Option)]
        yield name, "\n".join([command.help or "", *options])


def options() -> set[str]:
    """The options of all commands, and of the program."""
    parameters = [one for command in commands().values() for one in command.params]
    found = {text for one in parameters for text in (*one.opts, *one.secondary_opts)}
    return found | set(PROGRAM_OPTIONS)


def refusal(words: str) -> str:
    """Why the command line refuses these words; empty if it does not."""
    if words in PROGRAM_OPTIONS:
        return ""
    known = commands()
    arguments = _arguments(words)
    name = " ".join(arguments[:2]) if " ".join(arguments[:2]) in known else arguments[0]
    if name not in known:
        return f"no command {name}"
    command, rest = known[name], arguments[len(name.split()) :]
    if isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        return f"no command {name} {rest[0]}"
    try:
        command.make_context(name, rest)
    except click.exceptions.Exit:
        return ""
    except click.MissingParameter:
        return ""  # A mention of a command, not a call of it.
    except click.BadOptionUsage as error:
        is_mention = arguments[-1] == error.option_name and "argument" in error.message
        return "" if is_mention else error.format_message()
    except click.ClickException as error:
        return error.format_message()
    return ""


def _arguments(words: str) -> list[str]:
    """The words as a shell parts them; ``[SPEC]`` is one that may be left out."""
    return shlex.split(re.sub(r"\[([A-Z]+)\]", r"\1", words))
