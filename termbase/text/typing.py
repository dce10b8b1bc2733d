"""Undoing typed keys: Telex, VNI and VIQR leftovers in a query (``chieens ddaaus``, ``d9o65i``, ``dda^'u``)."""

from __future__ import annotations

import re
from functools import lru_cache

from termbase.text.syllable import Syllable, Tone, is_syllable, toneless_parts

_TONES = dict(zip("frxsj", [Tone.HUYEN, Tone.HOI, Tone.NGA, Tone.SAC, Tone.NANG], strict=True))
_TONES |= dict(zip("23415", _TONES.values(), strict=True))
_CHANGES = {
    "a": ("aâ",),
    "e": ("eê",),
    "o": ("oô",),
    "d": ("dđ",),
    "w": ("uư", "oơ", "aă"),
    "6": ("aâ", "eê", "oô"),
    "7": ("uư", "oơ"),
    "8": ("aă",),
    "9": ("dđ",),
}
_KEYS = re.compile(r"[sfrxjw1-9]|aa|ee|oo|dd|(?<=.)[aeod]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 12


def untype(text: str) -> str | None:
    """Return ``text`` with typed Telex, VNI or VIQR keys as the letters they stand for, or ``None``.

    Every word must be a valid Vietnamese syllable in the end and at least one must change, so English
    and finished Vietnamese come back as ``None``. Numbers, names and abbreviations among other words
    stay. For a last try of a look-up only.

    >>> untype("chieens ddaaus"), untype("Quaan ddooij"), untype("d9o65i")
    ('chiến đấu', 'Quân đội', 'đội')
    >>> untype("combat readiness"), untype("chiến đấu")
    (None, None)
    >>> untype("truwcj SSCDd"), untype("Ddaij hooij XIV")
    ('trực SSCĐ', 'Đại hội XIV')
    """
    if _VIQR.search(text):
        return _from_viqr(text)
    words = _WORD.findall(text)
    shouted = text.isupper()
    solved = {word: _solve(word) if shouted else _solve_among(word) for word in words}
    if None in solved.values() or all(form == word for word, form in solved.items()):
        return None
    return _WORD.sub(lambda word: solved[word.group()] or word.group(), text)


# A sign that no punctuation explains: a hat, breve or horn, a grave or tilde, a tone inside a word.
_VIQR = re.compile(r"[aeo]\^|a\(\S|[uo]\+|[aeiouy][`~]|[aeiouy]['?.][a-z]", re.IGNORECASE)


def _from_viqr(text: str) -> str | None:
    from termbase.text.decoding import decode

    if not text.isascii():
        return None
    read = decode(text.encode(), "viqr")
    words = [word for word in _WORD.findall(read) if not (word.isdigit() or (word.isupper() and len(word) > 1))]
    return read if read != text and words and all(map(is_syllable, words)) else None


def _solve_among(word: str) -> str | None:
    """Return a word of a phrase that is not all in capitals, as :func:`_solve` or as it is."""
    if len(word) > 1 and word.replace("Dd", "D").isupper():
        return word.replace("Dd", "Đ").replace("DD", "Đ") if len(word) > 2 else word
    return _solve(word) or (word if word[0].isupper() else None)


@lru_cache(maxsize=1024)
def _solve(word: str) -> str | None:
    if word.isdigit():
        return word
    if len(word) > _LONGEST_WORD:
        return None
    low = word.lower()
    readings = _readings(low, 0, ("", Tone.LEVEL, 0)) if _KEYS.search(low) else []
    spelled = [(keys, form) for letters, tone, keys in readings if keys and (form := _spell(letters, tone))]
    if not spelled:
        return word if is_syllable(word) else None
    form = max(spelled)[1]
    if word.isupper() and len(word) > 1:
        return form.upper()
    return form[0].upper() + form[1:] if word[0].isupper() else form


_Reading = tuple[str, Tone, int]


def _readings(word: str, position: int, so_far: _Reading) -> list[_Reading]:
    """Return every way to read ``word`` from ``position`` on: letters, tone, number of keys used."""
    if position == len(word):
        return [so_far]
    letters, tone, keys = so_far
    key = word[position]
    found: list[_Reading] = []
    if key.isalpha():
        found += _readings(word, position + 1, (letters + key, tone, keys))
    if key in _TONES and tone == Tone.LEVEL and re.search("[aeiouyăâêôơư]", letters):
        found += _readings(word, position + 1, (letters, _TONES[key], keys + 1))
    for changed in _changed(letters, key):
        found += _readings(word, position + 1, (changed, tone, keys + 1))
    return found


def _changed(letters: str, key: str) -> list[str]:
    """Return what ``letters`` become when ``key`` changes one of them, the last that fits."""
    if key in "w7" and "uo" in letters:
        return [letters.replace("uo", "ươ", 1), letters.replace("uo", "uơ", 1)]  # được, thuở
    places = [(letters.rfind(change[0]), change[1]) for change in _CHANGES.get(key, ())]
    forms = [letters[:at] + new + letters[at + 1 :] for at, new in places if at >= 0]
    return [*forms, letters + "ư"] if key == "w" else forms


def _spell(letters: str, tone: Tone) -> str | None:
    parts = toneless_parts(letters)
    spelled = Syllable(parts[0], parts[1], tone).spell() if parts else ""
    return spelled if spelled and is_syllable(spelled) else None
