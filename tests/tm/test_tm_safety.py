"""What must hold when things go wrong: a killed writer, several writers, a full disk, odd users' strings."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from termbase.errors import StorageError
from tm.model import Segment, TranslationUnit
from tm.options import SearchOptions, UnitFilter
from tm.store import TranslationMemory

ROOT = Path(__file__).resolve().parents[2]


def pair(vi, en="x", **fields):
    return TranslationUnit(source=Segment("vi", vi), target=Segment("en", en), **fields)


def start(code, *arguments, stdin=None):
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom tm.store import TranslationMemory\n" + code
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


ADDER = """
from tm.model import Segment, TranslationUnit
with TranslationMemory.open(sys.argv[1]) as memory:
    for i in range(100_000):
        memory.add(TranslationUnit(source=Segment("vi", f"câu số {i} của người viết"), target=Segment("en", f"t{i}")))
        print(i, flush=True)
"""

IMPORTER = """
import tm.store, tm.store_bulk
from tm.model import Segment, TranslationUnit
moment = sys.argv[2]
def wait():
    print("here", flush=True)
    sys.stdin.read()  # to be killed in
def then_wait(function):
    def wrapped(*arguments, **named):
        function(*arguments, **named)
        wait()
    return wrapped
def units():
    for i in range(9_000):
        if moment == "rows" and i == 8_000:
            wait()
        yield TranslationUnit(source=Segment("vi", f"dòng {i} chữ a{i % 97}"), target=Segment("en", f"t{i}"))
if moment == "indexes":
    tm.store_bulk.Bulk.finish = then_wait(tm.store_bulk.Bulk.finish)
if moment == "lists":
    tm.store.post = then_wait(tm.store.post)
with TranslationMemory.open(sys.argv[1]) as memory:
    memory.import_units(units())
