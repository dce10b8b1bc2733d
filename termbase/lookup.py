"""Forgiving look-up of terms: one cascade for both languages.

Tiers, best first: exact, abbreviation, folded (marks, tone placement, i/y, plural, spelling), prefix,
all words, edit distance. The last one answers only where nothing better was found, and only within
few edits: a wrong guess is worse than "not found". For a query typed with marks a term whose marks
contradict it comes after prefix and word hits.
"""

from __future__ import annotations

import unicodedata

from termbase.index import Index, Row, raw_key
from termbase.lookup_query import Query, clean_forms, words_of
from termbase.lookup_rank import agreement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import NamedTuple

    from termbase.model import LookupMatch

    _RowsOf = Callable[[Index, "Query", int], "list[Row]"]
    _HitOf = Callable[["Query", "Row", Index], "Hit | None"]
else:
    from termbase.light import NamedTuple

EXACT, ABBREVIATION, FOLDED, PREFIX, WORDS, FUZZY = "exact", "abbreviation", "folded", "prefix", "words", "fuzzy"

_SCORE = {EXACT: 100, ABBREVIATION: 98, FOLDED: 96, PREFIX: 88, WORDS: 72, FUZZY: 94}
_REJECTED = 24
"""The merit of a term from which on it must not be used."""
_FETCHED, _MORE = 40, 400
"""Rows read of a tier; and where marks rule too many of them out."""
_ENOUGH = 20
_LATE = 40
"""The tier of hits by words; those before it come before it."""
_LOOSE, _SQUEEZED = "\x02", "\x01"


class Hit(NamedTuple):
    """One answer, before its concept is read: where it stands in the order, and the term that matched."""

    order: tuple[int, ...]
    kind: str
    score: int
    row: Row
    source: Index


def lookup(
    index: Index | Sequence[Index], query: str, *, lang: str | None = None, limit: int = 10
) -> list[LookupMatch]:
    """Return the concepts that ``query`` may mean, best first, at most ``limit``; empty when nothing is near.

    ``lang`` narrows the answer to terms of one language (``"vi"`` or ``"en"``); without it both are
    searched. With several indexes a concept of an earlier one hides those of the same id in later ones.

    >>> from termbase.model import Term, Concept
    >>> terms = (Term(text="sẵn sàng chiến đấu", lang="vi"), Term(text="combat readiness", lang="en"))
    >>> index = Index.from_concepts([Concept(id="sscd", terms=terms)])
    >>> [str(match.kind) for match in lookup(index, "san sang chien dau")]
    ['folded']
    """
    from termbase.model import LookupKind, LookupMatch

    matches = []
    for hit in find(index, query, lang=lang, limit=limit):
        concept = hit.source.concept(hit.row.concept)
        term = concept.terms[hit.row.position]
        matches.append(LookupMatch(score=hit.score, kind=LookupKind(hit.kind), term=term, concept=concept))
    return matches


def find(index: Index | Sequence[Index], text: str, *, lang: str | None = None, limit: int = 10) -> list[Hit]:
    """Return the hits of :func:`lookup` without reading their concepts."""
    search = _Search((index,) if isinstance(index, Index) else tuple(index), lang, limit)
    if limit < 1:
        return []
    known = search.known(text)
    if known is not None:
        return search.finish(search.direct([known]), limit)
    forms = clean_forms(text)
    if not forms:
        return []
    hits = search.direct([Query.of(form) for form in forms])
    if not hits:
        hits = search.retyped(forms[-1]) or search.by_abbreviations(forms[-1])
    if not hits:
        from termbase.lookup_fuzzy import fuzzy

        hits = [
            Hit((60, found.distance, found.marked, row.merit, row.number), FUZZY, found.score, row, index)
            for index in search.indexes
            for found, row in fuzzy(index, Query.of(forms[-1]))
            if lang in (None, row.lang)
        ]
        # Over several indexes, too, only the nearest.
        least = min((hit.order[1] for hit in hits), default=0)
        hits = [hit for hit in hits if hit.order[1] == least]
    return search.finish(hits, limit)


