"""From an older schema to today's, one version after the other, in the transaction of the caller.

Version 1  memories, units, segments, tokens, posting lists, and a trash for deletions
Version 2  ``tm_batch``: imports and moves can be undone as deletions can
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tm.store_rows import SCHEMA_VERSION
from tm.store_write import Statements


def _journal_of_changes(statements: Statements) -> None:
    statements.run(
        "CREATE TABLE tm_batch (batch INTEGER NOT NULL PRIMARY KEY, kind VARCHAR NOT NULL, made VARCHAR NOT NULL, "
        "note TEXT NOT NULL, first_unit BIGINT NOT NULL, last_unit BIGINT NOT NULL, last_memory INTEGER NOT NULL)"
    )
    statements.run(
        "INSERT INTO tm_batch (batch, kind, made, note, first_unit, last_unit, last_memory) "
        "SELECT batch, 'delete', min(deleted), '', 0, -1, (SELECT coalesce(max(id), 0) FROM tm_memory) "
        "FROM tm_trash GROUP BY batch"
    )


MIGRATIONS: Mapping[int, Callable[[Statements], None]] = MappingProxyType({1: _journal_of_changes})
"""What leads from each version to the next."""


def migrate(statements: Statements, migrations: Mapping[int, Callable[[Statements], None]] = MIGRATIONS) -> None:
    """Bring the tables up to date; another process may have done so meanwhile."""
    found = int(statements.rows("SELECT value FROM tm_meta WHERE name = ?", ("schema",))[0][0])
    for version in range(found, SCHEMA_VERSION):
        migrations[version](statements)
    statements.run("UPDATE tm_meta SET value = ? WHERE name = ?", (str(max(found, SCHEMA_VERSION)), "schema"))
