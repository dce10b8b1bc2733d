"""An alignment as JSON, as units of a memory, and as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from termbase.model import Span
from tm.model import Alignment, Bead, Provenance, Segment, TranslationUnit, UnitStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFields:
    """What the units of an alignment have in common; pairs below ``min_score`` are left out."""

    memory: str = "main"
    document: str = ""
    author: str = ""
    origin: str = ""
    provenance: Provenance = Provenance.HUMAN
    min_score: float = 0.0


def alignment_to_json(alignment: Alignment) -> dict[str, Any]:
    """Return the JSON form of an alignment; ``confirmed`` stands with beads that a person confirmed.

    >>> from tm.align.engine import align
    >>> alignment_to_json(align("Xin chào.", "Hello."))["beads"][0]["en"]
    [0]
    """
    return {
        "vi": [_span(span) for span in alignment.vi],
        "en": [_span(span) for span in alignment.en],
        "beads": [_bead(bead) for bead in alignment.beads],
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _bead(bead: Bead) -> dict[str, Any]:
    found: dict[str, Any] = {"vi": list(bead.vi), "en": list(bead.en), "score": bead.score}
    return {**found, "confirmed": True} if bead.confirmed else found


def alignment_rows(alignment: Alignment) -> list[dict[str, Any]]:
    """Return a row for each bead: its place, shape, score, texts of both sides, and whether it is confirmed."""
    return [
        {
            "bead": number,
            "score": bead.score,
            "type": bead.type,
            "vi": joined(alignment.vi, bead.vi),
            "en": joined(alignment.en, bead.en),
            "confirmed": bead.confirmed,
        }
        for number, bead in enumerate(alignment.beads)
    ]


def joined(spans: Sequence[Span], indexes: Sequence[int]) -> str:
    """Return the texts of some segments, joined by a space, line ends inside them as spaces."""
    return " ".join(" ".join(spans[index].text.split("\n")) for index in indexes)


def alignment_units(alignment: Alignment, fields: UnitFields) -> tuple[TranslationUnit, ...]:
    """Return the sentence pairs of an alignment as units, each with its place, neighbours and confidence.

    Confirmed beads give confirmed units. Beads with an empty side give none.

    >>> from tm.align.engine import align
    >>> [unit.target.text for unit in alignment_units(align("Xin chào.", "Hello."), UnitFields())]
    ['Hello.']
    """
    texts = [(joined(alignment.vi, bead.vi), joined(alignment.en, bead.en), bead) for bead in alignment.beads]
    pairs = [(vi, en, bead) for vi, en, bead in texts if vi and en]
    return tuple(
        _unit(pairs, number, fields)
        for number, (_, _, bead) in enumerate(pairs)
        if bead.confirmed or bead.score >= fields.min_score
    )


def _unit(pairs: Sequence[tuple[str, str, Bead]], number: int, fields: UnitFields) -> TranslationUnit:
    vi, en, bead = pairs[number]
    return TranslationUnit(
        source=Segment("vi", vi),
        target=Segment("en", en),
        memory=fields.memory,
        document=fields.document,
        position=number,
        previous=pairs[number - 1][0] if number else "",
        next=pairs[number + 1][0] if number + 1 < len(pairs) else "",
        author=fields.author,
        origin=fields.origin,
        provenance=fields.provenance,
        status=UnitStatus.CONFIRMED if bead.confirmed else UnitStatus.TRANSLATED,
        confidence=1.0 if bead.confirmed else bead.score,
        properties=(("x-bead", bead.type),),
    )


def alignment_from_json(value: Mapping[str, Any]) -> Alignment:
    """Return the alignment of a JSON form.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` when the value is not of that form or a segment
    does not stand in exactly one bead.
    """
    vi, en = (tuple(Span(int(s["start"]), int(s["end"]), str(s["text"])) for s in value[k]) for k in ("vi", "en"))
    beads = tuple(
        Bead(tuple(map(int, b["vi"])), tuple(map(int, b["en"])), float(b["score"]), bool(b.get("confirmed", False)))
        for b in value["beads"]
    )
    for spans, name in ((vi, "vi"), (en, "en")):
        if sorted(i for bead in beads for i in getattr(bead, name)) != list(range(len(spans))):
            raise ValueError(f"the {name} segments do not stand in exactly one bead each")
    return Alignment(vi, en, beads)
