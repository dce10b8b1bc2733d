"""The look-up index of the user's own terms, derived from their database and kept like any other."""

from __future__ import annotations

import os

from termbase.index import Index
from termbase.index_cache import cached_index, new_digest
from termbase.light import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from termbase.model import Concept

_SMALL = 2000
"""Up to so many concepts the key is a digest of their whole content."""

_SAMPLE = 60
_LAST = "FROM tb_change WHERE batch_id = (SELECT max(id) FROM tb_batch)"
_EMPTY = "empty"


def own_index(database: str, profile: str | None) -> Index | None:
    """Return the index of the terms kept in ``database``, a path or an SQLAlchemy URL; ``None`` without any.

    A SQLite file is asked for its state without SQLAlchemy; only when that is new are the terms read.
    Raises :class:`termbase.StorageError` for a database that cannot be read.
    """

    def concepts() -> Iterable[Concept]:
        from termbase.termbase import Termbase

        return Termbase.open(database, profile).concepts

    state = None if "://" in database else content_state(database)
    if state == _EMPTY:
        return None
    if state is None:
        return Index.from_concepts(concepts())
    return cached_index(("own", state, profile or ""), concepts)


def content_state(path: str | Path) -> str | None:
    """Return a digest that changes with the terms in a SQLite file, ``"empty"``, or ``None`` if unreadable.

    Of many concepts the history of changes is taken: its last batch with what that one stored.
    """
    try:
        connection = sqlite3.connect(os.path.expanduser(path), timeout=10)  # noqa: PTH111  # pathlib is slow to load
        try:
            return _state(connection)
        finally:
            connection.close()
    except sqlite3.Error:
        return None


def _state(connection: sqlite3.Connection) -> str:
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'tb_concept'").fetchone() is None:
        return _EMPTY
    some = connection.execute("SELECT count(*) FROM (SELECT 1 FROM tb_concept LIMIT ?)", (_SMALL + 1,)).fetchone()[0]
    if not some:
        return _EMPTY
    digest = new_digest()
    if some <= _SMALL:
        queries = ["SELECT position, data FROM tb_concept ORDER BY position, id"]
    else:
        queries = [
            "SELECT max(rowid) FROM tb_concept",
            "SELECT id, made_at, action, title FROM tb_batch ORDER BY id DESC LIMIT 50",
            f"SELECT max(position) {_LAST}",
            f"SELECT concept_id, after {_LAST} ORDER BY position LIMIT {_SAMPLE}",
            f"SELECT concept_id, after {_LAST} ORDER BY position DESC LIMIT {_SAMPLE}",
        ]
    for query in queries:
        for row in connection.execute(query):
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
