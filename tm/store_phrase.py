"""Concordance in a database: the units that hold a phrase, found by a scan of the packed tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from termbase.text.keys import strip_marks
from termbase.text.normalize import normalize
from tm.concordance import DATE, hits_in, with_counterparts
from tm.fuzzy.keys import CLASS_MARK, compare_keys
from tm.fuzzy.postings import pack, unpack
from tm.options import UnitFilter
from tm.places import PhrasePlace
from tm.store_engine import Database
from tm.store_filter import condition
from tm.store_rows import SELECTED, from_row
from tm.store_runs import last_segment, portions, rows_of, storable
from tm.store_write import rows_in
from tm.terms import TermSource

_BACKGROUND = 2000
_LEARNT = 300
_NEWEST = 5000
_FROM = "FROM tm_unit u JOIN tm_memory m ON m.id = u.memory_id"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to look for: its language, whether marks count, at most how many places, in which units."""

    text: str
    lang: str
    marks: bool = True
    limit: int | None = 100
    wanted: UnitFilter = field(default_factory=UnitFilter)


def concordance(database: Database, terms: TermSource | None, asked: Phrase) -> list[PhrasePlace]:
    """Return :meth:`tm.store.TranslationMemory.concordance`.

    Of a phrase that very many segments hold, the newest of these are read when there is a limit.
    """
    stored, lang = normalize(asked.text), asked.lang
    keys = compare_keys(stored, lang)
    where, parameters = condition(asked.wanted)
    if not _dated(keys, lang):
        segments = segments_with(database, keys, lang, marks=asked.marks)
        if asked.limit is not None:
            segments = segments[-max(asked.limit, _NEWEST) :]
    else:
        segments = _segments_with_dates(database, keys, asked)
        if digits := max(_DIGITS.findall(stored), key=len, default=""):
            spelt, values = condition(UnitFilter(contains=digits))
            where, parameters = f"{where} AND {spelt}", [*parameters, *values]
    units = [
        from_row(row)
        for side in ("source_segment", "target_segment")
        for row in rows_of(database, f"SELECT {SELECTED} {_FROM} WHERE {where} AND u.{side} IN", parameters, segments)
    ]
    units.sort(key=lambda unit: (unit.changed or unit.created, unit.id or 0), reverse=True)
    hits = hits_in(units, stored, lang, marks=asked.marks)
    here = {hit.other for hit in hits}
    rows = database.rows("SELECT source, target, source_lang FROM tm_unit ORDER BY id DESC LIMIT ?", (_BACKGROUND,))
    pairs = [(row[0], row[1]) if row[2] == lang else (row[1], row[0]) for row in rows]
    # A few places shown have all the evidence.
    learnt = hits if asked.limit is None else hits[: max(asked.limit, _LEARNT)]
    return with_counterparts(learnt, [pair for pair in pairs if pair[1] not in here], terms)[: asked.limit]


def _dated(keys: Sequence[str], lang: str) -> bool:
    """Whether something of a phrase may be a part of a date, or is a number, which is stored without its value."""
    return any(key.startswith(CLASS_MARK) or (lang == "en" and _MONTH.match(key)) for key in keys)


def _segments_with_dates(database: Database, keys: Sequence[str], asked: Phrase) -> list[int]:
    """Return the segments that may hold a phrase some of which may stand in a date, by rising id."""
    runs = [list(run) for dated, run in groupby(keys, lambda key: _dated([key], asked.lang)) if not dated]
    if runs:
        return segments_with(database, max(runs, key=len), asked.lang, marks=asked.marks)
    found = segments_with(database, keys, asked.lang, marks=asked.marks)
    return sorted({*found, *segments_with(database, [DATE], asked.lang, marks=True)})


_DIGITS = re.compile(r"\d+")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*$")


def segments_with(database: Database, keys: Sequence[str], lang: str, *, marks: bool) -> list[int]:
    """Return the segments of ``lang`` that hold all tokens of a phrase, one after the other, by rising id.

    Without ``marks`` a token stands for every token of the vocabulary that is equal without them.
    """
    forms = _forms(database, keys, lang, marks=marks)
    if not forms or not all(forms):
        return []
    if all(len(form) == 1 for form in forms):
        return _holding(database, lang, [next(iter(form)) for form in forms])
    return list(_matching(database, lang, forms))


def _forms(database: Database, keys: Sequence[str], lang: str, *, marks: bool) -> list[set[int]]:
    if marks:
        sql = "SELECT text, id FROM tm_token WHERE lang = ? AND text IN (?)"
        exact = dict(rows_in(database.rows, sql, storable(keys), lang))
        return [{exact[key]} if key in exact else set() for key in keys]
    wanted = {strip_marks(key): set[int]() for key in keys}
    for text, identifier in database.stream("SELECT text, id FROM tm_token WHERE lang = ?", (lang,)):
        bare = strip_marks(text)
        if bare in wanted:
            wanted[bare].add(identifier)
    return [wanted[strip_marks(key)] for key in keys]


def _holding(database: Database, lang: str, tokens: Sequence[int]) -> list[int]:
    """Return the segments whose packed tokens hold these; a hit between two tokens is left out."""
    search = "instr(tokens, ?) > 0" if database.sqlite else "position(CAST(? AS bytea) in tokens) > 0"
    sql = f"SELECT id, tokens FROM tm_segment WHERE lang = ? AND {search}"  # noqa: S608
    width = len(tokens)
    found = []
    for identifier, packed in database.stream(sql, (lang, pack(tokens))):
        held = unpack(bytes(packed)).tolist()
        if any(held[start : start + width] == tokens for start in range(len(held) - width + 1)):
            found.append(identifier)
    return sorted(found)


def _matching(database: Database, lang: str, forms: Sequence[set[int]]) -> Iterator[int]:
    """Yield the segments that hold one form of each token, one after the other."""
    import numpy as np

    from tm.runs import marked, starts_in

    tables = [marked(form) for form in forms]
    width = len(tables)
    for ids, packed in portions(database, lang, (0, last_segment(database)), UnitFilter()):
        tokens = np.frombuffer(packed, "<u4")
        if len(tokens) < width:
            continue
        places = np.flatnonzero(tables[0].take(tokens[: len(tokens) - width + 1], mode="clip"))
        for step, table in enumerate(tables[1:], 1):
            places = places[table.take(tokens[places + step], mode="clip")]
        yield from np.unique(ids[np.searchsorted(starts_in(tokens), places, side="right") - 1]).tolist()