def suggest(index: Index | Sequence[Index], text: str, *, lang: str | None = None, limit: int = 5) -> list[str]:
    """Return terms that look somewhat like ``text``, for "did you mean"; none of them is an answer.

    >>> from termbase.model import Term, Concept
    >>> index = Index.from_concepts([Concept(id="sscd", terms=(Term(text="sẵn sàng chiến đấu", lang="vi"),))])
    >>> suggest(index, "sẵn sàng cho chiến trận")
    ['sẵn sàng chiến đấu']
    """
    from termbase.lookup_fuzzy import near

    forms = clean_forms(text)
    if not forms:
        return []
    found = []
    for one in (index,) if isinstance(index, Index) else index:
        found += [(score, row.text) for score, row in near(one, Query.of(forms[-1])) if lang in (None, row.lang)]
    found.sort(key=lambda item: -item[0])
    return list(dict.fromkeys(text for _, text in found))[:limit]


class _Search:
    """The tiers over a set of indexes, for terms of one language or of both."""

    def __init__(self, indexes: tuple[Index, ...], lang: str | None, limit: int) -> None:
        self.indexes = indexes
        self.lang = lang
        self.limit = limit

    def known(self, text: str) -> Query | None:
        """Return the query when it is a term as written or without marks: its keys are in the index."""
        raw = raw_key(text)
        for index in self.indexes:
            keys = index.spelled(raw)
            if keys is not None:
                return Query.keyed(" ".join(unicodedata.normalize("NFC", text).split()), *keys)
        return None

    def direct(self, queries: Sequence[Query]) -> list[Hit]:
        """Answer by equal keys, then beginnings, then words; the first form that equals a term is taken."""
        equal: list[Hit] = []
        for query in queries:
            equal = self.equal(query)
            if equal:
                break
        else:
            query = queries[-1]
        exact = any(hit.kind in (EXACT, ABBREVIATION) and not hit.order[1] for hit in equal)
        hits = _demoted(equal, soft=exact)
        hits += self._tier(query, _prefix_rows, _prefix_hit)
        # What comes after a full answer is not asked for; a concept of a later index may yet be hidden.
        first = {hit.row.concept for hit in hits if hit.source is self.indexes[0] and hit.order[0] < _LATE}
        if len(first) < self.limit:
            words = _Words(words_of(query.exact), words_of(query.folded))
            hits += self._tier(query, _words_rows, lambda asked, row, index: _words_hit(asked, words, row, index))
        return hits

    def equal(self, query: Query) -> list[Hit]:
        """Return the terms with a key equal to one of the query's."""
        hits: dict[tuple[int, int], Hit] = {}
        for place, index in enumerate(self.indexes):
            for row in self._equal_rows(index, query):
                hit = _classify(query, row, index)
                old = hits.get((place, row.number))
                if old is None or hit.order < old.order:
                    hits[place, row.number] = hit
        return list(hits.values())

    def _equal_rows(self, index: Index, query: Query) -> Iterator[Row]:
        rows = index.equal(query.folded)
        if query.loose != query.folded:
            rows += index.equal(query.loose)
        rows += index.other(_LOOSE + query.loose)
        if query.squeezed:
            rows += index.other(_SQUEEZED + query.squeezed)
        return (row for row in rows if self.lang in (None, row.lang))

    def _tier(self, query: Query, rows_of: _RowsOf, hit_of: _HitOf) -> list[Hit]:
        found: list[Hit] = []
        for index in self.indexes:
            for count in (_FETCHED, _MORE):
                rows = rows_of(index, query, count)
                kept = [row for row in rows if self.lang in (None, row.lang) and row.folded != query.folded]
                hits = [hit for row in kept if (hit := hit_of(query, row, index)) is not None]
                if len(rows) < count or len(hits) >= _ENOUGH:
                    break
            found += hits
        return found

    def retyped(self, text: str) -> list[Hit]:
        """Answer a query with the keystrokes of a Vietnamese keyboard left in it ("chieens ddaaus")."""
        from termbase.text.typing import untype

        typed = untype(text)
        if typed and typed != text:
            return [_as(FOLDED, hit) for hit in self.direct([Query.of(typed)])]
        bare = _without_keys(text)
        return [_as(FOLDED, hit) for hit in self.equal(Query.of(bare))] if bare else []

    def by_abbreviations(self, text: str) -> list[Hit]:
        """Answer a chain of abbreviations by its members, and a phrase by writing its abbreviations out."""
        from termbase.lookup_abbreviations import chain, written_out

        members = chain(text, lambda part: bool(self._abbreviations(part)))
        hits = [
            hit._replace(order=(20, place, *hit.order))
            for place, member in enumerate(members)
            for hit in self._abbreviations(member)
        ]
        if hits:
            return hits
        for phrase in written_out(text, self._full_forms):
            found = [hit for hit in self.direct([Query.of(phrase)]) if hit.kind != PREFIX]
            if found:
                return [_as(ABBREVIATION, hit) if hit.kind in (EXACT, FOLDED) else hit for hit in found]
        return []

    def _abbreviations(self, text: str) -> list[Hit]:
        return [hit for hit in self.equal(Query.of(text)) if hit.kind == ABBREVIATION]

    def _full_forms(self, text: str) -> list[str]:
        found = []
        for hit in self.finish(self._abbreviations(text), 4):
            terms = hit.source.concept_data(hit.row.concept)["terms"]
            wanted = [t for t in terms if t["lang"] == hit.row.lang and t["type"] not in ("abbreviation", "acronym")]
            found += [term["text"] for term in wanted if term["status"] in ("preferred", "admitted")]
        return found

    def finish(self, hits: Iterable[Hit], limit: int) -> list[Hit]:
        """Order the hits, keep the best of each concept, and let scores fall with the order."""
        kept: list[Hit] = []
        seen: set[str] = set()
        score = 100
        for hit in sorted(hits, key=lambda hit: hit.order):
            concept_id = hit.source.concept_id(hit.row.concept)
            if concept_id in seen or self._hidden(hit.source, concept_id):
                continue
            seen.add(concept_id)
            score = min(score, hit.score)
            kept.append(hit._replace(score=score))
            if len(kept) == limit:
                break
        return kept

    def _hidden(self, index: Index, concept_id: str) -> bool:
        for earlier in self.indexes:
            if earlier is index:
                return False
            if earlier.holds(concept_id):
                return True
        return False


