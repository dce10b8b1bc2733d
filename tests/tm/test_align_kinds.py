"""Lines of an article that are no running text: by-lines, captions, page numbers; and what they do to beads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.align.engine import align, align_segments
from tm.align.kinds import BYLINE, CAPTION, SOURCE, TIME, kind_of
from tm.align.residue import page_lines

LINES = [
    ("Bài và ảnh: HOÀNG LAN", "vi", BYLINE),
    ("Tin, ảnh: Đức Anh", "vi", BYLINE),
    ("Biên dịch: Thu Hà", "vi", BYLINE),
    ("MAI PHƯƠNG - QUANG HUY", "vi", BYLINE),
    ("NGUYỄN HOÀI NAM", "vi", BYLINE),
    ("By Hoai Nam", "en", BYLINE),
    ("Written by Mai Phuong, translated by Tran Lan", "en", BYLINE),
    ("Translated by Mai Huong", "en", BYLINE),
    ("Story and photos by Quang Huy", "en", BYLINE),
    ("Thứ Năm, 14/03/2024 - 09:20 (GMT+7)", "vi", TIME),
    ("Cập nhật: 15:02 ngày 1/2/2025", "vi", TIME),
    ("Thursday, March 14, 2024 - 09:20", "en", TIME),
    ("2024-03-14", "en", TIME),
    ("Ảnh: Bộ đội vượt sông.", "vi", CAPTION),
    ("Đại biểu dự hội nghị. Ảnh: TTXVN", "vi", CAPTION),
    ("Delegates at the conference. (Photo: VNA)", "en", CAPTION),
    ("Photo 2: The new bridge.", "en", CAPTION),
    ("Nguồn: TTXVN", "vi", SOURCE),
    ("Theo Báo Quân đội nhân dân", "vi", 0),
    ("(Theo Vietnamnet)", "vi", SOURCE),
    ("Source: VNA", "en", SOURCE),
    ("By land and by sea they came.", "en", 0),
    ("By 2030", "en", 0),
    ("By the end of March 14, 2024 the work was done.", "en", 0),
    ("Ảnh hưởng của bão còn kéo dài: mưa to, gió lớn.", "vi", 0),
    ("NGHỊ QUYẾT", "vi", 0),
    ("BÁO CÁO TỔNG KẾT NĂM 2024", "vi", 0),
    ("Hà Nội, ngày 14 tháng 3 năm 2024", "vi", 0),
    ("The photo shows a bridge.", "en", 0),
    ("Bài học: phải gần dân.", "vi", 0),
    ("", "vi", 0),
]


@pytest.mark.parametrize(("text", "lang", "kind"), LINES, ids=[line[0][:30] or "empty" for line in LINES])
def test_kind_of_a_line(text, lang, kind):
    assert kind_of(text, lang) == kind


def test_a_byline_is_not_paired_with_the_time_of_publication():
    vi = ["Bộ đội giúp dân gặt lúa", "Thứ Tư, 09/10/2024 - 07:15", "Trung đoàn 5 cử 120 chiến sĩ.", "Dân rất vui."]
    en = ["Soldiers help people harvest rice", "By Minh Thu", "Regiment 5 sent 120 soldiers.", "People are very happy."]
    beads = {(bead.vi, bead.en) for bead in align_segments(vi, en)}
    assert beads == {((0,), (0,)), ((1,), ()), ((), (1,)), ((2,), (2,)), ((3,), (3,))}


def test_two_lines_of_one_kind_are_paired():
    vi = ["Bộ đội giúp dân gặt lúa.", "Bài và ảnh: MINH THU"]
    en = ["Soldiers help people harvest rice.", "Story and photos by Minh Thu"]
    assert [bead.type for bead in align_segments(vi, en)] == ["1-1", "1-1"]


BODY = [f"Câu số {n} của văn bản." for n in range(30)]


def paged(frame, every=7, head=""):
    """The body with a page number, and a head if there is one, after each few lines."""
    lines, marks = [], set()
    for number, line in enumerate(BODY, 1):
        lines.append(line)
        if number % every == 0:
            for extra in (frame.format(number // every), head):
                if extra:
                    marks.add(len(lines))
                    lines.append(extra)
    return lines, marks


@pytest.mark.parametrize("frame", ["- {} -", "Trang {}", "Page {} of 12", "{}/12", "[{}]", "Báo cáo năm | {}", "{}"])
@pytest.mark.parametrize("head", ["", "BÁO CÁO THƯỜNG NIÊN"])
def test_page_numbers_and_running_heads_are_found(frame, head):
    lines, marks = paged(frame, head=head)
    assert page_lines(lines) == marks


@pytest.mark.parametrize(
    "lines",
    [
        [line for n in range(1, 9) for line in (f"Điều {n}", "Nội dung.")],
        [line for n in range(1, 9) for line in (f"{n}", "Nguyễn Văn A", "Hà Nội")],
        [line for n in range(1, 9) for line in (f"{n}.", "Một việc.", "Hai việc.", "Ba việc.")],
        [line for n in (1990, 1890, 2001) for line in (f"- {n} -", "Một năm.", "Hai năm.")],
        ["- 1 -", "Một trang.", "Hai câu.", "- 2 -", "Hết."],
    ],
    ids=["articles", "rows of a table", "numbered items", "years", "two pages"],
)
def test_numbered_lines_that_are_no_pages_stay(lines):
    assert page_lines(lines) == frozenset()


def test_pages_do_not_break_the_alignment():
    """Both sides are printed pages, broken at other places: heads and numbers would match each other."""
    vi = [f"Nhà số {n + 40} có {n * 7 + 3} người." for n in range(30)]
    en = [f"House number {n + 40} has {n * 7 + 3} people." for n in range(30)]
    for lines, every, frame in ((vi, 5, "Trang {}"), (en, 7, "Page {}")):
        for page in range(len(lines) // every, 0, -1):
            lines.insert(page * every, frame.format(page))
    beads = align_segments(vi, en)
    assert all(vi[b.vi[0]].split()[2] == en[b.en[0]].split()[2] for b in beads if b.vi and b.en)
    assert sum(bool(b.vi and b.en) for b in beads) == 30


UNRELATED_VI = """Giá cà phê tăng mạnh trong tuần. Nông dân vui mừng thu hoạch. Nhiều kho đã bán hết hàng.
Đội bóng của tỉnh thắng ba trận liền. Người hâm mộ đến sân rất đông. Trận tới sẽ gặp đội đầu bảng.
Thư viện mới mở cửa đến chín giờ tối. Học sinh có thể mượn năm cuốn sách. Phòng đọc yên tĩnh và sáng."""
UNRELATED_EN = """The ship left the harbour before dawn. Its captain had sailed for thirty years. The crew was tired.
Doctors have found a new way to treat the illness. It costs little. Trials will go on until spring.
Two old bridges must be closed for repairs. Drivers have to take the road through the hills. It is longer."""


def test_unrelated_texts_get_low_scores_throughout():
    beads = align(UNRELATED_VI, UNRELATED_EN).beads
    assert max((bead.score for bead in beads if bead.vi and bead.en), default=0.0) < 0.4


PIECES = st.sampled_from(
    ["Bộ đội giúp dân.", "Soldiers helped people.", "Mưa to!", "5-3-2024", "- 4 -", "Trang 2", "(1) Xem Điều 5.", "…",
     "Bình luận (0)", "By Minh Thu", "Ảnh: TTXVN", "\u200b", "x" * 300, "ĐẢNG", "Co\u0301 dấu rời.", "A.B.C.", "\t", "“"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40), st.lists(PIECES, max_size=40))
def test_nothing_of_two_texts_is_lost(vi_lines, en_lines):
    """Every sentence is in one bead, and all but white space is in a sentence."""
    vi, en = "\n".join(vi_lines), "\n".join(en_lines)
    found = align(vi, en)
    for text, spans, side in ((vi, found.vi, "vi"), (en, found.en, "en")):
        assert sorted(i for bead in found.beads for i in getattr(bead, side)) == list(range(len(spans)))
        covered = "".join(span.text for span in spans)
        assert "".join(covered.split()) == "".join(text.split())
        assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(0.0 <= bead.score <= 1.0 for bead in found.beads)
