from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from sample_concepts import FULL, RANK, TENURE

from termbase.bundled import bundled_files
from termbase.formats.base import ReadOptions, ReadResult
from termbase.formats.native_csv import read
from termbase.model import Concept, Example, Part, Relation, RelationType, Term, Verification
from termbase.validate import Rulebook, shipped_rules, validate, validate_files

CASES = json.loads((Path(__file__).parents[1] / "cases" / "glossary_faults.json").read_text(encoding="utf-8"))
HEADER = "concept_id,subject_field,lang,term,status,note,source"
RULES = Rulebook(sources={"src"}, subject_fields={"f"}, tone="old", strict=True)


def check(rows, rules=RULES):
    data = "\n".join([HEADER, *rows, ""]).encode()
    result = read(BytesIO(data), ReadOptions(path="own.csv", normalize=False))
    return validate([("own.csv", result)], rules)


@pytest.mark.parametrize("case", CASES, ids=[case["reason"] for case in CASES])
def test_fault_is_found_at_its_place(case):
    rows = case["rows"]
    if case.get("nfd"):
        rows = [unicodedata.normalize("NFD", row) for row in rows]
    if case.get("nbsp"):
        rows = [row.replace("hòa bình", "hòa\u00a0bình") for row in rows]
    found = check(rows)
    assert found, "nothing was found"
    first = next(problem for problem in found if case["says"] in problem.message)
    assert (first.path, first.line, first.column, first.field) == (
        "own.csv",
        case["line"],
        case["column"],
        case["field"],
    )


def test_a_sound_file_has_no_findings():
    assert check(["c1,f,vi,hòa bình,preferred,,src", "c1,,en,peace,preferred,,src"]) == []


def concept(**fields):
    terms = (Term(text="hòa bình", lang="vi", source="x"), Term(text="peace", lang="en", source="x"))
    return Concept(**{"id": "c1", "terms": terms, **fields})


def messages(*concepts, rules=None):
    return [problem.message for problem in validate([("x", ReadResult(concepts))], rules)]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"definition_vi": "Không có chiến tranh."}, "definition stands in one language only"),
        ({"examples": (Example("Hòa bình.", ""),)}, "example stands in one language only"),
        ({"parts": (Part("một", ""),)}, "the part “một” stands in one language only"),
        ({"relations": (Relation(RelationType.SEE_ALSO, "nowhere"),)}, "there is no concept 'nowhere'"),
        ({"relations": (Relation(RelationType.SEE_ALSO, "c1"),)}, "the concept itself"),
        ({"valid_from": "1/7/2025"}, "is not a year or an ISO date"),
        ({"valid_from": "2025-07-01", "valid_to": "2024"}, "ends (2024) before it begins"),
        ({"id": "c 1"}, "an id has no spaces"),
    ],
)
def test_faults_of_concepts(fields, says):
    assert any(says in message for message in messages(concept(**fields)))


def test_circle_of_replacement_is_told_with_its_way():
    circle = [
        concept(id="a", relations=(Relation(RelationType.REPLACED_BY, "b"),)),
        concept(id="b", relations=(Relation(RelationType.REPLACED_BY, "a"),), scope="other"),
    ]
    assert any("a → b → a" in message for message in messages(*circle))


def test_a_chain_of_replacement_is_no_circle():
    chain = [
        concept(id="a", relations=(Relation(RelationType.REPLACED_BY, "b"),)),
        concept(id="b", scope="other"),
    ]
    assert not any("circle" in message for message in messages(*chain))


def test_preferred_terms_of_two_profiles_are_no_collision():
    assert not any("second preferred" in message for message in messages(RANK))


def test_unknown_profile_and_verified_expert_knowledge():
    terms = (
        Term(text="hòa bình", lang="vi", profiles=("vnexpress",)),
        Term(text="hòa", lang="vi", source="expert", verification=Verification.VERIFIED),
        Term(text="peace", lang="en"),
    )
    found = messages(concept(terms=terms))
    assert any("unknown profile 'vnexpress'" in message for message in found)
    assert any("cannot be verified" in message for message in found)


def test_mixed_tone_placement_reports_the_minority():
    old = concept(id="a", terms=(Term(text="hòa bình", lang="vi"), Term(text="peace", lang="en")))
    older = concept(id="b", terms=(Term(text="thủy lợi", lang="vi"), Term(text="irrigation", lang="en")))
    new = concept(id="c", terms=(Term(text="hoà nhập", lang="vi"), Term(text="integration", lang="en")))
    found = [message for message in messages(old, older, new) if "tone marks" in message]
    assert found == ["“hoà nhập” places tone marks otherwise than the rest; write “hòa nhập”"]


def test_id_in_two_files_is_reported_in_the_second():
    files = [("a.csv", ReadResult((TENURE,))), ("b.csv", ReadResult((TENURE,)))]
    assert [p.path for p in validate(files) if "also stands in a.csv" in p.message] == ["b.csv"]


def test_known_ids_outside_the_set_may_be_named():
    own = replace(FULL, relations=(Relation(RelationType.SEE_ALSO, "shipped"),))
    assert not any("no concept" in m for m in messages(own, rules=Rulebook(known_ids={"shipped"})))


def test_shipped_glossaries_pass():
    found = validate_files(bundled_files(), shipped_rules())
    assert [str(problem) for problem in found] == []
