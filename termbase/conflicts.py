"""The terms of a source that a target breaks, and nothing else: what a translation memory asks of a termbase.

This stands apart from :mod:`termbase.check` so that a single search of a memory need not load the checks of
values and form.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from termbase.checking.context import Context
from termbase.checking.findings import PairFindings
from termbase.checking.mentions import Mentions
from termbase.checking.rules import Rules
from termbase.checking.terminology import Terminology
from termbase.errors import UsageError
from termbase.model import LANGUAGES, Concept, Finding

if TYPE_CHECKING:
    from termbase.termbase import Termbase

_CONFLICTS = frozenset({"missing", "deprecated", "forbidden"})


def conflicts(terms: Termbase, source: str, target: str, lang: str = "vi") -> list[Finding]:
    """Return the terms of the source, in language ``lang``, that the target renders wrongly or leaves out.

    Segmentation does not doubt a finding, so that many pairs take little time. Raises
    :class:`termbase.UsageError` for a language other than Vietnamese and English.

    >>> from termbase.model import Term
    >>> from termbase.termbase import Termbase
    >>> terms = Termbase.from_concepts(
    ...     [Concept(id="chi-bo", terms=(Term(text="chi bộ", lang="vi"), Term(text="Party cell", lang="en")))]
    ... )
    >>> [finding.kind for finding in conflicts(terms, "Các chi bộ đã họp.", "They have met.")]
    ['missing']
    """
    if lang not in LANGUAGES:
        raise UsageError(f"cannot judge a source in {lang!r}; the two languages are vi and en")
    terminology = terminology_of(terms, (lang, "vi" if lang == "en" else "en"))
    maker = PairFindings(terminology, Rules(), word_check=False)
    found = maker.find(terminology.answers(source, target), source, target, Context())
    return [finding for finding in found if finding.kind in _CONFLICTS]


_KNOWN: dict[tuple[int, tuple[str, str]], tuple[tuple[Concept, ...], Terminology]] = {}
_KEPT = 4
_LOCK = Lock()


def terminology_of(terms: Termbase, langs: tuple[str, str]) -> Terminology:
    """Return a termbase compiled for one direction, built on first use; the last few are kept."""
    key = (id(terms.concepts), langs)
    known = _KNOWN.get(key)
    if known is not None and known[0] is terms.concepts:
        return known[1]
    with _LOCK:
        kept = _KNOWN.pop(key, None)
        # The concepts are held with the answer, so that their identity cannot pass to another tuple.
        if kept is None:
            kept = (terms.concepts, _compiled(terms, langs))
        _KNOWN[key] = kept
        while len(_KNOWN) > _KEPT:
            del _KNOWN[next(iter(_KNOWN))]
    return kept[1]


def _compiled(terms: Termbase, langs: tuple[str, str]) -> Terminology:
    from termbase.bundled import bundled_files

    reference = frozenset(path.stem for path in bundled_files())
    concepts: Sequence[Concept] = terms.concepts
    return Terminology(concepts, Mentions(terms.recognizer, concepts, reference), langs)
