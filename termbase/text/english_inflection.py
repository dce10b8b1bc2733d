"""English number, possessive and verb forms, inflected at the head of the phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from termbase.model import GrammaticalNumber, PartOfSpeech
from termbase.text import english_data as data


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected form of a term and the feature that it carries.

    Features: ``base``, ``plural``, ``possessive``, ``plural possessive``; for verbs ``base``, ``3sg``,
    ``past``, ``participle``, ``gerund``.
    """

    text: str
    feature: str


@lru_cache(maxsize=1 << 15)
def forms(
    text: str,
    part_of_speech: PartOfSpeech | str | None = None,
    number: GrammaticalNumber | str | None = None,
) -> tuple[Form, ...]:
    """Return the inflected forms of an English term, the base first.

    The head is inflected where it stands: before a preposition in noun phrases, after adverbs in
    verb phrases. Without a part of speech the term is taken for a noun. ``number`` keeps plural-only
    and uncountable nouns from a plural. Text of more than 500 characters is no term and has its base only.
    Answers are kept, as :func:`~termbase.text.english.surface_forms` keeps its own.

    >>> [form.text for form in forms("Chief of Staff", "noun")]
    ['Chief of Staff', 'Chiefs of Staff', "Chief of Staff's", "Chiefs of Staff's"]
    >>> [form.text for form in forms("thoroughly grasp", "verb")][1:]
    ['thoroughly grasps', 'thoroughly grasped', 'thoroughly grasped', 'thoroughly grasping']
    """
    pos = str(part_of_speech or "noun")
    found: list[Form] = [Form(text, "base")]
    if len(text) > data.LONGEST_TERM:
        return tuple(found)
    if pos == "verb":
        found += _verb_phrase_forms(text)
    elif pos in ("noun", "proper noun") and text.strip():
        plurals = _plural_phrases(text, pos, str(number or ""))
        found += [Form(plural, "plural") for plural in plurals]
        found += [Form(owner, "possessive") for owner in _possessives(text)]
        found += [Form(owner, "plural possessive") for plural in plurals for owner in _possessives(plural, plural=True)]
    return tuple(dict.fromkeys(found))


def inflect_like(new_base: str, part_of_speech: PartOfSpeech | str | None, feature: str) -> str:
    """Return ``new_base`` in the form that carries ``feature``, or itself where it has none.

    >>> inflect_like("Chief of Staff", "noun", "plural")
    'Chiefs of Staff'
    >>> inflect_like("firmly grasp", "verb", "gerund")
    'firmly grasping'
    """
    fallback = {"plural possessive": "possessive"}.get(feature)
    for wanted in (feature, fallback):
        for form in forms(new_base, part_of_speech):
            if form.feature == wanted:
                return form.text
    return new_base


# --- nouns -------------------------------------------------------------------------------------

_TOKENS = re.compile(r"\S+")
_NUMBERISH = re.compile(r"(?:no\.?|nos\.?|number|[#]?\d[\w/.–-]*|[ivxl]+|[a-z])", re.IGNORECASE)
_COUNTING = ("no", "nos", "number")
_BARE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)


def _plural_phrases(text: str, pos: str, number: str) -> tuple[str, ...]:
    if number in (GrammaticalNumber.PLURAL_ONLY.value, GrammaticalNumber.UNCOUNTABLE.value):
        return ()
    tokens = [(m.start(), m.group()) for m in _TOKENS.finditer(text)]
    head = _head_index([token for _, token in tokens])
    if head is None or (pos == "proper noun" and len(tokens) == 1 and "-" not in text):
        return ()
    start, token = tokens[head]
    core = _BARE.search(token)
    if core is None:
        return ()
    at = start + core.start()
    plurals = _plural_words(core.group())
    phrases = [text[:at] + plural + text[start + core.end() :] for plural in plurals]
    both = _coordinated(text, tokens, head)
    gendered = _gendered(text, tokens, head)
    many = _distributed(phrases[0], tokens, head) if phrases else ()
    return tuple(dict.fromkeys(p for p in (*both, *gendered, *phrases, *many) if p != text))


