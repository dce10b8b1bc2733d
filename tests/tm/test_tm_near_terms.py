"""Terms recognised by the few concepts that can stand in a text: the answers are those of all concepts."""

from __future__ import annotations

import json
import random

import pytest

from termbase.model import Concept, Term
from termbase.termbase import Termbase
from tm.commands.near_terms import NearTerms, cached_first_words, first_words


@pytest.fixture(scope="module", params=[None, "qdnd"])
def termbase(request):
    return Termbase.bundled(profile=request.param)


@pytest.fixture(scope="module")
def words(termbase):
    return first_words(termbase.concepts)


def texts(termbase, lang, count):
    """Terms in and out of their usual dress, side by side and inside other words."""
    rng = random.Random(5)
    terms = [term.text for concept in termbase.concepts for term in concept.in_language(lang)]
    joints = (" ", ", ", "-", " “", "” ", "\n", "x", "/", "  ")
    for _ in range(count):
        parts = [rng.choice(terms) for _ in range(4)]
        parts[1] = parts[1].upper()
        parts[2] = f"{parts[2]}s" if lang == "en" else parts[2].replace("y", "i")
        yield "".join(part + rng.choice(joints) for part in parts)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_answers_are_those_of_all_concepts(termbase, words, lang):
    found = 0
    for text in texts(termbase, lang, 12):
        wanted = list(termbase.recognize(text, lang))
        assert list(NearTerms(termbase, words).recognize(text, lang)) == wanted
        found += len(wanted)
    assert found > 12


def test_every_text_beyond_a_few_is_answered_too(termbase, words):
    near = NearTerms(termbase, words)
    for text in texts(termbase, "vi", 30):
        assert list(near.recognize(text, "vi")) == list(termbase.recognize(text, "vi"))


def test_own_concepts_always_take_part(termbase, words):
    own = Concept(id="own", terms=(Term(text="xyz ba", lang="vi"), Term(text="qqq", lang="en")))
    both = Termbase.from_concepts([own, *termbase.stored], profile=termbase.profile.name if termbase.profile else None)
    near = NearTerms(both, words, always=["own"])
    assert [m.concept.id for m in near.recognize("Có xyz ba ở đây.", "vi")] == ["own"]


def test_the_first_words_are_kept_and_made_again_when_damaged(tmp_path, monkeypatch):
    monkeypatch.setenv("SONGNGU_CACHE", str(tmp_path))
    concepts = [Concept(id="a", terms=(Term(text="quân đội", lang="vi"), Term(text="army", lang="en")))]
    wanted = first_words(concepts)
    assert cached_first_words(concepts, identity="1") == wanted
    kept = next(tmp_path.glob("first-words-*.json"))
    assert cached_first_words([], identity="1") == wanted
    kept.write_text("{", encoding="utf-8")
    assert cached_first_words(concepts, identity="1") == wanted
    assert cached_first_words([], identity="2") == {"vi": {}, "en": {}}


def test_a_search_by_command_judges_by_shipped_and_own_terms(tmp_path):
    from click.testing import CliRunner

    from cli import cli

    run = CliRunner()
    db = ["--db", str(tmp_path / "memory.db")]
    vietnamese = "Đơn vị duy trì sẵn sàng chiến đấu với xyz ba."
    assert run.invoke(cli, [*db, "tm", "add", vietnamese, "The unit keeps up combat readiness."]).exit_code == 0
    first = run.invoke(cli, [*db, "tm", "search", vietnamese, "--json"])
    assert "combat readiness" in first.stdout
    assert "xyz ba" not in str(json.loads(first.stdout)[0]["matches"][0]["term_conflicts"])
    added = run.invoke(cli, [*db, "glossary", "add", "--vi", "xyz ba", "--en", "tripod xyz"])
    assert added.exit_code == 0, added.output
    second = json.loads(run.invoke(cli, [*db, "tm", "search", vietnamese, "--json"]).stdout)
    assert "xyz ba" in [c["term"] for c in second[0]["matches"][0]["term_conflicts"]]
