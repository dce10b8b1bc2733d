"""Tables of the user's own terms, for SQLite and PostgreSQL, and how older ones are brought up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

from termbase.errors import StorageError

VERSION = 1
"""The version of the tables that this release reads and writes."""

MIGRATIONS: Mapping[int, Sequence[str]] = {}
"""SQL statements that lead from a version to the next, by the older version."""

metadata = MetaData()

meta = Table(
    "tb_meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

concept = Table(
    "tb_concept",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("data", Text, nullable=False),
)

term = Table(
    "tb_term",
    metadata,
    Column("concept_id", String, ForeignKey("tb_concept.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("lang", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("status", String, nullable=False),
)
Index("tb_term_key", term.c.lang, term.c.key)

batch = Table(
    "tb_batch",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("made_at", String, nullable=False),
    Column("action", String, nullable=False),
    Column("title", Text, nullable=False),
)

change = Table(
    "tb_change",
    metadata,
    Column("batch_id", Integer, ForeignKey("tb_batch.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("concept_id", String, nullable=False),
    Column("concept_position", Integer, nullable=False),
    Column("before", Text),
    Column("after", Text),
)


def prepare(connection: Connection) -> None:
    """Create the tables, or bring older ones up to date, inside the connection's transaction.

    Raises :class:`StorageError` when the tables were made by a newer release.
    """
    if not inspect(connection).has_table(meta.name):
        metadata.create_all(connection)
        connection.execute(insert(meta).values(key="version", value=str(VERSION)))
        return
    found = int(connection.execute(select(meta.c.value).where(meta.c.key == "version")).scalar_one())
    if found > VERSION:
        raise StorageError(
            f"the database has term tables of version {found}, this songngu knows {VERSION}; install a newer songngu"
        )
    for version in range(found, VERSION):
        for statement in MIGRATIONS[version]:
            connection.execute(text(statement))
    if found < VERSION:
        connection.execute(update(meta).where(meta.c.key == "version").values(value=str(VERSION)))
