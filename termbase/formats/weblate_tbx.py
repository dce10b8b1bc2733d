"""A glossary as Weblate reads TBX: an entry a pair, its flags in the words that Weblate knows.

After Weblate's documentation of TBX: an ``administrativeStatus`` of forbidden marks a forbidden translation,
``Translation needed: No`` a read-only term, a ``note`` from the translator is the explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from termbase.formats.base import FormatSpec, WriteOptions
from termbase.formats.losses import Loss, left_out
from termbase.formats.losses import losses as field_losses
from termbase.formats.pairs import Pair, pairs_of
from termbase.formats.xml_writer import Identifiers, XmlWriter, leaf_line
from termbase.model import Concept, Term


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write TBX version 2 with one term in each language an entry."""
    xml = XmlWriter(stream)
    xml.start("martif", {"type": "TBX", "xml:lang": options.source})
    xml.start("martifHeader")
    xml.start("fileDesc")
    xml.start("sourceDesc")
    xml.leaf("p", options.title or "Vietnamese-English glossary")
    for _ in range(3):
        xml.end()
    xml.start("text")
    xml.start("body")
    taken = Identifiers()
    for concept in concepts:
        for pair in _pairs(concept, options):
            xml.block(_entry(pair, taken.take(concept.id)))
    for _ in range(3):
        xml.end()


def losses(concepts: Sequence[Concept], spec: FormatSpec, options: WriteOptions) -> list[Loss]:
    """Return what is lost: beside fields, concepts without accepted terms in both languages."""
    whole = [concept for concept in concepts if not pairs_of(concept, options)]
    lost = [Loss(entry=concept.id, field="concept", message=left_out(concept)) for concept in whole]
    sources = [
        Loss(entry=concept.id, field="forbidden", message="; ".join(term.text for term in rejected))
        for concept in concepts
        if options.source == "en" and (rejected := concept.rejected("en"))
    ]
    return field_losses(concepts, spec.holds) + lost + sources


def _pairs(concept: Concept, options: WriteOptions) -> list[Pair]:
    pairs = pairs_of(concept, options)
    if not pairs:
        return []
    return [*pairs, *(Pair(concept, pairs[0].source, target) for target in concept.rejected(options.target))]


def _entry(pair: Pair, identifier: str) -> str:
    source, target = pair.source, pair.target
    kept = _KEPT if source.text == target.text else ""
    note = leaf_line(_INNER, "note", pair.concept.note, _FROM) if pair.concept.note else ""
    sides = _section(source, note if source is target else "") + _section(target, note)
    return f'   <termEntry id="{identifier}">\n{kept}{sides}   </termEntry>\n'


def _section(term: Term, note: str) -> str:
    return (
        f'    <langSet xml:lang="{term.lang}">\n     <tig>\n{leaf_line(_INNER, "term", term.text)}'
        f"{_REJECTED if term.status.rejected else ''}{note}     </tig>\n    </langSet>\n"
    )


_INNER = " " * 6
_FROM = ' from="translator"'
_KEPT = leaf_line(" " * 4, "descrip", "No", ' type="Translation needed"')
_REJECTED = leaf_line(_INNER, "termNote", "forbidden", ' type="administrativeStatus"')
