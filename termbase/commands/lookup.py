"""``songngu lookup``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from termbase.commands.common import State, emit, jsonl_loop, output_options, pass_state, visible
from termbase.commands.lookup_answer import answer, default_indexes, missing, written

if TYPE_CHECKING:
    from termbase.index import Index


def _rendering(match: Mapping[str, Any]) -> str:
    from termbase.commands.lookup_card import rendering

    return rendering(match)


_COLUMNS = {
    "query": lambda row: row["query"],
    "score": lambda row: row["match"]["score"],
    "kind": lambda row: row["match"]["kind"],
    "term": lambda row: row["match"]["term"]["text"],
    "rendering": lambda row: _rendering(row["match"]),
    "status": lambda row: row["match"]["term"]["status"],
    "subject field": lambda row: row["match"]["concept"]["subject_field"],
    "concept": lambda row: row["match"]["concept"]["id"],
}


@click.command()
@click.argument("queries", metavar="QUERY…", nargs=-1, required=True)
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Look among the terms of one language only.")
@click.option("-n", "limit", metavar="N", type=click.IntRange(min=1), default=10, help="At most N answers (10).")
@click.option("-1", "only", is_flag=True, help="Only the preferred rendering of the best answer.")
@output_options
@pass_state
def lookup(state: State, queries: tuple[str, ...], lang: str | None, limit: int, only: bool, fmt: str) -> None:
    """Look terms up, in either language, with or without marks.

    Each QUERY is one term: put several words in quotes. "-" reads a query a line from standard input.
    An abbreviation, a part of a term or a small slip of the keyboard will do; the answer says by what
    it was found. When nothing is found the exit code is 1.

    \b
    Examples:
      $ songngu lookup SSCĐ -1
      combat readiness
      $ songngu lookup "san sang chien dau"
      $ songngu lookup "combat readiness" "4 tại chỗ" --json
      $ printf 'CTĐ\\nCTCT\\n' | songngu lookup --jsonl -
    """
    indexes = _indexes(state)
    wanted = 1 if only else limit
    if queries == ("-",) and fmt == "jsonl":
        clean = jsonl_loop(lambda query: answer(indexes, query, lang=lang, limit=wanted), parse=False)
        sys.exit(0 if clean else 3)
    asked = _lines() if queries == ("-",) else queries
    answers = [answer(indexes, query, lang=lang, limit=wanted) for query in asked]
    if fmt in ("tsv", "csv"):
        emit([{"query": row["query"], "match": match} for row in answers for match in row["matches"]], fmt, _COLUMNS)
    else:
        text = written(answers, fmt, only=only)
        if text:
            click.echo(visible(text) if fmt == "table" else text)
    for line in missing(indexes, answers, lang=lang):
        click.echo(visible(line), err=True)
    if not any(row["matches"] for row in answers):
        sys.exit(1)


def _indexes(state: State) -> list[Index]:
    if not state.glossaries:
        return default_indexes(state.db, state.profile)
    from termbase.commands.common import load_terms
    from termbase.index import Index

    return [Index.from_concepts(load_terms(state).concepts)]


def _lines() -> list[str]:
    from termbase.commands.common import read_lines

    return [line for line in read_lines("-") if line.strip()]
