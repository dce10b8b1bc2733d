"""``songngu report``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbase.commands.common import (
    State,
    emit_object,
    load_terms,
    output_options,
    pass_state,
    read_text_exact,
    table,
    visible,
)

if TYPE_CHECKING:
    from termbase.reporting.model import Report, ReportDocument

_COLUMNS = {
    name: (lambda row, name=name: row[name])
    for name in ("concept_id", "vi", "rendering", "status", "total", "documents")
}


@click.command()
@click.argument("docs", metavar="DOC…", nargs=-1, required=True)
@click.option("--lang", type=click.Choice(["en", "vi"]), default="en", help="Language of the documents (en).")
@click.option("--html", "page", metavar="FILE", help="Also write the report as one self-contained HTML page.")
@click.option("--guesses-to", "sheet", metavar="FILE", help="Also write the guesses as a glossary sheet of drafts.")
@click.option("--all", "everything", is_flag=True, help="Also show the concepts rendered in one way.")
@output_options
@pass_state
def report(
    state: State,
    /,
    *,
    docs: tuple[str, ...],
    lang: str,
    page: str | None,
    sheet: str | None,
    everything: bool,
    fmt: str,
) -> None:
    """Report how consistently documents render each concept.

    DOC is a text without its source, or a file of pairs (TSV, TMX, XLIFF, PO). An abbreviation left
    untranslated counts as a rendering; page residue is passed over. Guesses are phrases unknown to the
    glossaries that may mean one thing. Confirm one with "songngu glossary add --from-report", which takes
    what --json writes; or write all to a glossary file with --guesses-to (.csv, .jsonl …) as drafts:
    delete what is wrong, give the rest a status and a Vietnamese term, and take it in with "songngu
    glossary import".

    \b
    Examples:
      $ printf 'The Party cells met.\\n' > one.txt
      $ printf 'The Party branch met in a defence zone.\\n' > two.txt
      $ songngu report one.txt two.txt
      $ songngu report one.txt two.txt --json
      $ songngu report one.txt two.txt --guesses-to guesses.csv
    """
    from termbase.report import report as make

    terms = load_terms(state)
    made = make(terms, [_document(path, lang) for path in docs], lang=lang)
    if page:
        from termbase.formats.registry import atomic
        from termbase.reporting.html import report_html

        with atomic(Path(page)) as stream:
            stream.write(report_html(made).encode())
    if sheet:
        from termbase.formats.registry import write
        from termbase.reporting.sheet import guessed_concepts

        guessed = guessed_concepts(made.guesses, terms.concepts)
        write(guessed, sheet)
        click.echo(visible(f"songngu: {len(guessed)} guesses written: {sheet}"), err=True)
    rows = _rows(made, everything=everything)
    emit_object(made.to_json(), fmt, rows, _COLUMNS, lambda _: _shown(made, everything=everything))


def _document(path: str, lang: str) -> ReportDocument:
    from termbase.checking.documents import PLAIN, read_bitext
    from termbase.reporting.model import ReportDocument

    if Path(path).suffix.lower() in PLAIN:
        return ReportDocument(Path(path).name, read_text_exact(path))
    document = read_bitext(path, ("vi", "en") if lang == "en" else ("en", "vi"))
    return ReportDocument(
        Path(path).name, pairs=tuple((pair.source or "", pair.target.text) for pair in document.pairs)
    )


def _rows(made: Report, *, everything: bool) -> Iterator[dict[str, Any]]:
    for concept in made.concepts:
        if not (concept.varies or everything):
            continue
        for rendering in concept.renderings:
            where = [f"{name} {count}" for name, count in rendering.by_document.items()]
            yield {
                "concept_id": concept.concept_id,
                "vi": concept.vi,
                "rendering": rendering.text,
                "status": rendering.status,
                "total": rendering.total,
                "documents": "; ".join(where),
            }


def _shown(made: Report, *, everything: bool) -> str:
    rows = list(_rows(made, everything=everything))
    cells = []
    before = ""
    for row in rows:
        again = row["vi"] == before
        before = row["vi"]
        cells.append(["" if again else row["vi"], row["rendering"], row["status"], str(row["total"]), row["documents"]])
    parts = [table(["concept", "rendering", "status", "total", "documents"], cells)] if cells else []
    parts.append("\n".join(_summary(made)))
    others = [(name, f) for name, f in made.findings if f.kind != "inconsistent"]
    if others:
        parts.append("\n".join(f"{name}: {f.severity}: {f.message}" for name, f in others))
    if made.guesses:
        lines = ["Guesses to confirm or ignore:"]
        lines += ["  " + " ~ ".join(f"{r.text} ({r.total})" for r in guess.renderings) for guess in made.guesses]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _summary(made: Report) -> list[str]:
    lines = []
    for mode, label in (
        ("first", "first rendering"),
        ("most_frequent", "most frequent"),
        ("preferred", "preferred term"),
    ):
        micro, macro = made.consistency(mode)
        lines.append(f"agree with the {label}: {micro:.0%} of mentions, {macro:.0%} mean over concepts")
    return lines
