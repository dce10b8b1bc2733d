"""Build the look-up index: every key under which a term can be asked for, in one SQLite database.

The tables are derived data. ``term`` holds one row a term, numbered so that shorter and better ones
come first: a scan by number is a scan by merit. ``surface`` holds the further forms a term is asked
by: English plurals and spellings, digits for numerals, abbreviations without punctuation, i for y.
"""

from __future__ import annotations

import marshal
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from termbase.index import raw_key
from termbase.lookup_query import words_of
from termbase.text.keys import exact_key, folded_key, loose_key
from termbase.text.normalize import normalize_term
from termbase.variants import look_up_forms

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE concept (number INTEGER PRIMARY KEY, id TEXT NOT NULL, data BLOB NOT NULL);
CREATE TABLE term (
    number INTEGER PRIMARY KEY, concept INTEGER NOT NULL, position INTEGER NOT NULL, lang TEXT NOT NULL,
    merit INTEGER NOT NULL, abbreviated INTEGER NOT NULL, text TEXT NOT NULL, exact TEXT NOT NULL,
    folded TEXT NOT NULL);
CREATE TABLE folded (length INTEGER PRIMARY KEY, first INTEGER NOT NULL, keys TEXT NOT NULL);
CREATE TABLE frequency (word TEXT PRIMARY KEY, terms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE surface (
    key TEXT NOT NULL, term INTEGER NOT NULL, exact TEXT NOT NULL, PRIMARY KEY (key, term, exact)) WITHOUT ROWID;
CREATE TABLE spelling (raw TEXT PRIMARY KEY, exact TEXT NOT NULL, folded TEXT NOT NULL, loose TEXT NOT NULL)
    WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
    folded, content='', detail='none', prefix='1 2', tokenize="unicode61 remove_diacritics 0");
"""
AFTER = "CREATE INDEX term_folded ON term (folded); CREATE INDEX concept_id ON concept (id);"

SQUEEZED = "\x01"
"""Starts the key of an abbreviation without its punctuation."""
LOOSE = "\x02"
"""Starts a key in which i stands for y."""

_OPEN_Y = re.compile(r"\b(?:h|k|l|m|s|t|qu)y\b")
_STATUS = {"preferred": 0, "admitted": 1, "draft": 2, "superseded": 3, "deprecated": 4, "forbidden": 5}
_TYPE = {"full form": 0, "phrase": 1, "short form": 2, "variant": 3, "acronym": 4, "abbreviation": 4}


class _Row(NamedTuple):
    length: int
    merit: int
    concept: int
    position: int
    lang: str
    abbreviated: bool
    text: str
    exact: str
    folded: str
    term: dict[str, Any]


def build_index(connection: sqlite3.Connection, concepts: Iterable[dict[str, Any]]) -> None:
    """Fill an empty database with the index of ``concepts``, given in their JSON form.

    >>> connection = sqlite3.connect(":memory:")
    >>> build_index(connection, [{"id": "a", "terms": [{"lang": "vi", "text": "Quân đội"}]}])
    >>> connection.execute("SELECT folded FROM term").fetchone()[0]
    'quan doi'
    """
    connection.executescript(TABLES)
    rows: list[_Row] = []
    with connection:
        for number, concept in enumerate(concepts, 1):
            # Read without the json module, which loads the re module; of an old version, for older Pythons.
            data = marshal.dumps(concept, 2)
            connection.execute("INSERT INTO concept VALUES (?, ?, ?)", (number, concept["id"], data))
            rows.extend(_rows(number, concept))
        rows.sort(key=lambda row: row[:4])
        numbered = list(enumerate(rows, 1))
        connection.executemany("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_term_values, numbered))
        connection.executemany(
            "INSERT INTO words (rowid, folded) VALUES (?, ?)", ((number, row.folded) for number, row in numbered)
        )
        frequency = Counter(word for row in rows for word in set(words_of(row.folded)))
        connection.executemany("INSERT INTO frequency VALUES (?, ?)", frequency.items())
        surfaces = (surface for number, row in numbered for surface in _surfaces(number, row))
        connection.executemany("INSERT OR IGNORE INTO surface VALUES (?, ?, ?)", surfaces)
        spellings = (spelling for _, row in numbered for spelling in _spellings(row))
        connection.executemany("INSERT OR IGNORE INTO spelling VALUES (?, ?, ?, ?)", spellings)
        connection.execute("INSERT INTO meta VALUES ('terms', ?)", (str(len(rows)),))
        connection.executemany("INSERT INTO folded VALUES (?, ?, ?)", _by_length(rows))
        connection.executescript(AFTER)


def _by_length(rows: list[_Row]) -> Iterator[tuple[int, int, str]]:
    """Yield each length of folded keys, the number of the first term that has it, and all keys as lines.

    One string is searched and read far faster than as many rows; the last tier wants all of some lengths.
    """
    for length, group in groupby(enumerate(rows, 1), key=lambda item: item[1].length):
        numbered = list(group)
        yield length, numbered[0][0], "\n".join(row.folded.replace("-", " ") for _, row in numbered)


def _rows(number: int, concept: dict[str, Any]) -> Iterator[_Row]:
    for position, term in enumerate(concept["terms"]):
        text = normalize_term(term["text"])
        exact = exact_key(text)
        folded = _folded(exact, term["lang"])
        if not folded:
            continue
        kind = term.get("type") or "full form"
        merit = 8 * _STATUS.get(term.get("status") or "preferred", 1) + _TYPE.get(kind, 3)
        yield _Row(len(folded), merit, number, position, term["lang"], _TYPE.get(kind) == 4, text, exact, folded, term)


def _term_values(numbered: tuple[int, _Row]) -> tuple[object, ...]:
    number, row = numbered
    return (
        number, row.concept, row.position, row.lang, row.merit, row.abbreviated, row.text, row.exact, row.folded,
    )  # fmt: skip


def _spellings(row: _Row) -> Iterator[tuple[str, str, str, str]]:
    """Yield a term as it is typed, with and without marks, and its keys: a cold look-up need not make them."""
    loose = loose_key(row.exact) if _OPEN_Y.search(row.folded) else row.folded
    yield raw_key(row.text), row.exact, row.folded, loose
    if row.folded != row.exact:
        yield row.folded, exact_key(row.folded), folded_key(row.folded), loose
    if row.lang == "en":
        for form in look_up_forms(row.term, row.text):
            exact = exact_key(form)
            folded = _folded(exact, "en")
            yield raw_key(form), exact, folded, folded


def _surfaces(number: int, row: _Row) -> Iterator[tuple[str, int, str]]:
    if row.lang == "vi" and _OPEN_Y.search(row.folded):
        yield LOOSE + loose_key(row.exact), number, row.exact
    if row.abbreviated:
        yield SQUEEZED + squeezed(row.folded), number, row.exact
    for form in look_up_forms(row.term, row.text):
        exact = exact_key(form)
        if exact != row.exact:
            yield _folded(exact, row.lang), number, exact


def _folded(exact: str, lang: str) -> str:
    """Return the folded key of an exact key; ASCII English is folded already."""
    return exact if lang == "en" and exact.isascii() else folded_key(exact)


def squeezed(folded: str) -> str:
    """Return the letters and digits of a folded key, run together.

    >>> squeezed("ctd, ctct")
    'ctdctct'
    """
    return "".join(char for char in folded if char.isalnum())
