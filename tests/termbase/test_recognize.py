"""Recognition: cases as data, spans, and equality with a naive reference."""

from __future__ import annotations

import io
import json
import pickle
import random
import unicodedata
from dataclasses import FrozenInstanceError, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.errors import UsageError
from termbase.model import CaseRule, Concept, GrammaticalNumber, PartOfSpeech, Term, TermMatch, TermType
from termbase.recognize import Recognizer
from termbase.text.keys import match_key

CASES = json.loads((Path(__file__).parents[1] / "cases" / "recognize.json").read_text(encoding="utf-8"))


def _concept(identifier: str, terms: list[dict[str, str]]) -> Concept:
    built = []
    for term in terms:
        values: dict[str, object] = dict(term)
        if "type" in term:
            values["type"] = TermType(term["type"])
        if "part_of_speech" in term:
            values["part_of_speech"] = PartOfSpeech(term["part_of_speech"])
        if "number" in term:
            values["number"] = GrammaticalNumber(term["number"])
        if "case_rule" in term:
            values["case_rule"] = CaseRule(term["case_rule"])
        built.append(Term(**values))  # type: ignore[arg-type]
    return Concept(id=identifier, terms=tuple(built))


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(_concept(identifier, terms) for identifier, terms in CASES["concepts"].items())


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["text"][:40])
def test_case(recognizer: Recognizer, case: dict[str, object], form: str) -> None:
    text = unicodedata.normalize(form, str(case["text"]))  # type: ignore[arg-type]
    found = recognizer.recognize(text, str(case["lang"]), nested=bool(case.get("nested")))
    assert all(text[match.start : match.end] == match.text for match in found)
    got = [[unicodedata.normalize("NFC", match.text), match.concept.id] for match in found]
    assert got == case["found"], case["reason"]


@pytest.mark.parametrize("case", CASES["senses"], ids=lambda case: case["text"][:40])
def test_all_senses_are_given(recognizer: Recognizer, case: dict[str, object]) -> None:
    (match,) = recognizer.recognize(str(case["text"]), str(case["lang"]))
    assert [concept.id for concept in match.concepts] == case["concepts"], case["reason"]
    assert [term.text for term in match.terms] == case["terms"], case["reason"]


@pytest.mark.parametrize("case", CASES["word_check"], ids=lambda case: case["text"][:40])
def test_word_check_marks_false_friends_and_keeps_true_ones(recognizer: Recognizer, case: dict[str, object]) -> None:
    found = recognizer.recognize(str(case["text"]), "vi", nested=True, word_check=True)
    marked = {match.text: match.doubtful for match in found}
    assert marked[str(case["term"])] is case["doubtful"], case["reason"]
    plain = recognizer.recognize(str(case["text"]), "vi", nested=True)
    assert [(m.start, m.end) for m in plain] == [(m.start, m.end) for m in found]
    assert not any(match.doubtful for match in plain)


def test_unknown_language_is_refused(recognizer: Recognizer) -> None:
    with pytest.raises(UsageError, match="there is no language 'fr'; known: vi, en"):
        recognizer.recognize("x", "fr")


def test_a_match_is_a_frozen_value_like_any_other(recognizer: Recognizer) -> None:
    (match,) = recognizer.recognize("SSCĐ", "vi")
    assert type(match) is TermMatch
    same = TermMatch(start=0, end=4, text="SSCĐ", lang="vi", concepts=match.concepts, terms=match.terms)
    assert match == same
    assert hash(match) == hash(same)
    assert pickle.loads(pickle.dumps(match)) == replace(same)
    with pytest.raises(FrozenInstanceError):
        match.start = 1  # type: ignore[misc]


def test_recognize_many_is_lazy_and_keeps_order(recognizer: Recognizer) -> None:
    read: list[int] = []

    def texts() -> object:
        for number, text in enumerate(["SSCĐ", "không", "tác chiến, SSCĐ"]):
            read.append(number)
            yield text

    answers = recognizer.recognize_many(texts(), "vi")  # type: ignore[arg-type]
    assert read == []
    assert len(next(answers)) == 1
    assert read == [0]
    assert [len(matches) for matches in answers] == [0, 2]


def test_recognize_many_refuses_an_unknown_language_at_the_call(recognizer: Recognizer) -> None:
    with pytest.raises(UsageError):
        recognizer.recognize_many([], "xx")


