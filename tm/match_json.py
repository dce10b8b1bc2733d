"""Matches and units as the JSON of the command line."""

from __future__ import annotations

from typing import Any

from tm.fragments import Fragment
from tm.model import InlineCode, Match, Provenance, Segment, TranslationUnit, UnitStatus
from tm.places import PhrasePlace


def match_to_json(match: Match) -> dict[str, Any]:
    """Return a match in the shape of the command line's contract.

    >>> unit = TranslationUnit(source=Segment("vi", "đội"), target=Segment("en", "unit"), id=1)
    >>> from tm.model import MatchKind
    >>> match = Match(
    ...     score=100, similarity=100, kind=MatchKind.EXACT, unit=unit, source=unit.source, target=unit.target
    ... )
    >>> match_to_json(match)["target"]
    {'lang': 'en', 'text': 'unit'}
    """
    unit = match.unit
    return {
        "score": match.score,
        "similarity": match.similarity,
        "kind": match.kind.value,
        "source": side(match.source),
        "target": side(match.target),
        "unit_id": unit.id,
        "memory": unit.memory,
        "penalties": [{"reason": p.reason, "points": p.points} for p in match.penalties],
        "term_conflicts": [
            {"concept_id": c.concept_id, "term": c.term, "expected": list(c.expected)} for c in match.term_conflicts
        ],
        "difference": [{"op": e.op, "old": e.old, "new": e.new} for e in match.difference],
        "repairs": list(match.repairs),
        "terms": [{"start": s.start, "end": s.end, "text": s.text} for s in match.terms],
        "origin": unit.origin,
        "provenance": unit.provenance.value,
        "status": unit.status.value,
        "author": unit.author,
        "date": unit.changed or unit.created,
        "document": unit.document,
    }


def fragment_to_json(fragment: Fragment) -> dict[str, Any]:
    """Return a fragment with its place in the query, the units that hold it, and its likely counterpart.

    ``kind`` is ``segment`` for a whole stored segment, ``part`` for a run inside segments. ``places`` are as many
    as ``units``, in their order: where the fragment stands in the unit's text, and what renders it in the other.
    """
    likely = fragment.counterpart
    return {
        "start": fragment.start,
        "end": fragment.end,
        "text": fragment.text,
        "kind": "segment" if fragment.whole else "part",
        "count": fragment.count,
        "counterpart": likely and {**_counterpart(likely), "unit_id": likely.unit.id},
        "units": [unit_to_json(unit) for unit in fragment.units],
        "places": [
            {
                "unit_id": place.unit.id,
                "lang": place.lang,
                "start": place.start,
                "end": place.end,
                "counterpart": _counterpart(place) if place.counterpart else None,
            }
            for place in fragment.places
        ],
    }


def _counterpart(place: PhrasePlace) -> dict[str, Any]:
    start, end = place.counterpart or (0, 0)
    return {"start": start, "end": end, "text": place.rendering, "confidence": round(place.confidence, 3)}


def side(segment: Segment) -> dict[str, str]:
    """Return language and text of a segment."""
    return {"lang": segment.lang, "text": segment.text}


def unit_to_json(unit: TranslationUnit) -> dict[str, Any]:
    """Return a unit with all its fields; empty ones are left out.

    >>> unit_to_json(TranslationUnit(source=Segment("vi", "đội"), target=Segment("en", "unit")))
    {'source': {'lang': 'vi', 'text': 'đội'}, 'target': {'lang': 'en', 'text': 'unit'}, 'memory': 'main', \
'provenance': 'human', 'status': 'translated'}
    """
    fields: dict[str, Any] = {
        "id": unit.id,
        "source": _with_codes(unit.source),
        "target": _with_codes(unit.target),
        "memory": unit.memory,
        "document": unit.document,
        "position": unit.position,
        "previous": unit.previous,
        "next": unit.next,
        "author": unit.author,
        "created": unit.created,
        "changed": unit.changed,
        "origin": unit.origin,
        "provenance": unit.provenance.value,
        "status": unit.status.value,
        "confidence": unit.confidence,
        "notes": list(unit.notes),
        "properties": [list(item) for item in unit.properties],
    }
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def _with_codes(segment: Segment) -> dict[str, Any]:
    codes = [[code.position, code.kind, code.xml] for code in segment.codes]
    return {**side(segment), "codes": codes} if codes else side(segment)


def unit_from_json(value: dict[str, Any]) -> TranslationUnit:
    """Return the unit that :func:`unit_to_json` wrote; the id is not taken over.

    Raises :class:`ValueError`, :class:`KeyError` or :class:`TypeError` for a value of another shape.
    """
    confidence = value.get("confidence")
    position = value.get("position")
    text: dict[str, Any] = {name: str(value.get(name, "")) for name in _TEXTS}
    return TranslationUnit(
        source=_segment(value["source"]),
        target=_segment(value["target"]),
        **text,
        memory=str(value.get("memory") or "main"),
        position=None if position is None else int(position),
        provenance=Provenance(value.get("provenance", "human")),
        status=UnitStatus(value.get("status", "translated")),
        confidence=None if confidence is None else float(confidence),
        notes=tuple(str(note) for note in value.get("notes", ())),
        properties=tuple((str(name), str(held)) for name, held in value.get("properties", ())),
    )


_TEXTS = ("document", "previous", "next", "author", "created", "changed", "origin")


def _segment(value: dict[str, Any]) -> Segment:
    codes = tuple(InlineCode(int(place), str(kind), str(xml)) for place, kind, xml in value.get("codes", ()))
    return Segment(str(value["lang"]), str(value["text"]), codes)
