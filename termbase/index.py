"""The look-up index: a derived SQLite database that answers a query by reading a few rows.

It is read through the standard library's ``sqlite3`` alone, so that a cold ``songngu lookup`` imports
neither an ORM nor the model. :mod:`termbase.index_build` fills it, :mod:`termbase.index_cache` keeps
it in the user's cache folder.
"""

from __future__ import annotations

import marshal
import unicodedata

from termbase.light import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any, NamedTuple

    from termbase.model import Concept
else:
    from termbase.light import NamedTuple

_COLUMNS = "number, concept, position, lang, merit, abbreviated, text, exact, folded"
_ROW = f"SELECT {_COLUMNS} FROM term"  # noqa: S608  # a constant of this module
_SURFACE = (
    "SELECT t.number, t.concept, t.position, t.lang, t.merit, t.abbreviated, t.text, t.exact, t.folded, s.exact "
    "FROM surface s JOIN term t ON t.number = s.term WHERE s.key = ?"
)
_LAST = "\U0010ffff"


def raw_key(text: str) -> str:
    """Return the plainest key: composed, without case, single spaces. It costs no import of the text layer.

    >>> raw_key(" SSCĐ ")
    'sscđ'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


class Row(NamedTuple):
    """A term of the index. ``number`` orders terms by merit: the shorter and better accepted first.

    ``asked`` is the exact key of the form that the query met: the term's own, or another form of it.
    """

    number: int
    concept: int
    position: int
    lang: str
    merit: int
    abbreviated: int
    text: str
    exact: str
    folded: str
    asked: str


class Index:
    """Read access to one look-up database.

    >>> from termbase.model import Term, Concept
    >>> index = Index.from_concepts([Concept(id="qd", terms=(Term(text="quân đội", lang="vi"),))])
    >>> [row.text for row in index.equal("quan doi")]
    ['quân đội']
    """

    def __init__(self, connection: sqlite3.Connection, concepts: Sequence[Concept] = ()) -> None:
        self._connection = connection
        self._concepts = concepts
        self._folded: dict[int, tuple[int, str]] = {}

    @classmethod
    def from_concepts(cls, concepts: Iterable[Concept]) -> Index:
        """Build an index in memory."""
        from termbase.index_build import build_index
        from termbase.json import concept_to_json

        kept = tuple(concepts)
        # Any thread may ask: the library is compiled serialised, and nothing is written after the build.
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        build_index(connection, map(concept_to_json, kept))
        return cls(connection, kept)

    @classmethod
    def open(cls, path: str | Path) -> Index:
        """Open an index file; raises ``sqlite3.Error`` for a file that is not a whole index."""
        connection = sqlite3.connect(str(path), check_same_thread=False)
        try:
            connection.execute("PRAGMA query_only = 1")
            connection.execute("SELECT 1 FROM term LIMIT 1").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return cls(connection)

    def of(self, concepts: Sequence[Concept]) -> Index:
        """Return the same index with the concepts it was built from at hand, in the order they had."""
        return Index(self._connection, concepts)

    def close(self) -> None:
        """Release the database."""
        self._connection.close()

    def equal(self, key: str) -> list[Row]:
        """Return the terms that have this folded key, or another form with it."""
        own = self._rows(f"{_ROW} WHERE folded = ?", (key,))
        return own + self.other(key)

    def other(self, key: str) -> list[Row]:
        """Return the terms that have another form of this key: see :mod:`termbase.index_build`."""
        return [Row._make(row) for row in self._connection.execute(_SURFACE, (key,))]

    def spelled(self, raw: str) -> tuple[str, str, str] | None:
        """Return the exact, folded and loose key of a term typed as it is written, or without its marks."""
        found = self._connection.execute("SELECT exact, folded, loose FROM spelling WHERE raw = ?", (raw,)).fetchone()
        return found if found is None else (found[0], found[1], found[2])

    def prefix(self, key: str, limit: int) -> list[Row]:
        """Return the terms whose folded key goes on after ``key``, shortest first."""
        # The inner query runs over the index of keys alone, however many terms begin so.
        inner = "SELECT number FROM term WHERE folded > ? AND folded < ? ORDER BY number LIMIT ?"
        return self._rows(f"{_ROW} WHERE number IN ({inner}) ORDER BY number", (key, key + _LAST, limit))

    def words(self, words: Sequence[str], limit: int) -> list[Row]:
        """Return the terms that hold all ``words``, the last as a beginning, shortest first."""
        # Words are letters and digits only, so that quoting makes any query plain data.
        match = " ".join(f'"{word}"' for word in words) + "*"
        where = "WHERE number IN (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?) ORDER BY number"
        return self._rows(f"{_ROW} {where}", (match, limit))

    def frequency(self, word: str) -> int:
        """Return how many terms hold ``word``, a run of letters and digits without marks."""
        found = self._connection.execute("SELECT terms FROM frequency WHERE word = ?", (word,)).fetchone()
        return found[0] if found else 0

    def numbered(self, numbers: Iterable[int]) -> list[Row]:
        """Return the terms with these numbers, in the order given."""
        wanted = list(numbers)
        holes = ",".join("?" * len(wanted))
        found = {row.number: row for row in self._rows(f"{_ROW} WHERE number IN ({holes})", wanted)}
        return [found[number] for number in wanted if number in found]

    @property
    def total(self) -> int:
        """How many terms there are."""
        return int(self._connection.execute("SELECT value FROM meta WHERE key = 'terms'").fetchone()[0])

    def folded(self, length: int) -> tuple[int, str]:
        """Return the number of the first term whose folded key has this length, and all such keys as lines.

        Hyphens are spaces in them. The terms of a length have consecutive numbers.
        """
        if length not in self._folded:
            query = "SELECT first, keys FROM folded WHERE length = ?"
            self._folded[length] = self._connection.execute(query, (length,)).fetchone() or (0, "")
        return self._folded[length]

    def concept_id(self, number: int) -> str:
        """Return the id of a concept by its number in this index."""
        return str(self._connection.execute("SELECT id FROM concept WHERE number = ?", (number,)).fetchone()[0])

    def holds(self, concept_id: str) -> bool:
        """Whether a concept of this id is in the index."""
        return self._connection.execute("SELECT 1 FROM concept WHERE id = ?", (concept_id,)).fetchone() is not None

    def concept_data(self, number: int) -> Mapping[str, Any]:
        """Return a concept in its JSON form."""
        stored = self._connection.execute("SELECT data FROM concept WHERE number = ?", (number,)).fetchone()[0]
        data: Mapping[str, Any] = marshal.loads(stored)  # noqa: S302  # plain values of our own making
        return data

    def concept(self, number: int) -> Concept:
        """Return a concept."""
        if self._concepts:
            return self._concepts[number - 1]
        from termbase.json import concept_from_json

        return concept_from_json(self.concept_data(number))

    def _rows(self, query: str, values: Sequence[object]) -> list[Row]:
        # A term met by its own key was asked for by its own exact key, column 7.
        return [Row._make((*row, row[7])) for row in self._connection.execute(query, values)]
