"""The report over documents: counts, shares, what must be found, what must stay quiet, the page."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli
from termbase import Termbase
from termbase.json import concept_from_json, concept_to_json
from termbase.model import Concept
from termbase.report import report
from termbase.reporting.html import report_html
from termbase.reporting.model import Report, ReportDocument
from termbase.reporting.sheet import guessed_concepts


def concept(id, vi, *english, field="unit"):
    terms = [{"lang": "vi", "text": text, "status": "preferred", "type": "full form"} for text in vi.split("|")]
    terms[1:] = [{**term, "type": "abbreviation"} for term in terms[1:]]
    for number, text in enumerate(english):
        text, _, status = text.partition("|")
        terms.append({"lang": "en", "text": text, "status": status or ("admitted" if number else "preferred")})
    return concept_from_json({"id": id, "glossary": "own", "subject_field": field, "terms": terms})


TERMS = Termbase.from_concepts(
    [
        concept("cell", "chi bộ", "Party cell", "Party branch", "cell branch|deprecated"),
        concept("ready", "sẵn sàng chiến đấu|SSCĐ", "combat readiness"),
        concept("posture", "thế trận lòng dân", "people's heart posture", "people's heart position|deprecated"),
        concept("militia", "dân quân thường trực", "permanent militia", "standing militia"),
        concept("company", "đại đội dân quân thường trực", "permanent militia company", "standing militia company"),
        concept("area", "khu vực phòng thủ", "defensive area"),
        concept(
            "command", "Ban Chỉ huy phòng thủ khu vực", "Regional Defence Command", "Defensive Area Command|deprecated"
        ),
        concept("colonel", "Đại tá", "Colonel", "Senior Colonel", field="rank"),
        concept("rescue", "tìm kiếm cứu nạn", "search and rescue"),
    ]
)
A = "The Party cells met. The Party branch of the defence unit keeps SSCĐ. Search and rescue began.\nPhoto: A Party branch"
B = "Party cell meetings. Combat readiness, search and rescue. A standing militia company of the permanent militia."


def by_id(made):
    return {concept.concept_id: concept for concept in made.concepts}


def test_counts_and_shares_are_those_of_a_hand_worked_example():
    made = report(TERMS, [("a", A), ("b", B)])
    cell = by_id(made)["cell"]
    assert [(r.text, r.total, dict(r.by_document)) for r in cell.renderings] == [
        ("Party cell", 2, {"a": 1, "b": 1}),
        ("Party branch", 1, {"a": 1}),
    ]
    assert (cell.first, cell.most_frequent, cell.preferred) == (2 / 3, 2 / 3, 2 / 3)
    assert cell.varies
    # Seven mentions of other concepts than the cell: readiness 2 (one each way), rescue 2, militia 2, company 1.
    micro, macro = made.consistency("most_frequent")
    assert micro == pytest.approx((2 + 1 + 2 + 1 + 1) / 10)
    assert macro == pytest.approx((2 / 3 + 1 / 2 + 1 + 1 / 2 + 1) / 5)


def test_residue_is_not_counted():
    assert by_id(report(TERMS, [("a", A)]))["cell"].total == 2


def test_an_abbreviation_left_untranslated_is_a_rendering():
    ready = by_id(report(TERMS, [("a", A), ("b", B)]))["ready"]
    assert {r.text: r.status for r in ready.renderings} == {"SSCĐ": "untranslated", "combat readiness": "preferred"}
    assert ready.varies


def test_number_and_spelling_are_no_variation():
    made = report(TERMS, [("a", "Regional Defence Commands"), ("b", "a regional defense command")])
    assert [r.text for r in by_id(made)["command"].renderings] == ["Regional Defence Command"]
    assert not by_id(made)["command"].varies
    assert [f.kind for _, f in made.findings] == ["mixed-profile"]


def test_what_never_varies_stays_quiet():
    made = report(TERMS, [("a", A), ("b", B)])
    assert not by_id(made)["rescue"].varies
    assert all(f.concept_id != "rescue" for _, f in made.findings)


def test_a_term_within_a_longer_one_counts_when_its_vietnamese_does():
    made = report(TERMS, [("b", B), ("c", "The Defensive Area Command moved.")])
    assert {r.text for r in by_id(made)["militia"].renderings} == {"standing militia", "permanent militia"}
    assert "area" not in by_id(made)


def test_findings_name_rejected_renderings_and_ranks():
    made = report(TERMS, [("a", "A people's heart position. A Colonel and a Senior Colonel. The cell branch.")])
    kinds = [(f.kind, f.target.text if f.target else "") for _, f in made.findings]
    assert ("deprecated", "people's heart position") in kinds
    assert ("deprecated", "cell branch") in kinds
    assert any(f.kind == "mixed-profile" and "Senior Colonel" in f.message for _, f in made.findings)


def test_guesses_put_unknown_phrases_together():
    empty = Termbase.from_concepts([])
    texts = [("a", "Nineteen regional defense commands."), ("b", "The Defensive Area Command moved to a new place.")]
    assert [[r.text for r in g.renderings] for g in report(empty, texts).guesses] == [
        ["regional defense commands", "Defensive Area Command"]
    ]
    assert report(TERMS, texts).guesses == ()


def test_pairs_are_reported_by_their_sources():
    pairs = (
        ("Các chi bộ họp.", "The cell branches met."),
        ("Chi bộ mạnh.", "A strong Party cell."),
        ("Tốt.", "A Party cell."),
    )
    made = report(TERMS, [ReportDocument("p", pairs=pairs)])
    assert [(r.text, r.status, r.total) for r in by_id(made)["cell"].renderings] == [
        ("cell branch", "deprecated", 1),
        ("Party cell", "preferred", 1),
    ]


def test_places_are_in_the_documents():
    for document in (A, B):
        for reported in report(TERMS, [("d", document)]).concepts:
            for place in (place for r in reported.renderings for place in r.places):
                assert document[place.start : place.start + len(place.text)] == place.text


def test_the_page_needs_nothing_else_and_is_escaped():
    page = report_html(report(TERMS, [("<a>", A + " <script>Party cell</script>")]))
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "http" not in page
    assert "&lt;a&gt;" in page


def test_no_document_is_an_empty_report():
    made = report(TERMS, [])
    assert made == Report((), ())
    assert made.consistency("first") == (1.0, 1.0)
    assert made.to_json()["concepts"] == []


TIERS = Termbase.from_concepts(
    [
        concept_from_json(
            {
                "id": "tiers",
                "glossary": "own",
                "terms": [
                    {"lang": "vi", "text": "chính quyền địa phương hai cấp", "status": "preferred"},
                    {"lang": "en", "text": "two-tier local government", "status": "preferred"},
                ],
            }
        )
    ]
)
SHORT = [
    ("a", "The two-tier local government began work. The two-tier government of the town is new."),
    ("b", "It follows the Two-Tier government model. Two local government offices closed."),
]


def test_a_known_term_without_an_inner_word_is_a_guess():
    guesses = report(TIERS, SHORT).guesses
    assert [(g.concept_id, [r.text for r in g.renderings]) for g in guesses] == [
        ("tiers", ["two-tier local government", "Two-Tier government"]),
    ]
    build = Termbase.from_concepts([concept("build", "xây dựng chính quy", "build a regular system")])
    texts = [("a", "We build a regular system."), ("b", "They build a system.")]
    assert report(build, texts).guesses == ()
    # Where the whole term stands in the same document, the phrase is its short form.
    assert all("a" not in g.renderings[1].by_document for g in guesses)


def test_guesses_become_drafts_for_a_person_to_confirm():
    phrases = [("a", "Nineteen regional defense commands."), ("b", "The Defensive Area Command moved.")]
    made = guessed_concepts([*report(TIERS, SHORT).guesses, *report(TIERS, phrases).guesses], TIERS.concepts)
    assert [concept.id for concept in made] == ["tiers", "guess-1"]
    assert [(t.text, str(t.status)) for t in made[0].terms] == [
        ("chính quyền địa phương hai cấp", "preferred"),
        ("two-tier local government", "preferred"),
        ("Two-Tier government", "draft"),
    ]
    assert {str(t.status) for t in made[1].terms} == {"draft"}
    assert "met in a 1" in made[1].terms[0].note
    assert guessed_concepts(report(TIERS, phrases).guesses, [Concept(id="guess-1", terms=())])[0].id == "guess-2"


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_the_sheet_of_guesses_can_be_imported(tmp_path, suffix):
    for name, text in SHORT:
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    glossary = tmp_path / "own.jsonl"
    glossary.write_text(json.dumps(concept_to_json(TIERS.concepts[0])) + "\n", encoding="utf-8")
    sheet = tmp_path / f"guesses.{suffix}"
    options = ["--db", str(tmp_path / "own.db"), "--glossary", str(glossary)]
    documents = [str(tmp_path / f"{name}.txt") for name, _ in SHORT]
    done = CliRunner().invoke(cli.cli, [*options, "report", *documents, "--guesses-to", str(sheet)])
    assert done.exit_code == 0, done.output
    assert "1 guesses written" in done.stderr
    text = sheet.read_text(encoding="utf-8-sig")
    assert text.count("draft") == 1
    sheet.write_text(text.replace("draft", "deprecated", 1), encoding="utf-8")
    taken = CliRunner().invoke(cli.cli, [*options, "glossary", "import", str(sheet), "--json"])
    assert taken.exit_code == 0, taken.output
    assert json.loads(taken.stdout)["created"] == 1


KEEPERS = [("one", "A coastal beacon keeper came."), ("two", "The Coast Lamp Keeper came.")]


@pytest.fixture
def guessing(tmp_path):
    """Run the command line on the user's own terms in a folder that holds a report with one guess."""
    for name, text in KEEPERS:
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    documents = [str(tmp_path / f"{name}.txt") for name, _ in KEEPERS]

    def run(*words):
        return CliRunner().invoke(cli.cli, ["--db", str(tmp_path / "own.db"), *words])

    made = tmp_path / "report.json"
    made.write_text(run("report", *documents, "--json").stdout, encoding="utf-8")
    return lambda *words: run("glossary", "add", "--from-report", str(made), *words), run


