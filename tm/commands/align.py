"""``songngu align``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbase.commands.common import State, emit_object, load_terms, output_options, pass_state
from termbase.errors import InputError
from tm.commands.align_work import Work, align_list, align_texts, is_done, options_for, read_list, read_texts
from tm.commands.common import open_memory
from tm.model import Provenance

if TYPE_CHECKING:
    from tm.align.output import UnitFields
    from tm.model import Alignment

_COLUMNS = {
    "score": lambda row: f"{row['score']:.2f}",
    "type": lambda row: row["type"],
    "vi": lambda row: row["vi"],
    "en": lambda row: row["en"],
}
_DOUBTFUL = 0.8
_FILES = click.Path(dir_okay=False)


@click.command()
@click.argument("vi", metavar="[VI]", default="")
@click.argument("en", metavar="[EN]", default="")
@click.option("--lines", is_flag=True, help="Every line is one segment already.")
@click.option("--tmx", type=_FILES, help="Also write the pairs to this TMX file.")
@click.option("--html", type=_FILES, help="Also write a page to review and correct the alignment in.")
@click.option("--sheet", type=_FILES, help="Also write all beads to this .tsv or .xlsx file.")
@click.option("--review", type=_FILES, help="Keep the confirmed beads of this review file, align the rest again.")
@click.option("--pairs", type=_FILES, metavar="LIST", help="Align many: a line VI<TAB>EN for each pair of documents.")
@click.option("--out", type=click.Path(file_okay=False), default="aligned", help="With --pairs: folder of the results.")
@click.option(
    "--to",
    type=click.Choice(["json", "review.json", "html", "tmx", "tsv", "xlsx"]),
    default="json",
    help="With --pairs: format of the results (json).",
)
@click.option("--jobs", type=click.IntRange(1), default=2, help="With --pairs: how many at a time (2).")
@click.option("--save", is_flag=True, help="Also save the pairs to the translation memory.")
@click.option("--memory", default="main", metavar="NAME", help="With --save: the memory to save to (main).")
@click.option("--document", default="", metavar="NAME", help="Name of the document (default: that of VI).")
@click.option("--author", default="", metavar="NAME", help="With --save, --tmx: who translated it.")
@click.option("--origin", default="", metavar="TEXT", help="With --save, --tmx: where the pairs come from.")
@click.option(
    "--provenance",
    type=click.Choice([word.value for word in Provenance]),
    default="human",
    help="With --save, --tmx: who made the translation; a machine's never outranks a person's.",
)
@click.option(
    "--min-score", type=click.FloatRange(0, 1), default=0.0, help="With --save, --tmx: leave less sure pairs out (0)."
)
@click.option("--encoding", default="", metavar="NAME", help="Encoding of old texts: tcvn3, vni, cp1258 … (UTF-8).")
@click.option("--learn", is_flag=True, help="Learn word pairs from the translation memory first.")
@click.option("--no-terms", is_flag=True, help="Do not take terms of the glossaries as evidence.")
@click.option("--no-numbers", is_flag=True, help="Do not take equal numbers as evidence.")
@click.option("--no-lexicon", is_flag=True, help="Do not use the shipped word list.")
@output_options
@pass_state
def align(state: State, /, vi: str, en: str, fmt: str, **chosen: Any) -> None:
    """Align a Vietnamese and an English text into sentence pairs.

    VI and EN are texts (UTF-8, "-" standard input), HTML pages or Word documents; a .tsv, .csv or .xlsx
    file with a column each may stand for both. Every sentence stands in exactly one bead: a pair, a
    group (1-2, 2-1 …), or alone (1-0, 0-1). The score of a bead, 0 to 1, is the likelihood that it is
    right: look at the lowest first. When nothing could be paired the exit code is 1.

    To review: --html page.html, correct by keyboard, save the review file, then --review FILE. With
    --pairs, results that are newer than their documents are kept, so that a run can be resumed.

    \b
    Examples:
      $ printf 'Bộ đội giúp dân. Không ai bị thương.' > a.vi.txt
      $ printf 'Soldiers helped people. Nobody was hurt.' > a.en.txt
      $ songngu align a.vi.txt a.en.txt --json
      $ songngu --db a.db align a.vi.txt a.en.txt --save --tmx a.tmx --html a.html
      $ printf 'a.vi.txt\\ta.en.txt\\n' > list.tsv
      $ songngu align --pairs list.tsv --to tsv --jobs 1
    """
    from tm.align.output import UnitFields

    work = Work(
        lines=chosen["lines"],
        encoding=chosen["encoding"],
        terms=not chosen["no_terms"],
        numbers=not chosen["no_numbers"],
        lexicon=not chosen["no_lexicon"],
        learn=chosen["learn"],
    )
    fields = UnitFields(
        memory=chosen["memory"],
        document=chosen["document"] or ("" if vi in ("", "-") else Path(vi).name),
        author=chosen["author"],
        origin=chosen["origin"],
        provenance=Provenance(chosen["provenance"]),
        min_score=chosen["min_score"],
    )
    if chosen["pairs"]:
        _many(state, work, fields, chosen)
        return
    alignment = _reviewed(state, work, vi, en, chosen["review"]) if chosen["review"] else _fresh(state, work, vi, en)
    _keep(state, alignment, fields, [chosen[name] for name in ("tmx", "html", "sheet")], save=chosen["save"])
    _show(alignment, fmt)


def _fresh(state: State, work: Work, vi: str, en: str) -> Alignment:
    if not vi:
        raise click.UsageError("Missing argument 'VI'.")
    first, second, lines = read_texts(vi, en, work)
    terms = load_terms(state) if work.terms else None
    return align_texts((first, second), terms, options_for(state, work, progress=True), lines=lines)


def _reviewed(state: State, work: Work, vi: str, en: str, path: str) -> Alignment:
    """Align again what a review left open; documents given along must still be those reviewed."""
    from tm.align.review import read_review, realign, same_segments

    alignment = read_review(path).alignment
    if vi:
        first, second, lines = read_texts(vi, en, work)
        now = _segments(first, second, lines=lines)
        changed = same_segments(alignment, now)
        if changed:
            raise InputError(f"{path}: {changed}; align the changed documents without --review")
    terms = load_terms(state) if work.terms else None
    return realign(alignment, terms, options=options_for(state, work, progress=True))


def _segments(vi: str, en: str, *, lines: bool) -> tuple[Sequence[str], Sequence[str]]:
    from tm.align.engine import cut_lines, cut_sentences

    spans = cut_lines(vi, en) if lines else cut_sentences(vi, en)
    return [span.text for span in spans[0]], [span.text for span in spans[1]]


def _keep(state: State, alignment: Alignment, fields: UnitFields, files: Sequence[str | None], *, save: bool) -> None:
    from tm.align.output import alignment_units
    from tm.align.render import write_alignment

    for path in files:
        if path:
            write_alignment(alignment, path, fields)
            click.echo(f"songngu: wrote {path}", err=True)
    if save:
        with open_memory(state) as opened:
            report = opened.import_units(alignment_units(alignment, fields))
        click.echo(f"songngu: {report.created} pairs saved, {report.merged + report.unchanged} known already", err=True)


def _show(alignment: Alignment, fmt: str) -> None:
    from tm.align.output import alignment_rows, alignment_to_json

    rows = alignment_rows(alignment)
    emit_object(alignment_to_json(alignment), fmt, rows, _COLUMNS, lambda _: _rendered(rows))
    if not alignment.pairs():
        click.echo("songngu: no sentence could be paired", err=True)
        sys.exit(1)


def _rendered(rows: Sequence[dict[str, Any]]) -> str:
    blocks = []
    for row in rows:
        doubt = "  ✓" if row["confirmed"] else "  ?" if row["score"] < _DOUBTFUL else ""
        head = f"{row['type']}  {row['score']:.2f}{doubt}"
        blocks.append(f"{head}\n  vi  {row['vi'] or '—'}\n  en  {row['en'] or '—'}")
    return "\n".join(blocks)


def _many(state: State, work: Work, fields: UnitFields, chosen: dict[str, Any]) -> None:
    """Align the pairs of a list, each into a file of its own."""
    pairs = read_list(chosen["pairs"], chosen["out"], f".{chosen['to']}")
    Path(chosen["out"]).mkdir(parents=True, exist_ok=True)
    open_pairs = [pair for pair in pairs if not is_done(pair)]
    if len(open_pairs) < len(pairs):
        click.echo(f"songngu: {len(pairs) - len(open_pairs)} of {len(pairs)} are done already", err=True)
    failed = 0
    for number, (pair, count, fault) in enumerate(align_list(open_pairs, state, work, fields, chosen["jobs"]), 1):
        failed += bool(fault)
        outcome = f"error: {fault}" if fault else f"{count} pairs"
        click.echo(f"songngu: {number}/{len(open_pairs)}  {pair.target}  {outcome}", err=True)
    if failed:
        raise InputError(f"{failed} of {len(open_pairs)} pairs of documents could not be aligned; see above")
