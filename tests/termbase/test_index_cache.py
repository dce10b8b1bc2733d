"""The kept look-up index: never stale, whole or not at all, and not needed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs import user_cache_path, user_data_path

from termbase import index_cache
from termbase.index_cache import cache_folder, cached_index, default_database, shipped_fingerprint
from termbase.index_own import content_state, own_index
from termbase.lookup import lookup
from termbase.model import Concept, Term
from termbase.store import TermStore


def _concept(identifier: str, text: str) -> Concept:
    return Concept(id=identifier, terms=(Term(text=text, lang="vi"),))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SONGNGU_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _counting(concepts: list[Concept]) -> tuple[Callable[[], list[Concept]], list[int]]:
    calls: list[int] = []

    def build() -> list[Concept]:
        calls.append(1)
        return concepts

    return build, calls


def test_a_kept_index_is_read_and_not_built_again(folder: Path) -> None:
    build, calls = _counting([_concept("a", "quân đội")])
    for _ in range(3):
        index = cached_index(("x",), build)
        assert [match.concept.id for match in lookup(index, "quan doi")] == ["a"]
        index.close()
    assert len(calls) == 1
    assert [path.suffix for path in folder.iterdir()] == [".sqlite"]


def test_other_content_has_another_index() -> None:
    first = cached_index(("one",), lambda: [_concept("a", "quân đội")])
    second = cached_index(("two",), lambda: [_concept("b", "quân khu")])
    assert [m.concept.id for m in lookup(second, "quân")] == ["b"]
    assert [m.concept.id for m in lookup(first, "quân")] == ["a"]
    first.close()
    second.close()


def test_changed_code_has_another_index(monkeypatch: pytest.MonkeyPatch) -> None:
    build, calls = _counting([_concept("a", "quân đội")])
    cached_index(("x",), build).close()
    monkeypatch.setattr(index_cache, "code_fingerprint", lambda: "other")
    cached_index(("x",), build).close()
    assert len(calls) == 2


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_a_damaged_file_is_made_again(folder: Path, damage: bytes | None) -> None:
    build, calls = _counting([_concept("a", "quân đội")])
    cached_index(("x",), build).close()
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:3000] if damage is None else damage)
    index = cached_index(("x",), build)
    assert [m.concept.id for m in lookup(index, "quân đội")] == ["a"]
    index.close()
    assert len(calls) == 2


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    monkeypatch.setenv("SONGNGU_CACHE", str(blocked / "cache"))
    index = cached_index(("x",), lambda: [_concept("a", "quân đội")])
    assert [m.concept.id for m in lookup(index, "quân đội")] == ["a"]
    index.close()


def test_old_files_are_removed(folder: Path) -> None:
    for number in range(12):
        cached_index((str(number),), lambda: [_concept("a", "quân đội")]).close()
    assert len(list(folder.iterdir())) <= 6


def test_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SONGNGU_CACHE")
    for value in (None, str(tmp_path / "xdg")):
        for variable in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
            if value is None:
                monkeypatch.delenv(variable, raising=False)
            else:
                monkeypatch.setenv(variable, value)
        assert cache_folder() == user_cache_path("songngu", appauthor=False)
        assert default_database() == user_data_path("songngu", appauthor=False) / "songngu.db"


def test_shipped_fingerprint_follows_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    glossaries = tmp_path / "glossaries"
    glossaries.mkdir()
    (glossaries / "a.csv").write_text("x", encoding="utf-8")
    monkeypatch.setattr(index_cache, "_HERE", tmp_path)
    first = shipped_fingerprint()
    stat = (glossaries / "a.csv").stat()
    (glossaries / "a.csv").write_text("y", encoding="utf-8")
    os.utime(glossaries / "a.csv", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert shipped_fingerprint() != first


def test_own_terms_are_read_anew_after_every_change(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    with TermStore.open(path) as store:
        assert content_state(path) == "empty"
        assert own_index(str(path), None) is None
        seen = set()
        for text in ("quân đội", "quân khu", "quân chủng"):
            store.put([_concept("a", text)], "add")
            state = content_state(path)
            assert state not in seen
            seen.add(state)
            index = own_index(str(path), None)
            assert index is not None
            assert [m.term.text for m in lookup(index, "quân")] == [text]
            index.close()
            store.undo()


def test_state_of_many_terms_follows_the_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termbase.index_own._SMALL", 0)
    path = tmp_path / "own.db"
    states = []
    with TermStore.open(path) as store:
        for text in ("quân đội", "quân khu"):
            store.put([_concept("a", text)], "add")
            states.append(content_state(path))
            store.undo()
        store.put([_concept("a", "quân khu")], "add")
        store.put([_concept("b", "quân chủng")], "add")
        states.append(content_state(path))
    assert len(set(states)) == 3


def test_a_file_that_is_no_database_has_no_state(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    path.write_bytes(b"no database" * 1000)
    assert content_state(path) is None


_HEAVY = (
    "sqlalchemy",
    "underthesea",
    "sacremoses",
    "rich",
    "numpy",
    "requests",
    "platformdirs",
    "rapidfuzz",
    "ahocorasick_rs",
)


_LIGHT = ("typing", "re", "json", "pathlib", "hashlib", "dataclasses", "inspect")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (["quân đội"], (*_HEAVY, *_LIGHT)),
        (["SSCD", "-1"], (*_HEAVY, *_LIGHT)),
        (["quân đội", "--json"], (*_HEAVY, "typing", "pathlib", "dataclasses", "inspect")),
        (["quân đọi"], (*_HEAVY, "json", "pathlib", "dataclasses", "inspect")),
        (["quaan ddooij"], (*_HEAVY, "json", "pathlib", "dataclasses", "inspect")),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_look_up_imports_nothing_that_it_can_do_without(
    tmp_path: Path, query: list[str], names: tuple[str, ...]
) -> None:
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from termbase.commands.quick import quick\n"
        f"code = quick(['lookup', *{query!r}])\n"
        f"heavy = [name for name in ('click', 'termbase.model', *{names!r}) if name in set(sys.modules) - before]\n"
        "sys.exit(repr(heavy) if heavy else code)\n"
    )
    environment = {
        **os.environ,
        "SONGNGU_CACHE": str(tmp_path.parent / "kept"),
        "XDG_DATA_HOME": str(tmp_path),
        "PYTHONIOENCODING": "utf-8",
    }
    for _ in range(2):
        done = subprocess.run(  # noqa: PLW1510  # the code is looked at below
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    # The first run built the index, the second only read it.
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_a_kept_index_is_never_written(folder: Path) -> None:
    index = cached_index(("x",), lambda: [_concept("a", "quân đội")])
    with pytest.raises(sqlite3.OperationalError):
        index._connection.execute("DELETE FROM term")
    index.close()
    assert len(list(folder.iterdir())) == 1
