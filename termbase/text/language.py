"""Telling Vietnamese from English by cheap statistics: no model, and an honest "not sure"."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from termbase.text.syllable import is_syllable, plain_spellings

_LONGEST = 4000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENGLISH_WORDS = frozenset(
    re.split(
        r"\s+",
        "the of and to in is was for that on are with as by at from this which it be or an not have has had"
        " were been its their they will would can should shall all also more between under over after during"
        " into through we our you he his she her who what when where there these those no than then about"
        " against army military party people defence defense national committee central force forces combat"
        " any being but could did do if may most new one other out said so some such them up your"
        " officer officers soldier soldiers troop troops command commands commander commanders post posts political"
        " commissar commissars staff headquarters regiment division brigade battalion platoon squad border guard"
        " guards navy naval weapon weapons missile missiles tank tanks gun guns ship ships aircraft unit units"
        " exercise exercises congress secretary deputy chief minister ministry general government state law decree"
        " order work task tasks plan report conference war peace enemy enemies target targets operations missions"
        " strategy strategic tactical technical support service services health rescue search civil local province"
        " provincial district village city rank file duty station base public police cell member members cadre cadres"
        " youth women veteran veterans history strong great good well year years month time world country region area"
        " sea island islands river road school leader leaders leadership high higher first second field chairman"
        " president people's infantry artillery cavalry engineer engineers signal armour"
        " see seen too two feed food good soon week weeks need needs been green street fleet speed assault loss"
        " armor fire foreign cyber digital economic social nuclear joint special red blue black white",
    )
)
# Syllables without marks that are words of English, French, Italian or Spanish as well.
_SHARED = frozenset(
    re.split(
        r"\s+",
        "ban bang bat bay ben bet bin bit boat bong bop bum bun buy cam can cap cat chang chap chat chen chin chip chop"
        " chum coach coat con cot cup cut dam day den diet dim din dip do doe don dot due duo gang gap gay gin go goa"
        " goat gong got gum gun gut guy ham hang hat hay hem hen hip hit hoe hop hot huang hue hum hung hut i in ken"
        " kim kin kit lap lay len leo let li lien lip lit loan lon long lop lot mach man map mat may men met mit moan"
        " moat mom mop mum nan nap nay net nip no not nun nut oat on pa pan pang pat pay pen pep pet pin pip pit po"
        " poem poet pop pot pun pup put quay quit ram ran rang rap rat ray rich rim rip roam ron rot rue rum run rung"
        " rut sac sap sat say set sin sip sit so soap son song sop sot sue sum sun sung sup tan tao tap then thin thong"
        " ti tin tip tit to toe tom ton tong top tot tran trap tray trim trip trot true up van vat vet via vim yen yet"
        " the he at be that an a than hi but am it me we she la le de du un une qui que mon tu bien rien non mai lui"
        " noi voi tre su si di da ma mi se ne che chi poi sui bon que ni mas pas les las ya yo te en el lo y o e",
    )
)
# Words of two shared syllables that are Vietnamese together.
_UNMARKED_WORDS = re.compile(
    r"\b(?:don vi|chi bo|doc lap|tu do|mat tran|du kich|can bo|bo doi|to chuc|nhan dan|hop tac|so chi huy|xe tang"
    r"|may bay|cac cap|lien hop|can cu|nam nay|dan toc|dan so|ban chap hanh|tap the|co so|bo mon|bien che|hai dao)\b"
)
_NATIVE_SHAPE = re.compile(r"ng|nh|kh|gi|tr|th|ph|qu|.*(?:nh|ng|uo|uye|ieu|oai|uoi|uy|ie|oa)")
_ENGLISH_END = re.compile(r"(?:tion|ness|ment|ing|ship|able|ible|ity|ous|ence|ance|ward|ful|less|ally|ised|ized)s?\Z")
_OTHER_WORDS = frozenset(
    re.split(
        r"\s+",
        "der das und ist nicht ein eine mit auf für les des est une dans pour que avec sur pas los las del por"
        " para una il che",
    )
)
_ENGLISH_APOSTROPHE = re.compile(r"'(?:s|t|re|ve|ll|d|m)\Z|\Ao'")
_SPANISH_SIGN = re.compile("[¿¡]")
_SURE = 0.65
_UNMARKED = 0.75


def detect_language(text: str) -> tuple[str, float]:
    """Return ``"vi"``, ``"en"`` or ``""`` (not sure, another language) and a confidence of 0 to 1.

    Vietnamese without marks is known from two words on, unless they are all capitalised as names are.

    >>> detect_language("Bộ đội sẵn sàng chiến đấu.")[0], detect_language("The troops are ready.")[0]
    ('vi', 'en')
    >>> detect_language("Straße über Köln")[0], detect_language("57-NQ/TW")
    ('', ('', 0.0))
    """
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text[:_LONGEST])) if not _is_label(word)]
    if not words:
        return "", 0.0
    if _is_unmarked_vietnamese(words):
        return "vi", _UNMARKED
    kinds = Counter(map(_kind, words))
    kinds["strange"] += 2 * len(_SPANISH_SIGN.findall(text[:_LONGEST]))
    best, lang, rest = _weigh(kinds, len(words))
    confidence = round(best / (best + rest), 3) if best + rest else 0.0
    return (lang, confidence) if best and confidence >= _SURE else ("", confidence)


def _is_unmarked_vietnamese(words: list[str]) -> bool:
    """Whether a few words are Vietnamese without marks: all are syllables, and enough are no other words."""
    if len(words) < 2 or not all(word.lower() in plain_spellings() for word in words):
        return False
    if _UNMARKED_WORDS.search(" ".join(words)):
        return True
    native = [word for word in words if word.lower() not in _SHARED]
    shaped = [word for word in native if _NATIVE_SHAPE.match(word.lower())]
    return any(word.islower() for word in native) and 3 * len(native) >= len(words) and len(native) + len(shaped) >= 2


def _weigh(kinds: Counter[str], count: int) -> tuple[float, str, float]:
    """Return the score of the likelier language, its name, and the score of all else."""
    # to, in, can, do … are words of both languages; the others decide which they are here.
    foreign = kinds["plain"] + kinds["ending"] + kinds["english"]
    vietnamese = foreign <= 0.2 * count or kinds["marked"] + kinds["capital"] > foreign
    unmarked = 0.5 * (kinds["unmarked"] + (kinds["either"] if vietnamese else 0))
    # An ending such as -tion proves English in a term; in a sentence English has its small words too.
    english = kinds["english"] + (0 if vietnamese else kinds["either"])
    english += kinds["ending"] if english or count <= 4 else 0
    plain = 0.5 * (kinds["plain"] + kinds["ending"])
    marked = kinds["marked"] + (0.5 if english else 1.0) * kinds["capital"]
    if english and marked:
        unmarked = 0.0  # among names, unmarked syllables speak for neither language
    scores = {
        "vi": marked + (unmarked if marked or unmarked >= 2 else 0.0),
        "en": english + (plain + unmarked if english else 0.0),
        "": kinds["strange"] + (0.0 if english else plain),
    }
    lang = "vi" if scores["vi"] >= scores["en"] else "en"
    best = scores.pop(lang)
    return best, lang, sum(scores.values())


def _is_label(word: str) -> bool:
    """Whether a word is an abbreviation, which speaks no language."""
    return len(word) < 2 or (word.isupper() and len(word) < 6 and not is_syllable(word))


@lru_cache(maxsize=16384)
def _kind(word: str) -> str:
    if word != word.lower():
        kind = _kind(word.lower())
        if kind == "either":
            return "unmarked"  # the name An, not the article
        return "capital" if kind == "marked" else kind
    if not word.isascii():
        letters = word.replace("’", "'")
        if letters.isascii():
            return _kind(letters)
        return "marked" if is_syllable(word) else "strange"
    if word in _OTHER_WORDS:
        return "strange"
    if "'" in word:
        return "english" if _ENGLISH_APOSTROPHE.search(word) else "strange"
    if word in _ENGLISH_WORDS:
        return "either" if word in plain_spellings() else "english"
    if word in plain_spellings():
        return "unmarked"
    return "ending" if _ENGLISH_END.search(word) else "plain"
