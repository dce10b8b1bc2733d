"""The façade over a set of concepts: what programs hold in their hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from termbase.model import Concept, Finding, LookupMatch, TermMatch
from termbase.profiles import Profile, apply_profile, get_profile

if TYPE_CHECKING:
    from termbase.index import Index
    from termbase.recognize import Recognizer

LOOKUP_ONLY = "working-vocabulary"
"""The subject field of everyday words (kịp thời, tình hình …). They are looked up, but no terms: a text
is full of them, and each has more right renderings than a glossary can list."""


class Termbase:
    """An immutable set of concepts, seen under a profile.

    What is derived from it (the look-up index, the recogniser) is built on first use and kept.
    Threads may share a termbase. ``shipped`` says that these are all shipped concepts and no others:
    their look-up index is kept between runs.

    >>> from termbase.model import Term
    >>> terms = Termbase.from_concepts([Concept(id="sscd", terms=(Term(text="sẵn sàng chiến đấu", lang="vi"),))])
    >>> len(terms), terms.get("sscd").preferred("vi").text
    (1, 'sẵn sàng chiến đấu')
    """

    __slots__ = ("_by_id", "_concepts", "_index", "_profile", "_recognizer", "_shipped", "_stored")

    def __init__(self, concepts: Iterable[Concept], profile: Profile | None = None, *, shipped: bool = False) -> None:
        self._stored = tuple(concepts)
        self._profile = profile
        self._concepts = tuple(apply_profile(concept, profile) for concept in self._stored)
        self._by_id: dict[str, Concept] | None = None
        self._index: Index | None = None
        self._recognizer: Recognizer | None = None
        self._shipped = shipped

    @classmethod
    def from_concepts(cls, concepts: Iterable[Concept], profile: str | None = None) -> Termbase:
        """Return a termbase of these concepts; ``profile`` is a name of :data:`termbase.profiles.PROFILES`."""
        return cls(concepts, get_profile(profile) if profile else None)

    @classmethod
    def bundled(cls, profile: str | None = None) -> Termbase:
        """Return the shipped glossaries."""
        from termbase.bundled import load_bundled

        return cls(load_bundled(), get_profile(profile) if profile else None, shipped=True)

    @classmethod
    def load(cls, *paths: str | Path, profile: str | None = None) -> Termbase:
        """Return the concepts of files in any readable format.

        Problems of single entries are passed over; :func:`termbase.formats.read` tells them. Raises
        :class:`termbase.InputError` for a file that cannot be read at all.
        """
        from termbase.formats.registry import read

        return cls.from_concepts((concept for path in paths for concept in read(path).concepts), profile)

    @classmethod
    def open(cls, path_or_url: str | Path, profile: str | None = None) -> Termbase:
        """Return the terms kept in a database: a SQLite path or an SQLAlchemy URL.

        Raises :class:`termbase.StorageError` when it cannot be read.
        """
        from termbase.store import TermStore

        with TermStore.open(path_or_url, create=False) as store:
            return cls.from_concepts(store.concepts(), profile)

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """The concepts as the profile shows them."""
        return self._concepts

    @property
    def stored(self) -> tuple[Concept, ...]:
        """The concepts as they were loaded, before any profile: what editing and exchange work on."""
        return self._stored

    @property
    def profile(self) -> Profile | None:
        """The profile asked for, ``None`` for the house default."""
        return self._profile

    def __len__(self) -> int:
        return len(self._concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts)

    def __repr__(self) -> str:
        return f"Termbase({len(self)} concepts, profile={self._profile.name if self._profile else None!r})"

    def get(self, concept_id: str) -> Concept | None:
        """Return the concept with this id, or ``None``; of several the first."""
        if self._by_id is None:
            self._by_id = {concept.id: concept for concept in reversed(self._concepts)}
        return self._by_id.get(concept_id)

    def with_profile(self, name: str | None) -> Termbase:
        """Return the same concepts under another profile."""
        return type(self)(self._stored, get_profile(name) if name else None, shipped=self._shipped)

    def lookup(self, query: str, lang: str | None = None, limit: int = 10) -> list[LookupMatch]:
        """Return the terms that ``query`` may mean, best first; see :func:`termbase.lookup.lookup`."""
        from termbase.lookup import lookup

        if self._index is None:
            self._index = self._made_index()
        return lookup(self._index, query, lang=lang, limit=limit)

    def _made_index(self) -> Index:
        """Return the index of the concepts: that of the shipped ones is kept between runs."""
        from termbase.index import Index

        if not self._shipped:
            return Index.from_concepts(self._concepts)
        from termbase.index_cache import shipped_index

        return shipped_index(self._profile.name if self._profile else None, lambda: self._concepts).of(self._concepts)

    @property
    def recognizer(self) -> Recognizer:
        """The recogniser of these concepts, built on first use; :data:`LOOKUP_ONLY` is left out."""
        if self._recognizer is None:
            from termbase.recognize import Recognizer

            self._recognizer = Recognizer(c for c in self._concepts if c.subject_field != LOOKUP_ONLY)
        return self._recognizer

    def recognize(self, text: str, lang: str, *, nested: bool = False, word_check: bool = False) -> Sequence[TermMatch]:
        """Return the terms of ``text`` in order; spans are into ``text`` itself."""
        return self.recognizer.recognize(text, lang, nested=nested, word_check=word_check)

    def recognize_many(self, texts: Iterable[str], lang: str, **options: Any) -> Iterator[Sequence[TermMatch]]:
        """Yield the terms of each text, in order; runs as it is consumed."""
        return self.recognizer.recognize_many(texts, lang, **options)

    def check(self, source: str, target: str, **options: Any) -> list[Finding]:
        """Return the findings in a pair of segments; see :func:`termbase.check.check`."""
        from termbase.check import check

        return list(check(self, source, target, **options))

    def conflicts(self, source: str, target: str, lang: str = "vi") -> list[Finding]:
        """Return the terms of a source in ``lang`` that the target breaks; see :mod:`termbase.conflicts`."""
        from termbase.conflicts import conflicts

        return conflicts(self, source, target, lang)

    def fix(self, source: str | None, target: str, **options: Any) -> Any:
        """Return the safely repaired target; see :func:`termbase.fix.fix`."""
        from termbase.fix import fix

        return fix(self, source, target, **options)

    def report(self, documents: Iterable[Any], **options: Any) -> Any:
        """Return the consistency report over documents; see :func:`termbase.report.report`."""
        from termbase.report import report

        return report(self, documents, **options)
