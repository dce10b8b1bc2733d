"""``songngu tm analyze``."""

from __future__ import annotations

from typing import Any

import click

from termbase.commands.common import State, emit_object, output_options, pass_state, table
from termbase.errors import UsageError
from tm.analyze import RATES, ROWS, Analysis, analyze
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
@filter_options
@output_options
@pass_state
def analyze_command(
    state: State,
    files: tuple[str, ...],
    lang: str,
    rates: tuple[str, ...],
    source_format: str,
    wanted: UnitFilter,
    fmt: str,
) -> None:
    """Count what of a text the memory already holds.

    FILE is plain text, TSV, PO or XLIFF. Rows: context (101 and 102), 100, repetitions, cross-file
    repetitions, and the bands of fuzzy scores. Words are counted as CAT tools do, by white space. The
    weighted total takes the words of each row at its rate.

    \b
    Examples:
      $ printf 'Giữ vững trận địa. Tiến lên.\\n' > a.txt
      $ songngu tm analyze a.txt
      $ songngu tm analyze a.txt --rate 100=0 --json
    """
    weights = _weights(rates)
    options = ReadOptions(source=lang, target="en" if lang == "vi" else "vi")
    documents = [(path, load(path, _named(options, path), source_format)) for path in files]
    with open_memory(state, reading=True) as memory:
        found = analyze(memory, documents, SearchOptions(filter=wanted))
    answer = {"files": [_to_json(a, weights) for a in found[:-1]], "total": _to_json(found[-1], weights)}
    rows = [
        {"file": analysis.name, "row": row, **{name: getattr(counts, name) for name in _COLUMNS}}
        for analysis in found
        for row, counts in analysis.rows.items()
    ]
    columns = {name: _get(name) for name in ("file", "row", *_COLUMNS)}
    emit_object(answer, fmt, rows, columns, lambda _: "\n\n".join(_render(a, weights) for a in _shown(found)))


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
        if row not in ROWS:
            raise UsageError(f"--rate {rate}: the rows are {', '.join(ROWS)}")
    return weights


def _shown(found: list[Analysis]) -> list[Analysis]:
    return found[-1:] if len(found) == 2 else found


def _to_json(analysis: Analysis, weights: dict[str, float]) -> dict[str, Any]:
    total = analysis.total
    return {
        "name": analysis.name,
        "rows": {row: {name: getattr(counts, name) for name in _COLUMNS} for row, counts in analysis.rows.items()},
        "total": {name: getattr(total, name) for name in _COLUMNS},
        "weighted_words": round(analysis.weighted(weights), 2),
    }


def _render(analysis: Analysis, weights: dict[str, float]) -> str:
    rows = [
        [row, *(str(getattr(counts, name)) for name in _COLUMNS)]
        for row, counts in [*analysis.rows.items(), ("total", analysis.total)]
    ]
    heading = [analysis.name, "segments", "words", "characters", "with spaces"]
    return table(heading, rows) + f"\nweighted words: {analysis.weighted(weights):.1f}"


def _get(name: str) -> Any:
    return lambda row: row[name]
