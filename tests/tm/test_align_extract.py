"""Term candidates from aligned pairs, and ``songngu terms extract``."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from termbase.formats.registry import read
from termbase.model import Concept, Term
from termbase.recognize import Recognizer
from tm.commands.terms import terms as command
from tm.extract import ExtractOptions, extract_terms

SENTENCES = [
    ("Đơn vị duy trì nghiêm chế độ sẵn sàng chiến đấu.", "The unit strictly maintains combat readiness."),
    ("Kiểm tra công tác sẵn sàng chiến đấu ở Hà Giang.", "Combat readiness was inspected in Ha Giang."),
    ("Sẵn sàng chiến đấu là nhiệm vụ trung tâm.", "Combat readiness is the central task."),
    ("Dân quân giúp dân gặt lúa.", "The militia helped people harvest rice."),
    ("Lực lượng dân quân tuần tra đêm.", "Militias patrolled at night."),
    ("Dân quân và bộ đội cứu người bị nạn.", "The militia and soldiers rescued victims."),
    ("Mưa lớn ở Hà Giang.", "Heavy rain in Ha Giang."),
    ("Trường học mở cửa.", "The school opened."),
]


def proposed(found):
    return {(candidate.vi.lower(), candidate.en.lower()) for candidate in found}


def test_whole_terms_are_proposed_not_their_parts():
    found = extract_terms(SENTENCES)
    assert ("sẵn sàng chiến đấu", "combat readiness") in proposed(found)
    assert ("chiến đấu", "combat") not in proposed(found)
    assert ("dân quân", "militia") in proposed(found)


def test_figures_and_examples_are_those_of_the_pairs():
    found = {c.vi.lower(): c for c in extract_terms(SENTENCES)}["sẵn sàng chiến đấu"]
    assert (found.count, found.vi_count, found.en_count) == (3, 3, 3)
    assert found.examples == tuple(SENTENCES[:2])


def test_a_hyphen_does_not_cut_a_name():
    pairs = [
        ("Thăm Xi-ôn-cốp-xki.", "A visit to Tsiolkovsky-Grad."),
        ("Về Xi-ôn-cốp-xki.", "Back to Tsiolkovsky-Grad."),
        ("Xi-ôn-cốp-xki có tuyết.", "Snow in Tsiolkovsky-Grad."),
    ]
    assert ("xi-ôn-cốp-xki", "tsiolkovsky-grad") in proposed(extract_terms(pairs))


def test_known_terms_are_marked():
    known = Concept(id="dq", terms=(Term(text="dân quân", lang="vi"), Term(text="militia", lang="en")))
    other = Concept(id="x", terms=(Term(text="sẵn sàng chiến đấu", lang="vi"), Term(text="alert", lang="en")))
    marks = {c.vi.lower(): (c.known, c.concept_id) for c in extract_terms(SENTENCES, Recognizer([known, other]))}
    assert marks["dân quân"] == ("known", "dq")
    assert marks["sẵn sàng chiến đấu"] == ("other", "x")


def test_nothing_comes_of_nothing():
    assert extract_terms([]) == []
    assert extract_terms([("", "")]) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text("abđ .", max_size=12), st.text("xyz .", max_size=12)), max_size=8))
def test_scores_and_counts_hold_for_any_text(pairs):
    for found in extract_terms(pairs, options=ExtractOptions(min_count=2, min_score=0.0)):
        assert 0.0 < found.score <= 1.0
        assert 2 <= found.count <= min(found.vi_count, found.en_count) <= len(pairs)


@pytest.fixture
def pairs_file(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{vi}\t{en}\n" for vi, en in SENTENCES), encoding="utf-8")
    return str(path)


def test_command_writes_a_sheet_that_can_be_imported(pairs_file, tmp_path):
    sheet = tmp_path / "drafts.csv"
    done = CliRunner().invoke(command, ["extract", pairs_file, "--sheet", str(sheet), "--json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    assert {"vi", "en", "score", "count", "known", "examples"} <= set(rows[0])
    result = read(str(sheet))
    assert not result.problems
    assert len(result.concepts) == len(rows)
    assert {t.status.value for concept in result.concepts for t in concept.terms} == {"draft"}


def test_command_says_when_nothing_is_proposed(tmp_path):
    (tmp_path / "one.tsv").write_text("Một.\tOne.\n", encoding="utf-8")
    done = CliRunner().invoke(command, ["extract", str(tmp_path / "one.tsv")])
    assert done.exit_code == 1
    assert "no term is proposed" in done.stderr


def test_a_capital_of_the_start_of_a_sentence_is_none_of_the_term():
    found = {c.vi: c.en for c in extract_terms([*SENTENCES, ("Thăm Hà Giang.", "A visit to Ha Giang.")])}
    assert found["sẵn sàng chiến đấu"] == "combat readiness"
    assert found["Hà Giang"] == "Ha Giang"
