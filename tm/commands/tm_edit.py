"""``songngu tm delete``, ``tm undo``, ``tm move``, ``tm penalty`` and ``tm backup``."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import click

from termbase.commands.common import State, emit, emit_object, output_options, pass_state
from termbase.errors import UsageError
from tm.commands.common import filter_options, open_memory
from tm.options import UnitFilter
from tm.outcome import Change


@click.command("delete")
@click.argument("ids", metavar="[UNIT…]", nargs=-1, type=int)
@click.option("--undo", "bring_back", is_flag=True, help="Bring the units of the last deletion back.")
@click.option("--everything", is_flag=True, help="Delete all units; needed where nothing else chooses them.")
@filter_options
@pass_state
def delete_command(state: State, ids: tuple[int, ...], bring_back: bool, everything: bool, wanted: UnitFilter) -> None:
    """Delete units, with undo.

    UNIT is a number as tm search shows it; the options choose units by what they are. --undo brings the
    last deletion back, and called again the one before. Nothing deleted is exit code 1.

    \b
    Examples:
      $ songngu tm add "Giữ vững trận địa." "Hold the position."
      $ songngu tm delete 1
      $ songngu tm delete --undo
    """
    chosen = replace(wanted, ids=ids)
    if chosen.empty and not bring_back and not everything:
        raise UsageError("name the units to delete, choose them by options, or say --everything")
    with open_memory(state, reading=True) as memory:
        count = memory.undo() if bring_back else memory.delete(chosen)
    click.echo(f"{count} units brought back" if bring_back else f"{count} units deleted; --undo brings them back")
    if not count:
        sys.exit(1)


@click.command("undo")
@click.option("--list", "listing", is_flag=True, help="List what can be undone, newest first; undo nothing.")
@output_options
@pass_state
def undo_command(state: State, listing: bool, fmt: str) -> None:
    """Take the last import, addition, deletion or move back.

    The memory is then as it was before: units that were made are gone, altered and deleted ones are back.
    The last change goes first; called again, the one before. What imports, "tm add", "align --save",
    deletions (also those of "tm clean") and moves did can be undone, for good; penalties and exports
    cannot. Nothing to undo is exit code 1.

    \b
    Examples:
      $ printf 'Giữ vững trận địa.\\tHold the position.\\n' > pairs.tsv
      $ songngu tm import pairs.tsv
      $ songngu tm undo --list
      $ songngu tm undo
    """
    with open_memory(state, reading=True) as memory:
        found = memory.changes()
        done = None if listing else memory.undo_change()
    if listing:
        emit([_row(change) for change in found], fmt, {name: _get(name) for name in _CHANGE})
    elif done:
        answer = {**_row(done[0]), "units": done[1]}
        columns = {name: _get(name) for name in _CHANGE}
        emit_object(answer, fmt, [answer], columns, lambda a: _told(done[0], a["units"]))
    if not (found if listing else done):
        click.echo("songngu: there is nothing to undo", err=True)
        sys.exit(1)


_CHANGE = ("number", "kind", "made", "note", "units")


def _row(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in _CHANGE}


def _told(change: Change, units: int) -> str:
    what = " ".join(filter(None, (change.kind, change.note)))
    return f"{what} of {change.made} was taken back: {units} units removed or put back"


def _get(name: str) -> Any:
    return lambda row: row[name]


@click.command("move")
@click.argument("memory_name", metavar="MEMORY")
@filter_options
@pass_state
def move_command(state: State, memory_name: str, wanted: UnitFilter) -> None:
    """Put units into another memory: split or merge.

    The options choose the units; without any all are moved into MEMORY. Units that are there already are
    not doubled.

    \b
    Examples:
      $ songngu tm add "Giữ vững trận địa." "Hold the position." --memory old
      $ songngu tm move field --memory old
    """
    with open_memory(state, reading=True) as memory:
        moved, doubled = memory.move(wanted, memory_name)
    click.echo(f"{moved} units moved to {memory_name}, {doubled} were there already")


@click.command("penalty")
@click.argument("memory_name", metavar="MEMORY")
@click.argument("points", type=click.IntRange(0, 100))
@pass_state
def penalty_command(state: State, memory_name: str, points: int) -> None:
    """Let the matches of a memory cost points.

    \b
    Examples:
      $ songngu tm add "Giữ vững trận địa." "Hold the position." --memory public
      $ songngu tm penalty public 5
    """
    with open_memory(state, reading=True) as memory:
        memory.set_penalty(memory_name, points)
    click.echo(f"matches from {memory_name} cost {points} points")


@click.command("backup")
@click.argument("file")
@pass_state
def backup_command(state: State, file: str) -> None:
    """Copy the whole database to a new file.

    Others may go on working meanwhile. A file that exists is not overwritten.

    \b
    Examples:
      $ songngu tm add "Giữ vững trận địa." "Hold the position."
      $ songngu tm backup copy.db
    """
    if not state.database_exists:
        raise UsageError(f"there is no {state.database} to back up")
    with open_memory(state) as memory:
        memory.backup(file)
    click.echo(f"{state.database} was copied to {file}")
