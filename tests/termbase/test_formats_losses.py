"""The loss report is complete and says nothing false, for random rich concepts in every format.

What a format's reader gives back is compared with what was written, field by field and without the help of
the code under test; the report must name exactly what differs.
"""

from __future__ import annotations

import sys
from collections import Counter
from io import BytesIO
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from termbase.formats.base import FormatSpec, ReadOptions, WriteOptions
from termbase.formats.fields import reduce
from termbase.formats.registry import FORMATS, losses_of, read, write
from termbase.model import (
    AdministrativeStatus,
    CaseRule,
    Concept,
    Confidence,
    Example,
    GrammaticalNumber,
    Part,
    PartOfSpeech,
    Relation,
    RelationType,
    Term,
    TermType,
    Verification,
)
from termbase.text.normalize import normalize, normalize_term

BOTH = [name for name, spec in FORMATS.items() if spec.reads and spec.writes]
WORDS = [
    "đảng ủy", "sẵn sàng", "khóa", "khoá", "bộ đội", "Lữ đoàn", "Party", "committee", "readiness", "4", "tại chỗ",
    "=1+1", "+84", "-x", "@home", "'quoted'", '"double"', "“curly”", ";", "|", "\\", "a;b", "#", "# no", "status: forbidden",
    "<b>", "&amp;", "]]>", "%s", "vi = en", "--", "'=x", "''", ",", "\t", "/", "…", "𝒜", "é", "Ð",
]  # fmt: skip
PROSE = [*WORDS, "\n", "\n\n", "  ", "\r\n", "x\u00a0y", "\u2028", ". ", "msgid", "{n}", "\u0007", "\u200b"]


def joined(parts: list[str]) -> str:
    return normalize(" ".join(parts))


def term_text(parts: list[str]) -> str:
    return normalize_term(" ".join(parts))


terms_text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(term_text).filter(bool)
prose = st.one_of(st.just(""), st.lists(st.sampled_from(PROSE), min_size=1, max_size=4).map(joined))
line = st.one_of(st.just(""), terms_text)
term = st.builds(
    Term,
    text=terms_text,
    lang=st.sampled_from(["vi", "en"]),
    status=st.sampled_from([*AdministrativeStatus, AdministrativeStatus.PREFERRED, AdministrativeStatus.ADMITTED]),
    type=st.sampled_from(TermType),
    part_of_speech=st.sampled_from([None, *PartOfSpeech]),
    number=st.sampled_from([None, *GrammaticalNumber]),
    case_rule=st.sampled_from([None, *CaseRule]),
    profiles=st.sampled_from([(), (), (), ("mod",), ("qdnd", "mod"), ("a;b",)]),
    note=prose,
    source=prose,
    verification=st.sampled_from([None, *Verification]),
)
concept = st.builds(
    Concept,
    id=st.sampled_from(
        ["c1", "c2", "c3", "dang-uy", "4 tại chỗ", "12", "=1", "a;b", "c1-2", "_sg.x", "#1", "Đ", "a\\b"]
    ),
    glossary=st.just("g"),
    terms=st.lists(term, min_size=1, max_size=5).map(tuple),
    subject_field=line,
    definition_vi=prose,
    definition_en=prose,
    parts=st.lists(st.builds(Part, terms_text, terms_text), max_size=2).map(tuple),
    examples=st.lists(st.builds(Example, prose, prose), max_size=3).map(tuple),
    note=prose,
    scope=prose,
    valid_from=st.sampled_from(["", "2006", "2025-07-01"]),
    valid_to=st.sampled_from(["", "2030-12-31"]),
    confidence=st.sampled_from([None, *Confidence]),
    relations=st.lists(
        st.builds(Relation, st.sampled_from(RelationType), st.sampled_from(["c1", "x y", "a;b", "a:b", "Đ"])),
        max_size=2,
    ).map(tuple),
    properties=st.lists(st.tuples(st.sampled_from(["client", "k ü"]), terms_text), max_size=1).map(tuple),
)


def strangers(concepts: list[Concept]) -> list[Concept]:
    """The concepts that share no term with one before: a format without ids may take two that do for one."""
    found, met = [], set()
    for c in concepts:
        texts = {(t.lang, t.text) for t in c.terms}
        if met.isdisjoint(texts):
            found.append(c)
            met |= texts
    return found


unique = st.lists(concept, min_size=1, max_size=3, unique_by=lambda c: c.id).map(strangers)


