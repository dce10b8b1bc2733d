"""``songngu align``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from termbase.commands.common import State, emit_object, load_terms, output_options, pass_state, read_text
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


@click.command()
@click.argument("vi", metavar="VI")
@click.argument("en", metavar="EN")
@click.option("--lines", is_flag=True, help="Every line is one segment already.")
@click.option("--tmx", type=click.Path(dir_okay=False), help="Also write the pairs to this TMX file.")
@click.option("--save", is_flag=True, help="Also save the pairs to the translation memory.")
@click.option("--memory", default="main", metavar="NAME", help="With --save: the memory to save to (main).")
@click.option("--document", default="", metavar="NAME", help="With --save, --tmx: the document (default: VI).")
@click.option("--author", default="", metavar="NAME", help="With --save, --tmx: who translated it.")
@click.option("--origin", default="", metavar="TEXT", help="With --save, --tmx: where the pairs come from.")
@click.option(
    "--provenance",
    type=click.Choice([word.value for word in Provenance]),
    default="human",
    help="With --save, --tmx: who made the translation; a machine's never outranks a person's.",
)
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="With --save, --tmx: leave pairs out that are less sure than this, 0 to 1.",
)
@click.option("--no-terms", is_flag=True, help="Do not take terms of the glossaries as evidence.")
@click.option("--no-numbers", is_flag=True, help="Do not take equal numbers as evidence.")
@output_options
@pass_state
def align(
    state: State,
    vi: str,
    en: str,
    lines: bool,
    tmx: str | None,
    save: bool,
    memory: str,
    document: str,
    author: str,
    origin: str,
    provenance: str,
    min_score: float,
    no_terms: bool,
    no_numbers: bool,
    fmt: str,
) -> None:
    """Align a Vietnamese and an English text into sentence pairs.

    VI and EN are UTF-8 texts, "-" standard input. Every sentence stands in exactly one bead: a pair,
    a group (1-2, 2-1 …), or alone (1-0, 0-1). The score of a bead, 0 to 1, is the likelihood that it
    is right: look at the lowest first. When nothing could be paired the exit code is 1.

    \b
    Examples:
      $ printf 'Bộ đội giúp dân. Không ai bị thương.' > a.vi.txt
      $ printf 'Soldiers helped people. Nobody was hurt.' > a.en.txt
      $ songngu align a.vi.txt a.en.txt --json
      $ songngu --db a.db align a.vi.txt a.en.txt --save --tmx a.tmx
    """
    from tm.align.engine import AlignOptions, align_lines
    from tm.align.engine import align as align_texts
    from tm.align.output import UnitFields, alignment_rows, alignment_to_json

    texts = _in_order(vi, en)
    terms = None if no_terms else load_terms(state)
    run = align_lines if lines else align_texts
    alignment = run(*texts, terms, options=AlignOptions(numbers=not no_numbers))
    fields = UnitFields(
        memory=memory,
        document=document or (vi if vi != "-" else ""),
        author=author,
        origin=origin,
        provenance=Provenance(provenance),
        min_score=min_score,
    )
    _keep(state, alignment, fields, tmx=tmx, save=save)
    rows = alignment_rows(alignment)
    emit_object(alignment_to_json(alignment), fmt, rows, _COLUMNS, lambda _: _rendered(rows))
    if not alignment.pairs():
        click.echo("songngu: no sentence could be paired", err=True)
        sys.exit(1)


def _in_order(vi: str, en: str) -> tuple[str, str]:
    """Read both texts; exchanged languages are put right, and said."""
    from termbase.text.language import detect_language

    first, second = read_text(vi), read_text(en)
    for path, text in ((vi, first), (en, second)):
        if not text.strip():
            click.echo(f"songngu: warning: {path} is empty; the sentences of the other text stay alone", err=True)
    if detect_language(first)[0] == "en" and detect_language(second)[0] == "vi":
        click.echo(f"songngu: warning: {vi} is English and {en} Vietnamese; exchanged them", err=True)
        return second, first
    return first, second


def _keep(state: State, alignment: Alignment, fields: UnitFields, *, tmx: str | None, save: bool) -> None:
    from tm.align.output import alignment_units

    if not (tmx or save):
        return
    units = alignment_units(alignment, fields)
    if tmx:
        from tm.formats.registry import write

        click.echo(f"songngu: {write(units, tmx, 'tmx')} pairs written to {tmx}", err=True)
    if save:
        with open_memory(state) as opened:
            report = opened.import_units(units)
        click.echo(f"songngu: {report.created} pairs saved, {report.merged + report.unchanged} known already", err=True)


def _rendered(rows: list[dict[str, object]]) -> str:
    blocks = []
    for row in rows:
        score = float(str(row["score"]))
        doubt = "  ?" if score < _DOUBTFUL else ""
        blocks.append(f"{row['type']}  {score:.2f}{doubt}\n  vi  {row['vi'] or '—'}\n  en  {row['en'] or '—'}")
    return "\n".join(blocks)
