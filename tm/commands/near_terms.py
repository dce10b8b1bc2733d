"""The terms of a few texts without compiling those of every glossary, which costs a short command most of its time.

For each pattern of each concept the first word is kept in the user's cache, by a digest of the shipped
glossaries and of the code. A pattern can match only a text that holds its first word whole; so a recogniser
of the concepts whose first words stand in a text answers as one of all does.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from termbase.model import LANGUAGES

if TYPE_CHECKING:
    from termbase.model import Concept, Finding, TermMatch
    from termbase.termbase import Termbase

_WORD = re.compile(r"[^\W_]+")
_LAYOUT = "1"
_KEPT = 4
_FEW = 24
"""Texts answered one by one; when more come, everything is compiled."""

FirstWords = dict[str, dict[str, list[str]]]
"""By language and first word, the ids of the concepts with a pattern that begins so."""


class NearTerms:
    """Recognises as ``termbase`` does, by the few concepts that can stand in a text.

    ``words`` are the first words of its patterns, except of the concepts ``always``, which take part
    in every text.
    """

    def __init__(self, termbase: Termbase, words: FirstWords, always: Iterable[str] = ()) -> None:
        self._termbase = termbase
        self._words = words
        self._always = frozenset(always)
        self._found: dict[tuple[str, str], Sequence[TermMatch]] = {}
        self._kept: dict[tuple[str, str], Termbase] = {}
        self._named: dict[tuple[str, str], Termbase] = {}

    def recognize(self, text: str, lang: str) -> Sequence[TermMatch]:
        """Return the terms of ``text``."""
        if (text, lang) not in self._found:
            if len(self._found) >= _FEW:
                return self._termbase.recognize(text, lang)
            self._found[text, lang] = self._near(text, lang).recognize(text, lang)
        return self._found[text, lang]

    def conflicts(self, source: str, target: str, lang: str) -> Sequence[Finding]:
        """Return the terms of a source in ``lang`` that the target breaks."""
        if len(self._found) >= _FEW:
            return self._termbase.conflicts(source, target, lang)
        return self._mentioned(source, lang).conflicts(source, target, lang)

    def _mentioned(self, text: str, lang: str) -> Termbase:
        """Return the termbase of the concepts that a text names, also within longer terms: few to compile."""
        from termbase.termbase import Termbase

        if (text, lang) not in self._named:
            found = self._near(text, lang).recognize(text, lang, nested=True)
            named = self._always.union(concept.id for match in found for concept in match.concepts)
            kept = [concept for concept in self._termbase.stored if concept.id in named]
            self._named[text, lang] = Termbase(kept, self._termbase.profile)
        return self._named[text, lang]

    def _near(self, text: str, lang: str) -> Termbase:
        """Return the termbase of the concepts that can stand in a text."""
        from termbase.termbase import Termbase

        if (text, lang) not in self._kept:
            starts = self._words[lang]
            wanted = self._always.union(*(starts.get(word, ()) for word in searched_words(text, lang)))
            kept = [concept for concept in self._termbase.stored if concept.id in wanted]
            self._kept[text, lang] = Termbase(kept, self._termbase.profile)
        return self._kept[text, lang]


def searched_words(text: str, lang: str) -> set[str]:
    """Return the words of a text as the recogniser sees it, and ``""`` for patterns without one.

    >>> sorted(searched_words("Combat-ready units", "en"))
    ['', 'combat', 'ready', 'units']
    """
    from termbase.automaton import Searchable
    from termbase.senses import as_searched
    from termbase.text.normalize import normalize_mapped

    return {"", *_WORD.findall(as_searched(Searchable(normalize_mapped(text).text).text, lang))}


def first_words(concepts: Sequence[Concept]) -> FirstWords:
    """Return the first word of each pattern of each concept.

    >>> from termbase.model import Concept, Term
    >>> first_words([Concept(id="a", terms=(Term(text="army", lang="en"),))])
    {'vi': {}, 'en': {'army': ['a'], 'armies': ['a']}}
    """
    from termbase.automaton import searchable_all
    from termbase.senses import as_searched

    found: FirstWords = {}
    for lang in LANGUAGES:
        named = list(_forms(concepts, lang))
        starts: dict[str, dict[str, None]] = {}
        for (name, _), key in zip(named, searchable_all([form for _, form in named]), strict=True):
            word = _WORD.search(as_searched(key, lang))
            starts.setdefault(word.group() if word else "", {})[name] = None
        found[lang] = {word: list(names) for word, names in starts.items()}
    return found


def _forms(concepts: Iterable[Concept], lang: str) -> Iterator[tuple[str, str]]:
    from termbase.text.normalize import normalize_term
    from termbase.variants import running_forms

    for concept in concepts:
        for term in concept.in_language(lang):
            part = term.part_of_speech.value if term.part_of_speech else None
            number = term.number.value if term.number else None
            text, short = normalize_term(term.text), term.type.abbreviated
            for form in running_forms(text, lang, abbreviated=short, part_of_speech=part, number=number):
                yield concept.id, form


def cached_first_words(concepts: Sequence[Concept], *, identity: str) -> FirstWords:
    """Return :func:`first_words` from the user's cache, made anew where it does not hold them.

    ``identity`` must tell all that the concepts depend on; the code is added here.
    """
    from termbase.index_cache import cache_folder, code_fingerprint, new_digest

    name = new_digest("\n".join((_LAYOUT, code_fingerprint(), identity)).encode()).hexdigest()
    path = cache_folder() / f"first-words-{name}.json"
    with suppress(OSError, ValueError):
        kept: FirstWords = json.loads(path.read_text(encoding="utf-8"))
        return kept
    words = first_words(concepts)
    with suppress(OSError):
        _write(path, json.dumps(words, ensure_ascii=False))
    return words


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    Path(name).replace(path)
    files = sorted(path.parent.glob("first-words-*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in files[_KEPT:]:
        old.unlink()