def test_guesses_are_listed_and_one_is_confirmed(guessing):
    add, run = guessing
    (listed,) = json.loads(add("--json").stdout)
    assert listed["guess"] == 1
    assert listed["renderings"] == ["coastal beacon keeper", "Coast Lamp Keeper"]
    tried = add("--guess", "1", "--vi", "người gác đèn biển", "--dry-run")
    assert "would be added" in tried.stdout
    assert json.loads(run("glossary", "undo", "--list", "--json").stdout) == []
    done = add("--guess", "1", "--vi", "người gác đèn biển", "--deprecated", "Coast Lamp Keeper", "--reason", "calque")
    assert done.exit_code == 0, done.output
    (found,) = json.loads(run("lookup", "người gác đèn biển", "--json").stdout)
    terms = {term["text"]: term["status"] for term in found["matches"][0]["concept"]["terms"]}
    assert terms == {
        "người gác đèn biển": "preferred",
        "coastal beacon keeper": "preferred",
        "Coast Lamp Keeper": "deprecated",
    }


def test_a_guess_is_confirmed_whole_or_not_at_all(guessing):
    add, run = guessing
    refused = add("--guess", "1")
    assert refused.exit_code == 2
    assert "needs at least one --vi and one --en term" in refused.output
    assert "holds numbers 1 to 1; not 2" in add("--guess", "2", "--vi", "a").output
    assert "--guess goes with --from-report" in run("glossary", "add", "--guess", "1").output
    assert json.loads(run("glossary", "undo", "--list", "--json").stdout) == []


def test_a_guess_may_join_a_known_concept():
    from termbase.commands.glossary_guess import Guessed, with_guessed

    known = with_guessed((), Guessed(("two-tier local government", "Two-Tier government"), "a word left out", "tiers"))
    assert [str(term.status) for term in known] == ["admitted", "admitted"]
    new = with_guessed((), Guessed(("big tent", "large tent"), "the same head", ""))
    assert [str(term.status) for term in new] == ["preferred", "admitted"]


@pytest.mark.parametrize("text", ["no json", "[]", '{"guesses": [1]}', '{"guesses": [{"renderings": "a"}]}'])
def test_a_file_that_is_no_report_is_refused(tmp_path, text):
    file = tmp_path / "report.json"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(
        cli.cli, ["--db", str(tmp_path / "own.db"), "glossary", "add", "--from-report", str(file)]
    )
    assert done.exit_code == 3
    assert "report.json" in done.output
