"""Terms for machine translation: annotation, constraints, prompts and scores, by hand-worked examples."""

from __future__ import annotations

import json

import pytest

from termbase import Termbase
from termbase.apply import Annotated, PromptOptions, annotate, annotate_many, constraints, prompt, unmask
from termbase.errors import UsageError
from termbase.json import concept_from_json
from termbase.score import score, signature


def concept(id, vi, *english):
    terms = [{"lang": "vi", "text": vi, "status": "preferred"}]
    for number, text in enumerate(english):
        text, _, status = text.partition("|")
        terms.append({"lang": "en", "text": text, "status": status or ("admitted" if number else "preferred")})
    return concept_from_json({"id": id, "glossary": "own", "terms": terms})


TERMS = Termbase.from_concepts(
    [
        concept("cell", "chi bộ", "Party cell", "Party branch", "cell branch|deprecated"),
        concept("post", "sở chỉ huy", "command post", "command office|deprecated"),
        concept("one", "đối tượng", "object of struggle"),
        concept("two", "đối tượng", "target group"),
    ]
)
SOURCE = "Các chi bộ ở sở chỉ huy & đối tượng."


def test_tags_are_escaped_and_give_the_source_back():
    text = annotate(TERMS, SOURCE).text
    assert text == (
        'Các <term translation="Party cell">chi bộ</term> ở '
        '<term translation="command post">sở chỉ huy</term> &amp; đối tượng.'
    )


def test_factors_are_one_a_token():
    made = annotate(TERMS, "Sở chỉ huy mới.", "factors")
    assert made.text.split() == ["Sở", "chỉ", "huy", "command", "post", "mới", "."]
    assert made.factors == (1, 1, 1, 2, 2, 0, 0)


def test_append_names_a_term_once():
    assert annotate(TERMS, "Chi bộ. chi bộ, chi bộ", "append").text == (
        "Chi bộ. chi bộ, chi bộ ¦ Chi bộ = Party cell ¦ chi bộ = Party cell"
    )


def test_mask_and_unmask_are_inverse_and_tell_losses():
    made = annotate(TERMS, SOURCE, "mask")
    assert made.text == "Các ⟦0⟧ ở ⟦1⟧ & đối tượng."
    assert unmask("At ⟦1⟧ the ⟦0⟧s met.", made) == ("At command post the Party cells met.", ())
    assert unmask("At ⟦1⟧.", made) == ("At command post.", ("Party cell",))


def test_homographs_are_left_alone():
    assert annotate(TERMS, "đối tượng", "mask") == Annotated("đối tượng")
    assert constraints(TERMS, "đối tượng") == []


def test_constraints_in_each_style():
    assert constraints(TERMS, SOURCE) == [["Party cell", "Party branch"], ["command post"]]
    assert constraints(TERMS, SOURCE, "suppress") == ["cell branch", "command office"]
    assert constraints(TERMS, "Chi bộ\tmới", "fairseq") == "Chi bộ mới\tParty cell"
    row = constraints(TERMS, SOURCE, "sockeye")
    assert json.loads(json.dumps(row)) == {
        "text": SOURCE,
        "constraints": ["Party cell", "command post"],
        "avoid": ["cell branch", "command office"],
    }
    assert constraints(TERMS, "Không có.", "sockeye") == {"text": "Không có."}


def test_prompts_keep_order_wording_and_size():
    assert prompt(TERMS, SOURCE).splitlines() == [
        "Use these terms:",
        "- chi bộ: Party cell; also allowed: Party branch; never: cell branch",
        "- sở chỉ huy: command post; never: command office",
    ]
    assert prompt(TERMS, SOURCE, options=PromptOptions(wording="vi")).startswith("Dùng các thuật ngữ sau:")
    assert len(prompt(TERMS, SOURCE, options=PromptOptions(max_terms=1)).splitlines()) == 2
    assert prompt(TERMS, SOURCE, options=PromptOptions(max_characters=40)) == ""
    assert prompt(TERMS, "Không có.") == ""


def test_unknown_styles_and_languages_are_refused():
    with pytest.raises(UsageError, match="tags, factors"):
        annotate(TERMS, "a", "bold")
    with pytest.raises(UsageError, match="lists, sockeye"):
        constraints(TERMS, "a", "bold")
    with pytest.raises(UsageError, match="vi, en"):
        prompt(TERMS, "a", lang="fr")


def test_batches_are_read_as_they_are_asked_for():
    taken = []

    def sources():
        for text in ("chi bộ", "không"):
            taken.append(text)
            yield text

    made = annotate_many(TERMS, sources(), "mask")
    assert taken == []
    assert next(made).text == "⟦0⟧"
    assert taken == ["chi bộ"]


def test_score_of_a_hand_worked_example():
    sources = ["Các chi bộ.", "Chi bộ và chi bộ.", "Chi bộ ở sở chỉ huy.", "Sở chỉ huy.", "Đối tượng."]
    targets = ["The Party cells.", "A Party cell.", "A Party branch at a command post.", "A command office.", "x"]
    made = score(TERMS, sources, targets)
    # Mentions: 1 + 2 + 2 + 1; the homograph is not counted.
    assert made.mentions == 6
    # Any form: cells 1, cell 2 (one stretch answers both here), branch 1, post 1, office 0.
    assert made.any_form == pytest.approx(5 / 6)
    # To the letter: not the plural.
    assert made.base == pytest.approx(4 / 6)
    # Exclusive: the second mention of the second segment has no stretch of its own.
    assert made.exclusive == pytest.approx(4 / 6)
    # Answered: cell, cell, branch; post. Three of four agree with the first and the most frequent.
    assert (made.first, made.most_frequent, made.preferred) == (3 / 4, 3 / 4, 3 / 4)


def test_score_of_a_hand_worked_example_the_other_way():
    sources = ["The Party cells met.", "A Party branch and a Party cell.", "A command post."]
    targets = ["Các chi bộ họp.", "Một chi bộ.", "Đơn vị."]
    made = score(TERMS, sources, targets, source_lang="en")
    # Mentions: 1 + 2 + 1. Any form: 1, both by one stretch, 0. Exclusive: 1, one of two, 0.
    assert (made.mentions, made.any_form, made.exclusive) == (4, 3 / 4, 2 / 4)
    # Vietnamese has no forms: to the letter is any form. Both answers are the one preferred term.
    assert (made.base, made.first, made.preferred) == (3 / 4, 1.0, 1.0)
    assert "langs:en-vi" in made.signature
    with pytest.raises(UsageError, match="the two languages are vi and en"):
        score(TERMS, ["a"], ["b"], source_lang="fr")


def test_the_reference_is_the_ceiling_and_no_terms_is_full_marks():
    reference = ["The Party cells at the command post."]
    assert score(TERMS, ["Các chi bộ ở sở chỉ huy."], reference).exclusive == 1.0
    assert score(TERMS, ["Không."], ["No."]).exclusive == 1.0
    with pytest.raises(ValueError, match="zip"):
        score(TERMS, ["a"], [])


def test_signature_changes_with_the_terms_only():
    assert signature(TERMS) == signature(Termbase.from_concepts(TERMS.concepts))
    assert signature(TERMS) != signature(Termbase.from_concepts(TERMS.concepts[:1]))
