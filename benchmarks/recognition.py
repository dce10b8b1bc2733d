"""Speed of recognition through the public API, against other engines where they are installed.

    python benchmarks/recognition.py [--terms 10000 100000] [--megabytes 10] [--seed 7]

The text is lines of random syllables of a skewed distribution, a term in a third of them, and one line in
ten a sentence of the field; "dense" is sentences of the field only, full of terms. Term lists are the
shipped terms filled up with synthetic ones. Figures are processor time on one core. The other engines do
less: none maps spans of decomposed text, folds tone placement, or checks addresses and numbers.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from importlib.util import find_spec

from lookup import syllables, synthetic_terms

from termbase.bundled import load_bundled
from termbase.model import Concept, Term
from termbase.recognize import Recognizer


def running_text(size: int, chance: random.Random, terms: list[str], share: float) -> str:
    """Return about ``size`` bytes of lines: a ``share`` of sentences of the field, a term in a third of the rest."""
    concepts = load_bundled()
    lines = [example.vi for concept in concepts for example in concept.examples]
    lines += [concept.definition_vi for concept in concepts if concept.definition_vi]
    words = syllables()
    weights = [1 / (rank + 5) for rank in range(len(words))]
    chance.shuffle(words)
    text: list[str] = []
    total = 0
    while total < size:
        line = chance.choice(lines) if lines and chance.random() < share else None
        if line is None:
            picked = chance.choices(words, weights, k=chance.randint(12, 30))
            if chance.random() < 1 / 3:
                picked.insert(chance.randrange(len(picked)), chance.choice(terms))
            line = " ".join(picked).capitalize() + "."
        text.append(line)
        total += len(line.encode()) + 1
    return "\n".join(text)


def report(name: str, size: int, build: float, run: Callable[[], int]) -> None:
    """Run the search twice and print its better speed."""
    best = 1e9
    hits = 0
    for _ in range(2):
        began = time.process_time()
        hits = run()
        best = min(best, time.process_time() - began)
    print(f"  {name:34} {size / best / 1e6:7.1f} MB/s  {hits:8} hits  compiled in {build:5.2f} s", flush=True)


def songngu(recognizer: Recognizer, text: str, built: float) -> None:
    """Measure the whole text at once, by line, and parts of it: speed must not depend on the size."""
    size = len(text.encode())
    lines = text.split("\n")
    report("songngu, whole text", size, built, lambda: len(recognizer.recognize(text, "vi")))
    report(
        "songngu, recognize_many of lines", size, built, lambda: sum(map(len, recognizer.recognize_many(lines, "vi")))
    )
    for part in (2, 4):
        piece = text[: len(text) // part]
        report(
            f"songngu, 1/{part} of it", len(piece.encode()), built, lambda t=piece: len(recognizer.recognize(t, "vi"))
        )


def others(terms: list[str], text: str, size: int) -> None:
    """Measure the engines that are installed, on text whose case is folded already."""
    folded = [term.casefold() for term in terms]
    low = text.casefold()
    from ahocorasick_rs import AhoCorasick, MatchKind

    began = time.process_time()
    bare = AhoCorasick(folded, matchkind=MatchKind.Standard, store_patterns=False)
    built = time.process_time() - began
    find = bare.find_matches_as_indexes
    report("ahocorasick_rs alone, no edges", size, built, lambda: len(find(low, overlapping=True)))
    if find_spec("ahocorasick"):
        import ahocorasick

        began = time.process_time()
        machine = ahocorasick.Automaton()
        for term in folded:
            machine.add_word(term, len(term))
        machine.make_automaton()
        built = time.process_time() - began
        report("pyahocorasick, all hits, no edges", size, built, lambda: sum(1 for _ in machine.iter(low)))
    if find_spec("flashtext2"):
        from flashtext2 import KeywordProcessor

        began = time.process_time()
        processor = KeywordProcessor(case_sensitive=False)
        for term in terms:
            processor.add_keyword(term)
        report("flashtext2", size, time.process_time() - began, lambda: len(processor.extract_keywords(text)))
    if find_spec("spacy"):
        import spacy
        from spacy.matcher import PhraseMatcher

        began = time.process_time()
        language = spacy.blank("vi" if find_spec("pyvi") else "xx")
        matcher = PhraseMatcher(language.vocab, attr="LOWER")
        matcher.add("TERM", list(language.tokenizer.pipe(terms)))
        part = text[: min(len(text), 900_000)]
        built = time.process_time() - began
        report("spaCy PhraseMatcher", len(part.encode()), built, lambda: len(matcher(language.make_doc(part))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terms", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    for count in options.terms:
        terms = synthetic_terms(count, random.Random(options.seed))
        concepts = [Concept(id=f"t{i}", terms=(Term(text=term, lang="vi"),)) for i, term in enumerate(terms)]
        began = time.process_time()
        recognizer = Recognizer(concepts)
        recognizer.compile("vi")
        built = time.process_time() - began
        wanted = int(options.megabytes * 1e6)
        dense = running_text(wanted, random.Random(options.seed), terms, 1.0)
        text = running_text(wanted, random.Random(options.seed), terms, 0.1)
        size = len(text.encode())
        print(f"{count} terms, {size / 1e6:.1f} MB")
        songngu(recognizer, text, built)
        report(
            "songngu, dense text", len(dense.encode()), built, lambda r=recognizer, t=dense: len(r.recognize(t, "vi"))
        )
        others(terms, text, size)


if __name__ == "__main__":
    main()
