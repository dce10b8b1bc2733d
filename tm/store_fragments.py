"""Fragments of a query, read from a database: whole segments inside it, and runs of it inside segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from termbase.text.keys import match_key
from termbase.text.normalize import normalize_mapped
from tm.counterpart import Counterpart, Place, counterparts, learnt_pairs
from tm.fragments import Fragment, longest, spans
from tm.fuzzy.keys import CLASS_MARK, Surface, key_tokens
from tm.model import TranslationUnit
from tm.options import FragmentOptions
from tm.places import PhrasePlace
from tm.search import sides
from tm.store_engine import Database
from tm.store_rows import SELECTED, from_row
from tm.store_runs import RunFinder, holders, texts_of
from tm.store_write import rows_in, segment_digest
from tm.terms import TermSource

_VOTERS = 8
"""Units of a run whose counterparts vote."""

_FROM = "FROM tm_unit u JOIN tm_memory m ON m.id = u.memory_id"


class _Query(NamedTuple):
    """A query in storage form, with its tokens."""

    text: str
    lang: str
    tokens: tuple[Surface, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens ``start`` to ``end`` of a query, how many units hold them, and the ids of the best of these."""

    start: int
    end: int
    count: int
    units: list[int]
    whole: bool


class FragmentFinder:
    """Finds the fragments of queries in one database."""

    def __init__(self, database: Database, terms: TermSource | None) -> None:
        self._database = database
        self._terms = terms
        self._runs = RunFinder(database)

    def find(self, text: str, lang: str, options: FragmentOptions) -> list[Fragment]:
        """Return :meth:`tm.store.TranslationMemory.fragments`."""
        mapped = normalize_mapped(text)
        tokens = key_tokens(mapped.text, lang)
        query = _Query(mapped.text, lang, tokens, tuple([token.key for token in tokens]))
        whole = self._whole(query, options)
        runs, examples = self._parts(query, options, whole)
        parts = _chosen([*whole, *runs], options.limit)
        units = self._units({unit for part in parts for unit in part.units})
        places = [_places(part, query, [units[number] for number in part.units if number in units]) for part in parts]
        learnt: dict[tuple[str, str], float] = {}
        if any(held and not part.whole for part, held in zip(parts, places, strict=True)):
            learnt = self._learnt(query, examples)
        found = []
        for part, held in zip(parts, places, strict=True):
            start, end = mapped.to_source(tokens[part.start].start, tokens[part.end - 1].end)
            marked = tuple(self._marked(part, held, query, learnt)[: options.units])
            found.append(Fragment(start, end, text[start:end], marked, part.count, part.whole))
        return [fragment for fragment in found if fragment.places]

    def _whole(self, query: _Query, options: FragmentOptions) -> list[_Part]:
        """Return the stored segments inside the query that no longer one holds."""
        runs = [run for run in spans(len(query.keys)) if run[1] - run[0] >= options.least_tokens]
        digests = {run: segment_digest(query.lang, query.keys[slice(*run)]) for run in runs}
        sql = "SELECT digest, id FROM tm_segment WHERE digest IN (?)"
        segments = {bytes(row[0]): row[1] for row in rows_in(self._database.rows, sql, list(set(digests.values())))}
        held = {}
        for run, digest in digests.items():
            if digest in segments:
                count, units = holders(self._database, [segments[digest]], options.filter, _VOTERS)
                if count:
                    held[run] = _Part(*run, count, units, whole=True)
        return [held[run] for run in longest(list(held))]

    def _parts(
        self, query: _Query, options: FragmentOptions, whole: Sequence[_Part]
    ) -> tuple[list[_Part], tuple[int, ...]]:
        """Return the runs that are in no whole segment, and segments to learn their words from."""
        for fresh in (False, True):
            found = self._runs.find(query.keys, query.lang, options.filter, fresh=fresh)
            parts = []
            for run in found.runs:
                inside = any(part.start <= run.start and run.end <= part.end for part in whole)
                if run.end - run.start >= options.least_tokens and not inside:
                    count, units = holders(self._database, run.segments.tolist(), options.filter, _VOTERS)
                    parts.append(_Part(run.start, run.end, count, units, whole=False))
            if all(part.count for part in parts):
                return parts, found.examples
        # Segments without units, kept in memory, were gone in the meantime; now others may have gone.
        return [part for part in parts if part.count], found.examples

    def _units(self, ids: Iterable[int]) -> dict[int, TranslationUnit]:
        rows = rows_in(self._database.rows, f"SELECT {SELECTED} {_FROM} WHERE u.id IN (?)", sorted(ids))
        return {row[0]: from_row(row) for row in rows}

    def _learnt(self, query: _Query, examples: Sequence[int]) -> dict[tuple[str, str], float]:
        """Return the word pairs that the examples teach."""
        other = "vi" if query.lang == "en" else "en"
        return learnt_pairs(texts_of(self._database, examples, query.lang), (query.lang, other))

    def _marked(
        self, part: _Part, places: Sequence[PhrasePlace], query: _Query, learnt: dict[tuple[str, str], float]
    ) -> list[PhrasePlace]:
        """Return the places with their counterparts; where a number is not the query's there is none."""
        found: Sequence[Counterpart | None]
        if part.whole:
            found = [Counterpart(0, len(place.other), 1.0) for place in places]
        else:
            asked = [Place(place.text, place.start, place.end, place.other) for place in places]
            langs = (query.lang, sides(places[0].unit, query.lang)[1].lang)
            found = counterparts(asked, langs, terms=self._terms, learnt=learnt)
        return [
            replace(place, counterpart=one[:2], confidence=one.confidence)
            if one and _same_values(part, place, query)
            else place
            for place, one in zip(places, found, strict=True)
        ]


def _chosen(parts: Sequence[_Part], limit: int | None) -> list[_Part]:
    """Return the best parts in the order of the query: whole segments, then the longest, then the rarest."""
    best = sorted(parts, key=lambda part: (not part.whole, part.start - part.end, part.count))
    return sorted(best[:limit], key=lambda part: (part.start, part.end))


def _places(part: _Part, query: _Query, units: Sequence[TranslationUnit]) -> list[PhrasePlace]:
    """Return where the part stands in each unit, with the query's numbers where it stands more than once."""
    wanted = query.keys[part.start : part.end]
    found = []
    for unit in units:
        own, other = sides(unit, query.lang)
        tokens = key_tokens(own.text, query.lang)
        keys = tuple([token.key for token in tokens])
        width = len(wanted)
        starts = [k for k in range(len(keys) - width + 1) if keys[k : k + width] == wanted]
        held = [
            PhrasePlace(unit, own.lang, own.text, tokens[k].start, tokens[k + width - 1].end, other.text)
            for k in starts
        ]
        found += sorted(held, key=lambda place: not _same_values(part, place, query))[:1]
    return found


def _same_values(part: _Part, place: PhrasePlace, query: _Query) -> bool:
    """Whether numbers and dates, which are compared by their class, are the query's to the letter."""
    wanted = query.tokens[part.start : part.end]
    if not any(token.key.startswith(CLASS_MARK) for token in wanted):
        return True
    held = [t for t in key_tokens(place.text, query.lang) if place.start <= t.start and t.end <= place.end]
    return all(
        match_key(query.text[one.start : one.end]) == match_key(place.text[other.start : other.end])
        for one, other in zip(wanted, held, strict=False)
        if one.key.startswith(CLASS_MARK)
    )