def _gendered(text: str, tokens: list[tuple[int, str]], head: int) -> tuple[str, ...]:
    """Return "women soldiers" for "woman soldier": both nouns take the plural."""
    first = tokens[0][1]
    if head != 1 or first.lower() not in ("man", "woman"):
        return ()
    last = tokens[1][1]
    return tuple(f"{first[:-2]}en{text[len(first) : tokens[1][0]]}{plural}" for plural in _plural_words(last))


_UNSHARED = frozenset("staff war peace state arms defence defense".split())


def _distributed(plural: str, tokens: list[tuple[int, str]], head: int) -> tuple[str, ...]:
    """Return the plural in which each has its own: "Secretaries of provincial Party Committees"."""
    words = [token for _, token in tokens]
    if len(words) < head + 3 or words[head + 1].lower() != "of" or words[-1].lower() in _UNSHARED:
        return ()
    rest = words[head + 2 :]
    article = rest[0].lower() in ("a", "an", "the")
    if any(_opens_complement(word.lower()) for word in rest) or not words[-1].isalpha():
        return ()
    mark = plural.rindex(" of ") + 4
    owned = _plural_words(words[-1])
    complement = " ".join(rest[1:-1] if article else rest[:-1])
    return (f"{plural[:mark]}{complement}{' ' if complement else ''}{owned[0]}",) if owned else ()


def _coordinated(text: str, tokens: list[tuple[int, str]], head: int) -> tuple[str, ...]:
    """Return the plural of both halves of "officer and soldier"; of nothing else."""
    words = [token for _, token in tokens]
    joint = next((i for i in range(head - 1, 0, -1) if words[i].lower() in ("and", "or", "&")), 0)
    if not joint:
        return ()
    first, last = words[joint - 1], words[head]
    # "command and control system" has one head; persons on both sides of the joint are two.
    persons = all(_PERSON.search(word.lower()) for word in (first, last))
    if not (first.isalpha() and last.isalpha() and (joint == head - 1 or persons)):
        return ()
    plural_first = (_plural_words(first) or (first,))[0]
    plural_last = (_plural_words(last) or (last,))[0]
    start = tokens[joint - 1][0]
    between = text[start + len(first) : tokens[head][0]]
    return (text[:start] + plural_first + between + plural_last + text[tokens[head][0] + len(last) :],)


_PERSON = re.compile(
    r"(?:(?<!pow)er|or|man|woman|ist|cian|cadre|official|person|citizen|child|hero|martyr|veteran|chief|commissar|youth)\Z"
)


def _head_index(words: list[str]) -> int | None:
    """Return the index of the head noun of a phrase."""
    lower = [word.lower().strip("()[]\"'“”‘’,;:.") for word in words]
    end = next((i for i, word in enumerate(lower) if i and _opens_complement(word)), len(words))
    # "unit awarded the title": the participle opens a clause of its own.
    end = next((i for i in range(2, end) if lower[i] in _ARTICLES and _is_participle(lower[i - 1])), end)
    end = next((i for i, word in enumerate(words[:end]) if i and word[:1] in '([“"'), end)
    comma = next((i + 1 for i, word in enumerate(words[:end]) if word.endswith((",", ";"))), end)
    end = comma if comma < end and comma == 1 else end
    head = end - 1
    while head > 0 and _NUMBERISH.fullmatch(words[head].strip("()")):
        # "reference number", "five nos": a number that numbers nothing is what the phrase is about.
        if head == end - 1 and lower[head] in _COUNTING and not words[head].endswith("."):
            break
        head -= 1
    if head < len(words) - 1 and head > 0 and _is_participle(lower[head]) and end < len(words):
        head -= 1
    if head > 1 and lower[head] == "class" and lower[head - 1] in ("first", "second", "third"):
        head -= 2  # Sergeant First Class
    if head > 0 and lower[head] in data.POSTPOSITIVE and _takes_postpositive(lower[head - 1], lower[head]):
        head -= 1
    return head if head >= 0 and any(c.isalpha() for c in words[head]) else None


