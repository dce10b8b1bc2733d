"""Word borders and Moses tokens, and the faults of the two libraries that must not come through."""

from __future__ import annotations

import itertools
import logging
import subprocess
import sys
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termbase.text import words
from termbase.text.words import moses_detokenize, moses_tokenize, segment

SENTENCES = [
    "Thực hiện Nghị quyết 05-NQ/TW, toàn đơn vị hoà mình vào phong trào “3 sẵn sàng”.",
    "Đồng chí Nguyễn Văn An, SSCĐ – CTĐ-CTCT, ngày 17-1-2022; xem https://qdnd.vn/bai/1.",
    "quân\u00a0đội\u200b nhân dân\n\nlí luận, kĩ thuật, sẳn sàng   ",
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", SENTENCES)
def test_spans_are_of_the_callers_text(text: str, form: str) -> None:
    text = unicodedata.normalize(form, text)
    position = 0
    for span in segment(text):
        assert text[span.start : span.end] == span.text
        assert not text[position : span.start].strip(" \n\u00a0\u200b")
        position = span.end
    assert not text[position:].strip()


def test_words_are_joined_and_codes_stay_whole() -> None:
    found = [span.text for span in segment(SENTENCES[0])]
    assert "Nghị quyết" in found
    assert "05-NQ/TW" in found
    assert "hoà" in " ".join(found)
    found = [span.text for span in segment(SENTENCES[1])]
    assert {"CTĐ-CTCT", "17-1-2022", "https://qdnd.vn/bai/1"} <= set(found)


def test_false_friend_has_a_border_inside() -> None:
    starts = {span.start for span in segment("đối tác chiến lược")}
    assert len("đối tác ") in starts
    assert len("đối ") not in starts


def test_letters_changed_by_the_library_fall_back_to_syllables() -> None:
    assert words._locate("hoà bình", ["hòa", "bình"]) == []
    assert words._locate("hoà bình", ["hoà bình"]) == [(0, 8)]
    assert words._locate("hoà bình", ["hoà"]) == []


def test_long_dotted_text_is_not_quadratic() -> None:
    segment("khởi động")
    start = time.process_time()
    assert segment("a." * 4000)[-1].end == 8_000
    assert time.process_time() - start < 10


def test_import_leaves_the_root_logger_alone() -> None:
    code = (
        "import logging, sys\n"
        "from termbase.text import words\n"
        "assert not {'underthesea', 'sacremoses'} & set(sys.modules)\n"
        "words.segment('Quân đội nhân dân')\n"
        "assert logging.getLogger().handlers == [], logging.getLogger().handlers\n"
        "assert logging.getLogger().level == logging.WARNING\n"
    )
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_calls_do_not_influence_each_other() -> None:
    handlers = list(logging.getLogger().handlers)
    first = segment("Bộ đội bảo vệ Tổ quốc")
    segment("bảo vệ Tổ quốc bộ đội")
    assert segment("Bộ đội bảo vệ Tổ quốc") == first
    assert logging.getLogger().handlers == handlers


@example("c\u0301\u0301")
@example("x c\u0301\u0301\u0301x")
@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aăâđêôơưạảấềộ bcn.,-/5&“”'\n\u0301\u200b\u00a0(", max_size=60))
def test_everything_visible_is_inside_one_span(text: str) -> None:
    spans = segment(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    covered = "".join(span.text for span in spans)
    visible = [c for c in text if not c.isspace() and c != "\u200b"]
    assert [c for c in covered if not c.isspace() and c != "\u200b"] == visible


def test_empty_text_has_no_words() -> None:
    assert segment("") == segment(" \n") == []


@pytest.mark.parametrize(
    "text",
    [
        "Bộ đội 😀👍🏽 giúp\u3000dân\u2009gặt\u202flúa\u200b!",
        "\ufeffQuân\u00addội \u0301 nhân_dân\t\tta\r\n",
        "Ông Nguyễn Văn A. ở TP. Huế—Đà Nẵng… 🇻🇳",
        "\x00\x01 a \x1f",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_odd_characters_stand_in_the_callers_text(text: str, form: str) -> None:
    text = unicodedata.normalize(form, text)
    spans = segment(text)
    assert all(text[span.start : span.end] == span.text and span.text for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert not [c for at, c in enumerate(text) if at not in covered and (c.isalnum() or c in "😀👍🇻🇳")]


def test_a_long_run_without_spaces_is_cut_into_pieces() -> None:
    """The time must grow with the text: the library's own expression would be quadratic here."""
    segment("khởi động")
    started = time.process_time()
    spans = segment("x" * 20_000)
    short = time.process_time() - started
    assert sum(len(span.text) for span in spans) == 20_000
    started = time.process_time()
    segment("x" * 80_000)
    assert time.process_time() - started < 9 * short + 0.5


def test_moses_does_not_escape() -> None:
    assert moses_tokenize("Q&A <b> “x” 'y' [z]", "en") == [
        "Q",
        "&",
        "A",
        "<",
        "b",
        ">",
        "“",
        "x",
        "”",
        "'",
        "y",
        "'",
        "[",
        "z",
        "]",
    ]


def test_moses_takes_decomposed_vietnamese() -> None:
    assert moses_tokenize(unicodedata.normalize("NFD", "Bộ đội."), "vi") == ["Bộ", "đội", "."]


def test_moses_detokenize() -> None:
    assert moses_detokenize(["Bộ", "đội", ",", "&amp;", "."], "vi") == "Bộ đội, &amp;."
