"""Analysis of a job within itself, and its words as a segmenter counts them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli
from tm import Segment, TranslationMemory, TranslationUnit
from tm.analyze import INTERNAL_ROWS, analyze, count_segmented
from tm.formats.base import ReadOptions
from tm.formats.plain import TextDocument


def rows(*texts, internal=True, known=()):
    documents = [(str(i), TextDocument.of(text.encode(), ReadOptions())) for i, text in enumerate(texts)]
    with TranslationMemory.open(":memory:") as memory:
        for source in known:
            memory.add(TranslationUnit(source=Segment("vi", source), target=Segment("en", "x")))
        total = analyze(memory, documents, internal=internal)[-1]
    return {row: counts.segments for row, counts in total.rows.items() if counts.segments}


CASES = [
    (["Đội ta giữ chốt.\nĐội ta giữ đồn."], (), {"none": 1, "internal 75-84": 1}, "the second is like the first"),
    (["Đội ta giữ chốt.", "Đội ta giữ đồn."], (), {"none": 1, "internal 75-84": 1}, "also across files"),
    (["Có 5 xe.\nCó 7 xe."], (), {"none": 1, "internal 95-99": 1}, "another number costs a point"),
    (["Giữ chốt.\nGiữ chốt."], (), {"none": 1, "repetitions": 1}, "a repetition stays one"),
    (["Giữ chốt.\nGiữ chốt!"], ["Giữ chốt."], {"100": 1, "95-99": 1}, "the memory is as good: its row"),
    (
        ["Đội ta giữ chốt.\nĐội ta giữ đồn."],
        ["Đội ta bỏ đồn kia."],
        {"none": 1, "internal 75-84": 1},
        "the job is better than the memory",
    ),
    (["Đi.\n\nVề."], (), {"none": 2}, "nothing is alike"),
]


@pytest.mark.parametrize(("texts", "known", "expected", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_internal_rows(texts, known, expected, reason):
    assert rows(*texts, known=known) == expected


def test_without_the_option_there_are_no_such_rows():
    assert not set(rows("Đội ta giữ chốt.\nĐội ta giữ đồn.", internal=False)) & set(INTERNAL_ROWS)


def test_segmented_words():
    pytest.importorskip("underthesea")
    vi, en = count_segmented("Bộ đội bảo vệ Tổ quốc, 24/24 giờ.", "vi"), count_segmented("Two words.", "en")
    assert vi.words > vi.segmented_words >= 4
    assert (en.words, en.segmented_words) == (2, 2)


def test_the_command_reads_standard_input_and_shows_both(tmp_path):
    pytest.importorskip("underthesea")
    arguments = ["--db", str(tmp_path / "a.db"), "tm", "analyze", "-"]
    text = "Bộ đội giữ chốt.\nBộ đội giữ đồn.\n"
    done = CliRunner().invoke(
        cli.cli, [*arguments, "--from", "text", "--internal", "--segmented", "--json"], input=text
    )
    total = json.loads(done.stdout)["total"]
    assert total["rows"]["internal 75-84"]["segments"] == 1
    assert 0 < total["total"]["segmented_words"] < total["total"]["words"]
    assert (
        "segmented_words"
        not in CliRunner().invoke(cli.cli, [*arguments, "--from", "text", "--json"], input=text).stdout
    )
    assert CliRunner().invoke(cli.cli, arguments, input=text).exit_code == 2


@pytest.mark.parametrize("rate", ["none=nan", "none=-1", "none=inf"])
def test_a_rate_is_a_number_of_zero_or_more(rate, tmp_path):
    (tmp_path / "a.txt").write_text("Đi.", encoding="utf-8")
    done = CliRunner().invoke(cli.cli, ["tm", "analyze", str(tmp_path / "a.txt"), "--rate", rate])
    assert (done.exit_code, "not a rate" in done.stderr) == (2, True)
