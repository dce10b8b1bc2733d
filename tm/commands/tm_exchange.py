"""``songngu tm import``, ``tm export`` and ``tm formats``."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from dataclasses import replace
from typing import Any

import click

from termbase.commands.common import State, emit, emit_object, output_options, pass_state, visible, warn
from termbase.errors import Problem, UsageError
from tm.commands.common import LANGUAGE, filter_options, open_memory
from tm.formats import registry
from tm.formats.base import ReadOptions, WriteOptions
from tm.options import UnitFilter

_COUNTS = ("read", "created", "merged", "unchanged", "skipped")


@click.command("import")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--from", "source_format", metavar="FORMAT", help="Format (default: by the suffix; see tm formats).")
@click.option("--memory", metavar="NAME", help="Put all units into this memory.")
@click.option("--source", type=LANGUAGE, default="vi", help="Source language, where the format states none (vi).")
@click.option("--encoding", default="", metavar="NAME", help="Encoding, against what the file says.")
@click.option("--dry-run", is_flag=True, help="Report what an import would do, and store nothing.")
@output_options
@pass_state
def import_command(
    state: State,
    files: tuple[str, ...],
    source_format: str | None,
    memory: str | None,
    source: str,
    encoding: str,
    dry_run: bool,
    fmt: str,
) -> None:
    """Read units from files, all of a file or nothing.

    A unit that is there already is merged, so that the same import twice changes nothing. "tm undo"
    takes an import back. "-" is standard input, with --from.

    \b
    Examples:
      $ printf 'Giữ vững trận địa.\\tHold the position.\\n' > pairs.tsv
      $ songngu tm import pairs.tsv --dry-run
      $ songngu tm import pairs.tsv
    """
    options = ReadOptions(source=source, target="en" if source == "vi" else "vi", encoding=encoding)
    reports = []
    with open_memory(state) as opened:
        for path in files:
            if path == "-" and not source_format:
                raise UsageError("standard input has no suffix; name its format with --from")
            stream = sys.stdin.buffer if path == "-" else None
            units = registry.read(path, source_format, options, stream=stream)
            report = opened.import_units(units, memory=memory, dry_run=dry_run, note=path)
            if not report.read:
                empty = Problem(path=path, message="no units were found in it")
                report = replace(report, warnings=(*report.warnings, empty))
            reports.append((path, report))
    total: dict[str, Any] = {name: sum(getattr(report, name) for _, report in reports) for name in _COUNTS}
    total["warnings"] = [warning for _, report in reports for warning in report.to_json()["warnings"]]
    if fmt not in ("json", "jsonl"):
        warn(warning for _, report in reports for warning in report.warnings)
    more = sum(report.more_warnings for _, report in reports)
    if more:
        click.echo(f"songngu: {more} further warnings are not shown", err=True)
    rows = [{"file": path, **{name: getattr(report, name) for name in _COUNTS}} for path, report in reports]
    columns = {name: _get(name) for name in ("file", *_COUNTS)}
    emit_object(total, fmt, rows, columns, lambda value: _summary(value, dry_run=dry_run))


def _summary(total: dict[str, Any], *, dry_run: bool) -> str:
    counts = ", ".join(f"{total[name]} {name}" for name in _COUNTS)
    if dry_run:
        return f"{counts}; nothing was stored (dry run)"
    changed = total["created"] or total["merged"]
    return counts if changed else f"{counts}; the memory is unchanged"


@click.command("export")
@click.argument("file")
@click.option("--to", "target_format", metavar="FORMAT", help="Format (default: by the suffix; see tm formats).")
@click.option("--source", type=LANGUAGE, default="vi", help="Source language of formats of one direction (vi).")
@click.option(
    "--tokenize", is_flag=True, help="Tokenise Moses files: Vietnamese words (underthesea), English (sacremoses)."
)
@click.option("--losses", is_flag=True, help="List what the format cannot hold, unit by unit; write nothing.")
@click.option("--lossless", is_flag=True, help="Refuse to write when something would be lost.")
@filter_options
@output_options
@pass_state
def export_command(
    state: State,
    file: str,
    target_format: str | None,
    source: str,
    tokenize: bool,
    losses: bool,
    lossless: bool,
    wanted: UnitFilter,
    fmt: str,
) -> None:
    """Write units to a file in an exchange format.

    "-" is standard output, with --to. The order is that of the units' numbers, so that the same memory
    gives the same file. What the format cannot hold is told on standard error before anything is written.

    \b
    Examples:
      $ songngu tm add "Giữ vững trận địa." "Hold the position."
      $ songngu tm export memory.tmx
      $ songngu tm export - --to tmx --memory main
      $ songngu tm export corpus --to moses --losses
    """
    from tm.export import export, loss_report

    options = WriteOptions(source=source, target="en" if source == "vi" else "vi", tokenize=tokenize)
    if file == "-" and not target_format:
        raise UsageError("standard output has no suffix; name its format with --to")
    spec = registry.get(target_format) if target_format else registry.choose(file, reading=False)
    registry.check_writable(spec, file)
    with open_memory(state, reading=True) as memory:
        report = loss_report(memory.units(wanted), spec)
        if losses:
            rows = [{"unit_id": u.id, "source": u.source.text, "lost": lost} for u, lost in report]
            emit(rows, fmt, {name: _get(name) for name in ("unit_id", "source", "lost")})
            return
        counts = Counter(name for _, lost in report for name in lost)
        for name, count in sorted(counts.items()):
            click.echo(f"songngu: {spec.name} cannot hold the {name} of {count} units", err=True)
        if counts and lossless:
            raise UsageError(f"nothing was written: {spec.name} would lose {', '.join(sorted(counts))}")
        units: Any = memory.units(wanted)
        with closing(units):  # whoever reads our output may stop before its end
            result = export(units, file, target_format, options, stream=sys.stdout.buffer, wanted=wanted)
    click.echo(f"songngu: {result.written} units written; signature {result.signature}", err=True)


@click.command("formats")
@output_options
def formats_command(fmt: str) -> None:
    """List the formats that can be read and written.

    \b
    Examples:
      $ songngu tm formats
      $ songngu tm formats --json
    """
    for name, reason in registry.broken_formats().items():
        click.echo(visible(f"songngu: warning: the format {name!r} cannot be used: {reason}"), err=True)
    rows = [
        {
            "name": spec.name,
            "title": spec.title,
            "suffixes": list(spec.suffixes),
            "reads": spec.reads,
            "writes": spec.writes,
            "holds": list(spec.holds),
        }
        for spec in registry.formats().values()
    ]
    emit(rows, fmt, {name: _get(name) for name in ("name", "title", "suffixes", "reads", "writes", "holds")})


def _get(name: str) -> Any:
    return lambda row: row[name]
