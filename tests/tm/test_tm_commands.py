"""The commands of the memory: their JSON, their exit codes, their one-line errors."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, text=None, db="memory.db"):
        return CliRunner().invoke(cli.cli, ["--db", db, "tm", *arguments], input=text)

    return call


ADD = ("add", "Đại đội 3 sẵn sàng chiến đấu.", "Company 3 is combat ready.", "--lang", "vi")


def test_add_then_search(run):
    assert run(*ADD).exit_code == 0
    result = run("search", "Đại đội 5 sẵn sàng chiến đấu.", "--json", "--no-terms")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)[0]
    match = answer["matches"][0]
    assert answer["query"] == "Đại đội 5 sẵn sàng chiến đấu."
    expected = {
        "score": 99,
        "similarity": 100,
        "kind": "repaired",
        "source": {"lang": "vi", "text": "Đại đội 3 sẵn sàng chiến đấu."},
        "target": {"lang": "en", "text": "Company 5 is combat ready."},
        "unit_id": 1,
        "memory": "main",
        "penalties": [{"reason": "number", "points": 1}],
        "term_conflicts": [],
    }
    assert {name: match[name] for name in expected} == expected


def test_jsonl_answers_every_line_in_order(run):
    run(*ADD)
    lines = "Đại đội 3 sẵn sàng chiến đấu.\nkhông có gì ở đây cả\nĐại đội 3 sẵn sàng.\n"
    result = run("search", "--jsonl", "-", "--lang", "vi", "--no-terms", text=lines)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [a["query"] for a in answers] == lines.splitlines()
    assert [len(a["matches"]) for a in answers] == [1, 0, 1]
    assert result.exit_code == 0


def test_nothing_found_is_exit_1_and_makes_no_file(run, tmp_path):
    result = run("search", "gì đó", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [{"query": "gì đó", "matches": []}])
    assert list(tmp_path.iterdir()) == []


def test_import_twice(run, tmp_path):
    (tmp_path / "p.tsv").write_text("đội\tunit\nhỏng\n", encoding="utf-8")
    first = run("import", "p.tsv", "--json")
    assert first.exit_code == 0
    report = json.loads(first.stdout)
    assert {k: v for k, v in report.items() if k != "warnings"} == {
        "read": 2, "created": 1, "merged": 0, "unchanged": 0, "skipped": 1,
    }  # fmt: skip
    assert report["warnings"] == [{"path": "p.tsv", "line": 2, "entry": "", "message": "the row has no target"}]
    again = run("import", "p.tsv")
    assert "1 unchanged" in again.stdout
    assert "the memory is unchanged" in again.stdout


def test_export_and_import_tmx(run, tmp_path):
    run(*ADD)
    assert run("export", "m.tmx").exit_code == 0
    assert run("import", "m.tmx", db="other.db").exit_code == 0
    assert run("export", "n.tmx", db="other.db").exit_code == 0
    assert (tmp_path / "m.tmx").read_bytes() == (tmp_path / "n.tmx").read_bytes()
    assert run("export", "-", "--to", "tmx").stdout.startswith("<?xml")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("import", "missing.tmx"), 3, "missing.tmx"),
        (("import", "x.unknown"), 2, "--from"),
        (("import", "x", "--from", "nonsense"), 2, "unknown format"),
        (("import", "-"), 2, "--from"),
        (("add", "", "x", "--lang", "vi"), 2, "source is empty"),
        (("export", "-"), 2, "--to"),
        (("export", "none/x.tmx"), 3, "none/x.tmx: cannot be written"),
        (("export", ".", "--to", "tmx"), 3, "is a folder"),
        (("export", "x.tmx", "--since", "yesterday"), 2, "--since yesterday: not a date"),
        (("export", "x.tmx", "--until", "2026-02-30"), 2, "not a date"),
        (("add", "một", "one", "--lang", "vi", "--memory", " "), 2, "a memory needs a name"),
        (("add", "\ud800", "one", "--lang", "vi"), 2, "half a character"),
        (("concordance", " "), 2, "the phrase is empty"),
    ],
)
def test_errors_are_one_line(run, arguments, code, message):
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_database_trouble_is_exit_4(run, tmp_path):
    (tmp_path / "text.db").write_text("this is not a database at all " * 100, encoding="utf-8")
    result = run("stats", db="text.db")
    assert result.exit_code == 4
    assert result.stderr.strip() == "songngu: text.db: not a SQLite database"


def test_stats_and_formats(run):
    run(*ADD)
    assert json.loads(run("stats", "--json").stdout)["units"] == 1
    formats = json.loads(run("formats", "--json").stdout)
    assert {"name", "suffixes", "reads", "writes", "holds"} <= formats[0].keys()


def test_concordance(run):
    run(*ADD)
    result = run("concordance", "san sang", "--lang", "vi", "--no-marks", "--no-terms", "--json")
    row = json.loads(result.stdout)[0]
    assert (row["text"][row["start"] : row["end"]], row["unit_id"]) == ("sẵn sàng", 1)
    assert "[sẵn sàng]" in run("concordance", "sẵn sàng", "--no-terms").stdout
    assert run("concordance", "không có", "--no-terms").exit_code == 1


def test_clean_shows_first_and_deletes_when_told(run):
    run(*ADD)
    run("add", "Có 15 đồng chí.", "There are 16 comrades.", "--lang", "vi")
    shown = run("clean", "--json")
    assert shown.exit_code == 1
    answer = json.loads(shown.stdout)
    assert (answer["units"], answer["deleted"], answer["reasons"]) == (1, 0, {"number mismatch": 1})
    assert json.loads(run("stats", "--json").stdout)["units"] == 2
    done = run("clean", "--delete", "--json")
    assert (done.exit_code, json.loads(done.stdout)["deleted"]) == (0, 1)
    assert run("clean").exit_code == 0
    assert run("delete", "--undo").exit_code == 0
    assert json.loads(run("stats", "--json").stdout)["units"] == 2
    assert run("clean", "--rule", "nonsense").exit_code == 2


def test_delete_needs_a_choice(run):
    run(*ADD)
    assert run("delete").exit_code == 2
    assert run("delete", "7").exit_code == 1
    assert run("delete", "--document", "none").exit_code == 1
    assert "1 units deleted" in run("delete", "--everything").stdout
    assert "1 units brought back" in run("delete", "--undo").stdout


def test_memories_are_moved_and_charged(run):
    run(*ADD, "--memory", "old")
    assert run("move", "new", "--memory", "old").stdout == "1 units moved to new, 0 were there already\n"
    assert run("penalty", "new", "10").exit_code == 0
    match = json.loads(run("search", ADD[1], "--lang", "vi", "--no-terms", "--json").stdout)[0]["matches"][0]
    assert (match["score"], match["kind"], match["memory"]) == (90, "exact", "new")
    assert run("penalty", "none", "10").exit_code == 2


def test_analyze_and_pretranslate(run, tmp_path):
    run(*ADD)
    (tmp_path / "a.txt").write_text(f"{ADD[1]} Tiến lên nào.\n", encoding="utf-8")
    total = json.loads(run("analyze", "a.txt", "--json").stdout)["total"]
    assert {row: c["segments"] for row, c in total["rows"].items() if c["segments"]} == {"100": 1, "none": 1}
    assert total["total"]["words"] == 10
    assert run("analyze", "a.txt", "--rate", "x=1").exit_code == 2
    result = run("pretranslate", "a.txt", "--no-terms", "--out", "b.tsv")
    assert "1 of 2 segments filled" in result.stderr
    assert (tmp_path / "b.tsv").read_text(encoding="utf-8").split("\n")[0] == f"{ADD[1]}\t{ADD[2]}\t100\tmain"
    assert run("pretranslate", "a.nonsense").exit_code == 3


def test_fragments_and_filters(run):
    run("add", "giữ chốt", "hold the post", "--lang", "vi", "--document", "d")
    result = run("search", "Quyết tâm giữ chốt đến cùng.", "--fragments", "--no-terms", "--json")
    assert json.loads(result.stdout)[0]["fragments"][0]["text"] == "giữ chốt"
    assert run("search", "giữ chốt", "--document", "d", "--no-terms").exit_code == 0
    assert run("search", "giữ chốt", "--document", "e", "--no-terms").exit_code == 1


def test_backup_copies(run, tmp_path):
    run(*ADD)
    assert run("backup", "copy.db").exit_code == 0
    assert json.loads(run("stats", "--json", db="copy.db").stdout)["units"] == 1
    assert run("backup", "copy.db").exit_code == 2
    assert "none does not exist" in run("backup", "none/copy.db").stderr


def test_moses_export_is_two_aligned_files(run, tmp_path):
    run(*ADD)
    run("add", "Bộ đội bảo vệ Tổ quốc.", "The army's soldiers defend it.", "--memory", "qk 7")
    result = run("export", "corpus", "--to", "moses", "--tokenize", "--memory", "qk 7")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "corpus.en").read_text(encoding="utf-8") == "The army 's soldiers defend it .\n"
    assert (tmp_path / "corpus.vi").read_text(encoding="utf-8") == "Bộ_đội bảo_vệ Tổ_quốc .\n"
    said = "|format:moses|direction:vi-en|tokens:underthesea+sacremoses|filters:memories=qk%207|units:1|hash:"
    assert "signature songngu-tm:2|version:" in result.stderr and said in result.stderr
    plain = run("export", "corpus", "--to", "moses").stderr
    assert "|tokens:none|filters:none|units:2|hash:" in plain
    assert (tmp_path / "corpus.vi").read_text(encoding="utf-8").endswith("Bộ đội bảo vệ Tổ quốc.\n")


def test_a_fresh_search_is_light(run, tmp_path):
    """A search in a fresh process imports neither SQLAlchemy nor numpy."""
    import subprocess
    import sys
    from pathlib import Path

    run(*ADD)
    root = str(Path(cli.__file__).parent)
    code = (
        f"import sys; sys.path.insert(0, {root!r}); sys.argv = ['songngu', '--db', 'memory.db', 'tm', 'search', 'Đại đội 4', "
        "'--lang', 'vi', '--no-terms', '--min-score', '30']\nimport cli\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        "print(sorted({'sqlalchemy', 'numpy', 'underthesea', 'sacremoses'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_losses_are_told_before_anything_is_written(run, tmp_path):
    run(*ADD, "--author", "An")
    run("add", "hai\ndòng", "two\nlines", "--lang", "vi")
    listed = json.loads(run("export", "corpus", "--to", "moses", "--losses", "--json").stdout)
    assert [(row["unit_id"], row["lost"]) for row in listed] == [
        (1, ["author", "created"]),
        (2, ["created", "line breaks and spaces"]),
    ]
    refused = run("export", "corpus", "--to", "moses", "--lossless")
    assert refused.exit_code == 2
    assert "songngu: moses cannot hold the author of 1 units\n" in refused.stderr
    assert not list(tmp_path.glob("corpus*"))
    written = run("export", "corpus", "--to", "moses")
    told = written.stderr.splitlines()
    assert [line.split("; ")[0] for line in told] == [
        "songngu: moses cannot hold the author of 1 units",
        "songngu: moses cannot hold the created of 2 units",
        "songngu: moses cannot hold the line breaks and spaces of 1 units",
        "songngu: 2 units written",
    ]
    assert run("export", "all.tmx", "--lossless").exit_code == 0
    assert run("export", "all.nonsense").exit_code == 2
