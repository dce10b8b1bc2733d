from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sample_concepts import CONCEPTS, RANK

from cli import cli
from termbase.formats.registry import write


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*args, code=0, stdin=None):
        result = CliRunner().invoke(cli, ["--db", str(tmp_path / "own.db"), *args], input=stdin)
        assert result.exit_code == code, result.output
        return result

    return call


def rows(result):
    return json.loads(result.stdout)


@pytest.fixture
def sample(tmp_path):
    write(CONCEPTS, tmp_path / "sample.jsonl")
    return "sample.jsonl"


def test_import_keys_and_exact_repetition(run, sample):
    report = rows(run("glossary", "import", sample, "--json"))
    assert {"read", "created", "merged", "unchanged", "skipped", "warnings"} <= report.keys()
    assert (report["read"], report["created"]) == (5, 5)
    again = rows(run("glossary", "import", sample, "--json"))
    assert (again["created"], again["merged"], again["unchanged"], again["warnings"]) == (0, 0, 5, [])


def test_dry_run_makes_no_database(run, sample, tmp_path):
    assert "dry run" in run("glossary", "import", sample, "--dry-run").stdout
    assert not (tmp_path / "own.db").exists()


def test_import_then_undo_leaves_nothing(run, sample):
    run("glossary", "import", sample)
    assert len(rows(run("glossary", "list", "--own", "--json"))) == 5
    undone = rows(run("glossary", "undo", "--json"))
    assert undone[0]["title"] == sample
    run("glossary", "list", "--own", code=1)
    run("glossary", "undo", code=2)


def test_warnings_of_an_import_have_the_keys_of_the_contract(run, tmp_path):
    (tmp_path / "bad.csv").write_text("concept_id,lang,term\nc1,vi,Đảng\nc2,fr,Parti\n", encoding="utf-8")
    report = rows(run("glossary", "import", "bad.csv", "--json"))
    assert report["skipped"] == 1
    assert report["warnings"][0] == {
        "path": "bad.csv",
        "line": 3,
        "entry": "c2",
        "message": "no term, or no language that is known; the row is skipped",
    }


def test_import_of_nothing_is_refused(run, tmp_path):
    (tmp_path / "empty.csv").write_text("concept_id,lang,term\n", encoding="utf-8")
    assert "no terms were found" in run("glossary", "import", "empty.csv", code=3).stderr
    assert "cannot be read" in run("glossary", "import", "missing.csv", code=3).stderr


def test_import_maps_columns(run, tmp_path):
    (tmp_path / "odd.csv").write_text("Spalte A;Spalte B\ngiao ban;briefing\n", encoding="utf-8")
    run("glossary", "import", "odd.csv", code=3)
    run("glossary", "import", "odd.csv", "--map", "Spalte A=vi", "--map", "Spalte B=en")
    (concept,) = rows(run("glossary", "list", "--own", "--json"))
    assert [term["text"] for term in concept["terms"]] == ["giao ban", "briefing"]
    assert "HEADER=FIELD" in run("glossary", "import", "odd.csv", "--map", "x", code=2).stderr
    assert "no field 'zz'" in run("glossary", "import", "odd.csv", "--map", "a=zz", code=2).stderr


def test_import_reads_standard_input(run):
    line = '{"id": "giao-ban", "terms": [{"lang": "vi", "text": "giao ban"}, {"lang": "en", "text": "briefing"}]}'
    run("glossary", "import", "-", "--from", "jsonl", stdin=line)
    assert [c["id"] for c in rows(run("glossary", "list", "--own", "--json"))] == ["giao-ban"]


