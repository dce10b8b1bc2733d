"""Accuracy and speed of term look-up on synthetic termbases, against RapidFuzz ``WRatio``.

    python benchmarks/lookup.py [--terms 10000 100000] [--queries 300] [--seed 7]

Terms are made of random Vietnamese syllables of a skewed distribution, as real terms are; the shipped
terms are among them. A query is a term with a known change; right means that the first answer (or one of
the first five) has the text of the term it was made from. Figures are processor time.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
import unicodedata
from collections.abc import Callable

from termbase.bundled import load_bundled
from termbase.index import Index
from termbase.lookup import lookup
from termbase.model import Concept, Term
from termbase.text.keys import exact_key, folded_key, strip_marks
from termbase.text.syllable import is_syllable

_ONSETS = "b c ch d đ g gi h k kh l m n nh ng ph qu r s t th tr v x".split()
_RHYMES = (
    "a an ang anh ao am ac ach at ai ay âm ân âng âu ây e en eo ê ên ênh êu i in inh iên iêu iêm o on ong oa oan "
    "oai ô ôn ông ôi ơ ơn ơi u un ung uy uyên uân uôn ư ưng ươn ương ưu"
).split()
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LETTERS = "abcdeghiklmnopqrstuvxy"


def syllables() -> list[str]:
    """Return all spellings of the tables that are Vietnamese syllables."""
    found = set()
    for onset in _ONSETS:
        for rhyme in _RHYMES:
            for tone in _TONES:
                place = next(i for i, c in enumerate(rhyme) if c in "aăâeêioôơuưy")
                marked = [i for i, c in enumerate(rhyme) if c in "ăâêôơư"]
                place = marked[-1] if marked else place
                word = unicodedata.normalize("NFC", onset + rhyme[: place + 1] + tone + rhyme[place + 1 :])
                if is_syllable(word):
                    found.add(word)
    return sorted(found)


def synthetic_terms(count: int, chance: random.Random) -> list[str]:
    """Return ``count`` distinct terms, the shipped Vietnamese ones first."""
    words = syllables()
    chance.shuffle(words)
    weights = [1 / (rank + 20) for rank in range(len(words))]
    terms = {term.text: None for concept in load_bundled() for term in concept.in_language("vi") if " " in term.text}
    keys = {folded_key(text) for text in terms}
    while len(terms) < count:
        text = " ".join(chance.choices(words, weights, k=chance.choice((2, 3, 3, 4, 4, 5, 6))))
        if folded_key(text) not in keys:
            keys.add(folded_key(text))
            terms[text] = None
    return list(terms)[:count]


def typo(text: str, chance: random.Random) -> str:
    """Return ``text`` with one letter dropped, doubled, swapped with the next or replaced."""
    place = chance.randrange(1, len(text) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[:place] + chance.choice(_LETTERS) + text[place:]
    if kind == 2:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text[:place] + chance.choice(_LETTERS) + text[place + 1 :]


def _swap_hoi_nga(text: str, _chance: random.Random) -> str:
    table = {ord("\u0309"): "\u0303", ord("\u0303"): "\u0309"}
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(table))


def _drop_word(text: str, chance: random.Random) -> str:
    words = text.split()
    words.pop(chance.randrange(len(words)))
    return " ".join(words)


_TELEX = {
    "\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j",
    "\u0302": None, "\u0306": "w", "\u031b": "w",
}  # fmt: skip


def telex(text: str, _chance: random.Random) -> str:
    """Return the keystrokes of ``text``, tones at the ends of the syllables, before what is no letter."""
    words = []
    for word in text.split():
        tone, keys = "", ""
        for char in unicodedata.normalize("NFD", word.replace("đ", "dd").replace("Đ", "Dd")):
            if char in "\u0300\u0301\u0303\u0309\u0323":
                tone = str(_TELEX[char])
            elif char in _TELEX:
                keys += _TELEX[char] or keys[-1]
            else:
                keys += char
        end = len(keys.rstrip('"”’),.;:'))
        words.append(keys[:end] + tone + keys[end:])
    return " ".join(words)


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "as written": lambda text, _: text,
    "no marks": lambda text, _: strip_marks(text).lower(),
    "one typo": typo,
    "both": lambda text, chance: typo(strip_marks(text).lower(), chance),
    "hỏi/ngã": _swap_hoi_nga,
    "word missing": _drop_word,
    "60 % prefix": lambda text, _: text[: max(3, round(len(text) * 0.6))].rstrip(),
    "Telex": telex,
}


def measure(name: str, ask: Callable[[str], list[str]], terms: list[str], queries: int, seed: int) -> None:
    """Print the shares right and the processor time of each kind of query."""
    for kind, change in CHANGES.items():
        chance = random.Random(seed)
        first = five = 0
        times = []
        for text in chance.sample(terms, queries):
            query = change(text, chance)
            began = time.process_time()
            found = [exact_key(item) for item in ask(query)]
            times.append((time.process_time() - began) * 1000)
            first += found[:1] == [exact_key(text)]
            five += exact_key(text) in found[:5]
        shares = f"{100 * first / queries:5.1f} % {100 * five / queries:5.1f} %"
        spent = f"mean {statistics.mean(times):7.2f} ms  max {max(times):7.2f} ms"
        print(f"{name:18} {kind:14} {shares}  {spent}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terms", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-others", action="store_true")
    options = parser.parse_args()
    for count in options.terms:
        terms = synthetic_terms(count, random.Random(options.seed))
        concepts = [Concept(id=f"t{i}", terms=(Term(text=text, lang="vi"),)) for i, text in enumerate(terms)]
        began = time.process_time()
        index = Index.from_concepts(concepts)
        print(f"{count} terms, index built in {time.process_time() - began:.1f} s")
        measure("songngu", _songngu(index), terms, options.queries, options.seed)
        if not options.no_others:
            measure("RapidFuzz WRatio", _wratio(terms), terms, min(options.queries, 60), options.seed)


def _songngu(index: Index) -> Callable[[str], list[str]]:
    return lambda query: [match.term.text for match in lookup(index, query)]


def _wratio(terms: list[str]) -> Callable[[str], list[str]]:
    from rapidfuzz import fuzz, process

    folded = [folded_key(text) for text in terms]

    def ask(query: str) -> list[str]:
        found = process.extract(folded_key(query), folded, scorer=fuzz.WRatio, limit=5)
        return [terms[place] for _, _, place in found]

    return ask


if __name__ == "__main__":
    main()
