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
