from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from termbase.bundled import (
    Source,
    bundled_files,
    fingerprint,
    glossary_folder,
    load_bundled,
    load_sources,
    load_subject_fields,
    read_bundled,
)
from termbase.formats.native_csv import COLUMNS


def test_registries_are_not_glossaries():
    names = {path.name for path in bundled_files()}
    assert names
    assert not names & {"sources.csv", "subject_fields.csv"}


def test_every_glossary_has_the_native_header():
    for path in bundled_files():
        with path.open(encoding="utf-8", newline="") as file:
            assert tuple(next(csv.reader(file))) == COLUMNS, path.name


def test_concepts_carry_their_glossary_and_citations():
    concepts = load_bundled()
    keys = set(load_sources())
    assert {concept.glossary for concept in concepts} == {path.stem for path in bundled_files()}
    cited = {source for concept in concepts for source in concept.sources}
    assert cited
    assert not cited & keys


def test_citation_reads_well():
    assert Source("k", "White Paper", "MND", "2019").citation == "White Paper (MND, 2019)"
    assert Source("k", "White Paper").citation == "White Paper"


def test_subject_fields_are_named_in_both_languages():
    assert all(vi and en for vi, en in load_subject_fields().values())


def test_fingerprint_follows_every_byte(tmp_path, monkeypatch):
    for path in glossary_folder().glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr("termbase.bundled.glossary_folder", lambda: tmp_path)
    before = fingerprint()
    assert before == fingerprint()
    one = next(path for path in tmp_path.glob("*.csv") if path.name != "subject_fields.csv")
    one.write_bytes(one.read_bytes()[:-1] + b" ")
    assert fingerprint() != before


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("SONGNGU_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept(cache):
    return sorted(cache.glob("glossaries-*.bin"))


def test_the_cache_gives_the_same_concepts_as_the_files(cache):
    first = load_bundled()
    assert len(kept(cache)) == 1
    assert load_bundled() == first == read_bundled()


def test_changed_files_are_never_answered_from_the_cache(cache, tmp_path, monkeypatch):
    folder = tmp_path / "glossaries"
    folder.mkdir()
    for path in glossary_folder().glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr("termbase.bundled.glossary_folder", lambda: folder)
    before = load_bundled()
    one = folder / f"{before[0].glossary}.csv"
    stamp = one.stat().st_mtime_ns
    text = one.read_text(encoding="utf-8")
    one.write_text(text.replace(before[0].terms[0].text, "đã đổi", 1), encoding="utf-8")
    os.utime(one, ns=(stamp, stamp))
    assert load_bundled()[0].terms[0].text == "đã đổi"


@pytest.mark.parametrize("content", [b"", b"\x00", b"not marshal", b"\xfb\x00\x00"])
def test_a_damaged_cache_is_made_anew(cache, content):
    first = load_bundled()
    (path,) = kept(cache)
    whole = path.read_bytes()
    path.write_bytes(content or whole[:1000])
    assert load_bundled() == first
    assert path.read_bytes() == whole


def test_no_cache_folder_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("SONGNGU_CACHE", str(tmp_path / "file" / "cache"))
    assert load_bundled() == read_bundled()


def test_loading_imports_nothing_heavy():
    code = (
        "import sys, termbase.bundled as b; b.load_bundled();"
        "print(sorted({'sqlalchemy','click','numpy','rapidfuzz','underthesea','xlsxwriter'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
