"""The tables of a translation memory, one schema for SQLite and PostgreSQL, and its versions.

The tables begin with ``tm_``, for the user's own terms may stand in the same database.

``tm_memory``   named memories, each with the penalty its matches get
``tm_unit``     pairs of texts with all that is known of them; ``digest`` is the identity of a unit
``tm_segment``  the distinct token sequences of each language; what the fuzzy search compares
``tm_token``    the vocabulary; ``weight`` is the frequency that orders prefixes, frozen between rebuilds
``tm_posting``  which segments hold an element (token and occurrence) in their prefix, packed
``tm_batch``    changes that can be undone: imports, additions, deletions, moves; the units that each made
``tm_trash``    units as they were before a change altered or deleted them
``tm_meta``     schema version, key signature, and the counters that give out ids
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

from tm.store_rows import SCHEMA_VERSION

VERSION = SCHEMA_VERSION
"""Version of the schema; :mod:`tm.store_open` refuses a newer one."""

metadata = MetaData()

_id = BigInteger().with_variant(Integer, "sqlite")

meta = Table(
    "tm_meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

memory = Table(
    "tm_memory",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("penalty", SmallInteger, nullable=False, default=0),
)

segment = Table(
    "tm_segment",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=False),
    Column("lang", String, nullable=False),
    Column("length", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("tokens", LargeBinary, nullable=False),
)
Index("tm_segment_digest", segment.c.digest, unique=True)
Index("tm_segment_length", segment.c.lang, segment.c.length)

unit = Table(
    "tm_unit",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=False),
    Column("memory_id", Integer, ForeignKey("tm_memory.id"), nullable=False),
    Column("source_lang", String, nullable=False),
    Column("target_lang", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("source_segment", _id, ForeignKey("tm_segment.id"), nullable=False),
    Column("target_segment", _id, ForeignKey("tm_segment.id"), nullable=False),
    Column("source_codes", Text, nullable=False, default=""),
    Column("target_codes", Text, nullable=False, default=""),
    Column("document", Text, nullable=False, default=""),
    Column("position", Integer),
    Column("previous", Text, nullable=False, default=""),
    Column("next", Text, nullable=False, default=""),
    Column("author", Text, nullable=False, default=""),
    Column("created", String, nullable=False, default=""),
    Column("changed", String, nullable=False, default=""),
    Column("origin", Text, nullable=False, default=""),
    Column("provenance", String, nullable=False),
    Column("status", String, nullable=False),
    Column("confidence", String, nullable=False, default=""),
    Column("notes", Text, nullable=False, default=""),
    Column("properties", Text, nullable=False, default=""),
    Column("digest", LargeBinary, nullable=False),
    Column("state", LargeBinary, nullable=False),
)
Index("tm_unit_digest", unit.c.digest, unique=True)
Index("tm_unit_source", unit.c.source_segment)
Index("tm_unit_target", unit.c.target_segment)

token = Table(
    "tm_token",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=False),
    Column("lang", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("weight", Integer, nullable=False, default=0),
)
Index("tm_token_text", token.c.lang, token.c.text, unique=True)

posting = Table(
    "tm_posting",
    metadata,
    Column("element", BigInteger, primary_key=True, autoincrement=False),
    Column("length", Integer, primary_key=True, autoincrement=False),
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("segments", LargeBinary, nullable=False),
    Column("limits", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

batch = Table(
    "tm_batch",
    metadata,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("made", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("first_unit", BigInteger, nullable=False),
    Column("last_unit", BigInteger, nullable=False),
    Column("last_memory", Integer, nullable=False),
)

trash = Table(
    "tm_trash",
    metadata,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("unit_id", _id, primary_key=True, autoincrement=False),
    Column("deleted", String, nullable=False),
    Column("data", Text, nullable=False),
)
