"""Concepts as pairs of a source and a target term, for formats that hold no more.

The first pair of a concept is its preferred terms; further targets stand beside the preferred source,
further sources beside the preferred target. So a block of pairs that share the first pair's source or
target is one concept again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from termbase.formats.base import WriteOptions
from termbase.formats.building import ReadTerm
from termbase.formats.losses import Loss
from termbase.formats.making import maker
from termbase.model import Concept, Term


@dataclass(frozen=True, slots=True)
class Pair:
    """A source term and one of its renderings."""

    concept: Concept
    source: Term
    target: Term


_make_pair: Callable[[Concept, Term, Term], Pair] = maker(Pair, "concept source target")


def pairs_of(concept: Concept, options: WriteOptions) -> list[Pair]:
    """Return the pairs of a concept's accepted terms, the preferred one first.

    >>> terms = (Term(text="Đảng", lang="vi"), Term(text="Party", lang="en"), Term(text="CPV", lang="en"))
    >>> [(p.source.text, p.target.text) for p in pairs_of(Concept(id="d", terms=terms), WriteOptions())]
    [('Đảng', 'Party'), ('Đảng', 'CPV')]
    """
    sources, targets = concept.accepted(options.source), concept.accepted(options.target)
    if not sources or not targets:
        return []
    first = [_make_pair(concept, sources[0], target) for target in targets]
    return first + [_make_pair(concept, source, targets[0]) for source in sources[1:]]


def blocks(pairs: Iterable[tuple[str, str, int]]) -> Iterator[list[tuple[str, str, int]]]:
    """Group pairs (source, target, line) that follow each other and share the first one's source or target."""
    block: list[tuple[str, str, int]] = []
    for pair in pairs:
        if block and pair[0] != block[0][0] and pair[1] != block[0][1]:
            yield block
            block = []
        block.append(pair)
    if block:
        yield block


def block_terms(block: Sequence[tuple[str, str, int]], source: str, target: str) -> list[ReadTerm]:
    """Return the terms of a block: distinct sources, then distinct targets."""
    terms = []
    for place, lang in ((0, source), (1, target)):
        texts = dict.fromkeys(str(pair[place]) for pair in block)
        lines = {str(pair[place]): pair[2] for pair in reversed(block)}
        terms += [ReadTerm(lang=lang, text=text, line=lines[text]) for text in texts]
    return terms


def one_target(pairs: Sequence[Pair], options: WriteOptions, *, by_case: bool = False) -> tuple[list[Pair], list[Loss]]:
    """Leave one target for each source, as services ask for, and tell what is lost.

    ``options.choose`` ``"first"`` keeps the first target; ``"skip"`` leaves out every source whose
    targets belong to several concepts. Sources that differ by case only are one source unless ``by_case``.
    """
    by_source: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_source.setdefault(pair.source.text if by_case else pair.source.text.casefold(), []).append(pair)
    kept: list[Pair] = []
    losses: list[Loss] = []
    for rivals in by_source.values():
        if len(rivals) == 1:
            kept.append(rivals[0])
            continue
        ambiguous = len({pair.concept.id for pair in rivals}) > 1
        chosen = None if ambiguous and options.choose == "skip" else rivals[0]
        if chosen:
            kept.append(chosen)
        field = "homograph" if ambiguous else "synonyms"
        losses.extend(
            Loss(entry=pair.concept.id, field=field, message=f"{pair.source.text} = {pair.target.text}")
            for pair in rivals
            if pair is not chosen and (chosen is None or pair.target.text != chosen.target.text)
        )
    return kept, losses
