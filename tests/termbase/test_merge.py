from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from sample_concepts import CONCEPTS, COURSE, FULL, RANK, TENURE

from termbase.diff import diff
from termbase.merge import merge_concepts, plan
from termbase.merge_three import merge3
from termbase.model import AdministrativeStatus, Concept, Term

S = AdministrativeStatus


def concept(identifier, *terms, **fields):
    made = []
    for lang, text in terms:
        first = not any(term.lang == lang for term in made)
        made.append(Term(text=text, lang=lang, status=S.PREFERRED if first else S.ADMITTED))
    return Concept(id=identifier, terms=tuple(made), **fields)


PARTY = concept("dang", ("vi", "Đảng"), ("en", "Party"))


def test_by_id_first():
    new = concept("dang", ("vi", "Đảng ta"), ("en", "our Party"))
    result = plan([PARTY], [new])
    assert (result.created, result.merged) == (0, 1)
    merged = result.changes[0].after
    assert {term.text for term in merged.terms} == {"Đảng", "Đảng ta", "Party", "our Party"}
    assert merged.preferred("en").text == "our Party"
    assert [c.field for c in result.conflicts] == ["preferred", "preferred"]


def test_then_by_exact_key_of_both_languages():
    new = concept("x1", ("vi", "ĐẢNG"), ("en", "Communist Party"), ("en", "party"))
    result = plan([PARTY], [new])
    assert result.created == 0
    assert result.changes[0].after.id == "dang"


def test_homographs_stay_apart():
    result = plan([TENURE], [COURSE])
    assert (result.created, result.merged) == (1, 0)


def test_old_values_win_when_asked():
    old, new = replace(PARTY, note="old"), replace(PARTY, note="new")
    assert merge_concepts(old, new)[0].note == "new"
    merged, conflicts = merge_concepts(old, new, prefer="old")
    assert merged is old
    assert (conflicts[0].old, conflicts[0].new, conflicts[0].kept) == ("old", "new", "old")


def test_old_preferred_term_stays_when_asked():
    new = concept("dang", ("vi", "Đảng"), ("en", "the Party"))
    merged, conflicts = merge_concepts(PARTY, new, prefer="old")
    assert merged.preferred("en").text == "Party"
    assert [term.status for term in merged.terms if term.text == "the Party"] == [S.ADMITTED]
    assert conflicts[0].kept == "Party"


def test_empty_values_never_overwrite_and_the_glossary_stays():
    old = replace(FULL, glossary="own")
    bare = concept(FULL.id, ("vi", "4 tại chỗ"), ("en", "four on-the-spots"))
    merged, conflicts = merge_concepts(old, replace(bare, glossary="file"))
    assert merged.definition_vi == FULL.definition_vi
    assert merged.glossary == "own"
    assert not any(conflict.field == "glossary" for conflict in conflicts)


def test_the_same_key_twice_in_one_concept_is_stable():
    twins = Concept(
        id="c",
        terms=(
            Term(text="Tư lệnh", lang="vi"),
            Term(text="tư lệnh", lang="vi", status=S.ADMITTED),
            Term(text="commander", lang="en"),
        ),
    )
    result = plan([twins], [twins])
    assert (result.unchanged, result.conflicts) == (1, ())


def test_two_entries_of_a_file_for_one_concept():
    first, second = PARTY, concept("x", ("vi", "Đảng"), ("en", "Party"), ("en", "CPV"))
    once = plan([], [first, second])
    assert (once.created, once.merged, len(once.changes)) == (1, 1, 1)
    again = plan([once.changes[0].after], [first, second])
    assert (again.unchanged, again.changes) == (2, ())


texts = st.sampled_from(["Đảng", "đảng", "Đoàn", "Party", "party", "Youth Union", "khóa", "khoá"])
statuses = st.sampled_from([S.PREFERRED, S.ADMITTED, S.DEPRECATED])
terms = st.builds(
    Term, text=texts, lang=st.sampled_from(["vi", "en"]), status=statuses, note=st.sampled_from(["", "a", "b"])
)
concepts = st.builds(
    Concept,
    id=st.sampled_from(["a", "b", "c"]),
    terms=st.lists(terms, min_size=1, max_size=4, unique_by=lambda t: (t.lang, t.text)).map(tuple),
    note=st.sampled_from(["", "x", "y"]),
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(concepts, max_size=3, unique_by=lambda c: c.id), st.lists(concepts, max_size=3, unique_by=lambda c: c.id)
)
def test_importing_twice_changes_nothing_more(stored, incoming):
    def run(state):
        after = {c.id: c for c in state}
        result = plan(state, incoming)
        after.update({change.after.id: change.after for change in result.changes})
        return list(after.values()), result

    once, first = run(stored)
    twice, second = run(once)
    assert twice == once
    assert second.changes == ()
    assert second.unchanged == len(incoming)
    assert first.created + first.merged + first.unchanged == len(incoming)