_ARTICLES = ("the", "a", "an")


def _opens_complement(word: str) -> bool:
    return word in data.PREPOSITIONS or word.startswith(("d'", "d’", "l'", "l’"))


def _is_participle(word: str) -> bool:
    return word in _PARTICIPLES or (word.endswith("ed") and word not in _ED_NOUNS)


_ED_NOUNS = frozenset("need seed feed shed bed speed breed deed reed".split())
_PARTICIPLES = frozenset("missing serving belonging residing participating relating pertaining consisting".split())


def _takes_postpositive(before: str, word: str) -> bool:
    if word == "general":
        return before in data.OFFICES_BEFORE_GENERAL
    heads = _HEADS_BEFORE.get(word)
    return heads is None or before in heads


_HEADS_BEFORE = {
    "major": ("sergeant", "drum", "pipe"),
    "commanding": ("officer", "general"),
    "public": ("notary",),
    "apparent": ("heir",),
    "presumptive": ("heir",),
    "politic": ("body",),
    "laureate": ("poet",),
    "errant": ("knight",),
}


@lru_cache(maxsize=65536)
def _plural_words(word: str) -> tuple[str, ...]:
    """Return the plurals of one word, the usual one first; none where it has no other form."""
    lower = word.lower()
    if "-" in word.strip("-") and lower not in data.UNCOUNTABLE:
        return _plural_compound(word)
    if lower in data.PLURAL_ONLY or lower in data.SAME_PLURAL or lower in data.UNCOUNTABLE:
        return ()
    if lower in data.IRREGULAR_PLURALS:
        return tuple(_like(word, plural) for plural in data.IRREGULAR_PLURALS[lower])
    if lower.endswith(("man", "woman")) and len(lower) > 4:
        return (word[:-2] + ("EN" if word.isupper() else "en"),)
    if _looks_plural(lower):
        return ()
    return (_regular_plural(word),)


def _plural_compound(word: str) -> tuple[str, ...]:
    parts = word.split("-")
    lower = [part.lower() for part in parts]
    index = next((i - 1 for i, part in enumerate(lower) if i and part in data.PREPOSITIONS), len(parts) - 1)
    # "runners-up", but "build-ups": a verb before the particle takes no plural.
    if index == len(parts) - 2 and not lower[index].endswith(("er", "or")):
        index += 1
    if lower[-1] in ("all", "nothing"):
        index = len(parts) - 1
    if index and lower[index] in data.POSTPOSITIVE and _takes_postpositive(lower[index - 1], lower[index]):
        index -= 1
    return tuple("-".join([*parts[:index], plural, *parts[index + 1 :]]) for plural in _plural_words(parts[index]))


@lru_cache(maxsize=1)
def _irregular_singulars() -> dict[str, str]:
    table: dict[str, str] = {}
    for one, many in data.IRREGULAR_PLURALS.items():
        for plural in many:
            table.setdefault(plural, one)
    return table


def _looks_plural(lower: str) -> bool:
    if lower in _irregular_singulars() or lower.endswith(("men", "people")):
        return True
    return len(lower) > 3 and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "as", "os"))


def _regular_plural(word: str) -> str:
    lower = word.lower()
    upper = word.isupper() and len(word) > 1 and not _is_initialism(word)
    if lower.endswith("sis") and len(lower) > 4 and not _is_initialism(word):
        return word[:-2] + ("ES" if upper else "es")
    if _turns_to_ies(lower) and not _is_initialism(word):
        return word[:-1] + ("IES" if upper else "ies")
    if lower.endswith(("s", "x", "z", "ch", "sh")) and lower not in data.HARD_CH:
        if _is_initialism(word):
            return word + "s"
        ending = "zes" if re.search(r"[^z]iz$", lower) else "es"
        return word + (ending.upper() if upper else ending)
    return word + ("S" if upper else "s")