def _classify(query: Query, row: Row, index: Index) -> Hit:
    """Say how a term with an equal key was met; the order puts contradicting marks in the second place."""
    spelt = row.text != query.text
    if row.abbreviated:
        found = agreement(query.squeezed_exact, Query.squeeze(row.exact))
        kind, tier = ABBREVIATION, 10
    else:
        found = agreement(query.exact, row.asked)
        is_exact = row.exact == query.exact
        kind, tier = (EXACT, 0) if is_exact else (FOLDED, 20)
    order = (tier, found.contradicted, found.unmarked, int(row.asked != row.exact), spelt, row.merit, row.number)
    score = _SCORE[kind] - min(20, 6 * found.contradicted + found.unmarked // 4 + (row.merit >= _REJECTED))
    return Hit(order, kind, score, row, index)


def _demoted(hits: list[Hit], *, soft: bool) -> list[Hit]:
    """Put hits whose marks contradict the query after all others.

    With ``soft`` the query is a term as it stands, so that its unmarked letters mean what they say.
    """
    marked = soft and any(hit.kind == EXACT and hit.row.exact != hit.row.folded for hit in hits)
    return [hit._replace(order=(50, *hit.order)) if hit.order[1] or (marked and hit.order[2]) else hit for hit in hits]


def _prefix_rows(index: Index, query: Query, count: int) -> list[Row]:
    return index.prefix(query.folded, count)


def _prefix_hit(query: Query, row: Row, index: Index) -> Hit | None:
    """Return the hit, or ``None``: a beginning in other marks is no answer to a query typed with marks."""
    rest = row.folded[len(query.folded) :]
    whole = not rest[0].isalnum()
    unmarked = 0
    if not row.exact.startswith(query.exact):
        found = agreement(query.exact, row.exact[: len(query.exact)], typing=not whole)
        if found.contradicted:
            return None
        unmarked = found.unmarked if query.marked else 0
    order = (30, 1 - whole, row.abbreviated, unmarked, row.number)
    return Hit(order, PREFIX, _SCORE[PREFIX] - 6 * (1 - whole) - min(10, len(rest) // 4), row, index)


def _words_rows(index: Index, query: Query, count: int) -> list[Row]:
    words = words_of(query.folded)
    return index.words(words, count) if words else []


class _Words(NamedTuple):
    """The words of a key, with and without marks."""

    exact: list[str]
    folded: list[str]


def _words_hit(query: Query, words: _Words, row: Row, index: Index) -> Hit | None:
    """Return the hit; ``None`` for a beginning, and where a word of the query is marked otherwise in the term."""
    if row.folded.startswith(query.folded):
        return None
    wanted, folded, exact = words.folded, words_of(row.folded), words_of(row.exact)
    as_typed = _begins_within(words.exact, exact)
    if query.marked and not as_typed and not _all_among(words, _Words(exact, folded)):
        return None
    whole = wanted[-1] in folded
    together = _begins_within(wanted, folded)
    if not whole and not together:
        # A mere beginning of a word somewhere else in the term is chance.
        return None
    rest = iter(folded)
    in_order = all(any(other == word for other in rest) for word in wanted) if whole else together
    if not together and (3 if in_order else 2) * len(wanted) < len(folded):
        # A few words scattered over a long term are chance too.
        return None
    order = (40, 1 - whole, 1 - together, 1 - in_order, row.abbreviated, row.number)
    spare = len(row.folded) - len(query.folded)
    lost = 6 * (1 - whole) + 4 * (1 - together) + 2 * (1 - in_order) + min(10, spare // 4)
    return Hit(order, WORDS, _SCORE[WORDS] - lost, row, index)


def _begins_within(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the words stand together among the others, the last perhaps as a beginning."""
    return f" {' '.join(mine)}" in f" {' '.join(theirs)}"


def _all_among(mine: _Words, theirs: _Words) -> bool:
    """Whether each word, or the beginning of one, agrees with one of the others, letters and marks."""
    known = list(zip(theirs.exact, theirs.folded, strict=False))
    for word, folded in zip(mine.exact, mine.folded, strict=False):
        if word not in theirs.exact and not any(
            other.startswith(folded) and not agreement(word, marked).contradicted for marked, other in known
        ):
            return False
    return True


def _without_keys(text: str) -> str:
    """Return a query of Vietnamese syllables without the keys of marks left in some: ``quocs phongf``.

    Empty where a word is no syllable without them, or none has any: then the query is something else.
    """
    from termbase.text.keys import strip_marks
    from termbase.text.syllable import plain_spellings

    known, words, bare = plain_spellings(), strip_marks(text).lower().split(), []
    for word in words:
        form = word
        if word not in known:
            form = "".join(char for char in word if char not in "123456789w")
            for double in ("aa", "ee", "oo", "dd"):
                form = form.replace(double, double[0])
        bare.append(form if form in known else form.rstrip("sfrxj"))
    return " ".join(bare) if bare != words and known.issuperset(bare) else ""


def _as(kind: str, hit: Hit) -> Hit:
    if hit.kind in (EXACT, FOLDED):
        return hit._replace(kind=kind, score=min(hit.score, _SCORE[kind] - 2))
    return hit