STATUS = {"status", "rejected_vi", "forbidden", "draft", "deprecated", "superseded", "synonyms", "profiles", "term"}
TERM = {
    "type": "type", "part_of_speech": "part_of_speech", "part_of_speech_en": "part_of_speech",
    "proper_noun": "part_of_speech", "number": "number", "case": "case_rule", "note": "note", "source": "source",
    "verification": "verification",
}  # fmt: skip
CONCEPT = {
    "subject_field": "subject_field", "definition_vi": "definition_vi", "definition_en": "definition_en",
    "parts": "parts", "examples": "examples", "more_examples": "examples", "concept_note": "note", "scope": "scope",
    "valid_from": "valid_from", "valid_to": "valid_to", "confidence": "confidence", "relations": "relations",
    "properties": "properties",
}  # fmt: skip


def term_identity(t: Term) -> tuple[object, ...]:
    return (t.lang, t.text, str(t.status), t.profiles)


def really_lost(before: Concept, after: Concept | None, *, ids: bool) -> set[str]:
    """The fields in which a concept that was read differs from the one that was written."""
    if after is None:
        return {"concept"}
    lost = {name for name in set(CONCEPT.values()) if getattr(before, name) != getattr(after, name)}
    lost = {"concept note" if name == "note" else name for name in lost}
    if ids and before.id != after.id:
        lost.add("id")
    mine, theirs = Counter(map(term_identity, before.terms)), Counter(map(term_identity, after.terms))
    if mine != theirs:
        lost.add("terms")
    # What was said of a term that is no longer there goes with it.
    found = {term_identity(t)[:2]: t for t in after.terms}
    for t in before.terms:
        twin = found.get(term_identity(t)[:2])
        if twin is not None and sum(term_identity(x)[:2] == term_identity(t)[:2] for x in before.terms) == 1:
            lost |= {name for name in set(TERM.values()) if getattr(t, name) != getattr(twin, name)}
    return lost


def named(fields: set[str]) -> set[str]:
    """The fields of a report in the words of :func:`really_lost`."""
    out = {TERM[name] for name in fields & TERM.keys()}
    out |= {"concept note" if CONCEPT[name] == "note" else CONCEPT[name] for name in fields & CONCEPT.keys()}
    out |= {"terms"} if fields & STATUS else set()
    return out | (fields & {"concept", "id"})


def round_trip(concepts: list[Concept], name: str) -> dict[str, Concept]:
    """Each concept as it came back by itself, by its id."""
    found = {}
    for c in concepts:
        out = BytesIO()
        write([c], out, name)
        back = read(BytesIO(out.getvalue()), name, ReadOptions(path="x", glossary="g")).concepts
        if back:
            found[c.id] = back[0]
    return found


@pytest.mark.parametrize("name", BOTH)
@settings(
    max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck)
)
@given(concepts=unique)
def test_exactly_what_does_not_survive_is_reported(name, concepts):
    reported: dict[str, set[str]] = {}
    for loss in losses_of(concepts, name):
        assert loss.message, loss
        reported.setdefault(loss.entry, set()).add(loss.field)
    back = round_trip(concepts, name)
    ids = "id" in FORMATS[name].holds
    for c in concepts:
        lost = really_lost(c, back.get(c.id), ids=ids)
        told = named(reported.get(c.id, set()))
        if "concept" in lost:
            assert "concept" in told
            continue
        left_terms = {t.text for t in c.terms} - {t.text for t in back[c.id].terms}
        # A term that is left out takes its own fields with it: the report may name them too.
        extra = told - lost - (set(TERM.values()) if left_terms or "terms" in lost else set())
        assert not lost - told, (c, back[c.id])
        assert not extra, (c, back[c.id])


@pytest.mark.parametrize("name", [name for name, spec in FORMATS.items() if spec.writes])
@settings(
    max_examples=20, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck)
)
@given(concepts=unique, source=st.sampled_from(["vi", "en"]))
def test_our_writers_look_at_no_field_that_the_format_leaves_out(name, concepts, source):
    """So that the registry need not empty those fields before it writes."""
    options = WriteOptions(source=source, target="en" if source == "vi" else "vi")
    sparing, careful = BytesIO(), BytesIO()
    write(concepts, sparing, name, options)
    write([reduce(concept, FORMATS[name].holds) for concept in concepts], careful, name, options)
    assert FORMATS[name].sparing
    assert sparing.getvalue() == careful.getvalue()


def test_a_guest_gets_no_more_than_its_format_holds(monkeypatch):
    """A writer from elsewhere that has not promised to be sparing is given emptied fields."""
    seen = []
    guest = FormatSpec(
        name="guest", title="", suffixes=(), reads=False, writes=True, holds=("id", "synonyms"), module="guest_format"
    )
    module = SimpleNamespace(write=lambda concepts, _stream, _options: seen.extend(concepts))
    monkeypatch.setitem(sys.modules, "guest_format", module)
    monkeypatch.setattr("termbase.formats.registry.get_format", lambda _name: guest)
    write([pair("c1", "giao ban", "briefing", note="secret")], BytesIO(), "guest")
    assert [(concept.id, concept.note) for concept in seen] == [("c1", "")]


