"""The answers of ``songngu lookup``, without Click: what the command and its quick path share."""

from __future__ import annotations

import os

from termbase.index import Index
from termbase.index_cache import database_place, shipped_index
from termbase.lookup import find, suggest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    Answer = Mapping[str, Any]

_MOST_SHOWN = 100
"""Characters of a query in a message."""


def default_indexes(database: str | None, profile: str | None) -> list[Index]:
    """Return the indexes of the default set: the user's own terms, where there are any, and the shipped."""

    def shipped() -> Any:
        from termbase.termbase import Termbase

        return Termbase.bundled(profile).concepts

    indexes = [shipped_index(profile, shipped)]
    place = database or database_place()
    if "://" in place or os.path.isfile(place):  # noqa: PTH113  # the name is a URL or a path
        from termbase.index_own import own_index

        own = own_index(place, profile)
        if own is not None:
            indexes.insert(0, own)
    return indexes


def answer(indexes: Sequence[Index], query: str, *, lang: str | None, limit: int) -> Answer:
    """Return the JSON answer to one query."""
    matches = []
    for hit in find(indexes, query, lang=lang, limit=limit):
        concept = hit.source.concept_data(hit.row.concept)
        term = concept["terms"][hit.row.position]
        matches.append({"score": hit.score, "kind": hit.kind, "term": term, "concept": concept})
    return {"query": query, "matches": matches}


def written(answers: Iterable[Answer], fmt: str, *, only: bool) -> str:
    """Return the answers as ``json``, ``jsonl`` or ``table`` text; ``only`` shows one rendering a query."""
    if fmt in ("json", "jsonl"):
        import json

        if fmt == "json":
            return json.dumps(list(answers), ensure_ascii=False, indent=2)
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in answers)
    from termbase.commands.lookup_card import card, rendering

    found = (row for row in answers if row["matches"])
    return "\n".join(rendering(row["matches"][0]) if only else card(row) for row in found)


def missing(indexes: Sequence[Index], answers: Iterable[Answer], *, lang: str | None) -> list[str]:
    """Return a line for each query without an answer, with what is near."""
    rows = list(answers)
    lines = []
    for row in rows:
        if row["matches"]:
            continue
        near = suggest(indexes, row["query"], lang=lang)
        hint = f" Near: {'; '.join(near)}." if near else ""
        if len(rows) > 1:
            together = _shown(" ".join(str(other["query"]) for other in rows))
            hint += f' For one term of several words put it in quotes: "{together}".'
        lines.append(f"songngu: not found: {_shown(row['query'])}.{hint}")
    return lines


def _shown(query: str) -> str:
    """Return a query as far as a message may hold it."""
    return query if len(query) <= _MOST_SHOWN else f"{query[: _MOST_SHOWN - 1]}…"
