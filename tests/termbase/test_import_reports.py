"""Imports from end to end: what is told, that it is all or nothing, that it can be repeated and taken back."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sample_concepts import CONCEPTS

from cli import cli
from termbase.formats.base import ReadOptions
from termbase.formats.registry import FORMATS, read, write
from termbase.store import TermStore

BASE = """concept_id,lang,term,status,note,definition_vi
gb,vi,giao ban,,,Họp ngắn hằng ngày.
gb,en,briefing,preferred,,
gb,en,hand over,forbidden,wrong sense,
kh1,vi,khóa,,,
kh1,en,tenure,,,
kh2,vi,khóa,,,
kh2,en,course,,,
"""
BOTH = [name for name, spec in FORMATS.items() if spec.reads and spec.writes]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments, code=0, stdin=None):
        result = CliRunner().invoke(cli, ["--db", str(tmp_path / "own.db"), *arguments], input=stdin)
        assert result.exit_code == code, result.output
        return result

    return invoke


def report(result):
    return json.loads(result.stdout)


def counts(found):
    return tuple(found[name] for name in ("read", "created", "merged", "unchanged", "skipped", "warned"))


def stored(tmp_path):
    with TermStore.open(tmp_path / "own.db") as store:
        return store.concepts()


def test_a_dry_run_tells_what_the_import_does_and_stores_nothing(run, tmp_path):
    (tmp_path / "base.csv").write_text(BASE, encoding="utf-8")
    dry = report(run("glossary", "import", "base.csv", "--dry-run", "--json"))
    assert counts(dry) == (3, 3, 0, 0, 0, 0)
    assert not (tmp_path / "own.db").exists()
    real = report(run("glossary", "import", "base.csv", "--json"))
    assert counts(real) == counts(dry)
    assert (dry["batch"], real["batch"]) == (None, 1)
    assert "0 skipped, 0 warned; nothing changed" in run("glossary", "import", "base.csv").stdout


def test_conflicts_are_listed_with_what_is_kept(run, tmp_path):
    (tmp_path / "base.csv").write_text(BASE, encoding="utf-8")
    run("glossary", "import", "base.csv")
    (tmp_path / "next.csv").write_text(BASE.replace("Họp ngắn hằng ngày.", "Họp đầu giờ."), encoding="utf-8")
    for keep, kept in ((["--keep"], "Họp ngắn hằng ngày."), ([], "Họp đầu giờ.")):
        found = report(run("glossary", "import", "next.csv", "--dry-run", "--json", *keep))
        assert found["conflicts"] == [
            {"entry": "gb", "field": "definition_vi", "old": "Họp ngắn hằng ngày.", "new": "Họp đầu giờ.", "kept": kept}
        ]
        assert found["warned"] == 1


@pytest.mark.parametrize("name", BOTH)
def test_an_import_of_any_format_repeats_without_a_change_and_is_undone_exactly(name, run, tmp_path):
    (tmp_path / "base.csv").write_text(BASE, encoding="utf-8")
    run("glossary", "import", "base.csv")
    before = stored(tmp_path)
    path = tmp_path / f"other{FORMATS[name].suffixes[0]}"
    write(CONCEPTS, path, name)
    first = report(run("glossary", "import", str(path), "--from", name, "--json"))
    after = stored(tmp_path)
    assert after != before
    again = report(run("glossary", "import", str(path), "--from", name, "--json"))
    assert (again["created"], again["merged"], again["batch"]) == (0, 0, None)
    assert again["unchanged"] == again["read"] == first["read"]
    assert stored(tmp_path) == after
    run("glossary", "undo")
    assert stored(tmp_path) == before


@pytest.mark.parametrize("name", BOTH)
def test_what_was_exported_and_comes_back_changes_nothing(name, run, tmp_path):
    (tmp_path / "base.csv").write_text(BASE, encoding="utf-8")
    run("glossary", "import", "base.csv")
    run("glossary", "export", "out.file", "--to", name, "--own")
    found = report(run("glossary", "import", "out.file", "--from", name, "--json"))
    assert counts(found)[:5] == (3, 0, 0, 3, 0)


@pytest.mark.parametrize("name", BOTH)
def test_a_damaged_file_stores_nothing_or_what_can_be_read_and_tells(name, run, tmp_path):
    path = tmp_path / "cut"
    write(CONCEPTS, path, name)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    result = CliRunner().invoke(
        cli, ["--db", str(tmp_path / "own.db"), "glossary", "import", str(path), "--from", name]
    )
    assert result.exit_code in (0, 3), result.output
    if result.exit_code == 3:
        assert not (tmp_path / "own.db").exists()
        assert result.stderr.startswith("songngu: ")
        assert result.stderr.count("\n") == 1
    else:
        whole = {term.text for concept in CONCEPTS for term in concept.terms}
        texts = {term.text for concept in stored(tmp_path) for term in concept.terms}
        assert len(texts - whole) <= 1, "at most the term at the cut is another one"


BAD = {
    "missing.csv": (None, 3, "No such file"),
    "empty.csv": (b"", 3, "no terms were found"),
    "noise.bin": (bytes(range(256)), 3, "the format is not known"),
    "bomb.tbx": (b'<!DOCTYPE a [<!ENTITY x "y">]><martif>&x;</martif>', 3, "declares XML entities"),
    "open.tbx": (b"<martif><text>", 3, "not well-formed XML"),
    "zip.xlsx": (b"PK\x03\x04rubbish", 3, "cannot be read"),
    "legacy.csv": ("vi;en\nđảng;Party\n".encode("utf-16")[2:40:3], 3, ""),
    "foreign.tbx": (b'<martif><text><body><termEntry><langSet xml:lang="de"><tig><term>x</term></tig></langSet></termEntry></body></text></martif>', 3, "its languages are de"),
    "columns.csv": (b"a,b\nc,d\n", 3, "--map HEADER=vi"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_what_cannot_be_imported_is_one_line_and_nothing_is_stored(name, dry, run, tmp_path):
    data, code, says = BAD[name]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    result = run("glossary", "import", name, *dry, code=code)
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert name in result.stderr
    assert not (tmp_path / "own.db").exists()


def test_all_or_nothing_when_the_store_fails_half_way(tmp_path, monkeypatch):
    from termbase import store as module

    with TermStore.open(tmp_path / "own.db") as store:
        result = read_sample(tmp_path)
        real = module._store

        def broken(connection, states):
            real(connection, states[:2])
            raise RuntimeError("the power fails")

        monkeypatch.setattr(module, "_store", broken)
        with pytest.raises(RuntimeError):
            store.import_result(result)
        monkeypatch.undo()
        assert (len(store), store.history()) == (0, ())


def read_sample(tmp_path):
    path = tmp_path / "sample.jsonl"
    write(CONCEPTS, path, "jsonl")
    return read(path, "jsonl", ReadOptions())


@pytest.mark.parametrize("name", BOTH)
def test_standard_output_is_read_from_standard_input(name, run, tmp_path):
    (tmp_path / "base.csv").write_text(BASE, encoding="utf-8")
    run("glossary", "import", "base.csv")
    data = run("glossary", "export", "-", "--to", name, "--own").stdout_bytes
    found = report(run("glossary", "import", "-", "--from", name, "--json", stdin=data))
    assert counts(found)[:5] == (3, 0, 0, 3, 0)
