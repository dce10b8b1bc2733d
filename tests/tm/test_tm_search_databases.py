"""SQLite and PostgreSQL give the same answers, field by field, whatever is asked and whatever was done before."""

from __future__ import annotations

import random
from dataclasses import fields

import pytest

from tm import store_search
from tm.model import InlineCode, Provenance, Segment, TranslationUnit, UnitStatus
from tm.options import SearchOptions, UnitFilter
from tm.store import TranslationMemory

pytestmark = pytest.mark.outside

SUBJECTS = "Đại đội|Tiểu đoàn|Trung đoàn|Lữ đoàn|Trạm ra-đa|Kho đạn|Bệnh xá".split("|")
ACTS = "hành quân đêm|giữ vững trận địa|hoàn thành nhiệm vụ|kiểm tra vũ khí|sơ tán dân|làm công tác dân vận".split("|")
PLACES = (
    "tại Hà Giang|ở phía bắc đèo|trong vườn quốc gia|bên bờ sông Mã|ngày 3/5/2024|lúc 17 giờ 30|với 1.250 người".split(
        "|"
    )
)
ENGLISH = (
    "The company marches at night.|Hold the position.|The task is done.|Check the arms.|Move the people out.".split("|")
)


def mixed_units(rng, count):
    """Units of all kinds: both directions, several memories, hands and states, codes, neighbours, numbers, dates."""
    units = []
    for number in range(count):
        vi = f"{rng.choice(SUBJECTS)} {rng.randint(1, 30)} {rng.choice(ACTS)} {rng.choice(PLACES)}."
        if rng.random() < 0.15:
            vi = rng.choice(
                ["chốt", "Chốt", "chót", "Giữ chốt!", "quí", "quý", "“Sẵn sàng”", "hoà bình", "hòa bình", "12 km"]
            )
        if rng.random() < 0.1:
            vi = vi.upper() if rng.random() < 0.5 else f"  {vi}  "
        codes = (InlineCode(0, "bpt", '<bpt i="1">&lt;b&gt;</bpt>'),) if rng.random() < 0.2 else ()
        sides = Segment("vi", vi, codes), Segment("en", f"{rng.choice(ENGLISH)} {rng.randint(1, 9)}")
        source, target = sides if rng.random() < 0.7 else sides[::-1]
        before, after = (f"{rng.choice(ACTS)}." if rng.random() < 0.4 else "" for _ in range(2))
        day = f"2025-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}T00:00:00Z"
        units.append(
            TranslationUnit(
                source=source,
                target=target,
                memory=rng.choice(["main", "kho cũ", "m'áy"]),
                document=rng.choice(["", "a.txt", "b.txt"]),
                position=rng.choice([None, number]),
                previous=before,
                next=after,
                author=rng.choice(["", "An", "Bình"]),
                created=day,
                changed=rng.choice(["", day, "2026-02-03T04:05:06Z"]),
                origin=rng.choice(["", "a.tmx"]),
                provenance=rng.choice(list(Provenance)),
                status=rng.choice(list(UnitStatus)),
                confidence=rng.choice([None, 0.5, 0.875]),
                notes=rng.choice([(), ("một", "hai")]),
                properties=rng.choice([(), (("x", "y"),)]),
            )
        )
    return units


def asked(rng, units):
    """A query with its language: a stored text, as it is, edited, cut or joined."""
    side = rng.choice([rng.choice(units).source, rng.choice(units).target])
    words = side.text.split()
    kind = rng.random()
    if kind < 0.4:
        for _ in range(rng.randint(1, 2)):
            words[rng.randrange(len(words))] = rng.choice([*ACTS[0].split(), "7", "15", "mới"])
    elif kind < 0.6:
        words = words[: rng.randint(1, len(words))] + rng.choice(units).source.text.split()[-2:]
    return " ".join(words), side.lang


def wishes(rng):
    """Options of a search of every kind."""
    return rng.choice(
        [
            None,
            None,
            SearchOptions(previous=f"{rng.choice(ACTS)}.", next=f"{rng.choice(ACTS)}."),
            SearchOptions(codes=(InlineCode(0, "bpt", "<bpt/>"),)),
            SearchOptions(memory_penalties=(("main", 3),), repair=False),
            SearchOptions(filter=UnitFilter(memories=("kho cũ", "m'áy"))),
            SearchOptions(filter=UnitFilter(authors=("An",), until="2025-06-30", contains="đ")),
            SearchOptions(filter=UnitFilter(provenances=("human",), statuses=("confirmed", "draft"))),
        ]
    )


def same(one, other, what):
    assert len(one) == len(other), what
    for left, right in zip(one, other, strict=True):
        for field in fields(left):
            assert getattr(left, field.name) == getattr(right, field.name), (*what, field.name)


@pytest.mark.parametrize("loaded", [False, True])
def test_answers_are_the_same_field_by_field(tmp_path, postgres_url, monkeypatch, loaded):
    if not loaded:
        monkeypatch.setattr(store_search, "LOADED_AFTER", 10**9)
    rng = random.Random(20)
    units = mixed_units(rng, 700)
    matches = 0
    with TranslationMemory.open(tmp_path / "m.db") as small, TranslationMemory.open(postgres_url) as large:
        for memory in (small, large):
            memory.import_units(units[:600])
            memory.set_penalty("kho cũ", 2)
            if loaded:
                memory.load()
            memory.import_units(units[600:])
        for _ in range(300 if loaded else 100):
            (text, lang), options = asked(rng, units), wishes(rng)
            percent, limit = rng.choice([50, 60, 70, 75, 85, 100]), rng.choice([1, 3, 5, 5, None])
            what = (text, lang, percent, limit, options)
            found = [memory.search(text, lang, percent, limit, options=options) for memory in (small, large)]
            same(*found, what)
            matches += len(found[0])
            assert small.best_score(text, lang, options=options) == large.best_score(text, lang, options=options), what
    assert matches > 300


@pytest.mark.parametrize("text", ["\x00", "Hai\x00 đội", "\x00 \x00"])
def test_a_text_with_a_null_character_is_searched(postgres_url, text):
    """PostgreSQL holds no such character, so nothing with it can be found there."""
    with TranslationMemory.open(postgres_url) as memory:
        memory.import_units(mixed_units(random.Random(3), 20))
        assert memory.search(text, "vi", 95) == []
