"""Large imports: keys cut by chunks, digests in memory, indexes put away and built again."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.text.normalize import normalize
from tm import store_bulk, store_intake, store_keys, store_postings, store_write
from tm.fuzzy.keys import compare_keys
from tm.fuzzy.postings import build_pure, unpack
from tm.fuzzy.score import similarity
from tm.model import InlineCode, Segment, TranslationUnit
from tm.store import TranslationMemory
from tm.store_bulk import DigestTable
from tm.store_intake import fault_of
from tm.store_keys import Cutter, joined
from tm.store_rows import COLUMNS, stored_form, stored_forms
from tm.store_write import segment_digest

CHUNKS = st.sampled_from(
    "Đại đội 3, (sẵn sàng) 5/2024/NĐ-CP 22-12-1944 on 22 December 1944 May 5 5th Oct. 2024 – … _ a_b don't "
    "MAY mayo 7h30 95,5% 20kg kỹ\u0301 \u0301 \u00a0 \x1c \u3000".split(" ")
)


TEXTS = st.one_of(
    st.text(alphabet="aẵK\u0301 71Mayt'’_-/.,:;!?\"#$%&()*+<=>@[\\]^`{|}~“…\x1c\t", max_size=40),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60),
    st.lists(CHUNKS, max_size=12).map(" ".join),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=40), st.sampled_from(["vi", "en", "fr"]))
def test_keys_by_chunks_are_the_keys(texts, lang):
    expected = [compare_keys(text, lang) for text in texts]
    many = texts * (1 + 20 // len(texts))  # few are not cut by chunks
    cutter = Cutter(lang)
    for _ in range(2):  # what is new, and what is remembered
        keys = cutter.keys(many)
        assert keys[: len(texts)] == [joined(own) for own in expected]
        assert cutter.digests(keys)[: len(texts)] == [segment_digest(lang, own) for own in expected]


def test_a_full_memory_of_chunks_forgets_what_is_old(monkeypatch):
    monkeypatch.setattr(store_keys, "_MOST_CHUNKS", 8)
    cutter = Cutter("vi")
    for text in ("một hai ba bốn", "năm sáu bảy", "tám chín mười", "một hai ba", "chín mười một hai ba bốn năm sáu"):
        assert cutter.keys([text] * 30) == [joined(compare_keys(text, "vi"))] * 30


ODD = st.text(alphabet="aĐô đ\n\u0301\u0300\u00a0\u200b\u00ad\u00d0\ud800\x00", max_size=6)
SIDES = st.tuples(ODD, ODD, ODD, ODD, st.sampled_from(["vi", "en"]), st.sampled_from(["en", "en", "vi"]))


def unit_of(source, target, previous, following, one, other):
    return TranslationUnit(
        source=Segment(one, source), target=Segment(other, target), previous=previous, next=following
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(SIDES, min_size=1, max_size=90))
def test_many_units_are_judged_at_once_as_one_by_one(sides):
    units = [unit_of(*side) for side in sides]
    assert stored_forms(units) == [stored_form(unit) for unit in units]
    for some in (units, units[:1], units[:2]):
        assert store_intake._faultless(some) == (not any(map(fault_of, some)))


@pytest.mark.parametrize("longest", [64, 1 << 18])
def test_digests_are_found_again_and_others_not(monkeypatch, longest):
    monkeypatch.setattr(store_bulk, "_LONGEST_RUN", longest)
    rng = random.Random(1)
    digests = [rng.randbytes(16) for _ in range(3000)]
    table, place = DigestTable(), 0
    for size in (1, 0, 700, 3, 1000, 50, 1246):
        table.add(digests[place : place + size], range(place + 1, place + size + 1))
        place += size
    assert table.find(digests) == list(range(1, 3001))
    assert table.find(digests[7:3000:500]) == list(range(8, 3001, 500))
    assert table.find([rng.randbytes(16) for _ in range(500)]) == []
    assert table.find([]) == []


def test_digests_of_one_beginning_are_all_found():
    digests = [b"same" + bytes([number]) * 12 for number in range(9)]
    table = DigestTable()
    table.add(digests[:6], range(1, 7))
    table.add(digests[6:], range(7, 10))
    table.add([b"other" * 3 + b"!"], [10])
    assert table.find([digests[3]]) == list(range(1, 10))
    assert table.find([*digests, b"another" + bytes(9)]) == list(range(1, 10))


def pair(number, text):
    return TranslationUnit(source=Segment("vi", text), target=Segment("en", f"target {number % 40}"))


def texts(count, seed):
    rng = random.Random(seed)
    words = "đơn vị sẵn sàng chiến đấu cao huấn luyện bộ đội dân quân xây dựng nền quốc phòng toàn".split()
    return [" ".join(rng.choices(words, k=rng.randint(1, 9))) for _ in range(count)]


def contents(path):
    with sqlite3.connect(path) as connection:
        names = ("tm_segment", "tm_token", "tm_posting")
        rows = [connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall() for name in names]
        units = connection.execute("SELECT id, source, target, source_segment, target_segment, digest FROM tm_unit")
        indexes = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name").fetchall()
        return [*rows, units.fetchall(), indexes]


@pytest.mark.parametrize("known", [0, 30])
def test_a_large_import_stores_what_a_small_one_does(tmp_path, monkeypatch, known):
    units = [pair(number, text) for number, text in enumerate(texts(600, 2))]
    monkeypatch.setattr("tm.store_intake._BATCH", 50)
    used = []
    for name, start in (("small.db", 10_000), ("large.db", 120)):
        monkeypatch.setattr(store_write, "BULK_FROM", start)
        original = store_bulk.Bulk.finish
        monkeypatch.setattr(store_bulk.Bulk, "finish", lambda self, o=original: (used.append(1), o(self))[1])
        with TranslationMemory.open(tmp_path / name) as memory:
            memory.import_units(units[:known])
            report = memory.import_units([*units, *units[:100]])
            assert report.read == 700
            assert report.created == len(memory) - known
            assert memory.import_units(units).unchanged == 600
        monkeypatch.undo()
        monkeypatch.setattr("tm.store_intake._BATCH", 50)
    assert used, "the large import did not put its indexes away"
    assert contents(tmp_path / "small.db") == contents(tmp_path / "large.db")


def test_numbers_of_other_digests_are_no_answer(tmp_path, monkeypatch):
    # A digest is sought by its beginning: here all begin alike, so that all that is stored is guessed.
    monkeypatch.setattr(store_write, "BULK_FROM", 20)
    monkeypatch.setattr("tm.store_intake._BATCH", 20)
    units = [pair(number, text) for number, text in enumerate(texts(150, 6))]
    with TranslationMemory.open(tmp_path / "plain.db") as memory:
        memory.import_units([*units, *units[:30]])
    beginnings = store_bulk._beginnings
    monkeypatch.setattr(store_bulk, "_beginnings", lambda digests: beginnings([bytes(16)] * len(digests)))
    with TranslationMemory.open(tmp_path / "alike.db") as memory:
        assert memory.import_units([*units, *units[:30]]).read == 180
    assert contents(tmp_path / "plain.db") == contents(tmp_path / "alike.db")


def test_a_broken_large_import_leaves_the_indexes(tmp_path, monkeypatch):
    monkeypatch.setattr(store_write, "BULK_FROM", 10)
    monkeypatch.setattr("tm.store_intake._BATCH", 10)

    def broken():
        yield from (pair(number, text) for number, text in enumerate(texts(100, 3)))
        raise ZeroDivisionError

    with TranslationMemory.open(tmp_path / "m.db") as memory:
        memory.add(pair(0, "một"))
    before = contents(tmp_path / "m.db")
    with TranslationMemory.open(tmp_path / "m.db") as memory, pytest.raises(ZeroDivisionError):
        memory.import_units(broken())
    assert contents(tmp_path / "m.db") == before


def test_postings_built_by_portions_find_everything(tmp_path, monkeypatch):
    monkeypatch.setattr(store_postings, "_MOST_ENTRIES", 70)
    monkeypatch.setattr(store_postings, "_READ", 50)
    monkeypatch.setattr("tm.spill._MOST_HELD", 100)
    with TranslationMemory.open(tmp_path / "m.db") as memory:
        memory.import_units(pair(number, text) for number, text in enumerate(texts(900, 4)))
        assert memory._database.rows("SELECT count(*) FROM tm_posting")[0][0] > 0
        stored = {compare_keys(unit.source.text, "vi") for unit in memory.units()}
        for query in texts(8, 5):
            own = compare_keys(query, "vi")
            expected = sorted(s for s in (similarity(own, keys) for keys in stored) if s >= 60)
            assert sorted(hit.similarity for hit in memory.alike(query, "vi", 60)) == expected


def test_posting_lists_written_by_ranges_are_those_made_of_one_segment_after_the_other(tmp_path, monkeypatch):
    monkeypatch.setattr(store_postings, "_MOST_ENTRIES", 90)
    monkeypatch.setattr(store_postings, "_READ", 70)
    with TranslationMemory.open(tmp_path / "m.db") as memory:
        memory.import_units(pair(number, text) for number, text in enumerate(texts(700, 8)))
        rows = memory._database.rows
        tokens = dict(rows("SELECT id, weight FROM tm_token"))
        weights = [tokens.get(number, 0) for number in range(max(tokens) + 1)]
        found = {}
        for element, length, segments, limits in rows("SELECT element, length, segments, limits FROM tm_posting"):
            assert sorted(limits, reverse=True) == list(limits)
            found.setdefault((element, length), []).extend(zip(unpack(segments), limits, strict=True))
        segments = rows("SELECT id, tokens FROM tm_segment")
        expected = {
            (p.element, p.length): list(zip(unpack(p.segments), p.limits, strict=True))
            for p in build_pure(segments, weights)
        }
        assert {key: sorted(entries) for key, entries in found.items()} == {
            key: sorted(entries) for key, entries in expected.items()
        }


def odd_units(count):
    """Runs of units alike and units of all kinds, texts in and out of storage form, some met again with news."""
    rng = random.Random(11)
    chunks = (
        'Hoà hòa sa\u0303\u0306n \u00a0 U.S. it\'s 5/2024/NĐ-CP May 5 2024, (x) "y" 20kg … ß a_b đội quân, tiến.'.split(
            " "
        )
    )
    units = []
    for number in range(count):
        vi, en = (" ".join(rng.choices(chunks, k=rng.randint(1, 9))) + " ." for _ in range(2))
        fields = {}
        if number % 150 > 80:  # the others are runs
            codes = (InlineCode(0, "ph", "<ph x='1'/>"),) if number % 9 == 0 else ()
            fields = {"author": rng.choice(["An", "O'Neil"]), "notes": (f"ghi '{number % 3}'",) * (number % 2)}
            fields |= {"previous": rng.choice(chunks), "confidence": rng.choice([None, 0.5]), "position": number}
            units.append(
                TranslationUnit(source=Segment("vi", f"a {vi}", codes), target=Segment("en", f"b {en}"), **fields)
            )
        else:
            units.append(
                TranslationUnit(source=Segment("en", f"a {en}"), target=Segment("vi", f"b {vi}"), document="it's")
            )
    return units + [replace(unit, author="Mới", changed="2026-03-03T00:00:00Z") for unit in units[::7]]


def stored(path):
    columns = ", ".join(f"u.{name}" for name in COLUMNS if not name.endswith("_segment"))
    sql = (
        f"SELECT {columns}, a.digest, a.lang, a.length, b.digest, b.lang, b.length FROM tm_unit u "
        "JOIN tm_segment a ON a.id = u.source_segment JOIN tm_segment b ON b.id = u.target_segment ORDER BY u.id"
    )
    with sqlite3.connect(path) as connection:
        words = dict(connection.execute("SELECT id, text FROM tm_token"))
        segments = connection.execute("SELECT digest, lang, length, tokens FROM tm_segment").fetchall()
        keys = {row[:3]: [words[token] for token in unpack(row[3])] for row in segments}
        return connection.execute(sql).fetchall(), keys


def test_an_import_stores_what_adding_one_by_one_does(tmp_path, monkeypatch):
    monkeypatch.setattr(store_write, "now", lambda: "2026-11-22T00:00:00Z")
    monkeypatch.setattr(store_write, "BULK_FROM", 150)
    monkeypatch.setattr("tm.store_intake._BATCH", 150)
    units = odd_units(600)
    with TranslationMemory.open(tmp_path / "one.db") as memory:
        for unit in units:
            memory.add(unit)
    with TranslationMemory.open(tmp_path / "all.db") as memory:
        report = memory.import_units(units)
    assert report.created + report.merged + report.unchanged == len(units)
    assert report.merged > 50
    rows, keys = stored(tmp_path / "all.db")
    assert (rows, keys) == stored(tmp_path / "one.db")
    for (digest, lang, length), words in keys.items():
        assert (digest, length) == (segment_digest(lang, words), len(words))
    texts = {compare_keys(normalize(side.text), side.lang) for unit in units for side in (unit.source, unit.target)}
    assert {tuple(words) for words in keys.values()} == texts