def _turns_to_ies(lower: str) -> bool:
    return lower.endswith("y") and len(lower) > 2 and lower[-2] not in "aeiou" and not lower.endswith(_BY_NOUNS)


_BY_NOUNS = ("standby", "layby", "flyby", "driveby")


def _is_initialism(word: str) -> bool:
    return word.isupper() and (len(word) <= 5 or not re.search("[AEIOU]", word))


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """Return the singular of a lower-case word, or the word itself.

    >>> [singular(word) for word in ("armies", "forces", "bases", "analyses", "headquarters")]
    ['army', 'force', 'base', 'analysis', 'headquarters']
    """
    if word in _SINGULAR_LIKE or word in data.SAME_PLURAL:
        return word
    if word in _SINGULARS:
        return _SINGULARS[word]
    if (known := _irregular_singulars().get(word)) is not None:
        return known
    if word in data.PLURAL_ONLY or word in data.IRREGULAR_PLURALS:
        return word
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zzes")) and not word.endswith(("axes", "caches", "aches")):
        return word[:-2]
    return word[:-1]


_SINGULARS = {"forces": "force", "bases": "base", "axes": "axe", "works": "work", "ties": "tie", "lies": "lie"}
_SINGULAR_LIKE = frozenset("gas bus lens bias atlas canvas alias chaos ethos this has was does its us as".split())


def _possessives(phrase: str, *, plural: bool = False) -> tuple[str, ...]:
    if not phrase.endswith(("s", "S")):
        return (phrase + "'s",)
    last = phrase.rsplit(None, 1)[-1].lower()
    if plural or singular(last) != last:
        return (phrase + "'",)
    if last in data.PLURAL_ONLY or last in data.SAME_PLURAL:
        return (phrase + "'", phrase + "'s")
    return (phrase + "'s", phrase + "'")


# --- verbs -------------------------------------------------------------------------------------

_FEATURES = ("3sg", "past", "participle", "gerund")


def _verb_phrase_forms(text: str) -> list[Form]:
    bare = text[3:] if text.lower().startswith("to ") else text
    tokens = [(m.start(), m.group()) for m in _TOKENS.finditer(bare)]
    verbs = _verb_indexes([token for _, token in tokens])
    if not verbs:
        return []
    found = [Form(bare, "base")] if bare != text else []
    for feature in _FEATURES:
        for choice in range(3):
            pieces, last, any_left = [], 0, False
            for index in verbs:
                start, token = tokens[index]
                word = token.rstrip(",")
                options = _verb_words(word)[feature]
                any_left = any_left or choice < len(options)
                pieces += [bare[last:start], options[min(choice, len(options) - 1)]]
                last = start + len(word)
            if any_left:
                found.append(Form("".join(pieces) + bare[last:], feature))
    return found


def _verb_indexes(words: list[str]) -> list[int]:
    """Return which words of a verb phrase are inflected: the first verb and those joined to it."""
    index = _behind_adverbs(words, 0)
    found = [index] if words else []
    while index + 1 < len(words):
        joined = words[index + 1].lower() in ("and", "or", "&")
        following = index + 2 if joined else index + 1
        if not (joined or words[index].endswith(",")) or following >= len(words):
            break
        if words[following].lower() in ("and", "or") and following + 1 < len(words):
            following += 1
        index = _behind_adverbs(words, following)
        found.append(index)
    return found


def _behind_adverbs(words: list[str], index: int) -> int:
    """Return the index of the first word from ``index`` on that is no adverb: "actively and firmly *fight*"."""
    while index < len(words) - 1 and _is_adverb(words[index].lower().rstrip(",")):
        index += 1
        if words[index].lower() in ("and", "or") and _is_adverb(words[min(index + 1, len(words) - 1)].lower()):
            index += 1
    return index


