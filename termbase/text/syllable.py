"""The spelling of Vietnamese syllables: which exist, and how they come apart.

A syllable is an onset, a rhyme and one of six tones. The tables follow the rules of school spelling
(Hoàng Phê, *Từ điển tiếng Việt*, introduction); both tone placements and both of i and y are valid.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import Literal, NamedTuple

ToneStyle = Literal["old", "new"]


class Tone(IntEnum):
    """The six tones in dictionary order."""

    LEVEL = 0
    HUYEN = 1
    HOI = 2
    NGA = 3
    SAC = 4
    NANG = 5


TONE_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""The combining mark of each tone, at the index of :class:`Tone`."""

_PLAIN_VOWELS = "aăâeêioôơuưy"
_TONED = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, Tone(index))
    for vowel in _PLAIN_VOWELS
    for index, mark in enumerate(TONE_MARKS)
    if mark
}


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_ONSETS = _listed("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
_RHYMES = _listed("""
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu y yêm yên yêng yêt yêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn
oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uyn uynh
uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
""")
_Y_ONSETS = frozenset(_listed("h k l m s t th v"))
_BEFORE_FRONT = frozenset(("k", "gh", "ngh"))
_NEVER_BEFORE_FRONT = frozenset(("c", "g", "ng"))
_AFTER_QU = _listed("""
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec en eng eo et
ê êch ên ênh êt êu i ich in inh it iu y ych yên yêt yn ynh yt yu ơ ơi ơn ôc
""")
_STOPS = ("c", "ch", "p", "t")
_OPEN_PAIRS = frozenset(("oa", "oe", "uy"))


class Syllable(NamedTuple):
    """A syllable in lower case: ``onset`` (``""`` where there is none), toneless ``rhyme``, ``tone``.

    The letters of ``qu`` belong to the onset, and so do those of ``gi`` before another vowel.
    """

    onset: str
    rhyme: str
    tone: Tone

    def spell(self, style: ToneStyle = "old") -> str:
        """Return the syllable with its tone mark placed in the old or the new style.

        >>> parse_syllable("hoà").spell("old"), parse_syllable("quý").spell("old")
        ('hòa', 'quý')
        """
        position = mark_position(self.rhyme, style)
        marked = self.rhyme[: position + 1] + TONE_MARKS[self.tone] + self.rhyme[position + 1 :]
        return self.onset + unicodedata.normalize("NFC", marked)


def mark_position(rhyme: str, style: ToneStyle) -> int:
    """Return the index of the letter of a toneless ``rhyme`` that carries the tone mark.

    The styles differ for open ``oa``, ``oe`` and ``uy`` only: ``hòa`` (old) and ``hoà`` (new, Decision
    1989/QĐ-BGDĐT of 2018, article 8).

    >>> mark_position("oa", "old"), mark_position("oa", "new"), mark_position("oan", "old")
    (0, 1, 1)
    """
    if rhyme in _OPEN_PAIRS:
        return 0 if style == "old" else 1
    for index, letter in reversed(list(enumerate(rhyme))):
        if letter in "ăâêôơ":
            return index
    vowels = [index for index, letter in enumerate(rhyme) if letter in _PLAIN_VOWELS]
    if len(vowels) == 1:
        return vowels[0]
    closed = vowels[-1] != len(rhyme) - 1
    return vowels[1] if closed or len(vowels) == 3 else vowels[0]


def _fits(onset: str, rhyme: str) -> bool:
    front = rhyme[0] in "eêiy"
    if (onset in _BEFORE_FRONT and not front) or (onset in _NEVER_BEFORE_FRONT and front):
        return False
    if rhyme[0] == "y":
        return rhyme == "y" and onset in _Y_ONSETS if onset else True
    if rhyme.startswith("iê"):
        return onset not in ("", "gi")
    return not (onset == "gi" and rhyme[0] == "i")


@lru_cache(maxsize=1)
def _spellings() -> dict[str, tuple[str, str]]:
    table = {
        onset + rhyme: (onset, rhyme)
        for onset in ["", *_ONSETS]
        if onset != "qu"
        for rhyme in _RHYMES
        if _fits(onset, rhyme)
    }
    table |= {"qu" + rhyme: ("qu", rhyme) for rhyme in _AFTER_QU}
    # "gi" swallows the i of the rhyme: gì, gìn, giếng; the onset is written g there.
    table |= {"g" + rhyme: ("g", rhyme) for rhyme in ("i", "in", "im", "ip", "iêc", "iêng")}
    return table


def _split_tone(text: str) -> tuple[str, Tone, int] | None:
    """Return the toneless letters, the tone and the index of its letter (-1 for the level tone)."""
    letters: list[str] = []
    tone, place = Tone.LEVEL, -1
    for index, letter in enumerate(text):
        toned = _TONED.get(letter)
        if toned is None:
            letters.append(letter)
        elif place >= 0:
            return None
        else:
            letters.append(toned[0])
            tone, place = toned[1], index
    return "".join(letters), tone, place


@lru_cache(maxsize=16384)
def _parse(text: str) -> Syllable | None:
    split = _split_tone(text)
    found = _spellings().get(split[0]) if split else None
    if split is None or found is None:
        return None
    (_, tone, place), (onset, rhyme) = split, found
    if rhyme.endswith(_STOPS) and tone not in (Tone.SAC, Tone.NANG):
        return None
    if place >= 0 and place - len(onset) not in (mark_position(rhyme, "old"), mark_position(rhyme, "new")):
        return None
    return Syllable(onset, rhyme, tone)


def parse_syllable(text: str) -> Syllable | None:
    """Return the parts of one Vietnamese syllable, or ``None`` where ``text`` is not one.

    Any case, NFC or NFD. A tone mark must stand where the old or the new style puts it, and syllables
    that end in c, ch, p or t carry sắc or nặng.

    >>> parse_syllable("Nghiêng")
    Syllable(onset='ngh', rhyme='iêng', tone=<Tone.LEVEL: 0>)
    >>> parse_syllable("cuả") is None, parse_syllable("xyz") is None
    (True, True)
    """
    if not text or len(text) > 16:
        return None
    return _parse(unicodedata.normalize("NFC", text).lower())


def is_syllable(text: str) -> bool:
    """Return whether ``text`` is one syllable in valid Vietnamese spelling.

    >>> is_syllable("khuỷu"), is_syllable("gìn"), is_syllable("strength")
    (True, True, False)
    """
    return parse_syllable(text) is not None


@lru_cache(maxsize=16384)
def _repair(text: str) -> str:
    split = _split_tone(text)
    found = _spellings().get(split[0]) if split else None
    if split is None or found is None or split[2] < 0:
        return text
    return Syllable(found[0], found[1], split[1]).spell("new")


def unify_placement(syllable: str) -> str:
    """Return a lower-case NFC syllable with its tone in the new style, wherever it was typed.

    Unlike :meth:`Syllable.spell` this also mends marks put on a letter where no style has them
    (``cuả``, ``đựơc``, ``hòan``, ``qúy``); what is no Vietnamese syllable comes back as it was.

    >>> unify_placement("cuả"), unify_placement("đựơc"), unify_placement("hòa"), unify_placement("gía")
    ('của', 'được', 'hoà', 'giá')
    """
    return _repair(syllable)


def toneless_parts(letters: str) -> tuple[str, str] | None:
    """Return onset and rhyme of toneless lower-case letters, or ``None`` where they spell no syllable.

    >>> toneless_parts("nghiêng"), toneless_parts("xyz")
    (('ngh', 'iêng'), None)
    """
    return _spellings().get(letters)


@lru_cache(maxsize=1)
def plain_spellings() -> frozenset[str]:
    """Return every toneless syllable without letter marks, đ as d.

    >>> {"chien", "nguoi", "dang"} <= plain_spellings(), "strength" in plain_spellings()
    (True, False)
    """
    decomposed = unicodedata.normalize("NFD", "\n".join(_spellings()).replace("đ", "d"))
    return frozenset("".join(c for c in decomposed if not unicodedata.combining(c)).split("\n"))
