"""The statements by which :mod:`tm.schema` makes its tables in SQLite, written out.

A new file must not wait for SQLAlchemy, nor an import keep it in memory. A test holds both to be the same; it
prints what must stand here when the schema has changed.
"""

from __future__ import annotations

_SCRIPT = """
CREATE TABLE tm_batch ( batch INTEGER NOT NULL, kind VARCHAR NOT NULL, made VARCHAR NOT NULL, note TEXT NOT NULL,
    first_unit BIGINT NOT NULL, last_unit BIGINT NOT NULL, last_memory INTEGER NOT NULL, PRIMARY KEY (batch) );
CREATE TABLE tm_memory ( id INTEGER NOT NULL, name VARCHAR NOT NULL, penalty SMALLINT NOT NULL, PRIMARY KEY (id),
    UNIQUE (name) );
CREATE TABLE tm_meta ( name VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (name) );
CREATE TABLE tm_posting ( element BIGINT NOT NULL, length INTEGER NOT NULL, block BIGINT NOT NULL, segments BLOB NOT
    NULL, limits BLOB NOT NULL, PRIMARY KEY (element, length, block) ) WITHOUT ROWID;
CREATE TABLE tm_segment ( id INTEGER NOT NULL, lang VARCHAR NOT NULL, length INTEGER NOT NULL, digest BLOB NOT NULL,
    tokens BLOB NOT NULL, PRIMARY KEY (id) );
CREATE UNIQUE INDEX tm_segment_digest ON tm_segment (digest);
CREATE INDEX tm_segment_length ON tm_segment (lang, length);
CREATE TABLE tm_token ( id INTEGER NOT NULL, lang VARCHAR NOT NULL, text TEXT NOT NULL, weight INTEGER NOT NULL,
    PRIMARY KEY (id) );
CREATE UNIQUE INDEX tm_token_text ON tm_token (lang, text);
CREATE TABLE tm_trash ( batch INTEGER NOT NULL, unit_id INTEGER NOT NULL, deleted VARCHAR NOT NULL, data TEXT NOT
    NULL, PRIMARY KEY (batch, unit_id) );
CREATE TABLE tm_unit ( id INTEGER NOT NULL, memory_id INTEGER NOT NULL, source_lang VARCHAR NOT NULL, target_lang
    VARCHAR NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, source_segment INTEGER NOT NULL, target_segment
    INTEGER NOT NULL, source_codes TEXT NOT NULL, target_codes TEXT NOT NULL, document TEXT NOT NULL, position
    INTEGER, previous TEXT NOT NULL, next TEXT NOT NULL, author TEXT NOT NULL, created VARCHAR NOT NULL, changed
    VARCHAR NOT NULL, origin TEXT NOT NULL, provenance VARCHAR NOT NULL, status VARCHAR NOT NULL, confidence VARCHAR
    NOT NULL, notes TEXT NOT NULL, properties TEXT NOT NULL, digest BLOB NOT NULL, state BLOB NOT NULL, PRIMARY KEY
    (id), FOREIGN KEY(memory_id) REFERENCES tm_memory (id), FOREIGN KEY(source_segment) REFERENCES tm_segment (id),
    FOREIGN KEY(target_segment) REFERENCES tm_segment (id) );
CREATE UNIQUE INDEX tm_unit_digest ON tm_unit (digest);
CREATE INDEX tm_unit_source ON tm_unit (source_segment);
CREATE INDEX tm_unit_target ON tm_unit (target_segment);
"""

SQLITE = tuple([" ".join(statement.split()) for statement in _SCRIPT.split(";") if statement.strip()])
"""One statement for each table and index."""