def _is_adverb(word: str) -> bool:
    return word in data.ADVERBS or (word.endswith("ly") and word not in data.NOT_ADVERBS)


@lru_cache(maxsize=16384)
def _verb_words(word: str) -> dict[str, tuple[str, ...]]:
    head, hyphen, verb = word.rpartition("-")
    lower = verb.lower()
    known = data.IRREGULAR_VERBS.get(word.lower()) or _irregular(lower)
    regular = _past(lower)
    table = {
        "3sg": ("is", "are") if lower == "be" else (_third(lower),),
        "past": ("was", "were") if lower == "be" else tuple(known[0].split("|")) if known else regular,
        "participle": tuple(known[1].split("|")) if known else regular,
        "gerund": _gerund(lower),
    }
    return {name: tuple(head + hyphen + _like(verb, f) for f in options) for name, options in table.items()}


_VERB_PREFIX = re.compile(r"(?:re|un|over|under|out|mis|fore|counter|inter|pre)(?=[a-z]{3})")


def _irregular(verb: str) -> tuple[str, ...] | None:
    """Return past and participle of an irregular verb, also behind a prefix: *overshoot*."""
    if verb in data.IRREGULAR_VERBS or verb in data.DOUBLING:
        return data.IRREGULAR_VERBS.get(verb)
    prefix = _VERB_PREFIX.match(verb)
    known = data.IRREGULAR_VERBS.get(verb[prefix.end() :]) if prefix else None
    if prefix is None or known is None or verb[prefix.end() :] in ("lie", "bear", "have"):
        return None
    return tuple("|".join(prefix.group() + form for form in forms.split("|")) for forms in known)


def _third(verb: str) -> str:
    if verb in (
        "have",
        "do",
        "go",
        "veto",
        "undergo",
        "undo",
        "redo",
        "overdo",
        "forgo",
        "outdo",
        "echo",
        "torpedo",
        "zero",
    ):
        return "has" if verb == "have" else verb + "es"
    if verb in ("fulfil", "enrol"):
        return verb + "s"
    return _regular_plural(verb)


def _past(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (verb + "d",)
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return (verb[:-1] + "ied",)
    return tuple(stem + "ed" for stem in _stems(verb))


def _gerund(verb: str) -> tuple[str, ...]:
    if verb.endswith("ie"):
        return (verb[:-2] + "ying",)
    if (
        verb.endswith("e")
        and verb != "be"
        and not verb.endswith(("ee", "oe", "ye"))
        and verb not in ("singe", "swinge")
    ):
        return (verb[:-1] + "ing",)
    return tuple(stem + "ing" for stem in _stems(verb))


def _stems(verb: str) -> tuple[str, ...]:
    """Return what -ed and -ing are added to, with the doubled consonant where it belongs."""
    if verb.endswith("c"):
        return (verb + "k",)
    if verb in data.DOUBLING_L:
        return (verb + "l", verb)
    if verb in data.DOUBLING or _is_short(verb) or _is_short_behind_prefix(verb):
        return (verb + verb[-1],)
    if verb in ("focus", "bias"):
        return (verb, verb + "s")
    return (verb,)


_SHORT_BEHIND_PREFIX = re.compile(
    r"(?:out|un|re|over|under|mis|pre|fore|inter|de)(?:gun|man|run|fit|map|plan|pin|plug|tag|tap|wrap|ship|step|stop|zip|bug|rig)"
)


def _is_short_behind_prefix(verb: str) -> bool:
    return _SHORT_BEHIND_PREFIX.fullmatch(verb) is not None


def _is_short(verb: str) -> bool:
    return bool(re.fullmatch(r"(?:[^aeiou]*|[^aeiou]*qu)[aeiou][^aeiouwxy]", verb)) and len(verb) > 2


def _like(model: str, word: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
