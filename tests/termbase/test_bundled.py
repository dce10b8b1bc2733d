from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

from termbase.bundled import (
    Source,
    bundled_files,
    fingerprint,
    glossary_folder,
    load_bundled,
    load_sources,
    load_subject_fields,
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


def test_loading_imports_nothing_heavy():
    code = (
        "import sys, termbase.bundled as b; b.load_bundled();"
        "print(sorted({'sqlalchemy','click','numpy','rapidfuzz','underthesea','xlsxwriter'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