@pytest.mark.parametrize("chunk", [1500, 4000, 100_000])
def test_stream_equals_the_whole(recognizer: Recognizer, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    chance = random.Random(3)
    words = [
        "SSCĐ,",
        "sẵn sàng",
        "sẵn sàng chiến đấu",
        "tác chiến",
        "cán bộ",
        "quốc phòng",
        "và",
        "của",
        "57-NQ/TW",
        "4 “tại chỗ”.\n",
        "\n\n",
        "một  ",
    ]
    text = " ".join(chance.choices(words, k=3000))
    monkeypatch.setattr("termbase.recognize.CHUNK", chunk)
    streamed = list(recognizer.recognize_stream(io.StringIO(text), "vi", nested=True))
    assert streamed == recognizer.recognize(text, "vi", nested=True)
    assert len(streamed) > 500


def test_stream_of_one_unbroken_line(recognizer: Recognizer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termbase.recognize.CHUNK", 700)
    text = "x" * 5000 + " tác chiến"
    assert [m.start for m in recognizer.recognize_stream(io.StringIO(text), "vi")] == [5001]


# A small alphabet makes terms overlap, touch and nest.
_SYLLABLES = st.sampled_from(["a", "ba", "bà", "đa", "hoa", "hoà", "hòa", "thuỷ", "Thủy", "an"])
_PHRASE = st.lists(_SYLLABLES, min_size=1, max_size=3).map(" ".join)
_GAPS = st.sampled_from([" ", " ", " ", ", ", ". ", "", "\n", "  ", "\n\n", " “", "” "])
_TEXT = st.lists(st.tuples(_SYLLABLES, _GAPS), max_size=24).map(lambda pairs: "".join(a + b for a, b in pairs))


def _reference(terms: list[str], text: str) -> list[tuple[int, int]]:
    """Try every term at every place; slow and plain."""
    wanted = {tuple(match_key(term).split()) for term in terms}
    tokens: list[tuple[int, int, str]] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and text[end].isalnum():
            end += 1
        if end > at:
            tokens.append((at, end, match_key(text[at:end])))
        at = max(end, at + 1)
    whole = []
    for first in range(len(tokens)):
        for last in range(first, min(first + 3, len(tokens))):
            run = tokens[first : last + 1]
            gaps = [text[a[1] : b[0]] for a, b in pairwise(run)]
            if tuple(token[2] for token in run) in wanted and all(_joins(gap) for gap in gaps):
                whole.append(_with_quotes(text, run[0][0], run[-1][1]))
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(whole, key=lambda span: (span[0], -span[1])):
        if not chosen or start >= chosen[-1][1]:
            chosen.append((start, end))
    return chosen


def _with_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the quotation marks beside a hit that belong to those within it."""
    inner = "".join(char for char in text[start:end] if char in "“”")
    while "“”" in inner:
        inner = inner.replace("“”", "")
    for _ in range(inner.count("“")):
        end += text.startswith("”", end)
    for _ in range(inner.count("”")):
        start -= text.endswith("“", 0, start)
    return start, end


def _joins(gap: str) -> bool:
    return gap.count("\n") < 2 and not set(gap) - set(" \n“”") and bool(set(gap) & set(" \n"))


@settings(max_examples=100, deadline=None)
@given(st.lists(_PHRASE, min_size=1, max_size=6, unique=True), _TEXT)
def test_equals_the_naive_reference(terms: list[str], text: str) -> None:
    concepts = [Concept(id=f"c{i}", terms=(Term(text=term, lang="vi"),)) for i, term in enumerate(terms)]
    recognizer = Recognizer(concepts)
    assert [(m.start, m.end) for m in recognizer.recognize(text, "vi")] == _reference(terms, text)
    # A character without a place in the code page sends the whole text the long way round.
    strange = recognizer.recognize(f"{text} 中", "vi")
    assert [(m.start, m.end) for m in strange] == _reference(terms, text)
    decomposed = unicodedata.normalize("NFD", text)
    found = recognizer.recognize(decomposed, "vi")
    assert [unicodedata.normalize("NFC", m.text) for m in found] == [m.text for m in recognizer.recognize(text, "vi")]


_MARKS = st.sampled_from([" ", " ", " “", "” ", " (", ") ", ' "', '" ', " ‘", "’ ", "” “", " «", "» "])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(_SYLLABLES, _MARKS), max_size=20))
def test_no_mark_is_parted_from_its_other_half_beside_the_span(pairs: list[tuple[str, str]]) -> None:
    text = "".join(word + mark for word, mark in pairs)
    for match in _QUOTED.recognize(text, "vi", nested=True):
        for opening, closing in ("“”", "()", "‘’", "«»"):
            depth = lowest = 0
            for char in match.text:
                depth += (char == opening) - (char == closing)
                lowest = min(lowest, depth)
            mixed = len(set(match.text) & set('“”()‘’«»"')) > 2
            assert mixed or depth - lowest <= 0 or text[match.end : match.end + 1] != closing
            assert mixed or not lowest or text[match.start - 1 : match.start] != opening
        assert match.text.count('"') % 2 == 0 or text[match.end : match.end + 1] != '"'


_QUOTED = Recognizer([Concept(id="c", terms=tuple(Term(text=t, lang="vi") for t in ("a ba", "hoa an ba", "an")))])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_spans_of_itself(text: str) -> None:
    found = _ANY.recognize(text, "vi", nested=True)
    assert all(text[match.start : match.end] == match.text and match.text for match in found)
    outer = [match for match in found if not match.nested]
    assert all(a.end <= b.start for a, b in pairwise(outer))


_ANY = Recognizer([Concept(id="c", terms=tuple(Term(text=text, lang="vi") for text in ("a", "0", "ă", "A b", "ñ")))])


def test_time_grows_with_the_text_only(recognizer: Recognizer) -> None:
    import time

    def seconds(text: str) -> float:
        best = 9.0
        for _ in range(2):
            began = time.process_time()
            recognizer.recognize(text, "vi")
            best = min(best, time.process_time() - began)
        return best

    for unit in ("tác chiến/", "a.", "SSCĐ (", "57-NQ/TW", "“tác chiến” "):
        small, large = seconds(unit * 400), seconds(unit * 3_200)
        assert large < 8 * 3 * max(small, 0.002), unit


def test_everyday_short_forms_are_not_recognised() -> None:
    """*mission* alone is no delegation; a short form of two words or in Vietnamese is found as ever."""
    names = [("working delegation", "en"), ("mission", "en"), ("visiting team", "en"), ("đoàn", "vi")]
    terms = tuple(Term(text=name, lang=lang, type=TermType.SHORT_FORM) for name, lang in names)
    recognizer = Recognizer([Concept(id="doan", terms=terms)])
    found = recognizer.recognize("The mission of the working delegation, a visiting team.", "en")
    assert [match.text for match in found] == ["working delegation", "visiting team"]
    assert [match.text for match in recognizer.recognize("Trưởng đoàn", "vi")] == ["đoàn"]


def test_terms_of_any_letters_are_found() -> None:
    """More letters than a code page holds, letters of other scripts, and the mark that stands for all of them."""
    strange = "".join(map(chr, range(0x4E00, 0x4F40)))
    names = [strange[place : place + 3] for place in range(0, 320, 4)] + ["Führung", "Ö 3", "sẵn sàng?không", "Δ"]
    recognizer = Recognizer([Concept(id=f"c{i}", terms=(Term(text=n, lang="vi"),)) for i, n in enumerate(names)])
    text = " ; ".join([*names, "sẵn sàng中không", strange[1:4], "δ", "FÜHRUNG"])
    found = recognizer.recognize(text, "vi")
    assert [match.term.text for match in found] == [*names, "Δ", "Führung"]
    assert [text[match.start : match.end] for match in found] == [*names, "δ", "FÜHRUNG"]


def test_many_tones_in_one_term() -> None:
    """Each mixture of both placements is found for a few syllables, both pure ones for any number."""
    few, many = "hoà thuỷ khoẻ", " ".join(["hoà"] * 9)
    recognizer = Recognizer([Concept(id="few", terms=(Term(text=few, lang="vi"), Term(text=many, lang="vi")))])
    for text in ("hòa thuỷ khỏe", "HÒA THỦY KHỎE", "hoà thuỷ khoẻ", many, many.replace("oà", "òa")):
        assert [match.text for match in recognizer.recognize(f"{text}.", "vi")] == [text]
