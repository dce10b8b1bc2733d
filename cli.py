"""The ``songngu`` command: options for all, and the commands of the two packages, loaded when called.

Installed as ``songngu.cli``; in a bare checkout ``python cli.py`` does the same.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from termbase.commands.common import Failure, State, failure_of

COMMANDS = {
    "align": "tm.commands.align",
    "check": "termbase.commands.check",
    "demo": "tm.commands.demo",
    "fix": "termbase.commands.fix",
    "glossary": "termbase.commands.glossary",
    "lookup": "termbase.commands.lookup",
    "recognize": "termbase.commands.recognize",
    "text": "termbase.commands.text",
    "tm": "tm.commands.tm",
}
"""Name of each command and the module that holds an object of the same name."""

SUMMARIES = {
    "align": "Align a Vietnamese and an English text into sentence pairs.",
    "check": "Check a translation for terminology and other faults.",
    "demo": "Show the whole way on a shipped article pair.",
    "fix": "Repair rejected terms, safely; shows a diff first.",
    "glossary": "Keep, validate, import and export terms.",
    "lookup": "Look terms up, in either language, with or without marks.",
    "recognize": "Find the terms of a running text.",
    "text": "Normalise, split, sort and decode text.",
    "tm": "Keep and search the translation memory.",
}
"""The line each command has in the root help, held here so that help loads no command; a test
compares it with the command's own first line."""


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and turns our errors into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return the command."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that ``args`` name; an unknown one is answered with the nearest."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(f"No such command '{name}'.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an expected error becomes one line and its exit code."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            failure = failure_of(error)
            if failure is None or ctx.params.get("debug"):
                raise
            raise failure from error


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("songngu")
    except PackageNotFoundError:
        number = "(source checkout)"
    click.echo(f"songngu {number}")
    ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--db", metavar="PATH_OR_URL", envvar="SONGNGU_DB", help="Database: a SQLite path or an SQLAlchemy URL.")
@click.option(
    "--glossary",
    "glossaries",
    metavar="NAME_OR_FILE",
    multiple=True,
    help="Use this glossary instead of the default set; may be given again.",
)
@click.option("--profile", metavar="NAME", envvar="SONGNGU_PROFILE", help="House style: mod or qdnd.")
@click.option("--debug", is_flag=True, help="Show the trace of an error.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
@click.pass_context
def cli(ctx: click.Context, db: str | None, glossaries: tuple[str, ...], profile: str | None, debug: bool) -> None:
    """Vietnamese-English terms and translation memory.

    \b
    Examples:
      $ songngu lookup SSCĐ -1
      combat readiness
      $ songngu lookup "combat readiness" -1
      sẵn sàng chiến đấu
    """
    ctx.obj = State(db=db or None, glossaries=glossaries, profile=profile or None, debug=debug)


def _utf8_streams() -> None:
    """Make the standard streams UTF-8 whatever the locale or code page says."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors=errors)


def _utf8_arguments(arguments: list[str]) -> list[str]:
    """Read arguments that a C locale has left as escaped bytes as the UTF-8 they are."""
    fixed = []
    for argument in arguments:
        if any("\udc80" <= char <= "\udcff" for char in argument):
            argument = os.fsencode(argument).decode("utf-8", "replace")
        fixed.append(argument)
    return fixed


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    _utf8_streams()
    try:
        code = cli.main(args=_utf8_arguments(sys.argv[1:]), prog_name="songngu", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        code = done.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("songngu: interrupted", err=True)
        code = 130
    except BrokenPipeError:
        # The reader has gone: say nothing, and keep the interpreter from flushing into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except OSError as error:
        Failure(str(error.strerror or error), 3).show()
        code = 3
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
