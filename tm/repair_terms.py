"""A term of the query put where the old target has the old term, when its grammar is certainly the same.

English shows number and article, so an English term takes another's place only when both are stated to be
of the same part of speech and the same restriction of number, and the form that stands there is certain:
a base for a base, the one plural for the one plural. A proper noun may want or refuse "the"; it replaces
only one that begins or ends with the same word. Nothing is inflected by guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from termbase.model import AdministrativeStatus, PartOfSpeech, Term, TermMatch
from tm.fuzzy.keys import Surface
from tm.fuzzy.penalties import Comparison
from tm.model import Segment
from tm.renderings import places
from tm.terms import TermSource

_NOUNS = (PartOfSpeech.NOUN, PartOfSpeech.PROPER_NOUN)
_UNINFLECTED = (PartOfSpeech.ADJECTIVE, PartOfSpeech.ADVERB)
_INDEFINITE = re.compile(r"\ban?\s+$", re.IGNORECASE)
_CLASSIFIER = re.compile(
    r"\b(?:cái|chiếc|con|khẩu|quả|viên|tấm|bức|cuốn|quyển|ngôi|cỗ|vị|người|đồng chí)\s+$", re.IGNORECASE
)


def carry_term(
    comparison: Comparison, step: tuple[str, int, int, int, int], target: Segment, lang: str, terms: TermSource
) -> tuple[int, int, str] | None:
    """Return start, end and new text of the place in ``target``, ``None`` when that is not certain.

    ``step`` is the step of the difference in which one term of ``lang`` stands against another.
    """
    _, a, b, c, d = step
    known = terms.recognize(comparison.old_text, lang)
    old = _covering(known, comparison.old[a:b])
    new = _covering(terms.recognize(comparison.new_text, lang), comparison.new[c:d])
    if old is None or new is None or len(old.concepts) != 1 or len(new.concepts) != 1:
        return None
    if _around(comparison.old, old, a, b) != _around(comparison.new, new, c, d):
        return None
    if lang == "en" and not _same_number(old, new):
        return None
    rendered = _rendered(old, comparison.old_text, target, terms)
    twins = [m for m in known if old.concept in m.concepts]
    wanted = [t for t in new.concept.in_language(target.lang) if t.status is AdministrativeStatus.PREFERRED]
    if len(rendered) != 1 or len(twins) != 1 or len(wanted) != 1:
        return None
    place = rendered[0]
    if len(place.concepts) != 1 or not place.term.status.accepted:
        return None
    before = target.text[: place.start]
    text = _vietnamese(place, wanted[0], before) if target.lang == "vi" else _english(place, wanted[0], before)
    return None if text is None else (place.start, place.end, text)


_OTHER_SENSES = {
    "battery": r"pin|ắc quy",
    "company": r"công ty|doanh nghiệp|hãng|tập đoàn",
    "division": r"phân chia|chia rẽ|phòng|ban|chi nhánh|giải đấu|hạng",
    "party": r"tiệc|các bên|bên tham gia",
    "plan": r"phương án|quy hoạch|dự kiến|đề án",
    "unit": r"đơn vị (?:đo|tính)|căn hộ",
}
"""What else in a Vietnamese sentence an everyday English word may render."""


def _rendered(old: TermMatch, old_text: str, target: Segment, terms: TermSource) -> list[TermMatch]:
    """Return where the target has the old term; everyday words, which are not recognised, by their forms."""
    known = terms.recognize(target.text, target.lang)
    found = [match for match in known if old.concept in match.concepts]
    if found:
        return found
    quiet = places(old.concept, target.text, target.lang)
    if any(a.start < m.end and m.start < a.end for a in known for m in quiet):
        return []
    senses = [_OTHER_SENSES.get(place.term.text.casefold()) for place in quiet]
    return [] if any(sense and re.search(rf"\b(?:{sense})\b", old_text, re.IGNORECASE) for sense in senses) else quiet


def _covering(found: Sequence[TermMatch], tokens: Sequence[Surface]) -> TermMatch | None:
    if not tokens:
        return None
    start, end = tokens[0].start, tokens[-1].end
    return next((m for m in found if m.start <= start and end <= m.end), None)


def _around(
    tokens: Sequence[Surface], match: TermMatch, start: int, end: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tokens of the term before and after the difference."""
    before = tuple(t.key for t in tokens[:start] if t.start >= match.start)
    after = tuple(t.key for t in tokens[end:] if t.end <= match.end)
    return before, after


def _same_number(old: TermMatch, new: TermMatch) -> bool:
    """Whether two English terms stand in the same certain form."""
    features = _features(old.term, old.text)
    return len(features) == 1 and features == _features(new.term, new.text)


def _features(term: Term, surface: str) -> set[str]:
    from termbase.text.english import forms

    found = forms(term.text, term.part_of_speech, term.number)
    return {form.feature for form in found if form.text.casefold() == surface.casefold()}


def _vietnamese(place: TermMatch, wanted: Term, before: str) -> str | None:
    """Return a Vietnamese term for another; a classifier before it may not go with the new one."""
    if place.term.part_of_speech is not wanted.part_of_speech or _CLASSIFIER.search(before):
        return None
    return _capitals_of(place, wanted.text)


def _english(place: TermMatch, wanted: Term, before: str) -> str | None:
    old, part = place.term, wanted.part_of_speech
    if part is None or part is not old.part_of_speech or wanted.number is not old.number:
        return None
    if part in _UNINFLECTED:
        return _capitals_of(place, wanted.text) if place.text.casefold() == old.text.casefold() else None
    if part not in _NOUNS:
        return None
    if part is PartOfSpeech.PROPER_NOUN and not _same_name(old.text, wanted.text):
        return None
    if old.number is not None and _INDEFINITE.search(before):
        return None
    features = _features(old, place.text)
    if features == {"base"} and (_plurals(old) or old.number or part is PartOfSpeech.PROPER_NOUN):
        return _capitals_of(place, wanted.text)
    plurals = _plurals(wanted)
    return _capitals_of(place, plurals[0]) if features == {"plural"} and len(plurals) == 1 else None


def _plurals(term: Term) -> list[str]:
    """Return the plurals of a noun, none where it may look like the singular."""
    from termbase.text.english import forms

    found = {form.text for form in forms(term.text, term.part_of_speech, term.number) if form.feature == "plural"}
    return sorted(found) if term.text not in found else []


def _same_name(old: str, new: str) -> bool:
    """Whether two names are built alike, as two military regions or two ministries are."""
    ours, theirs = old.casefold().split(), new.casefold().split()
    return ours[0] == theirs[0] or ours[-1] == theirs[-1]


def _capitals_of(place: TermMatch, text: str) -> str | None:
    """Return ``text`` with a capital where the old rendering got one from its place, ``None`` for other capitals."""
    ours, theirs = _capitals(place.text), _capitals(place.term.text)
    if not text or ours[1:] != theirs[1:] or ours[0][1] != theirs[0][1]:
        return None
    if ours[0][0] == theirs[0][0]:
        return text
    return text[:1].upper() + text[1:] if ours[0][0] else None


def _capitals(text: str) -> list[tuple[bool, bool]]:
    """Return for each word whether its first letter is a capital, and whether a later one is."""
    return [(word[:1].isupper(), any(map(str.isupper, word[1:]))) for word in text.split()]
