"""The quick way through a TMX file gives what the XML parser gives, unit by unit and line by line."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.errors import FormatError
from tm.formats import tmx, tmx_plain, tmx_read
from tm.formats.base import ReadOptions
from tm.model import TranslationUnit

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="vi"/>\n<body>\n'
GOOD = '<tu><tuv xml:lang="vi"><seg>Giữ chốt</seg></tuv><tuv xml:lang="en"><seg>Hold</seg></tuv></tu>\n'

PIECES = [
    GOOD,
    '<tu tuid="T1" creationdate="20260102T030405Z"><tuv xml:lang="en"><seg>Hold</seg></tuv>\n<tuv lang="vi-VN"><seg>Giữ</seg></tuv></tu>\n',
    '<tu>\n<note>một</note><prop type="file">a &amp; b</prop><prop type="x-songngu-status">draft</prop><tuv xml:lang="vi"><seg>&#273;ội &lt;3&gt;</seg></tuv>\n<tuv xml:lang="en" creationid="An"><seg>x</seg></tuv></tu>',
    '<tu srclang="en"><tuv xml:lang="vi"><seg>a</seg></tuv><tuv xml:lang="EN-gb"><seg>b</seg></tuv></tu>',
    '<tu><tuv xml:lang="vi"><seg>a<ph x="1"/>b</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>\r\n',
    '<tu><tuv xml:lang="vi"><seg><![CDATA[</tu><tu>]]></seg></tuv><tuv xml:lang="en"><seg>b\r\nc</seg></tuv></tu>',
    f"<!-- </tu>{GOOD}-->",
    f"<!-- </tu> -->{GOOD}",
    '<tu tuid="alone"><tuv xml:lang="vi"><seg>a</seg></tuv></tu>',
    '<tu><tuv xml:lang="vi"><seg> </seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>\n',
    '<tu><tuv xml:lang="vi"><seg>a</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv><tuv xml:lang="fr"><seg>c</seg></tuv></tu>',
    "<tu odd='1'><tuv xml:lang='vi'><seg>a</seg></tuv><tuv xml:lang='en'><seg>b</seg></tuv></tu >\n",
    '<tu x="1" usagecount="2"><tuv xml:lang="vi" y="3"><seg>a</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>\n',
    '<tu><prop type="t" xml:lang="en">w</prop><tuv xml:lang="vi"><prop type="q">1</prop><seg>a</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>',
    "<?odd </tu>?>\n\n",
    '<tu><tuv xml:lang="vi"><seg>\t</seg></tuv><tuv xml:lang="en"><seg>&#9;</seg></tuv></tu>\r',
    "  \n",
]
BROKEN = [
    "<tu><tuv>",
    '<tu><tuv xml:lang="vi"><seg>a &nbsp; b</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>',
    '<tu><tuv xml:lang="vi"><seg>a & b</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>',
    '<tu><tuv xml:lang="vi"><seg>a &#0; &#xFFFE;</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>',
    '<tu><tuv xml:lang="vi"><seg>a ]]> b</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>',
    '<tu><tuv xml:lang="vi"><seg>a\x01</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>',
    '<tu><tuv xml:lang="vi" xml:lang="vi"><seg>a</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>',
    "</tu>",
    "</body></tmx><tu>",
    f"</body></tmx>{GOOD}",
    '<tu><tuv xml:lang="vi"><seg>a</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv>',
]


def answers(text, portion=1 << 16, *, quick=True):
    """Everything that reading a file tells: units, remarks with their lines, and the error that ends it."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tmx_read, "_PORTION", portion)
        if not quick:
            patch.setattr(tmx_read, "plain_units", lambda _text, place, _maker, _found: place)
        try:
            found += tmx.read(io.BytesIO(text.encode()), ReadOptions(path="a.tmx"))
        except FormatError as error:
            found.append((error.problems[0].line, error.problems[0].message))
    return found


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=12),
    st.sampled_from(["", *BROKEN]),
    st.lists(st.sampled_from(PIECES), max_size=3),
    st.sampled_from([7, 100, 1 << 16]),
)
def test_both_ways_tell_the_same(before, broken, after, portion):
    text = HEAD + "".join([*before, broken, *after]) + "</body></tmx>\n"
    assert answers(text, portion) == answers(text, portion, quick=False)


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_broken_is_refused(broken):
    line, message = answers(f"{HEAD}{GOOD * 3}{broken}</body></tmx>\n")[-1]
    assert (line >= 7, bool(message)) == (True, True)


def test_attributes_that_the_file_declares_are_seen():
    declared = '<!DOCTYPE tmx [<!ATTLIST tuv creationid CDATA "An">]><tmx version="1.4"><header srclang="vi"/><body>'
    assert [unit.author for unit in answers(f"{declared}{GOOD * 3}</body></tmx>")] == ["An"] * 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_between_the_tags(one, other):
    unit = f'<tu><tuv xml:lang="vi"><seg>{one}</seg></tuv><tuv xml:lang="en"><seg>{other}</seg></tuv></tu>'
    text = f"{HEAD}{GOOD}{unit}{GOOD}</body></tmx>"
    assert answers(text) == answers(text, quick=False)


def test_plain_units_take_the_quick_way(monkeypatch):
    """The way is really taken: of many plain units the parser sees the first alone."""
    seen = []
    original = tmx_read.plain_units

    def counting(text, place, maker, found):
        before = len(found)
        end = original(text, place, maker, found)
        seen.append(len(found) - before)
        return end

    monkeypatch.setattr(tmx_read, "plain_units", counting)
    found = list(tmx.read(io.BytesIO(f"{HEAD}{GOOD * 500}</body></tmx>".encode()), ReadOptions()))
    assert sum(isinstance(unit, TranslationUnit) for unit in found) == 500
    assert sum(seen) == 499


def test_text_that_xml_forbids_is_not_plain():
    assert tmx_plain.sure("đội\t\r\n\x7f".encode())
    assert not any(tmx_plain.sure(text.encode()) for text in ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "a]]>b"])
