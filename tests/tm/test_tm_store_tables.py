"""The tables of a new SQLite file: those of the schema, made without SQLAlchemy."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

import cli
from tm import schema
from tm.store import TranslationMemory
from tm.store_tables import SQLITE


def test_the_statements_written_out_are_those_of_the_schema():
    dialect = sqlite.dialect()
    made = []
    for table in schema.metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: index.name)
        made += [CreateTable(table), *map(CreateIndex, indexes)]
    expected = [" ".join(str(element.compile(dialect=dialect)).split()) for element in made]
    assert list(SQLITE) == expected, "\n".join(expected)


def test_a_new_file_has_the_tables_that_the_schema_makes(tmp_path):
    TranslationMemory.open(tmp_path / "ours.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'theirs.db'}")
    schema.metadata.create_all(engine)
    engine.dispose()
    ours, theirs = (described(tmp_path / name) for name in ("ours.db", "theirs.db"))
    assert ours == theirs
    assert len(ours) > 12


def described(path):
    """Return the columns, indexes and foreign keys of all tables, as SQLite tells them."""
    with sqlite3.connect(path) as connection:
        names = connection.execute("SELECT type, name FROM sqlite_master ORDER BY 1, 2").fetchall()
        asked = ("table_xinfo", "index_xinfo", "foreign_key_list")
        told = {name: [connection.execute(f"PRAGMA {one}({name})").fetchall() for one in asked] for _, name in names}
        for _, name in names:  # numbered by when they were made
            told[name].append(sorted(row[1:] for row in connection.execute(f"PRAGMA index_list({name})")))
    return {(kind, name): told[name] for kind, name in names}


def test_an_import_into_a_file_does_without_sqlalchemy(tmp_path):
    (tmp_path / "pairs.tsv").write_text("Giữ chốt.\tHold the post.\n", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(Path(cli.__file__).parent)!r})\n"
        "sys.argv = ['songngu', '--db', 'm.db', 'tm', 'import', 'pairs.tsv']\nimport cli\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        "print('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.splitlines() == ["1 read, 1 created, 0 merged, 0 unchanged, 0 skipped", "False"]
