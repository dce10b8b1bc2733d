"""``songngu tm pretranslate``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from termbase.commands.common import State, pass_state
from tm.commands.common import LANGUAGE, filter_options, open_memory
from tm.formats.base import ReadOptions
from tm.formats.registry import replacing
from tm.options import SearchOptions, UnitFilter
from tm.pretranslate import PretranslateOptions, pretranslate
from tm.slots import load


@click.command("pretranslate")
@click.argument("file")
@click.option("--out", "output", metavar="FILE", default="-", help="Where to write (default: standard output).")
@click.option("--min-score", type=click.IntRange(50, 102), default=100, help="Least score to fill in (100).")
@click.option("--lang", type=LANGUAGE, default="vi", help="Source language of files that do not state it (vi).")
@click.option("--from", "source_format", default="", metavar="FORMAT", help="text, tsv, po or xliff.")
@click.option("--no-terms", is_flag=True, help="Do not judge the matches by the glossaries.")
@filter_options
@pass_state
def pretranslate_command(
    state: State,
    file: str,
    output: str,
    min_score: int,
    lang: str,
    source_format: str,
    no_terms: bool,
    wanted: UnitFilter,
) -> None:
    """Fill the untranslated segments of a file.

    FILE is XLIFF 1.2 or 2, PO, TSV, or plain text (which becomes a table of pairs). Only empty and
    untranslated segments are filled; below 100 they are marked for review. All else in the file stays as
    it is. The account goes to standard error.

    \b
    Examples:
      $ songngu tm add "Giữ vững trận địa." "Hold the position."
      $ printf 'Giữ vững trận địa. Tiến lên.\\n' > a.txt
      $ songngu tm pretranslate a.txt --no-terms
    """
    options = ReadOptions(path=file, source=lang, target="en" if lang == "vi" else "vi")
    document = load(file, options, source_format)
    chosen = PretranslateOptions(min_score=min_score, search=SearchOptions(filter=wanted))
    with open_memory(state, terms=not no_terms, reading=True) as memory:
        fills, report = pretranslate(memory, document, chosen)
    data = document.filled(fills)
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        with replacing(Path(output)) as stream:
            stream.write(data)
    account = ", ".join(f"{count} {reason}" for reason, count in sorted(report.counts.items()))
    click.echo(f"songngu: {len(fills)} of {report.segments} segments filled ({account})", err=True)
