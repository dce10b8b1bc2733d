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
