"""Putting the index of a language in memory, and taking in what comes later."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tm.fuzzy.arrays import Segments
    from tm.fuzzy.live import LiveIndex
    from tm.store_engine import Database

_BLOCK = 100_000
"""Ids of segments that PostgreSQL is asked for by one statement: a value of some megabytes."""


def load_arrays(database: Database, lang: str, until: int) -> LiveIndex:
    """Return the segments of a language up to the id ``until`` as an index in memory."""
    from tm.fuzzy.arrays import ArrayIndex
    from tm.fuzzy.live import LiveIndex

    segments = (_of_file if database.sqlite else _of_server)(database, lang, until)
    words = dict(database.rows("SELECT text, id FROM tm_token WHERE lang = ?", (lang,)))
    return LiveIndex(ArrayIndex(segments, words), words, until)


def _of_file(database: Database, lang: str, until: int) -> Segments:
    from tm.fuzzy.arrays import Segments

    ids, lengths, tokens = array("I"), array("I"), bytearray()
    # the plus lets SQLite read the table in its own order
    sql = "SELECT id, length, tokens FROM tm_segment WHERE +lang = ? AND id <= ? AND length > 0"
    for part in database.portions(sql, (lang, until)):
        numbers, counts, packed = zip(*part, strict=True)
        ids.extend(numbers)
        lengths.extend(counts)
        tokens += b"".join(packed)
    return Segments(ids, lengths, bytes(tokens))


def _of_server(database: Database, lang: str, until: int) -> Segments:
    """Return the segments that a server holds: it joins them to a few large values, for rows are dear on their way."""
    from tm.fuzzy.arrays import Segments

    ids, lengths, tokens = array("I"), array("I"), bytearray()
    joined = ", ".join(
        f"string_agg({value}, ''::bytea)" for value in ("int4send(id::int)", "int4send(length)", "tokens")
    )
    sql = f"SELECT {joined} FROM tm_segment WHERE id > ? AND id <= ? AND lang = ? AND length > 0"  # noqa: S608
    for start in range(0, until, _BLOCK):
        numbers, counts, packed = database.binary(sql, (start, min(start + _BLOCK, until), lang))[0]
        if packed is not None:
            ids.frombytes(numbers)
            lengths.frombytes(counts)
            tokens += packed
    if sys.byteorder == "little":  # a server sends its numbers the other way round
        ids.byteswap()
        lengths.byteswap()
    return Segments(ids, lengths, bytes(tokens))


def follow(database: Database, lang: str, live: LiveIndex, until: int) -> None:
    """Take the segments that came since, up to the id ``until``, into an index in memory."""
    plus = "+" if database.sqlite else ""  # keeps SQLite from walking the index of lengths
    sql = f"SELECT id, tokens FROM tm_segment WHERE id > ? AND id <= ? AND {plus}lang = ? AND {plus}length > 0"  # noqa: S608
    rows = database.rows(sql, (live.until, until, lang))
    words = database.rows("SELECT text, id FROM tm_token WHERE id > ? AND lang = ?", (live.last_token, lang))
    live.extend(rows, dict(words), until)
