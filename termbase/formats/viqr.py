"""VIQR in files whose marks are VIQR's own signs: the Vietnamese fields are converted, after reading.

In XML a quote, a dot or a plus may be markup, and the English beside it holds full stops: so only the texts
that are Vietnamese by the file's own word are converted, and only when the caller says that they are VIQR.
"""

from __future__ import annotations

from dataclasses import replace

from termbase.formats.ids import concept_id
from termbase.model import Concept


def converted(concept: Concept) -> Concept:
    """Return the concept with its Vietnamese texts converted from VIQR; a generated id is made anew.

    >>> from termbase.model import Term
    >>> concept = converted(Concept(id="c1", terms=(Term(text="dda?ng u?y", lang="vi"), Term(text="go.", lang="en"))))
    >>> [term.text for term in concept.terms]
    ['đảng ủy', 'go.']
    """
    terms = tuple(replace(t, text=_text(t.text)) if t.lang == "vi" else t for t in concept.terms)
    generated = concept.id == concept_id(concept.terms)
    return replace(
        concept,
        id=concept_id(terms) if generated else concept.id,
        terms=terms,
        definition_vi=_text(concept.definition_vi),
        examples=tuple(replace(example, vi=_text(example.vi)) for example in concept.examples),
        parts=tuple(replace(part, vi=_text(part.vi)) for part in concept.parts),
    )


def _text(text: str) -> str:
    from termbase.text.encodings import decode

    return decode(text.encode(), "viqr") if text.isascii() else text