def test_merge3_takes_each_sides_changes():
    ours = [replace(FULL, note="ours"), RANK]
    theirs = [replace(FULL, scope="theirs"), RANK, TENURE]
    result = merge3([FULL, RANK], ours, theirs)
    assert result.conflicts == ()
    assert [c.id for c in result.concepts] == ["bon-tai-cho", "dai-ta", "khoa-nhiem-ky"]
    assert (result.concepts[0].note, result.concepts[0].scope) == ("ours", "theirs")


def test_merge3_merges_terms_one_by_one():
    extra = Term(text="Đ/tá", lang="vi", status=S.ADMITTED)
    noted = replace(RANK.terms[0], note="n")
    ours = [replace(RANK, terms=(noted, *RANK.terms[1:]))]
    theirs = [replace(RANK, terms=(*RANK.terms[:-1], extra))]
    (merged,) = merge3([RANK], ours, theirs).concepts
    assert merged.terms == (noted, *RANK.terms[1:-1], extra)


def test_merge3_conflict_keeps_ours_and_names_both():
    result = merge3([PARTY], [replace(PARTY, note="ours")], [replace(PARTY, note="theirs")])
    assert result.concepts[0].note == "ours"
    assert str(result.conflicts[0]) == "dang: note: “ours” against “theirs”; “ours” is kept"


def test_merge3_removed_against_changed_keeps_the_change():
    changed = replace(PARTY, note="n")
    for ours, theirs in (([], [changed]), ([changed], [])):
        result = merge3([PARTY], ours, theirs)
        assert result.concepts == (changed,)
        assert [c.field for c in result.conflicts] == ["concept"]


def test_merge3_removed_on_one_side_is_removed():
    assert merge3(CONCEPTS, CONCEPTS[1:], CONCEPTS).concepts == CONCEPTS[1:]
    assert merge3(CONCEPTS, CONCEPTS, CONCEPTS[1:]).concepts == CONCEPTS[1:]


def test_merge3_new_concepts_stand_where_they_stood():
    result = merge3([PARTY], [PARTY, RANK], [TENURE, PARTY, COURSE])
    assert [c.id for c in result.concepts] == ["khoa-nhiem-ky", "dang", "khoa-hoc", "dai-ta"]


def test_diff_tells_terms_and_fields():
    changed = replace(PARTY, note="n", terms=(replace(PARTY.terms[0], note="t"), Term(text="CPV", lang="en")))
    (change,) = diff([PARTY], [changed])
    assert str(change).splitlines() == [
        "~ dang",
        "    + note: n",
        "    + Đảng: note: t",
        "    - en term: Party (preferred)",
        "    + en term: CPV (preferred)",
    ]


def test_diff_of_equal_and_reordered_glossaries_is_empty():
    assert diff(CONCEPTS, CONCEPTS[::-1]) == ()


def test_diff_added_and_removed():
    assert [(c.kind, c.id) for c in diff([PARTY], [RANK])] == [("removed", "dang"), ("added", "dai-ta")]


FERRY = concept("pha", ("vi", "phà"), ("en", "ferry"), ("en", "ferryboat"))


def edited(made, spelling, **fields):
    return replace(made, terms=tuple(replace(t, **fields) if t.text == spelling else t for t in made.terms))


def test_merge3_takes_different_fields_of_one_term_from_both_sides():
    result = merge3([FERRY], [edited(FERRY, "ferry", source="manual")], [edited(FERRY, "ferry", note="of a river")])
    assert result.concepts == (edited(FERRY, "ferry", source="manual", note="of a river"),)
    assert not result.conflicts


def test_merge3_tells_two_renamed_preferred_terms():
    result = merge3([FERRY], [edited(FERRY, "ferry", text="raft")], [edited(FERRY, "ferry", text="barge")])
    (merged,) = result.concepts
    assert {(term.text, str(term.status)) for term in merged.in_language("en")} == {
        ("raft", "preferred"),
        ("barge", "admitted"),
        ("ferryboat", "admitted"),
    }
    assert [(c.field, c.old, c.new, c.kept) for c in result.conflicts] == [("preferred", "raft", "barge", "raft")]


def test_merge3_tells_a_preferred_term_that_only_they_promoted_beside_ours():
    ours = edited(FERRY, "ferry", text="raft")
    theirs = edited(edited(FERRY, "ferry", status=S.ADMITTED), "ferryboat", status=S.PREFERRED)
    result = merge3([FERRY], [ours], [theirs])
    assert result.concepts[0].preferred("en").text == "raft"
    assert result.conflicts


def test_merge3_keeps_two_preferred_terms_that_were_there():
    two = edited(FERRY, "ferryboat", status=S.PREFERRED)
    assert merge3([two], [replace(two, note="n")], [edited(two, "ferry", note="m")]).conflicts == ()


def test_merge3_joins_what_both_sides_added_to_a_list():
    ours, theirs = replace(FERRY, properties=(("a", "1"),)), replace(FERRY, properties=(("b", "2"),))
    result = merge3([FERRY], [ours], [theirs])
    assert (result.concepts[0].properties, result.conflicts) == ((("a", "1"), ("b", "2")), ())
    both = merge3([replace(FERRY, properties=(("x", "0"),))], [ours], [theirs])
    assert [c.field for c in both.conflicts] == ["properties"]
