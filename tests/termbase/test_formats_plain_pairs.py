"""Rows taken many at once give what they give one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.formats import plain_pairs
from termbase.formats.base import ReadOptions
from termbase.formats.ids import pair_id, pair_ids
from termbase.formats.layout import Row
from termbase.formats.making import collector_paused, maker
from termbase.formats.sheet import read_rows
from termbase.model import Part

PLAIN = ["giao ban", "Đảng ủy", "sẵn sàng chiến đấu", "briefing", "combat readiness", "ghi chú 1", "4 tại chỗ", "QP&AN"]
ODD = [
    "", " ", " x", "x ", "a  b", "a; b", "a|b", "a\nb", "\n", "x\n", "\tx", "x\u00a0y", "\u00a0x", "x\u2003", "'=1", "'",
    "''x", "=1", ":--", "--", "---", "-x", ":", "\u0000", "x\u0000y", "ｘ", "Ða\u0309ng", "e\u0301", "x\u200b", "12", "007",
    "#", "# x", "true", "á»§y", "\x1f", "\x85x", "𝒜", "ß", "ﬁ", "Ⅳ", "－",
]  # fmt: skip
cells = st.one_of(st.sampled_from(PLAIN), st.sampled_from(PLAIN), st.sampled_from(PLAIN), st.sampled_from(ODD))
HEADERS = [
    ["Tiếng Việt", "Tiếng Anh"],
    ["Tiếng Việt", "Tiếng Anh", "Ghi chú"],
    ["ID", "Tiếng Anh", "Tiếng Việt", "Lĩnh vực", "Định nghĩa"],
    ["Tiếng Việt", "Tiếng Anh", "Màu"],
    ["Tiếng Việt", "Tiếng Anh", "Trạng thái"],
    ["Tiếng Việt", "", "Tiếng Anh"],
]


@st.composite
def tables(draw):
    header = draw(st.sampled_from(HEADERS))
    width = st.sampled_from([len(header)] * 12 + [1, len(header) - 1, len(header) + 1])
    plain = [f"{draw(st.sampled_from(PLAIN))} {index}" for index in range(draw(st.integers(0, 12)))]
    rows = [[text] * len(header) for text in plain]
    odd = draw(st.lists(width.flatmap(lambda count: st.lists(cells, min_size=count, max_size=count)), max_size=30))
    mixed = draw(st.permutations(rows + odd))
    return [Row(number, row) for number, row in enumerate([header, *mixed], start=1)]


@pytest.mark.parametrize("normalize", [True, False])
@settings(max_examples=100, deadline=None)
@given(rows=tables())
def test_rows_at_once_are_rows_one_by_one(rows, normalize):
    options = ReadOptions(path="t", glossary="g", normalize=normalize)
    at_once = read_rows(rows, options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_pairs, "_FEW", len(rows))
        one_by_one = read_rows(rows, options)
    assert at_once == one_by_one


def test_plain_rows_go_the_short_way(monkeypatch):
    """The comparison above would say nothing if no row ever did."""
    taken = []
    monkeypatch.setattr(
        "termbase.formats.building.Builder.add_pairs", lambda _self, columns, lines: taken.append((len(columns), lines))
    )
    rows = [["Tiếng Việt", "Tiếng Anh", "Ghi chú"], *([f"giao ban {n}", f"briefing {n}", "a; b"] for n in range(40))]
    rows[20][0] = "giao ban; họp giao ban"
    read_rows([Row(number, row) for number, row in enumerate(rows, start=1)], ReadOptions())
    lines = [line for _, numbers in taken for line in numbers]
    assert {count for count, _ in taken} == {3}
    assert len(lines) >= 30
    assert 21 not in lines


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=90)
names = st.text(st.sampled_from("đĐàẠưỹ aZ9-–/()ßﬁ．e\u0301"), max_size=90)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.one_of(names, texts), st.one_of(names, texts)), min_size=1, max_size=5))
def test_ids_made_at_once_are_those_made_one_by_one(pairs):
    vi, en = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    assert pair_ids(vi, en) == [pair_id(*pair) for pair in pairs]


@pytest.mark.parametrize(("names", "fixed"), [("vi", {}), ("vi en", {"vi": ""}), ("vi", {"fr": ""})])
def test_a_maker_wants_each_field_once(names, fixed):
    with pytest.raises(TypeError, match="Part has other fields"):
        maker(Part, names, **fixed)


def test_what_is_made_while_the_collector_rests_is_collected_later():
    import gc
    import weakref

    class Ring:
        def __init__(self):
            self.other = self

    with collector_paused():
        lost = weakref.ref(Ring())
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert lost() is None
