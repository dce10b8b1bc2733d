from __future__ import annotations

import pytest
from sample_concepts import CONCEPTS, RANK, TENURE

from termbase import Termbase
from termbase.errors import InputError, StorageError
from termbase.formats.registry import write
from termbase.store import TermStore


def test_from_concepts_and_get():
    terms = Termbase.from_concepts(CONCEPTS)
    assert len(terms) == len(CONCEPTS)
    assert terms.get("khoa-hoc").preferred("en").text == "course"
    assert terms.get("nowhere") is None
    assert [concept.id for concept in terms] == [concept.id for concept in CONCEPTS]


def test_profile_is_applied_and_can_be_changed():
    terms = Termbase.from_concepts([RANK], profile="qdnd")
    assert terms.get("dai-ta").preferred("en").text == "Senior Colonel"
    assert terms.with_profile("mod").get("dai-ta").preferred("en").text == "Colonel"
    assert terms.stored == (RANK,)
    assert "qdnd" in repr(terms)


def test_load_takes_files_of_several_formats(tmp_path):
    write([RANK], tmp_path / "a.csv")
    write([TENURE], tmp_path / "b.jsonl")
    assert [c.id for c in Termbase.load(tmp_path / "a.csv", tmp_path / "b.jsonl")] == ["dai-ta", "khoa-nhiem-ky"]


def test_load_of_a_missing_file():
    with pytest.raises(InputError, match="cannot be read"):
        Termbase.load("nowhere.csv")


def test_open_reads_a_database(tmp_path):
    with TermStore.open(tmp_path / "own.db") as store:
        store.put([TENURE], "add")
    assert Termbase.open(tmp_path / "own.db").concepts == (TENURE,)


def test_open_of_a_missing_database_does_not_make_one(tmp_path):
    with pytest.raises(StorageError, match="there is no such database"):
        Termbase.open(tmp_path / "own.db")
    assert list(tmp_path.iterdir()) == []


def test_lookup_and_recognition_work_on_the_concepts():
    terms = Termbase.from_concepts(CONCEPTS)
    assert terms.lookup("phương châm bốn tại chỗ")[0].concept.id == "bon-tai-cho"
    text = "Đồng chí Đại tá mở khóa huấn luyện."
    assert [text[m.start : m.end] for m in terms.recognize(text, "vi")] == ["Đại tá", "khóa"]


def test_bundled_has_the_shipped_concepts():
    assert len(Termbase.bundled()) > 0


def test_the_shipped_terms_are_looked_up_in_the_kept_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept answers as what is built, under each profile, with the concepts themselves."""
    for profile in (None, "qdnd"):
        shipped = Termbase.bundled(profile)
        built = Termbase.from_concepts(shipped.stored, profile)
        shipped.lookup("SSCĐ")
        with monkeypatch.context() as patched:
            patched.setattr("termbase.index_build.build_index", None)
            again = Termbase.bundled(None).with_profile(profile)
            for query in ("SSCĐ", "quân khu", "combat readiness", "sẵn sàng chiến đâu"):
                found = again.lookup(query)
                assert found[0].concept is again.get(found[0].concept.id)
        for query in ("SSCĐ", "quân khu", "combat readiness", "sẵn sàng chiến đâu"):
            assert shipped.lookup(query) == built.lookup(query)
