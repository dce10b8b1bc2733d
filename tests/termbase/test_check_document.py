"""What only a whole document shows, the rules, acceptance, and the noise on clean pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from termbase import Termbase
from termbase.check import CheckOptions, check_document
from termbase.checking.accepted import Accepted
from termbase.checking.rules import DEFAULTS, read_rules
from termbase.errors import InputError
from termbase.json import concept_from_json

CONCEPTS = json.loads((Path(__file__).parents[1] / "cases" / "check.json").read_text(encoding="utf-8"))["concepts"]
TERMS = Termbase.from_concepts(concept_from_json(row) for row in CONCEPTS)
QUICK = CheckOptions(word_check=False)


def found(pairs, terms=TERMS, options=QUICK):
    return [
        (f.kind, f.segment, f.target.text if f.target else "") for f in check_document(terms, pairs, options=options)
    ]


def test_one_concept_in_two_accepted_renderings_is_one_finding():
    pairs = [("Chi bộ.", "A Party cell."), ("Chi bộ.", "A Party cell."), ("Chi bộ.", "The Party branches.")]
    assert ("inconsistent", 2, "Party branches") in found(pairs)
    assert sum(kind == "inconsistent" for kind, _, _ in found(pairs)) == 1


def test_number_and_spelling_are_not_inconsistent():
    pairs = [("Đảng bộ.", "A Party organisation."), ("Các đảng bộ.", "Party organisations.")]
    assert found(pairs) == []


def test_mixed_spelling_is_one_finding_a_document():
    pairs = [
        ("Đảng bộ.", "A Party organisation."),
        ("Tốt.", "Defence."),
        ("Đảng bộ.", "Party organizations, organized."),
    ]
    assert [row for row in found(pairs) if row[0] == "mixed-profile"] == [("mixed-profile", 2, "organizations")]


def test_a_profile_asked_for_says_which_spelling_is_wrong():
    pairs = [("Đảng bộ.", "A Party organization."), ("Đảng bộ.", "Another Party organization.")]
    assert [row[0] for row in found(pairs, TERMS.with_profile("mod"))] == ["mixed-profile"]
    assert found(pairs, TERMS.with_profile("qdnd")) == []


def test_two_houses_ranks_are_mixed():
    rank = {
        "id": "dai-ta",
        "glossary": "own",
        "subject_field": "rank",
        "terms": [
            {"lang": "vi", "text": "Đại tá", "status": "preferred"},
            {"lang": "en", "text": "Colonel", "status": "preferred", "profiles": ["mod"]},
            {"lang": "en", "text": "Senior Colonel", "status": "preferred", "profiles": ["qdnd"]},
        ],
    }
    terms = Termbase.from_concepts([concept_from_json(rank)])
    pairs = [("Đại tá A", "Colonel A"), ("Đại tá B", "Senior Colonel B")]
    mixed = [f for f in check_document(terms, pairs, options=QUICK) if f.kind == "mixed-profile"]
    assert len(mixed) == 1
    assert "house style" in mixed[0].message
    assert next(f.kind for f in check_document(terms.with_profile("qdnd"), pairs, options=QUICK)) == "deprecated"


def test_a_full_form_earlier_lets_a_short_form_pass():
    full = ("Ban Chỉ huy phòng thủ khu vực 1 họp.", "Regional Defence Command 1 met.")
    short = ("Ban Chỉ huy phòng thủ khu vực quyết định.", "The Command decided.")
    assert found([full, short]) == []
    assert found([short, full]) == [("missing", 0, "")]


def test_rules_switch_kinds_off_and_name_every_wrong_line():
    rules = read_rules("missing = off\ncase = note # house\n\n# all\n")
    assert rules.of("missing") is None
    assert str(rules.of("case")) == "note"
    assert found([("Chi bộ.", "x")], options=CheckOptions(rules=rules)) == []
    with pytest.raises(InputError) as caught:
        read_rules("colour = off\ncase = loud\n", "r.txt")
    assert [(p.path, p.line) for p in caught.value.problems] == [("r.txt", 1), ("r.txt", 2)]
    assert set(DEFAULTS) >= {"missing", "deprecated", "forbidden", "number", "date", "legal-number", "mixed-profile"}


def test_an_accepted_finding_comes_back_when_text_or_term_changes(tmp_path):
    pairs = [("Chi bộ.", "The cell branch.")]
    concepts = {concept.id: concept for concept in TERMS.concepts}
    findings = check_document(TERMS, pairs, options=QUICK)
    known = Accepted()
    assert known.add(findings, pairs, concepts, reason="a quotation", when="2026-01-01") == 1
    path = tmp_path / "a.jsonl"
    path.write_text(known.dump(), encoding="utf-8")
    again = Accepted.read(str(path))
    assert again.without(findings, pairs, concepts) == []
    moved = [("Chi bộ.", "A cell branch.")]
    assert again.without(check_document(TERMS, moved, options=QUICK), moved, concepts)
    changed = {**concepts, "chi-bo": concept_from_json({**CONCEPTS[0], "note": "new"})}
    assert again.without(findings, pairs, changed) == findings


def test_unlike_paragraphs_are_aligned(tmp_path):
    source, target = tmp_path / "vi.txt", tmp_path / "en.txt"
    source.write_text("Ngày 5-3-2025, chi bộ họp tại Hà Nội. Có 25 người dự.\n", encoding="utf-8")
    target.write_text("On 5 March 2025 the cell branch met in Ha Noi.\n\n26 people attended.\n", encoding="utf-8")
    glossary = tmp_path / "own.jsonl"
    glossary.write_text(json.dumps(CONCEPTS[0], ensure_ascii=False) + "\n", encoding="utf-8")
    done = CliRunner().invoke(cli.cli, ["--glossary", str(glossary), "check", str(source), str(target), "--json"])
    assert {row["kind"] for row in json.loads(done.stdout)} == {"deprecated", "number"}


def test_the_examples_of_the_shipped_glossaries_are_clean():
    """Professional pairs must stay quiet: no finding above a note."""
    terms = Termbase.bundled()
    pairs = [(example.vi, example.en) for concept in terms for example in concept.examples]
    noisy = [
        (pair, [str(f) for f in findings])
        for pair in pairs
        if (findings := [f for f in terms.check(*pair) if str(f.severity) != "note"])
    ]
    assert len(pairs) > 400
    assert not noisy
