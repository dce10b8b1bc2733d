"""Indexing anew: when the keys of songngu have changed, all segments are cut into tokens again."""

from __future__ import annotations

from tm.store_index import rebuild
from tm.store_journal import drop_unused
from tm.store_write import Statements, UnitWriter

_PART = 5000


def rekey(statements: Statements, signature: str) -> None:
    """Cut all units into tokens again and build all lists, within the caller's transaction."""
    statements.run("DELETE FROM tm_posting")
    statements.run("DELETE FROM tm_meta WHERE name = ?", ("indexed",))
    writer = UnitWriter(statements)
    last = 0
    sql = "SELECT id, source_lang, source, target_lang, target FROM tm_unit WHERE id > ? ORDER BY id LIMIT ?"
    while units := statements.rows(sql, (last, _PART)):
        last = units[-1][0]
        segments = writer.segments([side for unit in units for side in (unit[1:3], unit[3:5])])
        pairs = [(segments[2 * i], segments[2 * i + 1], unit[0]) for i, unit in enumerate(units)]
        statements.run_many("UPDATE tm_unit SET source_segment = ?, target_segment = ? WHERE id = ?", pairs)
    writer.finish()
    drop_unused(statements)
    rebuild(statements, writer.last["segment"])
    statements.run("UPDATE tm_meta SET value = ? WHERE name = ?", (signature, "signature"))
