"""``songngu terms``: proposals for the termbase."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbase.commands.common import State, emit, load_terms, output_options, pass_state
from termbase.text.keys import folded_key
from tm.commands.common import open_memory

if TYPE_CHECKING:
    from tm.extract import Candidate

_COLUMNS = {
    "score": lambda row: f"{row['score']:.2f}",
    "count": lambda row: row["count"],
    "vi": lambda row: row["vi"],
    "en": lambda row: row["en"],
    "known": lambda row: row["known"],
}
_SHEET = ("concept_id", "subject_field", "lang", "term", "status", "type", "part_of_speech", "note", "source")
_EXAMPLE = ("example_vi", "example_en")


@click.group()
def terms() -> None:
    """Propose terms from aligned sentences.

    \b
    Examples:
      $ songngu terms extract --help
    """


@terms.command()
@click.argument("files", nargs=-1, metavar="[FILE]…")
@click.option("--min-count", type=click.IntRange(2), default=3, help="Sentence pairs that hold both, at least (3).")
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.4, help="Lowest score, 0 to 1 (0.4).")
@click.option("-n", "--limit", type=click.IntRange(1), default=200, help="Most candidates (200).")
@click.option("--new", "only_new", is_flag=True, help="Leave out what the glossaries have already.")
@click.option("--sheet", type=click.Path(dir_okay=False), help="Also write a glossary CSV of drafts to review.")
@output_options
@pass_state
def extract(
    state: State,
    /,
    files: tuple[str, ...],
    min_count: int,
    min_score: float,
    limit: int,
    only_new: bool,
    sheet: str | None,
    fmt: str,
) -> None:
    """Propose bilingual terms from the memory, or from files of aligned pairs.

    FILE is of any format of "songngu tm formats": TMX, TSV, XLIFF … Without one the translation memory
    is read. "known" terms are in the glossaries as they stand here, "other" ones with other renderings.
    A sheet holds two rows a candidate, with the status draft: strike out what is wrong, correct the rest,
    then "songngu glossary import". When nothing is proposed the exit code is 1.

    \b
    Examples:
      $ printf 'Lữ đoàn 1 về.\\tBrigade 1 is back.\\nLữ đoàn 2 đi.\\tBrigade 2 left.\\n' > pairs.tsv
      $ songngu terms extract pairs.tsv --min-count 2 --sheet drafts.csv
    """
    from tm.extract import ExtractOptions, extract_terms

    options = ExtractOptions(min_count=min_count, min_score=min_score, limit=limit)
    found = extract_terms(_pairs(state, files), load_terms(state), options=options)
    candidates = [candidate for candidate in found if not (only_new and candidate.known == "known")]
    if sheet:
        from tm.formats.registry import replacing

        with replacing(Path(sheet)) as stream:
            stream.write(_sheet(candidates).encode("utf-8-sig"))
        click.echo(f"songngu: wrote {len(candidates)} drafts to {sheet}", err=True)
    emit([_row(candidate) for candidate in candidates], fmt, _COLUMNS)
    if not candidates:
        click.echo("songngu: no term is proposed", err=True)
        sys.exit(1)


def _pairs(state: State, files: Sequence[str]) -> Iterator[tuple[str, str]]:
    for unit in _units(state, files):
        texts = {unit.source.lang: unit.source.text, unit.target.lang: unit.target.text}
        if texts.keys() >= {"vi", "en"}:
            yield texts["vi"], texts["en"]


def _units(state: State, files: Sequence[str]) -> Iterator[Any]:
    from tm.formats.registry import read
    from tm.outcome import Remark

    if not files:
        with open_memory(state, reading=True) as memory:
            yield from memory.units()
        return
    for path in files:
        yield from (unit for unit in read(path) if not isinstance(unit, Remark))


def _row(candidate: Candidate) -> dict[str, Any]:
    examples = [{"vi": vi, "en": en} for vi, en in candidate.examples]
    names = ("vi", "en", "score", "count", "vi_count", "en_count", "surprise", "known", "concept_id")
    return {**{name: getattr(candidate, name) for name in names}, "examples": examples}


def _sheet(candidates: Iterable[Candidate]) -> str:
    """Return a glossary CSV: two rows a candidate, with its figures and an example in the note."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow((*_SHEET, *_EXAMPLE))
    taken: set[str] = set()
    for candidate in candidates:
        stem = "-".join(part for part in folded_key(candidate.vi).split() if part) or "term"
        name = f"draft-{stem}"
        while name in taken:
            name += "-x"
        taken.add(name)
        facts = f"{candidate.known}; in {candidate.count} pairs; score {candidate.score:.2f}"
        example = candidate.examples[0] if candidate.examples else ("", "")
        writer.writerow([name, "", "vi", candidate.vi, "draft", "full form", "", facts, "extracted", *example])
        writer.writerow([name, "", "en", candidate.en, "draft", "full form", "", "", "extracted", "", ""])
    return buffer.getvalue()
