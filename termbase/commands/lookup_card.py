"""The answer to a look-up as a person reads it: one screen."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    Data = Mapping[str, Any]

_FULL = ("exact", "abbreviation", "folded", "fuzzy")
_MOST_CARDS = 4
_ABBREVIATED = ("abbreviation", "acronym")
_REJECTED = ("deprecated", "forbidden", "superseded")
_NAMES = {"vi": "Vietnamese", "en": "English"}


def other(lang: str) -> str:
    """Return the language of the rendering of a term in ``lang``."""
    return "en" if lang == "vi" else "vi"


def rendering(match: Data) -> str:
    """Return the preferred term of the other language, or for a rejected term what to say instead.

    >>> terms = [{"lang": "vi", "text": "quân đội", "status": "preferred", "type": "full form"}]
    >>> terms += [{"lang": "en", "text": "army", "status": "preferred", "type": "full form"}]
    >>> rendering({"term": terms[0], "concept": {"terms": terms}})
    'army'
    """
    found = preferred(match["concept"], other(match["term"]["lang"]))
    return found or preferred(match["concept"], match["term"]["lang"])


def preferred(concept: Data, lang: str) -> str:
    """Return the preferred term, the full form first; an admitted one when none is preferred."""
    terms = [term for term in concept["terms"] if term["lang"] == lang and term["status"] not in _REJECTED]
    terms.sort(key=lambda term: (term["status"] != "preferred", term["type"] in _ABBREVIATED))
    return str(terms[0]["text"]) if terms else ""


def card(row: Data) -> str:
    """Return the answer to one query: the best concepts in full, the others a line each."""
    matches = row["matches"]
    full = [match for match in matches if match["kind"] in _FULL][:_MOST_CARDS] or matches[:1]
    lines = [line for match in full for line in (*_concept_lines(match), "")]
    rest = [match for match in matches if match not in full]
    if rest:
        lines.append("See also")
        lines += [f"  {match['term']['text']} = {rendering(match)}  ({match['kind']})" for match in rest]
        lines.append("")
    return "\n".join(lines)


def _concept_lines(match: Data) -> Iterator[str]:
    concept, term = match["concept"], match["term"]
    lang = term["lang"]
    how = match["kind"] if match["kind"] == "exact" else f"{match['kind']}, {match['score']}"
    yield f"{term['text']}  [{how}]" + (f"  {concept['subject_field']}" if concept["subject_field"] else "")
    for side in (other(lang), lang):
        yield from _term_lines(concept, side)
    for side in ("vi", "en"):
        if concept["definitions"].get(side):
            yield f"  Definition     {concept['definitions'][side]}"
    for part in concept["parts"]:
        yield f"  Part           {part['vi']} = {part['en']}"
    for example in (concept.get("examples") or [])[:1]:
        yield f"  Example        {example['vi']}"
        yield f"                 {example['en']}"
    if concept["note"]:
        yield f"  Note           {concept['note']}"
    if concept.get("scope"):
        yield f"  Scope          {concept['scope']}"
    valid = _validity(concept)
    if valid:
        yield f"  Valid          {valid}"
    if concept["sources"]:
        yield f"  Source         {'; '.join(concept['sources'][:2])}"


def _term_lines(concept: Data, lang: str) -> Iterator[str]:
    terms = [term for term in concept["terms"] if term["lang"] == lang]
    name = _NAMES[lang]
    best = preferred(concept, lang)
    if best:
        yield f"  {name:<14} {best}"
    accepted = [term for term in terms if term["status"] not in _REJECTED and term["text"] != best]
    yield from _listed("Also", [term for term in accepted if term["type"] not in _ABBREVIATED])
    yield from _listed("Abbreviation", [term for term in accepted if term["type"] in _ABBREVIATED])
    for term in terms:
        if term["status"] in _REJECTED:
            reason = f": {term['note']}" if term["note"] else ""
            yield f"  Do not use     {term['text']} ({term['status']}{reason})"


def _listed(label: str, terms: Sequence[Data]) -> Iterator[str]:
    if terms:
        yield f"  {label:<14} {'; '.join(str(term['text']) for term in terms)}"


def _validity(concept: Data) -> str:
    start, end = concept.get("valid_from") or "", concept.get("valid_to") or ""
    return " ".join(part for part in (start and f"from {start}", end and f"to {end}") if part)
