"""Making a database ready: new tables, versions, and keys that have changed."""

from __future__ import annotations

from typing import Any

from termbase.errors import StorageError
from tm.store_engine import Database
from tm.store_rows import COUNTERS, SCHEMA_VERSION
from tm.store_write import Statements


def prepare(database: Database, signature: str) -> None:
    """Create the tables of a new database; bring an older one up to date; refuse a newer one.

    What other keys were made by is indexed anew.

    Raises :class:`~termbase.errors.StorageError`.
    """
    known = _meta(database)
    if "schema" not in known:
        with database.write() as connection:
            if "schema" not in _meta(database):
                _create(database, connection, signature)
        return
    version = known["schema"]
    if not version.isdecimal() or int(version) > SCHEMA_VERSION:
        raise StorageError(
            f"{database.place}: the memory has schema {version}, this songngu knows {SCHEMA_VERSION}; "
            "install a newer songngu"
        )
    if int(version) < SCHEMA_VERSION:
        from tm.store_migrate import migrate

        with database.write() as connection:
            migrate(Statements(connection, sqlite=database.sqlite))
    if known.get("signature") != signature:
        from tm.store_rekey import rekey

        with database.write() as connection:
            rekey(Statements(connection, sqlite=database.sqlite), signature)


def _create(database: Database, connection: Any, signature: str) -> None:
    """Create the tables, within the caller's transaction."""
    statements = Statements(connection, sqlite=database.sqlite)
    if database.sqlite:
        from tm.store_tables import SQLITE

        for sql in SQLITE:
            statements.run(sql)
    else:
        from tm.schema import metadata

        metadata.create_all(connection)
    rows = {"schema": str(SCHEMA_VERSION), "signature": signature} | {f"last_{name}": "0" for name in COUNTERS}
    statements.insert("tm_meta", ("name", "value"), list(rows.items()))


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
