"""Ten thousand segments: every way of searching gives the whole answer of brute force at cutoffs 50 to 95."""

from __future__ import annotations

import importlib.util
import random

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

import tm.fuzzy.arrays as arrays_module
from tm.fuzzy.keys import compare_keys
from tm.fuzzy.score import similarity_at
from tm.model import Segment, TranslationUnit
from tm.store import TranslationMemory

CUTOFFS = range(50, 100, 5)
SYLLABLES = (
    "quân đội nhân dân việt nam sẵn sàng chiến đấu bảo vệ tổ quốc giữ vững trận địa huấn luyện diễn tập khu vực "
    "phòng thủ tỉnh chỉ huy tham mưu chính trị hậu cần kỹ thuật trung đoàn đại tiểu nhiệm vụ hoàn thành tốt nâng cao "
    "chất lượng công tác đảng trong toàn năm nay tiếp tục ổn định xây dựng biên phòng hải cảnh sát biển bàng bảng"
).split()


def sentences(rng):
    """Sentences of 1 to 40 syllables, most of them edits of an earlier one, so that every similarity occurs."""
    found = [
        " ".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 3, 4, 5, 8, 10, 10, 20, 20, 40)))) for _ in range(2500)
    ]
    while len(found) < 10_000:
        tokens = rng.choice(found).split()
        for _ in range(rng.randint(1, max(1, len(tokens) // 2))):
            place = rng.randrange(len(tokens))
            tokens[place : place + rng.choice((0, 1, 1, 1))] = rng.choices(SYLLABLES, k=rng.choice((1, 1, 1, 2)))
        found.append(" ".join(tokens[:60]))
    return found


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    rng = random.Random(17)
    texts = sentences(rng)
    memory = TranslationMemory.open(tmp_path_factory.mktemp("large") / "memory.db")
    memory.import_units(TranslationUnit(source=Segment("vi", text), target=Segment("en", "x")) for text in texts)
    asked = [rng.choice(texts) for _ in range(25)] + [text.rsplit(" ", 1)[0] + " mới" for text in texts[:15]]
    yield memory, Brute(texts), asked
    memory.close()


class Brute:
    """The similarity of every distinct segment, by RapidFuzz's distances in whole numbers."""

    def __init__(self, texts):
        self._ids: dict[str, int] = {}
        self._keys = sorted({compare_keys(text, "vi") for text in texts})
        self._coded = [self._code(keys) for keys in self._keys]

    def _code(self, keys):
        return "".join(chr(self._ids.setdefault(key, len(self._ids) + 32)) for key in keys)

    def scores(self, query):
        own = compare_keys(query, "vi")
        steps = cdist([self._code(own)], self._coded, scorer=Levenshtein.distance, dtype=np.int32)[0].tolist()
        found = [
            similarity_at(step, own, keys) if step < max(len(own), len(keys)) or len(own) == 1 else 0
            for step, keys in zip(steps, self._keys, strict=True)
        ]
        return sorted(found, reverse=True)


@pytest.mark.parametrize("way", ["database", "numpy", "compiled"])
def test_ten_thousand_segments_equal_brute_force(large, way, monkeypatch):
    memory, brute, asked = large
    if way == "compiled" and importlib.util.find_spec("numba") is None:
        pytest.skip("numba is not installed")
    monkeypatch.setattr(arrays_module, "COMPILED_FROM", 1)
    monkeypatch.setattr(arrays_module, "numba_installed", lambda: way == "compiled")
    memory._searcher._live.clear()
    if way != "database":
        memory.load("vi")
    answers, boundary = 0, dict.fromkeys(CUTOFFS, 0)
    for query in asked:
        scores = brute.scores(query)
        for percent in CUTOFFS:
            wanted = [score for score in scores if score >= percent]
            found = sorted((hit.similarity for hit in memory.alike(query, "vi", percent)), reverse=True)
            assert found == wanted, (query, percent)
            answers += len(wanted)
            boundary[percent] += wanted.count(percent)
    assert answers > 500
    assert sum(boundary.values()) > 50, boundary
