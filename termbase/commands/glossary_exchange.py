"""``songngu glossary import``, ``export`` and ``formats``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import click

from termbase.commands.common import State, emit, emit_object, load_terms, output_options, pass_state, table, visible
from termbase.errors import InputError, Problem, UsageError

if TYPE_CHECKING:
    from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
    from termbase.formats.losses import Loss
    from termbase.model import Concept
    from termbase.store import ImportReport

_MOST_WARNINGS = 20
_COUNTS = ("read", "created", "merged", "unchanged", "skipped", "warned")


@click.command("import")
@click.argument("path", metavar="FILE")
@click.option("--from", "format", metavar="FORMAT", help="Format of FILE; found by content and suffix without it.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen; store nothing.")
@click.option("--keep", is_flag=True, help="Where FILE and your terms differ keep yours; without it FILE wins.")
@click.option("--map", "mapping", metavar="HEADER=FIELD", multiple=True, help="What a column of a table holds.")
@click.option("--delimiter", metavar="CHAR", default="", help="What parts the columns of a table; 'tab' for a tab.")
@click.option("--encoding", metavar="NAME", default="", help="Encoding of FILE: cp1258, tcvn3, vni …")
@output_options
@pass_state
def import_(
    state: State,
    /,
    *,
    path: str,
    format: str | None,
    dry_run: bool,
    keep: bool,
    mapping: tuple[str, ...],
    delimiter: str,
    encoding: str,
    fmt: str,
) -> None:
    """Import a glossary into your own terms: all of it or nothing.

    A concept is matched by its id, else by its terms. Importing again changes nothing; "songngu
    glossary undo" takes an import back.

    \b
    Examples:
      $ printf 'Tiếng Việt;Tiếng Anh\\ngiao ban;briefing\\n' > own.csv
      $ songngu glossary import own.csv --dry-run
      $ songngu glossary import own.csv --json
    """
    from termbase.formats.base import ReadOptions

    options = ReadOptions(
        mapping=_mapping(mapping), delimiter={"tab": "\t"}.get(delimiter, delimiter), encoding=encoding
    )
    result = _read(path, format, options)
    if not result.concepts:
        raise InputError(result.problems or [Problem(message="no terms were found in it", path=path)])
    report = _import(state, path, result, keep=keep, dry_run=dry_run)
    rows = [{"count": name, "entries": getattr(report, name)} for name in _COUNTS]
    columns = {name: (lambda row, name=name: row[name]) for name in ("count", "entries")}
    emit_object(report.to_json(), fmt, rows, columns, render=lambda _: _import_text(report, dry_run=dry_run))
    if fmt == "table":
        _warn_some(report.warnings)


def _warn_some(problems: Sequence[Problem]) -> None:
    for problem in problems[:_MOST_WARNINGS]:
        click.echo(visible(f"songngu: warning: {_warning(problem)}"), err=True)
    if len(problems) > _MOST_WARNINGS:
        more = len(problems) - _MOST_WARNINGS
        click.echo(f"songngu: warning: and {more} more; --json lists them all", err=True)


def _warning(problem: Problem) -> str:
    return f"{problem} [{problem.entry}]" if problem.entry else str(problem)


def _mapping(pairs: Sequence[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        header, equals, field = pair.rpartition("=")
        if not equals or not header or not field:
            raise UsageError(f"--map wants HEADER=FIELD, not {pair!r}")
        mapping[header] = field
    return mapping


def _read(path: str, format: str | None, options: ReadOptions) -> ReadResult:
    from dataclasses import replace

    from termbase.formats.registry import read

    if path != "-":
        return read(path, format, options)
    data = BytesIO(sys.stdin.buffer.read())
    return read(data, format, replace(options, path="standard input", glossary="own"))


def _import(state: State, path: str, result: ReadResult, *, keep: bool, dry_run: bool) -> ImportReport:
    from termbase.store import TermStore

    # A dry run must not even make the database.
    database = ":memory:" if dry_run and not state.database_exists else state.database
    with TermStore.open(database) as store:
        return store.import_result(result, title=path, prefer="old" if keep else "new", dry_run=dry_run)


def _import_text(report: ImportReport, *, dry_run: bool) -> str:
    counts = ", ".join(f"{getattr(report, name)} {name}" for name in _COUNTS)
    if dry_run:
        return f"{counts}; nothing was stored (dry run)"
    if report.batch is None:
        return f"{counts}; nothing changed"
    return f"{counts}; songngu glossary undo {report.batch} takes it back"


@click.command()
@click.argument("path", metavar="FILE")
@click.option("--to", "format", metavar="FORMAT", help="Format of FILE; by its suffix without it.")
@click.option("--own", is_flag=True, help="Only your own terms.")
@click.option("--field", "fields", metavar="ID", multiple=True, help="Only this subject field; may be given again.")
@click.option(
    "--from-lang", type=click.Choice(["vi", "en"]), default="vi", help="Source language of two-column formats."
)
@click.option(
    "--choose",
    type=click.Choice(["first", "skip"]),
    default="first",
    help="Where a format holds one target a source: keep the first, or skip such sources.",
)
@click.option("--title", metavar="TEXT", default="", help="Title of the glossary, in formats that have one.")
@click.option("--bom", is_flag=True, help="Begin text files with a byte order mark (for Excel).")
@click.option("--losses", is_flag=True, help="List what FORMAT cannot hold, entry by entry; write nothing.")
@click.option("--lossless", is_flag=True, help="Refuse to write when something would be lost.")
@output_options
@pass_state
def export(
    state: State,
    /,
    *,
    path: str,
    format: str | None,
    own: bool,
    fields: tuple[str, ...],
    from_lang: str,
    choose: str,
    title: str,
    bom: bool,
    losses: bool,
    lossless: bool,
    fmt: str,
) -> None:
    """Write glossaries in another format; "-" is standard output.

    What the format cannot hold is told on standard error before anything is written. With --profile
    the terms are those of that house.

    \b
    Examples:
      $ songngu glossary export terms.jsonl
      $ songngu glossary export terms.csv --to csv --field rank
      $ songngu glossary export terms.csv --losses
    """
    from termbase.formats.base import WriteOptions
    from termbase.formats.registry import get_format, losses_of, spec_for_writing

    concepts = _chosen(state, fields, own=own)
    spec = get_format(format) if format else spec_for_writing(path)
    target = "en" if from_lang == "vi" else "vi"
    options = WriteOptions(source=from_lang, target=target, choose=choose, bom=bom, title=title)
    lost = losses_of(concepts, spec.name, options)
    if losses:
        columns = {name: (lambda row, name=name: row[name]) for name in ("entry", "field", "message")}
        emit([{"entry": x.entry, "field": x.field, "message": x.message} for x in lost], fmt, columns)
        return
    if lost:
        click.echo(visible(f"songngu: {spec.name} cannot hold: {_summary(lost)}"), err=True)
        if lossless:
            raise InputError("nothing was written, for --lossless was asked; --losses lists what would be lost")
    write_out(concepts, path, spec.name, options)
    if path != "-":
        click.echo(f"{len(concepts)} concepts written to {path} ({spec.name})", err=True)


def _chosen(state: State, fields: Sequence[str], *, own: bool) -> tuple[Concept, ...]:
    from termbase.termbase import Termbase

    if own:
        from termbase.commands.glossary import own_concepts

        terms = Termbase.from_concepts(own_concepts(state), state.profile)
    else:
        terms = load_terms(state)
    concepts = terms.concepts if state.profile else terms.stored
    return tuple(concept for concept in concepts if not fields or concept.subject_field in fields)


def _summary(losses: Iterable[Loss]) -> str:
    counts = Counter(loss.field for loss in losses)
    listed = ", ".join(f"{field} ({count})" for field, count in counts.most_common())
    return f"{listed}; --losses lists them"


def write_out(concepts: Sequence[Concept], path: str, format: str, options: WriteOptions | None) -> None:
    """Write to a file, or for ``-`` to standard output."""
    from termbase.formats.registry import write

    if path != "-":
        write(concepts, path, format, options)
        return
    buffer = BytesIO()
    write(concepts, buffer, format, options)
    sys.stdout.buffer.write(buffer.getvalue())


@click.command()
@output_options
def formats(fmt: str) -> None:
    """List the formats that glossaries can be read from and written to.

    \b
    Examples:
      $ songngu glossary formats
      $ songngu glossary formats --json
    """
    from termbase.formats.registry import all_formats, broken_formats

    for name, reason in broken_formats().items():
        click.echo(visible(f"songngu: warning: the format {name!r} cannot be used: {reason}"), err=True)
    rows = [
        {
            "name": spec.name,
            "suffixes": list(spec.suffixes),
            "reads": spec.reads,
            "writes": spec.writes,
            "holds": list(spec.holds),
            "title": spec.title,
            "note": spec.note,
        }
        for spec in all_formats().values()
    ]
    columns = {
        "name": lambda row: row["name"],
        "suffixes": lambda row: " ".join(row["suffixes"]),
        "reads": lambda row: "yes" if row["reads"] else "",
        "writes": lambda row: "yes" if row["writes"] else "",
        "title": lambda row: row["title"],
    }
    emit_object(rows, fmt, rows, columns, render=lambda _: _formats_text(rows, columns))


def _formats_text(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Any]) -> str:
    return table(list(columns), [[str(get(row)) for get in columns.values()] for row in rows])
