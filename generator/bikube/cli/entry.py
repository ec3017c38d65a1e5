"""The ``bikube`` command: finds the sub-command, and turns whatever happens into an exit code.

0 clean, 1 findings or drift, 2 wrong usage, configuration, or an unreadable file, 3 a fault in
bikube itself.
"""

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

import click

import bikube
from bikube import interruption, plugins
from bikube.cli.codes import FAULT, WRONG_USAGE
from bikube.cli.streams import abandon_stdout, leave, prepare
from bikube.errors import UserError
from bikube.text import printable, printable_lines

_COMMANDS = "bikube.cli.commands"


class _Commands(click.Group):
    """Knows its sub-commands by file name, and imports the one that is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(plugins.names(_COMMANDS))

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in plugins.names(_COMMANDS):
            return None
        command: click.Command = plugins.load(_COMMANDS, name, "COMMAND")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            # Click would say an empty line.
            raise click.Abort from stop

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from bikube.text import advise

            advice = advise(args[0], plugins.names(_COMMANDS), otherwise="").capitalize()
            if not advice:
                raise
            raise click.UsageError(f"{error.message} {advice}", ctx) from error


def _show_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        from bikube.app.schemas import compiler_version, known_versions

        click.echo(f"bikube {bikube.__version__}")
        click.echo(f"API versions of Microsoft.IoTOperations: {', '.join(known_versions())}")
        click.echo(f"as Bicep CLI {compiler_version()} has them")
        context.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version, and the API versions that it knows.",
)
def bikube_command() -> None:
    """Lint and render Azure IoT Operations specs.

    \b
    Example:
      bikube init
      bikube lint
      bikube generate --out deploy
    """


def run(arguments: list[str] | None = None) -> int:
    """Runs the command line, and gives back its exit code.

    ``arguments`` are those after the program's name; without them the process's own.
    """
    _take_every_character()
    try:
        given = sys.argv[1:] if arguments is None else arguments
        safe = [_as_path(one) for one in given]
        result = bikube_command.main(safe, prog_name="bikube", standalone_mode=False)
        sys.stdout.flush()
        return int(result or 0)
    except click.ClickException as error:
        return _tell_usage(error)
    except UserError as error:
        # Imported here because only what goes wrong needs it.
        from bikube.credentials.redaction import tell

        # A path or a piece of a configuration may hold anything.
        _say(f"bikube: {printable(tell(error))}\n")
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt) as error:
        number = interruption.number_in(error)
        _say(interruption.words(number))
        return interruption.code(number)
    except BrokenPipeError:
        abandon_stdout()
        return 1
    except OSError as error:
        return _told(error)
    except Exception as error:
        _report_fault(error)
        return FAULT


def _as_path(argument: str) -> str:
    """``argument`` as no option, if it is a spec of that name: a shell's ``*`` gives what is there.

    Whoever may add a file could otherwise switch off what it is looked at by.
    """
    is_spec = argument.startswith("-") and argument.endswith("bikube.yaml")
    return os.path.join(os.curdir, argument) if is_spec and os.path.lexists(argument) else argument


def _tell_usage(error: click.ClickException) -> int:
    """Says what is wrong with the command line, which may quote anything, and how it is used."""
    said = io.StringIO()
    error.show(said)
    _say(printable_lines(said.getvalue()))
    return WRONG_USAGE


def _say(text: str) -> None:
    """Says on standard error why the run ends, whatever becomes of what was to stand above."""
    try:
        click.echo(text, err=True, nl=False)
    except OSError:
        # Standard output is full or gone. That is no reason to say less, or to end otherwise.
        with suppress(OSError):
            abandon_stdout()
            click.echo(text, err=True, nl=False)


def _told(error: OSError) -> int:
    """Says what the system refused outside of any file that is named, and gives the exit code."""
    if error.filename is not None:
        _report_fault(error)
        return FAULT
    if isinstance(error, FileNotFoundError):
        _say("bikube: the working directory is gone; change to another one\n")
        return WRONG_USAGE
    from bikube.errors import reason

    # What bikube opens has a name in its errors; standard output has none.
    abandon_stdout()
    closed = "it is closed; send it to a file, or to /dev/null"
    said = closed if error.errno == errno.EBADF else reason(error)
    _say(f"bikube: standard output: {said}\n")
    return WRONG_USAGE


def _take_every_character() -> None:
    # A spec or a path may have characters that the encoding of a terminal or a pipe lacks.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _report_fault(error: Exception) -> None:
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"
    _say(
        f"bikube: a fault in bikube {bikube.__version__}: {type(error).__name__} at {place}\n"
        "Please open an issue with this line and the command; set BIKUBE_TRACEBACK=1 to see more.\n"
    )
    if os.environ.get("BIKUBE_TRACEBACK"):
        from traceback import format_exception

        _say("".join(format_exception(error)))


def main() -> NoReturn:
    """Runs the process's own command line, and ends the process with its exit code."""
    prepare()
    interruption.raise_once()
    code = run()
    interruption.ignore()
    leave(code)
