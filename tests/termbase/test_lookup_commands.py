"""``songngu lookup`` and ``songngu recognize`` through Click's runner, and the quick path."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import cli
from termbase.commands.quick import parse, quick
from termbase.index import Index
from termbase.model import Concept, Term

GLOSSARY = """\
{"id": "sscd", "subject_field": "readiness", "terms": [{"lang": "vi", "text": "sẵn sàng chiến đấu"}, {"lang": "vi", "text": "SSCĐ", "status": "admitted", "type": "abbreviation"}, {"lang": "en", "text": "combat readiness", "part_of_speech": "noun"}, {"lang": "en", "text": "ready fighting", "status": "deprecated", "note": "word for word"}], "definitions": {"vi": "d", "en": "A state."}, "note": "Expand it."}
{"id": "bon-tai-cho", "terms": [{"lang": "vi", "text": "bốn tại chỗ"}, {"lang": "en", "text": "four on-the-spots"}], "parts": [{"vi": "chỉ huy tại chỗ", "en": "on-site command"}]}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("SONGNGU_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SONGNGU_DB", str(tmp_path / "none.db"))
    glossary = tmp_path / "g.jsonl"
    glossary.write_text(GLOSSARY, encoding="utf-8")

    def call(*arguments: str, stdin: str | bytes = "") -> Result:
        return CliRunner().invoke(cli, ["--glossary", str(glossary), *arguments], input=stdin)

    return call


def test_lookup_json_has_the_promised_keys(run) -> None:  # type: ignore[no-untyped-def]
    result = run("lookup", "SSCĐ", "bốn tại chỗ", "--json")
    assert result.exit_code == 0
    first, second = json.loads(result.stdout)
    assert first["query"] == "SSCĐ"
    assert second["query"] == "bốn tại chỗ"
    match = first["matches"][0]
    assert match["kind"] == "abbreviation"
    assert {"score", "kind", "term", "concept"} <= set(match)
    assert {"lang", "text", "status", "type", "part_of_speech", "note", "source"} <= set(match["term"])
    assert {"id", "glossary", "subject_field", "terms", "definitions", "parts", "note", "sources"} <= set(
        match["concept"]
    )


def test_lookup_jsonl_reads_and_answers_line_by_line(run) -> None:  # type: ignore[no-untyped-def]
    result = run("lookup", "--jsonl", "-", stdin="SSCĐ\n\nxyz\n4 tại chỗ\n")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["query"] for row in rows] == ["SSCĐ", "", "xyz", "4 tại chỗ"]
    assert [len(row["matches"]) for row in rows] == [1, 0, 0, 1]
    assert result.exit_code == 0


def test_lookup_jsonl_tells_an_unreadable_line(run) -> None:  # type: ignore[no-untyped-def]
    result = run("lookup", "--jsonl", "-", stdin=b"SSC\xc4\x90\n\xff\n")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows[0]["matches"]
    assert "line 2" in rows[1]["error"]
    assert result.exit_code == 3


def test_lookup_jsonl_of_arguments_is_an_object_a_line(run) -> None:  # type: ignore[no-untyped-def]
    result = run("lookup", "--jsonl", "SSCĐ", "x")
    assert [json.loads(line)["query"] for line in result.stdout.splitlines()] == ["SSCĐ", "x"]


def test_lookup_one_line(run) -> None:  # type: ignore[no-untyped-def]
    assert run("lookup", "-1", "SSCĐ").stdout == "combat readiness\n"
    assert run("lookup", "-1", "ready fighting").stdout == "sẵn sàng chiến đấu\n"


def test_lookup_card(run) -> None:  # type: ignore[no-untyped-def]
    text = run("lookup", "sscd").stdout
    for piece in (
        "combat readiness",
        "ready fighting (deprecated: word for word)",
        "Abbreviation   SSCĐ",
        "Expand it.",
        "readiness",
        "A state.",
    ):
        assert piece in text
    assert "chỉ huy tại chỗ = on-site command" in run("lookup", "4 tai cho").stdout


def test_lookup_not_found_says_what_is_near(run) -> None:  # type: ignore[no-untyped-def]
    result = run("lookup", "sẵn sàng cho chiến đấu lâu dài")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "not found" in result.stderr
    assert "sẵn sàng chiến đấu" in result.stderr


def test_lookup_of_loose_words_hints_at_quotes(run) -> None:  # type: ignore[no-untyped-def]
    result = run("lookup", "qwrt", "zzz")
    assert result.exit_code == 1
    assert 'put it in quotes: "qwrt zzz"' in result.stderr


