"""Making a database ready: new tables, versions, and keys that have changed."""

from __future__ import annotations

from termbase.errors import StorageError
from tm.store_engine import Database
from tm.store_rows import SCHEMA_VERSION
from tm.store_write import Statements


def prepare(database: Database, signature: str) -> None:
    """Create the tables of a new database; refuse a newer one; index anew what other keys were made by.

    Raises :class:`~termbase.errors.StorageError`.
    """
    known = _meta(database)
    if "schema" not in known:
        from tm import schema

        with database.write() as connection:
            if "schema" not in _meta(database):
                schema.create(connection, signature)
        return
    if int(known["schema"]) > SCHEMA_VERSION:
        raise StorageError(
            f"{database.place}: the memory has schema {known['schema']}, this songngu knows {SCHEMA_VERSION}; "
            "install a newer songngu"
        )
    if known.get("signature") != signature:
        from tm.store_rekey import rekey

        with database.write() as connection:
            rekey(Statements(connection, sqlite=database.sqlite), signature)


def _meta(database: Database) -> dict[str, str]:
    """Return what the database says of itself, nothing where it has no memory yet."""
    exists = (
        "SELECT 1 FROM sqlite_master WHERE name = 'tm_meta'"
        if database.sqlite
        else "SELECT 1 WHERE to_regclass('tm_meta') IS NOT NULL"
    )
    if not database.rows(exists):
        return {}
    return dict(database.rows("SELECT name, value FROM tm_meta"))
