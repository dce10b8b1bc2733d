"""``songngu tm analyze``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from termbase.commands.common import State, emit_object, output_options, pass_state, table
from termbase.errors import UsageError
from tm.analyze import INTERNAL_ROWS, RATES, ROWS, Analysis, analyze
from tm.commands.common import LANGUAGE, filter_options, open_memory
from tm.formats.base import ReadOptions
from tm.options import SearchOptions, UnitFilter
from tm.slots import load

_COLUMNS = ("segments", "words", "characters", "characters_with_spaces")


@click.command("analyze")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--lang", type=LANGUAGE, default="vi", help="Language of files that do not state it (vi).")
@click.option("--rate", "rates", metavar="ROW=RATE", multiple=True, help="Weight of a row, as 85-94=0.5.")
@click.option("--from", "source_format", default="", metavar="FORMAT", help="text, tsv, po or xliff.")
@click.option("--internal", is_flag=True, help="Also rows of segments that are alike an earlier one of the files.")
@click.option("--segmented", is_flag=True, help="Also count the words of a Vietnamese segmenter (underthesea).")
@filter_options
@output_options
@pass_state
def analyze_command(
    state: State,
    files: tuple[str, ...],
    lang: str,
    rates: tuple[str, ...],
    source_format: str,
    internal: bool,
    segmented: bool,
    wanted: UnitFilter,
    fmt: str,
) -> None:
    """Count what of a text the memory already holds.

    FILE is plain text, TSV, PO or XLIFF; "-" is standard input, with --from. Rows: context (101 and
    102), 100, repetitions, cross-file repetitions, and the bands of fuzzy scores. Words are counted as
    OmegaT does; a Vietnamese word so counted is a syllable. The weighted total takes the words of each
    row at its rate.

    \b
    Examples:
      $ printf 'Giữ vững trận địa. Tiến lên.\\n' > a.txt
      $ songngu tm analyze a.txt
      $ songngu tm analyze a.txt --rate 100=0 --json
      $ songngu tm analyze a.txt --internal --segmented
    """
    weights = _weights(rates)
    figures = (*_COLUMNS, "segmented_words") if segmented else _COLUMNS
    options = ReadOptions(source=lang, target="en" if lang == "vi" else "vi")
    documents = [(path, load(path, _named(options, path), source_format)) for path in files]
    with open_memory(state, reading=True) as memory:
        found = analyze(memory, documents, SearchOptions(filter=wanted), internal=internal, segmented=segmented)
    answer = {
        "files": [_to_json(analysis, weights, figures) for analysis in found[:-1]],
        "total": _to_json(found[-1], weights, figures),
    }
    rows = [
        {"file": analysis.name, "row": row, **{name: getattr(counts, name) for name in figures}}
        for analysis in found
        for row, counts in analysis.rows.items()
    ]
    columns = {name: _get(name) for name in ("file", "row", *figures)}
    emit_object(answer, fmt, rows, columns, lambda _: "\n\n".join(_render(a, weights, figures) for a in _shown(found)))


def _named(options: ReadOptions, path: str) -> ReadOptions:
    from dataclasses import replace

    return replace(options, path=path)


def _weights(rates: tuple[str, ...]) -> dict[str, float]:
    weights = dict(RATES)
    for rate in rates:
        row, _, value = rate.partition("=")
        try:
            weights[row] = float(value)
        except ValueError:
            raise UsageError(f"--rate {rate}: not ROW=RATE") from None
        if row not in RATES:
            raise UsageError(f"--rate {rate}: the rows are {', '.join((*ROWS, *INTERNAL_ROWS))}")
        if not 0 <= weights[row] < float("inf"):
            raise UsageError(f"--rate {rate}: not a rate of 0 or more")
    return weights


def _shown(found: list[Analysis]) -> list[Analysis]:
    return found[-1:] if len(found) == 2 else found


def _to_json(analysis: Analysis, weights: dict[str, float], figures: Sequence[str]) -> dict[str, Any]:
    total = analysis.total
    return {
        "name": analysis.name,
        "rows": {row: {name: getattr(counts, name) for name in figures} for row, counts in analysis.rows.items()},
        "total": {name: getattr(total, name) for name in figures},
        "weighted_words": round(analysis.weighted(weights), 2),
    }


def _render(analysis: Analysis, weights: dict[str, float], figures: Sequence[str]) -> str:
    rows = [
        [row, *(str(getattr(counts, name)) for name in figures)]
        for row, counts in [*analysis.rows.items(), ("total", analysis.total)]
    ]
    heading = [analysis.name, *(_HEADINGS.get(name, name) for name in figures)]
    return table(heading, rows) + f"\nweighted words: {analysis.weighted(weights):.1f}"


_HEADINGS = {"characters_with_spaces": "with spaces", "segmented_words": "segmented words"}


def _get(name: str) -> Any:
    return lambda row: row[name]