print("done", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_writer_loses_nothing_it_reported(place):
    TranslationMemory.open(place).close()
    for _ in range(3):
        process = start(ADDER, place)
        done = -1
        for line in process.stdout:
            done = int(line)
            if done >= 25:
                process.send_signal(signal.SIGKILL)
                break
        rest = [int(line) for line in process.stdout.read().split()]
        process.wait()
        process.stdout.close()
        last = max([done, *rest])
        with TranslationMemory.open(place) as memory:
            texts = {unit.target.text for unit in memory.units()}
            assert {f"t{i}" for i in range(last + 1)} <= texts
            assert memory.search(f"câu số {last} của người viết")[0].score == 100


# When batches are written and more are read, and when all is written but not committed.
@pytest.mark.parametrize("moment", ["rows", "lists"])
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_import_leaves_the_old_state(place, moment):
    assert_killed_import_leaves_the_old_state(place, moment)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_an_import_killed_while_its_indexes_are_built_leaves_the_old_state(tmp_path):
    assert_killed_import_leaves_the_old_state(str(tmp_path / "m.db"), "indexes")


def assert_killed_import_leaves_the_old_state(place, moment):
    with TranslationMemory.open(place) as memory:
        memory.add(pair("Giữ chốt."))
        before, changes = indexes(memory), memory.changes()
    process = start(IMPORTER, place, moment, stdin=subprocess.PIPE)
    assert process.stdout.readline() == "here\n"  # it waits there, in the middle of its transaction
    with TranslationMemory.open(place) as memory:  # and others read on meanwhile
        assert [unit.source.text for unit in memory.units()] == ["Giữ chốt."]
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    process.stdin.close()
    process.stdout.close()
    with TranslationMemory.open(place) as memory:
        assert [unit.source.text for unit in memory.units()] == ["Giữ chốt."]
        assert indexes(memory) == before
        assert memory.changes() == changes
        memory.add(pair("Tiến lên."))
        assert len(memory) == 2
        assert memory.search("Tiến lên.")[0].score == 100


def indexes(memory):
    if not memory._database.sqlite:
        return []
    assert memory._database.rows("PRAGMA integrity_check") == [("ok",)]
    return memory._database.rows("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name")


WRITER = """
from tm.model import Segment, TranslationUnit
own, shared = sys.argv[2], int(sys.argv[3])
with TranslationMemory.open(sys.argv[1]) as memory:
    for start in range(0, 300, 50):
        memory.import_units(
            TranslationUnit(source=Segment("vi", f"{who} câu {i}"), target=Segment("en", "x"))
            for i in range(start, start + 50) for who in (own, "chung")
        )
"""

READER = """
import time
with TranslationMemory.open(sys.argv[1]) as memory:
    if sys.argv[2] == "arrays":
        memory.load()
    seen, end = 0, time.monotonic() + 60
    while seen < 900 and time.monotonic() < end:
        count = len(memory)
        assert count >= seen, (count, seen)
        seen = count
        found = memory.search("chung câu 7", min_score=50, limit=None)
        assert len({m.unit.id for m in found}) == len(found)
print(seen)
"""


def test_writers_and_readers_at_once_lose_and_double_nothing(place):
    TranslationMemory.open(place).close()
    readers = [start(READER, place, kind) for kind in ("database", "arrays")]
    writers = [start(WRITER, place, name, "1") for name in ("một", "hai")]
    assert [(process.communicate(timeout=120)[0], process.returncode) for process in writers] == [("", 0)] * 2
    outputs = [(process.communicate(timeout=120)[0].strip(), process.returncode) for process in readers]
    assert outputs == [("900", 0), ("900", 0)]
    with TranslationMemory.open(place) as memory:
        texts = [unit.source.text for unit in memory.units()]
        assert len(texts) == len(set(texts)) == 900
        everything = {m.source.text for m in memory.search("chung câu 7", min_score=50, limit=None)}
        memory.load()
        assert {m.source.text for m in memory.search("chung câu 7", min_score=50, limit=None)} == everything


def test_a_loaded_index_finds_what_others_add(place):
    with TranslationMemory.open(place) as reader:
        reader.add(pair("Giữ chốt.", "Hold."))
        reader.load()
        with TranslationMemory.open(place) as writer:
            writer.add(pair("Giữ chốt nhé.", "Hold it."))
            writer.delete(UnitFilter(contains="Hold."))
        assert [(m.score, m.target.text) for m in reader.search("Giữ chốt.", min_score=60)] == [(66, "Hold it.")]


def test_a_full_disk_leaves_the_old_data_whole(tmp_path):
    path = tmp_path / "m.db"
    with TranslationMemory.open(path) as memory:
        memory.import_units(pair(f"câu {i}") for i in range(50))
    with TranslationMemory.open(path) as memory:
        pages = memory._database.rows("PRAGMA page_count")[0][0]
        from tm import store_engine

        original = store_engine._connect

        def small(name):
            connection = original(name)
            connection.execute(f"PRAGMA max_page_count = {pages + 2}")
            return connection

        store_engine._connect = small
        try:
            with pytest.raises(StorageError, match="disk is full; nothing was changed"):
                memory.import_units(pair(f"dòng rất dài {i} " * 40) for i in range(200))
        finally:
            store_engine._connect = original
    with TranslationMemory.open(path) as memory:
        assert len(memory) == 50
        assert memory.search("câu 7")[0].score == 100


FILLER = """
import resource, signal
from tm.model import Segment, TranslationUnit
from termbase.errors import StorageError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
units = (TranslationUnit(source=Segment("vi", f"câu rất dài {i} " * 20), target=Segment("en", f"t{i}")) for i in range(30_000))
try:
    with TranslationMemory.open(sys.argv[1]) as memory:
        memory.import_units(units)
except StorageError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of files are set as on Linux")
@pytest.mark.parametrize("room", [200_000, 3_000_000, 15_000_000])
def test_a_file_that_cannot_grow_leaves_the_old_data_whole(tmp_path, room):
    """The system itself refuses to write on, early in an import, in its middle, and when indexes are built."""
    path = tmp_path / "m.db"
    with TranslationMemory.open(path) as memory:
        memory.import_units(pair(f"câu {i}") for i in range(500))
        before = indexes(memory)
    process = start(FILLER, str(path), str(path.stat().st_size + room))
    output = process.communicate(timeout=120)[0]
    assert process.returncode == 0
    assert output.startswith(f"{path}: ")
    assert output.count("\n") == 1
    with TranslationMemory.open(path) as memory:
        assert len(memory) == 500
        assert indexes(memory) == before
        assert memory.search("câu 7")[0].score == 100
        memory.import_units([pair("còn chỗ")])
        assert len(memory) == 501


def command(database, *arguments, limit=None):
    """Run the command line, with files that cannot grow beyond the ``limit``."""

    def restrict():
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "--db", str(database), "tm", *arguments],
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        preexec_fn=restrict if limit else None,
    )


def full_then_room(database, many, limit=None, make_room=lambda: None):
    """Import where there is no room, and again where there is."""
    few = many.with_name("few.tsv")
    few.write_text("Giữ chốt.\tHold.\nTiến lên.\tForward.\n", encoding="utf-8")
    assert command(database, "import", str(few)).returncode == 0
    with TranslationMemory.open(database) as memory:
        before = indexes(memory), memory.changes(), list(memory.units())
    done = command(database, "import", str(many), limit=limit)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith(f"songngu: {database}: ")
    assert done.stderr.count("\n") == 1
    with TranslationMemory.open(database) as memory:
        assert (indexes(memory), memory.changes(), list(memory.units())) == before
        assert memory.search("Giữ chốt.")[0].score == 100
    make_room()
    done = command(database, "import", str(many))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("8000 read, 8000 created")
    with TranslationMemory.open(database) as memory:
        assert len(memory) == 8_002
        assert indexes(memory) == before[0]
        assert memory.search("câu rất dài 7 a7")[0].score == 100


@pytest.fixture
def many(tmp_path):
    path = tmp_path / "many.tsv"
    lines = [f"câu rất dài {i} a{i}\tt{i} of them\n" for i in range(8_000)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="limits of files are set as on Linux")
def test_after_a_file_could_not_grow_the_import_goes_through_where_it_can(tmp_path, many):
    full_then_room(tmp_path / "m.db", many, limit=1_000_000)


@pytest.fixture
def small_disk(tmp_path):
    """Yield a folder on a file system of 3 MiB, and a function that makes it larger."""
    folder = tmp_path / "small"
    folder.mkdir()

    def mount(options):
        place = ["tmpfs", str(folder)]
        return subprocess.run(["mount", "-t", "tmpfs", "-o", options, *place], capture_output=True, check=False)

    if sys.platform != "linux" or not shutil.which("mount") or os.geteuid() != 0 or mount("size=3m").returncode:
        pytest.skip("only the administrator can mount a small file system")
    try:
        yield folder, lambda: mount("remount,size=64m")
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_after_a_disk_was_full_the_import_goes_through_where_there_is_room(small_disk, many):
    folder, make_room = small_disk
    full_then_room(folder / "m.db", many, make_room=make_room)
    with TranslationMemory.open(folder / "m.db") as memory:
        assert memory.undo_change()[1] == 8_000
        assert len(memory) == 2


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="rights do not bind this user"
)
def test_a_read_only_file_is_one_line(tmp_path):
    TranslationMemory.open(tmp_path / "m.db").close()
    (tmp_path / "m.db").chmod(0o444)
    with TranslationMemory.open(tmp_path / "m.db") as memory, pytest.raises(StorageError, match="read-only"):
        memory.add(pair("a"))


def test_a_locked_database_says_so(tmp_path, monkeypatch):
    from tm import store_engine

    monkeypatch.setattr(store_engine, "BUSY_SECONDS", 0.1)
    with TranslationMemory.open(tmp_path / "m.db") as memory:
        blocker = sqlite3.connect(tmp_path / "m.db", isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(StorageError, match="locked by another program"):
            memory.add(pair("a"))
        assert time.monotonic() - began < 5
        blocker.execute("ROLLBACK")
        memory.add(pair("a"))


ODD = [
    "'; DROP TABLE tm_unit; --",
    "%",
    "_",
    'a"b',
    "NEAR(a b)",
    "*",
    "{}",
    "?",
    "%s %(x)s",
    ":name",
    "\\",
    "\u200b\ufeff",
    "😀" * 50,
    "e\u0301" * 20,
    "\t\n",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_strings_are_only_text(place, text):
    with TranslationMemory.open(place) as memory:
        memory.add(pair("Giữ chốt.", "Hold."))
        memory.search(text, min_score=50)
        memory.search(
            text, lang="en", min_score=50, options=SearchOptions(previous=text, filter=UnitFilter(contains=text))
        )
        memory.concordance(text, marks=False)
        if text.strip() and any(c.isprintable() and not c.isspace() for c in text):
            memory.add(pair(text, text + "x", document=text, author=text, notes=(text,)))
            assert memory.search(text)[0].score == 100
            assert memory.delete(UnitFilter(documents=(text,))) == 1
        assert len(memory) == 1


def test_very_long_segments_are_found(place):
    long = " ".join(f"từ{i}" for i in range(2500))
    with TranslationMemory.open(place) as memory:
        memory.import_units([pair(long, "long"), *[pair(f"câu {i} a") for i in range(600)]])
        query = long.replace("từ7 ", "khác ")
        assert [(m.target.text, m.similarity) for m in memory.search(query)] == [("long", 99)]
        memory.load()
        assert [(m.target.text, m.similarity) for m in memory.search(query)] == [("long", 99)]
