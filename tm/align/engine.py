"""Align a Vietnamese and an English document into sentence pairs.

Three passes. Each scores all beads of a band (:mod:`tm.align.cells`), finds their likelihoods
(:mod:`tm.align.chances`) and the best path (:mod:`tm.align.path`), and learns from it for the next: the
length ratio of this document, how often sentences are merged, how those without partner come in runs, how
far each word can be relied on, and new word pairs (IBM model 1).

The design follows what the literature found to work: dynamic programming over beads (Gale and Church
1993), a dictionary learnt from the document itself (Varga et al. 2005, hunalign; Moore 2002), anchors that
both sides share, scores compared against chance (Thompson and Koehn 2019).
"""

from __future__ import annotations

from collections.abc import Sequence

from termbase.model import Span
from termbase.text.sentences import split_sentences
from tm.align.aligner import Aligner
from tm.align.confidence import confidences, untranslated
from tm.align.features import Reading, mark_starts, read_segments
from tm.align.held import Held
from tm.align.model import AlignOptions, Step
from tm.align.repair import repaired
from tm.align.residue import residue_of
from tm.align.sides import Side, make_side
from tm.model import Alignment, Bead
from tm.terms import TermSource

__all__ = ["AlignOptions", "align", "align_lines", "align_segments", "cut_lines", "cut_sentences"]

Cut = tuple[tuple[Span, ...], tuple[Span, ...]]
"""The segments of both documents."""

Texts = tuple[Sequence[str], Sequence[str]]
Starts = tuple[frozenset[int], frozenset[int]]


def align(
    vi_text: str, en_text: str, terms: TermSource | None = None, *, options: AlignOptions | None = None
) -> Alignment:
    """Align two texts; every sentence of both stands in exactly one bead.

    Sentences are spans into the texts as they came. A bead's ``score`` is the likelihood that it is
    right, 0 to 1; sentences without a partner have beads with one empty side. ``terms`` lets terms of a
    termbase count as evidence: SSCĐ against *combat readiness*.

    >>> found = align("Bộ đội giúp dân. Không ai bị thương.", "Soldiers helped people. Nobody was hurt.")
    >>> [(bead.vi, bead.en) for bead in found.beads]
    [((0,), (0,)), ((1,), (1,))]
    """
    cut = cut_sentences(vi_text, en_text)
    starts = _paragraphs(vi_text, cut[0], "\n"), _paragraphs(en_text, cut[1], "\n")
    return _align_cut(cut, starts, terms, options)


def align_segments(
    vi: Sequence[str], en: Sequence[str], terms: TermSource | None = None, *, options: AlignOptions | None = None
) -> tuple[Bead, ...]:
    """Align segments that are cut already; every index stands in exactly one bead.

    >>> [(b.vi, b.en) for b in align_segments(["Năm 2025."], ["The year 2025.", "Comment (0)"])]
    [((0,), (0,)), ((), (1,))]
    """
    return _aligned((vi, en), (frozenset(), frozenset()), terms, options or AlignOptions())


def _aligned(texts: Texts, starts: Starts, terms: TermSource | None, options: AlignOptions) -> tuple[Bead, ...]:
    """Align segments; ``starts`` are those that begin a paragraph."""
    residue: Starts = (frozenset(), frozenset())
    if options.residue:
        residue = residue_of(texts[0], "vi"), residue_of(texts[1], "en")
    held = Held.of(options.fixed, (len(texts[0]), len(texts[1])), residue)
    reading = Reading(options.lexicon, terms, options.numbers)
    free, sides = [], []
    for side, lang in enumerate(("vi", "en")):
        kept = [texts[side][index] for index in held.free[side]]
        begin = {place for place, index in enumerate(held.free[side]) if index in starts[side]}
        free.append(kept)
        sides.append(make_side(mark_starts(read_segments(kept, lang, reading), begin)))
    return held.together(_steps((sides[0], sides[1]), (free[0], free[1]), held.steps, options))


def _steps(
    sides: tuple[Side, Side], texts: tuple[list[str], list[str]], fixed: Sequence[Step], options: AlignOptions
) -> list[Step]:
    if not texts[0] or not texts[1]:
        return [Step(i, 0, 1, 0, 1.0) for i in range(len(texts[0]))] + [
            Step(len(texts[0]), j, 0, 1, 1.0) for j in range(len(texts[1]))
        ]
    aligner = Aligner(sides, texts, fixed, options)
    steps = aligner.run()
    if options.repair:
        steps = repaired(steps, aligner.align_part, aligner.affinity)
    return untranslated(confidences(steps), texts)


def align_lines(
    vi_text: str, en_text: str, terms: TermSource | None = None, *, options: AlignOptions | None = None
) -> Alignment:
    """Align two texts of which every line that is not blank is one segment already.

    >>> [bead.type for bead in align_lines("Bộ đội. Dân.\\n\\nHết.", "Soldiers. People.\\nThe end.").beads]
    ['1-1', '1-1']
    """
    cut = cut_lines(vi_text, en_text)
    starts = _paragraphs(vi_text, cut[0], "\n\n"), _paragraphs(en_text, cut[1], "\n\n")
    return _align_cut(cut, starts, terms, options)


def _align_cut(cut: Cut, starts: Starts, terms: TermSource | None, options: AlignOptions | None) -> Alignment:
    vi, en = ([span.text for span in side] for side in cut)
    return Alignment(*cut, _aligned((vi, en), starts, terms, options or AlignOptions()))


def _paragraphs(text: str, spans: Sequence[Span], gap: str) -> frozenset[int]:
    """Return the segments before which the text holds ``gap``: those that begin a paragraph."""
    ends = [0, *(span.end for span in spans)]
    return frozenset(n for n, span in enumerate(spans) if not n or gap in text[ends[n] : span.start])


def cut_sentences(vi_text: str, en_text: str) -> Cut:
    """Return the sentences of both texts as :func:`align` cuts them.

    >>> [len(side) for side in cut_sentences("Một. Hai.", "One.")]
    [2, 1]
    """
    return tuple(split_sentences(vi_text, "vi")), tuple(split_sentences(en_text, "en"))


def cut_lines(vi_text: str, en_text: str) -> Cut:
    """Return the lines of both texts as :func:`align_lines` cuts them.

    >>> [len(side) for side in cut_lines("Một. Hai.", "One.")]
    [1, 1]
    """
    return _lines(vi_text), _lines(en_text)


def _lines(text: str) -> tuple[Span, ...]:
    spans, start = [], 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            first = start + len(line) - len(line.lstrip())
            spans.append(Span(first, first + len(bare), bare))
        start += len(line) + 1
    return tuple(spans)