def test_add_edit_show_remove(run):
    run("glossary", "add", "--id", "own-1", "--vi", "giao ban", "--en", "briefing", "--field", "general")
    run("glossary", "edit", "own-1", "--en", "briefing meeting", "--prefer", "briefing meeting")
    run(
        "glossary",
        "edit",
        "own-1",
        "--deprecated",
        "hand over",
        "--reason",
        "calque",
        "--definition-en",
        "A meeting.",
    )
    (concept,) = rows(run("glossary", "show", "own-1", "--json"))
    assert [(t["text"], t["status"]) for t in concept["terms"] if t["lang"] == "en"] == [
        ("briefing", "admitted"),
        ("briefing meeting", "preferred"),
        ("hand over", "deprecated"),
    ]
    assert concept["definitions"]["en"] == "A meeting."
    run("glossary", "edit", "own-1", "--drop", "briefing")
    assert "briefing meeting" in run("glossary", "show", "own-1").stdout
    run("glossary", "remove", "own-1")
    run("glossary", "show", "own-1", code=1)
    run("glossary", "undo")
    run("glossary", "show", "own-1")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("add", "--vi", "giao ban"), "at least one --vi and one --en"),
        (("add", "--vi", " ", "--en", "x"), "must not be empty"),
        (("add", "--vi", "a", "--en", "b", "--deprecated", "c"), "--reason goes with"),
        (("edit", "nowhere", "--en", "x"), "there is no concept 'nowhere'"),
        (("remove", "nowhere"), "not among your own terms"),
        (("export", "x.doc"), "no format has the suffix"),
        (("export", "x", "--to", "doc"), "there is no glossary format 'doc'"),
        (("undo", "7"), "there is no batch 7"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(run, args, says):
    assert says in run("glossary", *args, code=2).stderr


def test_the_same_id_twice_and_the_last_term(run):
    run("glossary", "add", "--id", "a", "--vi", "giao ban", "--en", "briefing")
    assert "already" in run("glossary", "add", "--id", "a", "--vi", "x", "--en", "y", code=2).stderr
    assert "no preferred English" in run("glossary", "edit", "a", "--drop", "briefing", code=3).stderr


def test_editing_a_shipped_concept_makes_an_own_copy(run):
    (shipped,) = rows(run("glossary", "list", "-n", "1", "--json"))
    run("glossary", "edit", shipped["id"], "--vi-abbr", "XYZ")
    (own,) = rows(run("glossary", "list", "--own", "--json"))
    assert own["id"] == shipped["id"]
    assert len(own["terms"]) == len(shipped["terms"]) + 1


def test_export_reports_losses_before_and_on_request(run, sample):
    result = run("--glossary", sample, "glossary", "export", "out.tsv", "--to", "deepl")
    assert "deepl cannot hold" in result.stderr
    listed = rows(run("--glossary", sample, "glossary", "export", "out2.tsv", "--to", "deepl", "--losses", "--json"))
    assert {"entry", "field", "message"} == listed[0].keys()
    assert any(row["field"] == "homograph" for row in listed)


def test_lossless_refuses_to_write(run, sample, tmp_path):
    run("--glossary", sample, "glossary", "export", "out.po", "--lossless", code=3)
    assert not (tmp_path / "out.po").exists()
    run("--glossary", sample, "glossary", "export", "out.jsonl", "--lossless")
    assert (tmp_path / "out.jsonl").exists()


def test_export_to_standard_output_is_the_file_alone(run, sample):
    out = run("--glossary", sample, "glossary", "export", "-", "--to", "jsonl").stdout
    assert [json.loads(line)["id"] for line in out.splitlines()] == [concept.id for concept in CONCEPTS]


def test_export_follows_the_profile(run, sample):
    out = run("--glossary", sample, "--profile", "qdnd", "glossary", "export", "-", "--to", "deepl").stdout
    assert "Đại tá\tSenior Colonel" in out
    assert "Đại tá\tColonel" in run("--glossary", sample, "glossary", "export", "-", "--to", "deepl").stdout


def test_validate_prints_places_and_exits_1(run, tmp_path):
    (tmp_path / "own.csv").write_text("concept_id,lang,term\nc1,vi,Ðảng\n", encoding="utf-8")
    result = run("glossary", "validate", "own.csv", code=1)
    assert "own.csv:2:7: c1: “Ðảng” has the Icelandic letter eth for đ" in result.stdout
    found = rows(run("glossary", "validate", "own.csv", "--json", code=1))
    assert {"path", "line", "column", "entry", "field", "message"} <= found[0].keys()


def test_diff_and_merge(run, tmp_path):
    head = "concept_id,lang,term\n"
    for name, body in (("base", ""), ("ours", "b,vi,Đoàn\n"), ("theirs", "c,vi,Hội\n")):
        (tmp_path / f"{name}.csv").write_text(f"{head}a,vi,Đảng\n{body}", encoding="utf-8")
    assert run("glossary", "diff", "base.csv", "base.csv").stdout == ""
    found = rows(run("glossary", "diff", "base.csv", "ours.csv", "--json", code=1))
    assert [(row["kind"], row["id"]) for row in found] == [("added", "b")]
    run("glossary", "merge", "base.csv", "ours.csv", "theirs.csv", "-o", "merged.csv")
    merged = (tmp_path / "merged.csv").read_text(encoding="utf-8")
    assert [line.split(",")[0] for line in merged.splitlines()[1:]] == ["a", "c", "b"]


def test_merge_conflict_exits_1_and_keeps_ours(run, tmp_path):
    head = "concept_id,lang,term,concept_note\n"
    for name, note in (("base", "n"), ("ours", "o"), ("theirs", "t")):
        (tmp_path / f"{name}.csv").write_text(f"{head}a,vi,Đảng,{note}\n", encoding="utf-8")
    result = run("glossary", "merge", "base.csv", "ours.csv", "theirs.csv", code=1)
    assert "conflict: a: note: “o” against “t”; “o” is kept" in result.stderr
    assert ",o\n" in result.stdout


def test_stats_and_formats(run, sample):
    counts = rows(run("--glossary", sample, "glossary", "stats", "--json"))
    assert counts["concepts"] == 5
    assert counts["statuses"]["forbidden"] == 1
    table = rows(run("glossary", "formats", "--json"))
    assert {"name", "suffixes", "reads", "writes", "holds"} <= table[0].keys()
    names = {row["name"] for row in table}
    assert {"csv", "jsonl", "tbx-basic", "tbx-v2", "xlsx", "print"} <= names
    assert "tbx-min" in run("glossary", "formats").stdout


def test_list_filters(run, sample):
    by_field = rows(run("--glossary", sample, "glossary", "list", "--field", "rank", "--json"))
    assert [row["id"] for row in by_field] == [RANK.id]
    found = rows(run("--glossary", sample, "glossary", "list", "--containing", "dai ta", "--json"))
    assert [row["id"] for row in found] == [RANK.id]
    run("--glossary", sample, "glossary", "list", "--containing", "zzz", code=1)
    csv_text = run("--glossary", sample, "glossary", "list", "--format", "csv").stdout
    assert csv_text.splitlines()[0] == "id,Vietnamese,English,subject field,glossary"
