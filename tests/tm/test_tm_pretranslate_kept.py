"""Pre-translation keeps what it does not fill: columns, line ends, closed states, annotations, inline codes."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest

from tm import Segment, TranslationMemory, TranslationUnit
from tm.formats.base import ReadOptions
from tm.formats.codes import taken_over
from tm.formats.plain import TsvDocument
from tm.formats.xliff import XliffDocument
from tm.model import InlineCode, Provenance
from tm.options import SearchOptions
from tm.pretranslate import PretranslateOptions, pretranslate
from tm.slots import Slot

BOLD = (InlineCode(0, "g", '<g id="5">'), InlineCode(3, "g", "</g>"))


@pytest.fixture
def memory():
    with TranslationMemory.open(":memory:") as opened:
        opened.add(TranslationUnit(source=Segment("vi", "Giữ chốt."), target=Segment("en", "Hold the post.")))
        opened.add(
            TranslationUnit(
                source=Segment("vi", "Lên đường ngay.", BOLD),
                target=Segment("en", "Set out now.", (BOLD[0], InlineCode(7, "g", "</g>"))),
            )
        )
        yield opened


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("Giữ chốt.\t\tghi chú\r\n", "Giữ chốt.\tHold the post.\tghi chú\t100\tmain\r\n", "a third column stays"),
        ("\ufeffGiữ chốt.\t\n", "\ufeffGiữ chốt.\tHold the post.\t100\tmain\n", "the byte order mark stays"),
        ("Giữ chốt.\n\nKhác.\t", "Giữ chốt.\tHold the post.\t100\tmain\n\nKhác.\t", "so do an empty line and the end"),
        ("  Giữ chốt. \t \n", "  Giữ chốt. \tHold the post.\t100\tmain\n", "and blanks around the source"),
        ("A\tB\tC\u2028D\r\n", "A\tB\tC\u2028D\r\n", "no line ends where only Python sees one"),
    ],
    ids=lambda value: value if " " in value and "\t" not in value else "",
)
def test_rows_keep_what_is_not_filled(memory, before, after, reason):
    document = TsvDocument.of(before.encode(), ReadOptions())
    assert document.filled(pretranslate(memory, document)[0]).decode() == after


def xliff_2(segment):
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="vi" trgLang="en">'
        f'<file id="f"><unit id="u">{segment}</unit></file></xliff>'
    ).encode()


def xliff_1(unit):
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="vi" '
        f'target-language="en" datatype="plaintext"><body>{unit}</body></file></xliff>'
    ).encode()


@pytest.mark.parametrize(
    "data",
    [
        xliff_2('<segment state="final"><source>Giữ chốt.</source><target/></segment>'),
        xliff_2('<segment state="reviewed"><source>Giữ chốt.</source><target></target></segment>'),
        xliff_1('<trans-unit id="1"><source>Giữ chốt.</source><target state="signed-off"/></trans-unit>'),
    ],
)
def test_a_closed_state_is_not_opened_by_an_empty_target(memory, data):
    document = XliffDocument.of(data, ReadOptions())
    fills, report = pretranslate(memory, document)
    assert (document.filled(fills), report.counts) == (data, {"confirmed": 1})


@pytest.mark.parametrize(
    ("source", "least", "target", "reason"),
    [
        ('Giữ <mrk id="m" type="term">chốt</mrk>.', 100, "Hold the post.", "an annotation need not be kept"),
        ('<g id="1">Giữ chốt.</g>', 99, '<g id="1">Hold the post.</g>', "codes around the whole go around the whole"),
        ('<ph id="1"/>Giữ chốt.', 99, '<ph id="1"></ph>Hold the post.', "a code before the text stays there"),
        (
            '<g id="8">Lên</g> đường ngay.',
            100,
            '<g id="8">Set out</g> now.',
            "codes of the match take the ids asked for",
        ),
        ('Giữ <ph id="1"/>chốt.', 99, None, "a code within has no place in a plain match"),
        ('<ph id="1"/>Lên <ph id="2"/>đường ngay.', 90, None, "other shapes have none either"),
    ],
    ids=lambda value: value if isinstance(value, str) and "<" not in value else "",
)
def test_inline_codes_of_the_segment_are_kept(memory, source, least, target, reason):
    data = xliff_1(f'<trans-unit id="1"><source>{source}</source></trans-unit>')
    document = XliffDocument.of(data, ReadOptions())
    fills, report = pretranslate(memory, document, PretranslateOptions(min_score=least))
    filled = document.filled(fills).decode()
    if target is None:
        assert (fills, report.counts) == ({}, {"codes differ": 1})
    else:
        assert f">{target}</target>" in filled


FILE = '<xliff version="1.2"><file original="a" source-language="%s" target-language="%s" datatype="x"><body>%s</body></file></xliff>'
OPEN = "<source>Giữ chốt.</source>"


@pytest.mark.parametrize(("source", "target"), [("vi", "fr"), ("de", "en"), ("vi", "vi")])
def test_a_file_of_other_languages_is_not_filled(memory, source, target):
    data = (FILE % (source, target, f'<trans-unit id="1">{OPEN}</trans-unit>')).encode()
    document = XliffDocument.of(data, ReadOptions())
    fills, report = pretranslate(memory, document)
    assert (document.filled(fills), report.counts) == (data, {"other language": 1})


def test_a_locked_unit_is_left(memory):
    units = "".join(f'<trans-unit id="{i}" {a}>{OPEN}</trans-unit>' for i, a in enumerate(('mq:locked="locked"', "")))
    data = (FILE % ("vi", "en", units)).replace("<file", '<file xmlns:mq="MQXliff"', 1).encode()
    assert sorted(pretranslate(memory, XliffDocument.of(data, ReadOptions()))[0]) == [1]


def test_a_target_keeps_its_other_attributes(memory):
    target = '<target xml:lang="en" state="new" state-qualifier="x" phase-name="p"/>'
    data = (FILE % ("vi", "en", f'<trans-unit id="1">{OPEN}{target}</trans-unit>')).encode()
    document = XliffDocument.of(data, ReadOptions())
    expected = b'<target xml:lang="en" phase-name="p" state="translated" state-qualifier="exact-match">Hold the post.<'
    assert expected in document.filled(pretranslate(memory, document)[0])
    data = xliff_2(f'<segment>{OPEN}<target xml:space="preserve"/></segment>')
    document = XliffDocument.of(data, ReadOptions())
    assert b'<target xml:space="preserve">Hold the post.<' in document.filled(pretranslate(memory, document)[0])


@pytest.mark.parametrize("declared", ["", "<?xml version='1.0' encoding='UTF-16'?>\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_stays_one(memory, declared, encoding):
    text = "\ufeff" + declared + FILE % ("vi", "en", f'<trans-unit id="1">{OPEN}</trans-unit>')
    document = XliffDocument.of(text.encode(encoding), ReadOptions())
    assert document.filled({}) == text.encode(encoding)
    filled = document.filled(pretranslate(memory, document)[0]).decode(encoding)
    assert filled.startswith("\ufeff" + declared) and ">Hold the post.</target>" in filled


def mixed(rng, side):
    """A segment with codes around it, at its end, or without any."""
    text = " ".join(rng.choices("giữ vững chốt đồn bốt ta địch".split() if side == "vi" else "a b c d".split(), k=4))
    around = (InlineCode(0, "g", '<g id="1">'), InlineCode(len(text), "g", "</g>"))
    last = (InlineCode(len(text), "ph", '<ph id="2"/>'),)
    return Segment(side, text, rng.choice([(), (), around, last]))


def test_what_is_filled_is_the_first_match_whose_codes_fit():
    """A segment without codes asks for the best alone; it gets what it would get out of all matches."""
    rng = random.Random(4)
    memory = TranslationMemory.open(":memory:")
    hands = list(Provenance)
    memory.import_units(
        TranslationUnit(source=mixed(rng, "vi"), target=mixed(rng, "en"), provenance=rng.choice(hands))
        for _ in range(300)
    )
    slots = tuple(Slot(mixed(rng, "vi"), Segment("en", "")) for _ in range(80))
    fills, report = pretranslate(memory, SimpleNamespace(slots=slots), PretranslateOptions(min_score=60))
    expected, plain = {}, 0
    for index, slot in enumerate(slots):
        texts = [each.source.text for each in (*slots[:index][-1:], *slots[index + 1 :][:1])]
        before, after = texts if 0 < index < len(slots) - 1 else ("", *texts) if not index else (*texts, "")
        options = SearchOptions(previous=before, next=after, codes=slot.source.codes)
        limit = 3 if slot.source.codes else None
        for match in memory.search(slot.source.text, "vi", 60, limit, options=options)[:limit]:
            if target := taken_over(slot.source, match.source, match.target):
                expected[index] = (target, match.score)
                break
        plain += index in expected and not slot.source.codes
    assert {index: (fill.target, fill.score) for index, fill in fills.items()} == expected
    assert len(expected) == 80 - sum(report.counts.get(reason, 0) for reason in ("no match", "codes differ"))
    assert plain > 20 and report.counts["codes differ"]