def pair(identifier: str, vi: str, en: str, **values: str) -> Concept:
    return Concept(id=identifier, glossary="g", terms=(Term(text=vi, lang="vi"), Term(text=en, lang="en")), **values)


def told(concepts: list[Concept], name: str, **options: str) -> list[tuple[str, str]]:
    return [(loss.entry, loss.field) for loss in losses_of(concepts, name, WriteOptions(**options))]


@pytest.mark.parametrize("name", [name for name, spec in FORMATS.items() if spec.writes])
def test_a_plain_pair_is_lost_nowhere(name):
    assert [entry for entry in told([pair("giao-ban", "giao ban", "briefing")], name) if entry[1] != "id"] == []


@pytest.mark.parametrize("name", ["omegat", "utx", "po", "xliff", "deepl", "google", "amazon", "azure", "weblate"])
def test_a_concept_without_a_translation_is_told(name):
    lonely = Concept(id="c1", terms=(Term(text="giao ban", lang="vi"),))
    assert told([lonely], name) == [("c1", "concept")]
    rejected = Concept(
        id="c1", terms=(*lonely.terms, Term(text="hand over", lang="en", status=AdministrativeStatus.FORBIDDEN))
    )
    assert ("c1", "concept") in told([rejected], name)


@pytest.mark.parametrize("name", ["html", "print", "markdown", "tbx-core", "po"])
def test_a_concept_of_rejected_terms_only_is_told(name):
    rejected = Concept(
        id="c1", terms=(Term(text="hand over", lang="en", status=AdministrativeStatus.DEPRECATED, note="x"),)
    )
    assert ("c1", "concept") in told([rejected], name)


@pytest.mark.parametrize("name", ["csv", "xlsx", "table", "po"])
def test_two_concepts_of_one_id_fall_together_and_that_is_told(name):
    twins = [pair("c1", "khóa", "tenure"), pair("c1", "khóa", "course")]
    assert any(
        entry == "c1" and field in ("concept", "term", "synonyms", "status") for entry, field in told(twins, name)
    )


@pytest.mark.parametrize("name", ["jsonl"])
def test_two_concepts_of_one_id_stay_two_in_jsonl(name):
    assert told([pair("c1", "khóa", "tenure"), pair("c1", "khóa", "course")], name) == []


def test_xml_gives_the_second_of_two_equal_ids_another_and_tells():
    assert ("c1", "id") in told([pair("c1", "khóa", "tenure"), pair("c1", "khóa", "course")], "tbx-basic")


@pytest.mark.parametrize(
    "name", ["tbx-basic", "tbx-basic-dct", "tbx-min", "tbx-core", "tbx-v2", "multiterm", "xliff", "po"]
)
def test_line_ends_of_a_note_survive_in_files_of_ours(name):
    concept = pair("c1", "giao ban", "briefing", note="one\ntwo  three\n\nfour")
    assert told([concept], name) == []
    assert round_trip([concept], name)["c1"].note == concept.note


@pytest.mark.parametrize("name", ["tbx-basic", "tbx-min-dct", "tbx-v2", "multiterm"])
def test_a_note_that_begins_like_the_mark_of_a_status_stays_a_note(name):
    term = Term(text="giao ban", lang="vi", note="status: forbidden in headlines")
    concept = Concept(id="c1", glossary="g", terms=(term, Term(text="briefing", lang="en")))
    assert told([concept], name) == []
    assert round_trip([concept], name)["c1"].terms[0] == term


def test_a_cell_beyond_the_limit_of_excel_is_told():
    assert ("c1", "concept_note") in told([pair("c1", "giao ban", "briefing", note="x" * 40_000)], "xlsx")


@pytest.mark.parametrize("name", [n for n in BOTH if n.startswith("tbx") and "core" not in n])
def test_forbidden_is_not_deprecated_through_tbx(name):
    statuses = [AdministrativeStatus.FORBIDDEN, AdministrativeStatus.DEPRECATED, AdministrativeStatus.SUPERSEDED]
    more = tuple(Term(text=f"no {status}", lang="en", status=status, note="why") for status in statuses)
    concept = Concept(id="c1", glossary="g", terms=(*pair("c1", "giao ban", "briefing").terms, *more))
    assert told([concept], name) == []
    assert [t.status for t in round_trip([concept], name)["c1"].terms[2:]] == statuses


def test_a_concept_that_is_taken_for_another_one_is_told():
    first = Concept(id="a", terms=(Term(text="unit", lang="en", status=AdministrativeStatus.PREFERRED),))
    twin = Concept(id="b", terms=first.terms, subject_field="army")
    assert ("b", "concept") in {(loss.entry, loss.field) for loss in losses_of([first, twin], "memoq")}
    assert losses_of([twin], "memoq") == []
