"""Putting the index of a language in memory, and taking in what comes later."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from termbase.errors import StorageError

if TYPE_CHECKING:
    from tm.fuzzy.arrays import Segments
    from tm.fuzzy.live import LiveIndex
    from tm.store_engine import Database

_BLOCK = 20_000
"""Ids of segments that are asked for by one statement: values of about a megabyte."""


def load_arrays(database: Database, lang: str, until: int) -> LiveIndex:
    """Return the segments of a language up to the id ``until`` as an index in memory."""
    from tm.fuzzy.arrays import ArrayIndex
    from tm.fuzzy.live import LiveIndex

    segments = (_of_file if database.sqlite else _of_server)(database, lang, until)
    words = dict(database.rows("SELECT text, id FROM tm_token WHERE lang = ?", (lang,)))
    return LiveIndex(ArrayIndex(segments, words), words, until)


def _of_file(database: Database, lang: str, until: int) -> Segments:
    """Return the segments that a file holds: joined by SQLite they take half the time of rows in Python."""
    import numpy as np

    from tm.fuzzy.arrays import Segments

    plain = database.rows("PRAGMA encoding")[0][0] == "UTF-8"  # in any other, bytes do not pass through text
    joined = "CAST(group_concat(tokens, '') AS BLOB)" if plain else "group_concat(hex(tokens), '')"
    values = f"group_concat(id), group_concat(length), {joined}"
    ids, lengths, tokens = array("I"), array("I"), bytearray()
    # the plus lets SQLite read the table in its own order
    for numbers, counts, packed in _blocks(database.rows, values, "+lang", (lang, until)):
        ids.frombytes(np.fromstring(numbers, dtype=np.uint32, sep=",").tobytes())
        lengths.frombytes(np.fromstring(counts, dtype=np.uint32, sep=",").tobytes())
        tokens += packed if plain else bytes.fromhex(packed)
    return Segments(ids, lengths, tokens)


def _of_server(database: Database, lang: str, until: int) -> Segments:
    """Return the segments that a server holds, for rows are dear on their way."""
    from tm.fuzzy.arrays import Segments

    ids, lengths, tokens = array("I"), array("I"), bytearray()
    values = ", ".join(
        f"string_agg({value}, ''::bytea)" for value in ("int4send(id::int)", "int4send(length)", "tokens")
    )
    for numbers, counts, packed in _blocks(database.binary, values, "lang", (lang, until)):
        ids.frombytes(numbers)
        lengths.frombytes(counts)
        tokens += packed
    if sys.byteorder == "little":  # a server sends its numbers the other way round
        ids.byteswap()
        lengths.byteswap()
    return Segments(ids, lengths, tokens)


def _blocks(
    read: Callable[[str, Sequence[object]], list[Any]], values: str, column: str, wanted: tuple[str, int]
) -> Iterator[Any]:
    """Yield ``values`` of the segments of a language up to an id, joined for each block of ids that holds any.

    Where they are more than a database joins in one value, as documents kept as segments can be, a block is halved.
    """
    lang, until = wanted
    sql = f"SELECT {values} FROM tm_segment WHERE id > ? AND id <= ? AND {column} = ? AND length > 0"  # noqa: S608
    blocks = [(start, min(start + _BLOCK, until)) for start in range(0, until, _BLOCK)][::-1]
    while blocks:
        start, end = blocks.pop()
        try:
            row = read(sql, (start, end, lang))[0]
        except StorageError:
            if end - start == 1:
                raise
            middle = (start + end) // 2
            blocks += ((middle, end), (start, middle))
            continue
        if row[0] is not None:
            yield row


def follow(database: Database, lang: str, live: LiveIndex, until: int) -> None:
    """Take the segments that came since, up to the id ``until``, into an index in memory."""
    plus = "+" if database.sqlite else ""  # keeps SQLite from walking the index of lengths
    sql = f"SELECT id, tokens FROM tm_segment WHERE id > ? AND id <= ? AND {plus}lang = ? AND {plus}length > 0"  # noqa: S608
    rows = database.rows(sql, (live.until, until, lang))
    words = database.rows("SELECT text, id FROM tm_token WHERE id > ? AND lang = ?", (live.last_token, lang))
    live.extend(rows, dict(words), until)
