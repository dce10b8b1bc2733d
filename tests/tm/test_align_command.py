"""``songngu align``."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli as root

VI = "Bộ đội giúp dân. Không ai bị thương. Mưa tạnh lúc 5 giờ."
EN = "Soldiers helped people. Nobody was hurt. The rain stopped at 5."


@pytest.fixture
def pair(tmp_path):
    (tmp_path / "a.vi.txt").write_text(VI, encoding="utf-8")
    (tmp_path / "a.en.txt").write_text(EN, encoding="utf-8")
    return [str(tmp_path / "a.vi.txt"), str(tmp_path / "a.en.txt")]


def run(*arguments, **more):
    return CliRunner().invoke(root.cli, [*map(str, arguments)], **more)


def test_json_has_the_keys_of_the_contract(pair):
    result = run("align", *pair, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["vi"][0] == {"start": 0, "end": 16, "text": "Bộ đội giúp dân."}
    assert [set(bead) for bead in found["beads"]] == [{"vi", "en", "score"}] * 3


def test_table_shows_both_sides(pair):
    result = run("align", *pair)
    assert "Không ai bị thương." in result.stdout
    assert "Nobody was hurt." in result.stdout


def test_exchanged_languages_are_put_right_and_said(pair):
    result = run("align", pair[1], pair[0], "--json")
    assert "exchanged" in result.stderr
    assert json.loads(result.stdout)["vi"][0]["text"] == "Bộ đội giúp dân."


def test_save_and_tmx(pair, tmp_path):
    db = tmp_path / "m.db"
    tmx = tmp_path / "a.tmx"
    done = run("--db", db, "align", *pair, "--save", "--tmx", tmx, "--provenance", "machine-translated", "--json")
    assert done.exit_code == 0, done.output
    assert "3 pairs saved" in done.stderr
    assert tmx.read_text(encoding="utf-8").count("</tu>") == 3
    found = json.loads(run("--db", db, "tm", "search", "Không ai bị thương.", "--json").stdout)
    assert json.dumps(found, ensure_ascii=False).count("Nobody was hurt.") == 1
    again = run("--db", db, "align", *pair, "--save", "--json")
    assert "0 pairs saved" in again.stderr


def test_an_empty_file_is_named(pair, tmp_path):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    result = run("align", pair[0], tmp_path / "empty.txt", "--json")
    assert result.exit_code == 1
    assert "empty.txt is empty" in result.stderr
    assert [bead["en"] for bead in json.loads(result.stdout)["beads"]] == [[], [], []]


def test_a_missing_file_is_refused(pair):
    result = run("align", pair[0], "nowhere.txt")
    assert result.exit_code == 3
    assert "nowhere.txt" in result.stderr


def test_another_encoding_is_refused_by_line(pair, tmp_path):
    (tmp_path / "tcvn.txt").write_bytes(b"ok\nB\xe9 \xae\xe9i")
    result = run("align", tmp_path / "tcvn.txt", pair[1])
    assert result.exit_code == 3
    assert "tcvn.txt:2: not UTF-8" in result.stderr


def test_one_table_may_hold_both_sides(tmp_path):
    path = tmp_path / "both.tsv"
    path.write_text(
        "vi\ten\nBộ đội giúp dân.\tSoldiers helped people.\nMưa tạnh.\tThe rain stopped.\n", encoding="utf-8"
    )
    result = run("align", path, "--json")
    assert result.exit_code == 0, result.output
    assert len(json.loads(result.stdout)["beads"]) == 2


def test_one_text_alone_is_wrong_use(pair):
    result = run("align", pair[0])
    assert result.exit_code == 2
    assert "Missing argument 'EN'" in result.stderr
    assert run("align").exit_code == 2


def test_sheets_are_written(pair, tmp_path):
    done = run("align", *pair, "--sheet", tmp_path / "a.xlsx", "--json")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "a.xlsx").stat().st_size > 1000
    refused = run("align", *pair, "--sheet", tmp_path / "a.doc")
    assert refused.exit_code == 2


def test_less_sure_pairs_can_be_left_out(pair, tmp_path):
    beads = json.loads(run("align", *pair, "--json").stdout)["beads"]
    limit = sorted(bead["score"] for bead in beads)[1]
    done = run("--db", tmp_path / "m.db", "align", *pair, "--save", "--min-score", limit)
    assert "2 pairs saved" in done.stderr


def test_saved_pairs_tell_where_they_come_from(pair, tmp_path):
    from tm.store import TranslationMemory

    db = tmp_path / "m.db"
    run("--db", db, "align", *pair, "--save", "--provenance", "back-translated", "--origin", "báo", "--author", "An")
    with TranslationMemory.open(db) as memory:
        units = list(memory.units())
    assert [(u.document, u.position, u.origin, u.author) for u in units] == [
        ("a.vi.txt", k, "báo", "An") for k in range(3)
    ]
    assert {str(unit.provenance) for unit in units} == {"back-translated"}
    assert units[1].previous == "Bộ đội giúp dân."
    assert units[1].next == "Mưa tạnh lúc 5 giờ."
    assert all(0 < (unit.confidence or 0) <= 1 for unit in units)


def test_the_memory_teaches_words(tmp_path):
    """Nothing but words that the memory knows tells which sentence was left out."""
    names = ["bảo tố", "cánh dơi", "đèn lồng", "ghềnh đá", "hạt dẻ", "kén tằm"]
    words = ["zarb", "quolm", "tviss", "frenk", "plumt", "grosp"]
    rows = [f"{vi} {k}\t{en} {k}" for vi, en in zip(names, words, strict=True) for k in range(4)]
    (tmp_path / "m.tsv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "a.vi.txt").write_text("\n".join(f"{name} {name}" for name in names), encoding="utf-8")
    (tmp_path / "a.en.txt").write_text(
        "\n".join(f"{word} {word}" for word in words if word != "tviss"), encoding="utf-8"
    )
    db = tmp_path / "m.db"
    imported = run("--db", db, "tm", "import", tmp_path / "m.tsv")
    assert imported.exit_code == 0, imported.output
    arguments = ["--db", db, "align", tmp_path / "a.vi.txt", tmp_path / "a.en.txt", "--lines", "--no-terms", "--json"]
    beads = json.loads(run(*arguments, "--learn").stdout)["beads"]
    assert [(bead["vi"], bead["en"]) for bead in beads] == [
        ([0], [0]), ([1], [1]), ([2], []), ([3], [2]), ([4], [3]), ([5], [4])
    ]  # fmt: skip


def quick(*arguments):
    return run("align", "--no-terms", *arguments)


OLD = "Bộ đội giúp dân gặt lúa trên đồng. Không ai bị thương, mọi người đều vui. " * 8


def test_the_likely_encoding_is_named(pair, tmp_path):
    (tmp_path / "u16.txt").write_bytes(OLD.encode("utf-16"))
    result = quick(tmp_path / "u16.txt", pair[1])
    assert result.exit_code == 3
    assert "u16.txt:1: not UTF-8; it looks like utf-16: name it with --encoding utf-16" in result.stderr


def test_the_english_side_of_an_old_text_may_be_unicode(tmp_path):
    (tmp_path / "a.vi.txt").write_bytes("Đại tá Hà giúp dân.".replace("ạ", "a\u0323").encode("cp1258"))
    (tmp_path / "a.en.txt").write_text("Colonel Ha helped “people”.", encoding="utf-8")
    result = quick(tmp_path / "a.vi.txt", tmp_path / "a.en.txt", "--encoding", "cp1258", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["vi"][0]["text"] == "Đại tá Hà giúp dân."
    assert found["en"][0]["text"] == "Colonel Ha helped “people”."


def test_a_wrong_name_of_an_encoding_names_the_file(pair, tmp_path):
    (tmp_path / "bad.vi.txt").write_bytes(b"\xd2\xff" * 40)
    result = quick(tmp_path / "bad.vi.txt", pair[1], "--encoding", "ascii")
    assert result.exit_code == 3
    assert "bad.vi.txt" in result.stderr


def test_text_of_an_old_font_is_noticed(pair, tmp_path):
    typed = "Bé ®éi gióp d©n. NghÞ quyÕt cña §¶ng. QuyÕt ®Þnh thµnh lËp ®¬n vÞ míi. " * 6
    (tmp_path / "font.vi.txt").write_text(typed, encoding="utf-8")
    assert "try --encoding tcvn3" in quick(tmp_path / "font.vi.txt", pair[1]).stderr
    converted = quick(tmp_path / "font.vi.txt", pair[1], "--encoding", "tcvn3", "--json")
    assert json.loads(converted.stdout)["vi"][0]["text"] == "Bộ đội giúp dân."


def test_two_texts_of_one_language_are_noticed(pair):
    result = quick(pair[0], pair[0], "--json")
    assert result.exit_code == 0, result.output
    assert "are both Vietnamese" in result.stderr
    assert all(bead["score"] < 0.5 for bead in json.loads(result.stdout)["beads"][:2])


def test_a_table_stands_alone(pair, tmp_path):
    (tmp_path / "t.tsv").write_text("vi\ten\nMột.\tOne.\n", encoding="utf-8")
    result = quick(tmp_path / "t.tsv", pair[1])
    assert result.exit_code == 2
    assert "holds both sides" in result.stderr


def test_a_list_takes_tables_and_goes_on_after_what_is_bad(pair, tmp_path):
    (tmp_path / "t.tsv").write_text("vi\ten\nMột con mèo.\tOne cat.\n", encoding="utf-8")
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04")
    rows = ["a.vi.txt\ta.en.txt", "t.tsv", "bad.docx\ta.en.txt", "t.tsv\ta.en.txt\tx", "none.txt\ta.en.txt"]
    (tmp_path / "list.tsv").write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "out"
    result = quick("--pairs", tmp_path / "list.tsv", "--out", out, "--jobs", "1")
    assert result.exit_code == 3
    assert sorted(path.name for path in out.iterdir()) == ["a.json", "t.tsv.json"]
    assert "3 of 5 pairs of documents could not be aligned" in result.stderr
    assert "none.txt: No such file" in result.stderr


def test_an_unforeseen_fault_of_one_pair_does_not_end_the_list(pair, tmp_path, monkeypatch):
    from tm.commands import align_work

    def failing(texts, *_arguments, **_more):
        raise ZeroDivisionError("of two")

    monkeypatch.setattr(align_work, "align_texts", failing)
    (tmp_path / "list.tsv").write_text("a.vi.txt\ta.en.txt\n", encoding="utf-8")
    result = quick("--pairs", tmp_path / "list.tsv", "--out", tmp_path / "out", "--jobs", "1")
    assert result.exit_code == 3
    assert "ZeroDivisionError: of two" in result.stderr
