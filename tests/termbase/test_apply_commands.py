"""``songngu apply``: a line in, a line out, in order; bad lines answered and counted."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli as root

GLOSSARY = """concept_id,subject_field,lang,term,status,type,part_of_speech,note,source
cell,party,vi,chi bộ,preferred,full form,noun,,
cell,,en,Party cell,preferred,full form,noun,,
cell,,en,Party branch,admitted,full form,noun,,
cell,,en,cell branch,deprecated,full form,noun,,
"""
SOURCE = {"id": 1, "source": "Các chi bộ & tôi.", "target": "The Party cells and I."}


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("SONGNGU_DB", str(tmp_path / "own.db"))
    path = tmp_path / "own.csv"
    path.write_text(GLOSSARY, encoding="utf-8")

    def call(*arguments, lines=(SOURCE,)):
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        result = CliRunner().invoke(root.cli, ["--glossary", str(path), "apply", *arguments], input=text)
        return [json.loads(line) for line in result.stdout.splitlines()], result

    return call


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (
            ["annotate"],
            {"text": 'Các <term translation="Party cell">chi bộ</term> &amp; tôi.', "terms": ["Party cell"]},
        ),
        (
            ["annotate", "--style", "factors"],
            {
                "text": "Các chi bộ Party cell & tôi .",
                "terms": ["Party cell"],
                "factors": [0, 1, 1, 2, 2, 0, 0, 0],
            },
        ),
        (
            ["annotate", "--style", "append"],
            {"text": "Các chi bộ & tôi. ¦ chi bộ = Party cell", "terms": ["Party cell"]},
        ),
        (["annotate", "--style", "mask"], {"text": "Các ⟦0⟧ & tôi.", "terms": ["Party cell"]}),
        (["constraints"], {"constraints": [["Party cell", "Party branch"]]}),
        (
            ["constraints", "--style", "sockeye"],
            {"text": SOURCE["source"], "constraints": ["Party cell"], "avoid": ["cell branch"]},
        ),
        (["constraints", "--style", "fairseq"], {"line": "Các chi bộ & tôi.\tParty cell"}),
        (["constraints", "--style", "suppress"], {"suppress": ["cell branch"]}),
        (
            ["prompt"],
            {
                "prompt": "Use these terms:\n- chi bộ: Party cell; also allowed: Party branch; never: cell branch",
            },
        ),
        (
            ["prompt", "--wording", "vi"],
            {
                "prompt": "Dùng các thuật ngữ sau:\n"
                "- chi bộ: Party cell; cũng được: Party branch; không dùng: cell branch",
            },
        ),
        (["prompt", "--max-terms", "0"], {"prompt": ""}),
    ],
)
def test_answers_in_each_style(run, arguments, answer):
    rows, result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert rows == [{"id": 1, **answer}]


def test_a_source_in_english(run):
    rows, _ = run("annotate", "--source-lang", "en", "--style", "mask", lines=[{"source": "A Party cell met."}])
    assert rows == [{"id": None, "text": "A ⟦0⟧ met.", "terms": ["chi bộ"]}]


@pytest.mark.parametrize("command", ["annotate", "constraints", "prompt"])
def test_bad_lines_are_answered_in_their_place_and_counted(run, command):
    lines = [SOURCE, "not JSON", [1], {"id": 4}, {"source": 5}, {"id": 6, "source": ""}]
    rows, result = run(command, lines=lines)
    assert result.exit_code == 3
    assert len(rows) == len(lines)
    assert [row["id"] for row in rows if "error" not in row] == [1, 6]
    assert [row["error"].split(":")[0] for row in rows[1:5]] == ["line 2", "line 3", "line 4", "line 5"]
    assert "4 of 6 lines could not be answered" in result.stderr


def test_masked_sources_come_back(run):
    masked, _ = run("annotate", "--style", "mask")
    lines = [{"id": 1, "target": "The ⟦0⟧s and I.", "terms": masked[0]["terms"]}, {"target": "I.", "terms": ["Party"]}]
    rows, result = run("unmask", lines=lines)
    assert result.exit_code == 0
    assert rows == [
        {"id": 1, "target": "The Party cells and I.", "lost": []},
        {"id": None, "target": "I.", "lost": ["Party"]},
    ]


@pytest.mark.parametrize("line", [{"target": "a"}, {"target": "a", "terms": "b"}, {"terms": []}, {"terms": [1]}])
def test_unmask_wants_a_target_and_its_terms(run, line):
    rows, result = run("unmask", lines=[line])
    assert result.exit_code == 3
    assert "error" in rows[0]


def test_score_adds_all_lines_up(run):
    lines = [SOURCE, {"source": "Chi bộ.", "target": "The cell branch."}]
    rows, result = run("score", lines=lines)
    assert result.exit_code == 0
    assert len(rows) == 1
    assert (rows[0]["segments"], rows[0]["errors"], rows[0]["mentions"]) == (2, 0, 2)
    assert (rows[0]["base"], rows[0]["any_form"], rows[0]["exclusive"]) == (0.0, 0.5, 0.5)
    assert rows[0]["signature"].startswith("songngu-score|")


def test_score_counts_bad_lines(run):
    rows, result = run("score", lines=["{", SOURCE, {"source": "Chi bộ."}])
    assert result.exit_code == 3
    assert [set(row) == {"error"} for row in rows] == [True, True, False]
    assert (rows[2]["segments"], rows[2]["errors"]) == (1, 2)


def test_nothing_to_score(run):
    rows, result = run("score", lines=[])
    assert result.exit_code == 0
    assert (rows[0]["segments"], rows[0]["mentions"], rows[0]["exclusive"]) == (0, 0, 1.0)


def test_reads_a_file_and_refuses_a_missing_one(run, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("\ufeff" + json.dumps(SOURCE) + "\n", encoding="utf-8")
    rows, result = run("constraints", str(path))
    assert result.exit_code == 0
    assert rows[0]["id"] == 1
    _, result = run("constraints", str(tmp_path / "none.jsonl"))
    assert result.exit_code == 3
    assert "none.jsonl" in result.stderr
