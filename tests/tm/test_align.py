"""The alignment engine: cases, and what must hold for every input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.align.engine import AlignOptions, align, align_lines, align_segments
from tm.align.lexicon import make_lexicon

CASES = json.loads((Path(__file__).parents[1] / "cases" / "align.json").read_text(encoding="utf-8"))
DATA = Path(__file__).parents[2] / "tm" / "data"
NO_LEXICON = AlignOptions(lexicon=make_lexicon([]))


def shown(beads):
    return [f"{','.join(map(str, b.vi))}={','.join(map(str, b.en))}" for b in beads]


@pytest.mark.parametrize("case", CASES, ids=[case["reason"] for case in CASES])
def test_case(case):
    assert shown(align_segments(case["vi"], case["en"])) == case["beads"]


def complete(beads, vi_count, en_count):
    """Whether each segment is in exactly one bead; a bead may step over residue within it."""
    vi, en = sorted(i for b in beads for i in b.vi), sorted(j for b in beads for j in b.en)
    return vi == list(range(vi_count)) and en == list(range(en_count))


SENTENCE = st.text(alphabet="aăđ ế123.,?“\nÐZ", max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, max_size=9), st.lists(SENTENCE, max_size=9))
def test_every_segment_is_in_exactly_one_bead(vi, en):
    beads = align_segments(vi, en)
    assert complete(beads, len(vi), len(en))
    assert all(0.0 <= bead.score <= 1.0 for bead in beads)


def test_demo_article_is_aligned_rightly():
    vi, en = ((DATA / f"demo.{lang}.txt").read_text(encoding="utf-8") for lang in ("vi", "en"))
    found = align(vi, en)
    types = [bead.type for bead in found.beads]
    assert types == [*"1-1 1-1 2-1 1-2 1-1 1-1 1-2 2-1 1-1 1-1 1-1 1-1 1-1 1-1 1-2 1-1 1-1 1-1 1-1 2-1 1-1".split()]
    assert all(vi[span.start : span.end] == span.text for span in found.vi)
    assert all(en[span.start : span.end] == span.text for span in found.en)
    assert min(bead.score for bead in found.beads) > 0.5


def test_a_word_list_is_not_needed_for_the_demo_article():
    vi, en = ((DATA / f"demo.{lang}.txt").read_text(encoding="utf-8") for lang in ("vi", "en"))
    assert [b.vi for b in align(vi, en, options=NO_LEXICON).beads] == [b.vi for b in align(vi, en).beads]


@pytest.mark.parametrize(("vi", "en"), [("", ""), ("", "One. Two."), ("Một. Hai.", ""), (" \n ", "x")])
def test_an_empty_side_leaves_the_other_alone(vi, en):
    found = align(vi, en)
    assert all(not (bead.vi and bead.en) for bead in found.beads)
    assert complete(found.beads, len(found.vi), len(found.en))


def test_lopsided_input_ends():
    beads = align_segments([f"Câu {n}." for n in range(800)], ["Sentence 400."])
    assert complete(beads, 800, 1)


def test_nfd_input_gives_the_same_beads_and_spans_of_its_own():
    import unicodedata

    vi = "Bộ đội giúp dân. Đồng chí Hùng bị thương."
    en = "Soldiers helped people. Comrade Hung was hurt."
    nfd = unicodedata.normalize("NFD", vi)
    found = align(nfd, en)
    assert shown(found.beads) == shown(align(vi, en).beads)
    assert all(nfd[span.start : span.end] == span.text for span in found.vi)


def test_lines_are_kept_as_they_are():
    found = align_lines("A. B.\r\n\n  C. D.", "A. B.\nC. D.")
    assert [span.text for span in found.vi] == ["A. B.", "C. D."]


def test_terms_are_evidence():
    """Two sentences without any word in common but a term: the term decides which is which."""
    from termbase.model import Concept, Term
    from termbase.recognize import Recognizer

    concept = Concept(id="x", terms=(Term(text="SSCĐ", lang="vi"), Term(text="combat readiness", lang="en")))
    vi = ["Giữ nghiêm SSCĐ.", "Chăm lo hậu phương."]
    en = ["They look after families.", "They uphold combat readiness.", "They look after families."]
    with_terms = align_segments(vi, en, Recognizer([concept]))
    assert any(0 in bead.vi and 1 in bead.en for bead in with_terms)


def test_unrelated_texts_are_not_sure():
    vi = [f"Câu số {n} nói về việc {'rất ' * (n % 5)}khác nhau." for n in range(20)]
    en = [f"Nothing {'ever ' * (n % 7)}here belongs to that." for n in range(20)]
    beads = align_segments(vi, en)
    paired = [bead.score for bead in beads if bead.vi and bead.en]
    assert max(paired, default=0) < 0.5


@pytest.mark.parametrize("longer", range(4))
def test_paragraphs_are_evidence_where_nothing_else_is(longer):
    """Nine sentences against eight, all alike: the paragraphs tell where the one too many stands."""
    sizes = [3 if number == longer else 2 for number in range(4)]
    vi = "\n".join(" ".join(["Mọi việc đều xong cả."] * size) for size in sizes)
    en = "\n".join(" ".join(["Zeb zib zob zub zab."] * 2) for _ in range(4))
    alone = [bead.vi[0] for bead in align(vi, en, options=NO_LEXICON).beads if not bead.en]
    assert len(alone) == 1
    assert 2 * longer <= alone[0] <= 2 * longer + 2


def test_identical_texts_are_paired_one_to_one_but_are_no_translation():
    """The same text on both sides: the beads are plain, but none should pass as a translation."""
    vi = (DATA / "demo.vi.txt").read_text(encoding="utf-8").split("\n")
    same = [line for line in vi if line.strip()]
    beads = align_segments(same, same, options=AlignOptions(residue=False))
    assert shown(beads) == [f"{k}={k}" for k in range(len(same))]
    running = [bead.score for bead in beads if sum(word.islower() for word in same[bead.vi[0]].split()) > 2]
    assert len(running) > 5
    assert max(running) < 0.5


def test_sentences_all_alike_are_not_sure():
    beads = align_segments(["Mọi việc xong cả."] * 60, ["All is done."] * 60)
    assert max(bead.score for bead in beads if bead.vi and bead.en) < 0.5


def test_an_excerpt_is_found_in_a_long_text():
    vi = [f"Nhà số {n} có {n * 7} người." for n in range(100, 1100)]
    en = [f"House number {n} has {n * 7} people." for n in range(400, 420)]
    beads = align_segments(vi, en)
    assert [bead.vi for bead in beads if bead.en] == [(n,) for n in range(300, 320)]
    assert complete(beads, 1000, 20)
