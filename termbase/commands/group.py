"""The group behind the root command: loads a command when it is called, and turns our errors into one line."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from termbase.commands.common import failure_of


class LazyGroup(click.Group):
    """A group whose commands are named by module and imported on use.

    ``modules`` maps each command's name to the module that holds an object of that name;
    ``summaries`` maps it to its line in the list of commands.
    """

    def __init__(self, *args: Any, modules: Mapping[str, str], summaries: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.modules = modules
        self.summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is Click's
        """Return the names of all commands."""
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of a command and return the command."""
        if cmd_name not in self.modules:
            return None
        command = getattr(import_module(self.modules[cmd_name]), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.summaries[name]) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that ``args`` name; an unknown one is answered with the nearest."""
        name = args[0]
        if name not in self.modules and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, self.modules, n=1)
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


def show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    """Print the installed version, or say that this is a checkout, and leave."""
    if not value or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("songngu")
    except PackageNotFoundError:
        number = "(source checkout)"
    click.echo(f"songngu {number}")
    ctx.exit()