def test_lookup_is_found_when_one_query_is(run) -> None:  # type: ignore[no-untyped-def]
    assert run("lookup", "SSCĐ", "zzzz").exit_code == 0


@pytest.mark.parametrize("fmt", ["tsv", "csv"])
def test_lookup_separated(run, fmt: str) -> None:  # type: ignore[no-untyped-def]
    lines = run("lookup", "SSCĐ", "--format", fmt).stdout.splitlines()
    assert lines[0].startswith("query")
    assert "combat readiness" in lines[1]


@pytest.mark.parametrize(
    "arguments", [["lookup"], ["lookup", "x", "-n", "0"], ["lookup", "x", "--lang", "fr"], ["recognize", "-"]]
)
def test_wrong_use(run, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert run(*arguments).exit_code == 2


def test_recognize_json(run) -> None:  # type: ignore[no-untyped-def]
    text = unicodedata.normalize("NFD", "Giữ nghiêm chế độ SSCĐ và “4 tại chỗ”.")
    rows = json.loads(run("recognize", "-", "--lang", "vi", "--json", stdin=text).stdout)
    assert [row["concept_id"] for row in rows] == ["sscd", "bon-tai-cho"]
    for row in rows:
        assert text[row["start"] : row["end"]] == row["text"]
        assert {"start", "end", "text", "lang", "concept_id", "term", "status", "doubtful", "renderings"} <= set(row)
    assert rows[0]["renderings"] == [{"text": "combat readiness", "status": "preferred"}]


def test_recognize_counts_a_carriage_return(run) -> None:  # type: ignore[no-untyped-def]
    (row,) = json.loads(run("recognize", "-", "--lang", "vi", "--json", stdin=b"a\r\nSSC\xc4\x90\r\n").stdout)
    assert (row["start"], row["end"]) == (3, 7)


def test_recognize_finds_deprecated_terms_and_says_so(run) -> None:  # type: ignore[no-untyped-def]
    (row,) = json.loads(run("recognize", "-", "--lang", "en", "--json", stdin="It is ready fighting.").stdout)
    assert row["status"] == "deprecated"


def test_recognize_nothing(run) -> None:  # type: ignore[no-untyped-def]
    result = run("recognize", "-", "--lang", "vi", "--json", stdin="không có gì")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == []
    missing = run("recognize", "no-such-file.txt", "--lang", "vi")
    assert missing.exit_code == 3
    assert "no-such-file.txt" in missing.stderr


def test_quick_path_reads_only_what_it_knows() -> None:
    request = parse(["lookup", "--lang", "vi", "-n", "3", "a", "b", "--jsonl"])
    assert request == (("a", "b"), "vi", 3, False, "jsonl", None, None)
    request = parse(["--db", "own.db", "--profile", "qdnd", "lookup", "a"])
    assert request == (("a",), None, 10, False, "table", "own.db", "qdnd")
    for arguments in (
        [],
        ["check"],
        ["lookup"],
        ["lookup", "-"],
        ["lookup", "a", "--format", "tsv"],
        ["lookup", "a", "-n", "0"],
        ["lookup", "a", "-n"],
        ["--db", "own.db"],
        ["--db"],
        ["--glossary", "g.csv", "lookup", "a"],
        ["--db", "own.db", "check", "a"],
    ):
        assert parse(arguments) is None


@pytest.mark.parametrize("options", [[], ["--json"], ["--jsonl"], ["-1"], ["-n", "1"], ["--lang", "vi"]])
def test_quick_path_answers_as_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    terms = (Term(text="quân đội", lang="vi"), Term(text="army", lang="en"))
    index = Index.from_concepts(
        [Concept(id="a", terms=terms), Concept(id="b", terms=(Term(text="quân đoàn", lang="vi"),))]
    )
    for module in ("termbase.commands.lookup_answer", "termbase.commands.lookup"):
        monkeypatch.setattr(f"{module}.default_indexes", lambda *_: [index])
    for query in ("quan doi", "army", "zzzzz"):
        arguments = ["lookup", query, *options]
        code = quick(arguments)
        quickly = capsys.readouterr()
        slowly = CliRunner().invoke(cli, arguments)
        assert (code, quickly.out, quickly.err) == (slowly.exit_code, slowly.stdout, slowly.stderr)


def test_quick_path_leaves_faults_to_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr("termbase.commands.lookup_answer.default_indexes", fail)
    assert quick(["lookup", "a"]) is None
    assert capsys.readouterr().out == ""
