"""Finding the units that may hold a phrase: a scan of the packed tokens for one of its tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbase.text.keys import strip_marks
from tm.fuzzy.postings import pack, unpack
from tm.store_engine import Database
from tm.store_write import rows_in

_MOST_FORMS = 40


def segments_with(database: Database, keys: Sequence[str], lang: str, *, marks: bool) -> list[int]:
    """Return the segments of ``lang`` that hold all tokens of a phrase, one after the other.

    Without ``marks`` a token stands for every token of the vocabulary that is equal without them.
    """
    forms = _forms(database, keys, lang, marks=marks)
    if not forms or not all(forms):
        return []
    rarest = min(forms, key=len)
    if len(rarest) > _MOST_FORMS:
        rows = database.stream("SELECT id, tokens FROM tm_segment WHERE lang = ?", (lang,))
    else:
        rows = _holding(database, lang, sorted(rarest))
    return [identifier for identifier, packed in rows if _has_run(unpack(bytes(packed)).tolist(), forms)]


def _forms(database: Database, keys: Sequence[str], lang: str, *, marks: bool) -> list[set[int]]:
    if marks:
        rows = rows_in(database.rows, "SELECT text, id FROM tm_token WHERE lang = ? AND text IN (?)", list(keys), lang)
        exact = dict(rows)
        return [{exact[key]} if key in exact else set() for key in keys]
    wanted = {strip_marks(key): set[int]() for key in keys}
    for text, identifier in database.stream("SELECT text, id FROM tm_token WHERE lang = ?", (lang,)):
        bare = strip_marks(text)
        if bare in wanted:
            wanted[bare].add(identifier)
    return [wanted[strip_marks(key)] for key in keys]


def _holding(database: Database, lang: str, tokens: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the segments whose packed tokens hold one of the ids; a hit between two tokens is no harm."""
    search = "instr(tokens, ?) > 0" if database.sqlite else "position(CAST(? AS bytea) in tokens) > 0"
    condition = " OR ".join([search] * len(tokens))
    sql = f"SELECT id, tokens FROM tm_segment WHERE lang = ? AND ({condition})"  # noqa: S608
    yield from database.stream(sql, (lang, *(pack([token]) for token in tokens)))


def _has_run(tokens: Sequence[int], forms: Sequence[set[int]]) -> bool:
    width = len(forms)
    return any(
        all(token in form for token, form in zip(tokens[start : start + width], forms, strict=True))
        for start in range(len(tokens) - width + 1)
    )
