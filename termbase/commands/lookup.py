"""``songngu lookup``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import click

from termbase.commands.common import State, emit, jsonl_loop, output_options, pass_state, visible
from termbase.commands.lookup_card import card, rendering
from termbase.index import Index
from termbase.lookup import find, suggest

_COLUMNS = {
    "query": lambda row: row["query"],
    "score": lambda row: row["match"]["score"],
    "kind": lambda row: row["match"]["kind"],
    "term": lambda row: row["match"]["term"]["text"],
    "rendering": lambda row: rendering(row["match"]),
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
      $ songngu lookup "san sang chien dau"
      $ songngu lookup "combat readiness" "4 tại chỗ" --json
      $ printf 'CTĐ\\nCTCT\\n' | songngu lookup --jsonl -
    """
    indexes = open_indexes(state)
    wanted = 1 if only else limit

    def answer(query: str) -> Mapping[str, Any]:
        hits = find(indexes, query, lang=lang, limit=wanted)
        return {"query": query, "matches": [_match(hit) for hit in hits]}

    if queries == ("-",) and fmt == "jsonl":
        sys.exit(0 if jsonl_loop(answer, parse=False) else 3)
    asked = _stdin_queries() if queries == ("-",) else list(queries)
    answers = [answer(query) for query in asked]
    _write(answers, fmt, only=only)
    missed = [str(row["query"]) for row in answers if not row["matches"]]
    for query in missed:
        _not_found(query, suggest(indexes, query, lang=lang), together=" ".join(queries), count=len(queries))
    if len(missed) == len(answers):
        sys.exit(1)


def open_indexes(state: State) -> list[Index]:
    """Return the indexes of the terms that the root options choose, the user's own before the shipped."""
    from termbase.index_cache import cached_index, shipped_fingerprint

    if state.glossaries:
        from termbase.commands.common import load_terms

        return [Index.from_concepts(load_terms(state).concepts)]

    def shipped() -> Any:
        from termbase.termbase import Termbase

        return Termbase.bundled(state.profile).concepts

    indexes = [cached_index(("shipped", shipped_fingerprint(), state.profile or ""), shipped)]
    if state.database_exists:
        from termbase.index_own import own_index

        own = own_index(state.database, state.profile)
        if own is not None:
            indexes.insert(0, own)
    return indexes


def _match(hit: Any) -> dict[str, Any]:
    concept = hit.source.concept_data(hit.row.concept)
    return {"score": hit.score, "kind": hit.kind, "term": concept["terms"][hit.row.position], "concept": concept}


def _stdin_queries() -> list[str]:
    from termbase.commands.common import read_lines

    return [line for line in read_lines("-") if line.strip()]


def _write(answers: list[Mapping[str, Any]], fmt: str, *, only: bool) -> None:
    if fmt in ("json", "jsonl"):
        emit(answers, fmt, {})
    elif fmt == "table":
        for row in answers:
            if row["matches"]:
                text = rendering(row["matches"][0]) if only else card(row)
                click.echo(visible(text))
    else:
        emit([{"query": row["query"], "match": match} for row in answers for match in row["matches"]], fmt, _COLUMNS)


def _not_found(query: str, near: list[str], *, together: str, count: int) -> None:
    hint = f" Near: {'; '.join(near)}." if near else ""
    if count > 1:
        hint += f' For one term of several words put it in quotes: "{together}".'
    click.echo(visible(f"songngu: not found: {query}.{hint}"), err=True)
