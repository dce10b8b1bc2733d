"""``songngu tm``: the commands of the translation memory, each loaded when it is called."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "add": ("tm_write", "Add one sentence pair."),
    "analyze": ("tm_analyze", "Count what of a text the memory already holds."),
    "backup": ("tm_edit", "Copy the whole database to a new file."),
    "clean": ("tm_clean", "Find faulty units; delete them when told."),
    "concordance": ("tm_concordance", "Show where a phrase stands, and how it was rendered."),
    "delete": ("tm_edit", "Delete units, with undo."),
    "export": ("tm_exchange", "Write units to a file in an exchange format."),
    "formats": ("tm_exchange", "List the formats that can be read and written."),
    "import": ("tm_exchange", "Read units from files, all of a file or nothing."),
    "move": ("tm_edit", "Put units into another memory: split or merge."),
    "penalty": ("tm_edit", "Let the matches of a memory cost points."),
    "pretranslate": ("tm_pretranslate", "Fill the untranslated segments of a file."),
    "search": ("tm_search", "Find earlier translations of a segment."),
    "undo": ("tm_edit", "Take the last import, deletion or move back."),
    "stats": ("tm_write", "Count what the memory holds."),
}
"""Name of each command: its module, and its line in the help of the group."""


class MemoryGroup(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of a command and return the command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"tm.commands.{COMMANDS[cmd_name][0]}")
        command = getattr(module, f"{cmd_name}_command")
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=MemoryGroup)
def tm() -> None:
    """Keep and search the translation memory.

    The memory is kept in the database of --db. Texts are compared by syllables and words; every unit
    at or above the score asked for is found.

    \b
    Examples:
      $ songngu tm add "Sẵn sàng chiến đấu." "Combat ready."
      $ songngu tm search "Sẵn sàng chiến đấu."
    """
