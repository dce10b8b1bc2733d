"""The glossaries that come with songngu."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from termbase.errors import InputError, Problem
from termbase.formats import native_csv
from termbase.formats.base import ReadOptions
from termbase.model import Concept

_REGISTRIES = ("sources.csv", "subject_fields.csv")


@dataclass(frozen=True, slots=True)
class Source:
    """A work that prints terms of the glossaries."""

    key: str
    title: str
    publisher: str = ""
    year: str = ""
    url: str = ""

    @property
    def citation(self) -> str:
        """The readable form: ``"title (publisher, year)"``."""
        where = ", ".join(item for item in (self.publisher, self.year) if item)
        return f"{self.title} ({where})" if where else self.title


def glossary_folder() -> Path:
    """Return the folder of the shipped glossaries: the installed one first, then the checkout's.

    >>> glossary_folder().name
    'glossaries'
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "glossaries", here.parent / "glossaries"):
        if (folder / _REGISTRIES[0]).is_file():
            return folder
    raise InputError([Problem(message="the shipped glossaries are missing; install songngu again", path=str(here))])


def bundled_files() -> tuple[Path, ...]:
    """Return the shipped glossary files, in order of their names."""
    return tuple(path for path in sorted(glossary_folder().glob("*.csv")) if path.name not in _REGISTRIES)


def fingerprint() -> str:
    """Return a digest of the content of all shipped glossary files: the key for anything derived.

    >>> len(fingerprint())
    32
    """
    digest = blake2b(digest_size=16)
    for path in (*bundled_files(), glossary_folder() / _REGISTRIES[0]):
        data = path.read_bytes()
        digest.update(f"{path.name}:{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def load_sources() -> dict[str, Source]:
    """Return the source registry, by key."""
    return {row[0]: Source(*row[:5]) for row in _rows(_REGISTRIES[0])}


def load_subject_fields() -> dict[str, tuple[str, str]]:
    """Return the subject fields: id to Vietnamese and English name.

    >>> load_subject_fields()["rank"]
    ('Quân hàm', 'Military ranks')
    """
    return {row[0]: (row[1], row[2]) for row in _rows(_REGISTRIES[1])}


def _rows(name: str) -> list[list[str]]:
    with (glossary_folder() / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file) if row][1:]


def load_bundled() -> tuple[Concept, ...]:
    """Return the concepts of all shipped glossaries, sources resolved to citations.

    They come from the cache of :mod:`termbase.bundled_cache` when the files have not changed.

    >>> concepts = load_bundled()
    >>> len({concept.id for concept in concepts}) == len(concepts)
    True
    """
    from termbase import bundled_cache

    content = fingerprint()
    concepts = bundled_cache.load(content)
    if concepts is None:
        concepts = read_bundled()
        bundled_cache.save(content, concepts)
    return concepts


def read_bundled() -> tuple[Concept, ...]:
    """Return the concepts of all shipped glossaries, read from the CSV files."""
    citations = {key: source.citation for key, source in load_sources().items()}
    concepts: list[Concept] = []
    for path in bundled_files():
        # Shipped files are validated in the project's tests, so they are taken as they are.
        options = ReadOptions(path=str(path), glossary=path.stem, normalize=False, citations=citations)
        with path.open("rb") as stream:
            concepts.extend(native_csv.read(stream, options).concepts)
    return tuple(concepts)


def overlay(shipped: Iterable[Concept], own: Iterable[Concept]) -> tuple[Concept, ...]:
    """Return the user's own concepts, then the shipped ones whose ids are not among them.

    >>> overlay([Concept(id="a", terms=()), Concept(id="b", terms=())], [Concept(id="b", terms=(), note="own")])[0].note
    'own'
    """
    first = tuple(own)
    taken = {concept.id for concept in first}
    return (*first, *(concept for concept in shipped if concept.id not in taken))
