"""Speed of the text layer on text made up here: ``python benchmarks/text_layer.py``.

Processor time on one core, best of three. Megabytes are of UTF-8.

A shared machine may be slow or busy: read each figure against str.casefold, the first line.
"""

from __future__ import annotations

import random
import time
import unicodedata
from collections.abc import Callable

from termbase.text import syllable
from termbase.text.collation import cldr_key, dictionary_key, natural_key
from termbase.text.keys import exact_key, folded_key, match_key, strip_marks
from termbase.text.normalize import normalize, normalize_mapped, place_tones
from termbase.text.tokens import tokenize

SIZE = 1_000_000


def sample_text(size: int) -> str:
    """Return lines of random valid syllables with ordinary punctuation."""
    chance = random.Random(5)
    spelled = [
        syllable.Syllable(onset, rhyme, tone).spell(chance.choice(("old", "new")))
        for onset, rhyme in syllable._spellings().values()  # noqa: SLF001
        for tone in (syllable.Tone.LEVEL, syllable.Tone.HUYEN, syllable.Tone.SAC, syllable.Tone.NANG)
        if syllable.is_syllable(syllable.Syllable(onset, rhyme, tone).spell())
    ]
    ends = [" "] * 12 + [", ", ". ", " “", "” ", " – ", " 2025 ", "\n"]
    return "".join(chance.choice(spelled) + chance.choice(ends) for _ in range(size // 6))


def best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    text = sample_text(SIZE)
    lines = text.split("\n")
    decomposed = unicodedata.normalize("NFD", text)
    size = len(text.encode()) / 1e6
    runs: dict[str, Callable[[], object]] = {
        "str.casefold (yardstick)": text.casefold,
        "normalize, clean": lambda: normalize(text),
        "normalize, NFD": lambda: normalize(decomposed),
        "normalize_mapped, NFD": lambda: normalize_mapped(decomposed),
        "place_tones": lambda: place_tones(text, "new"),
        "match_key, one string": lambda: match_key(text),
        "match_key, by lines": lambda: [match_key(line) for line in lines],
        "strip_marks": lambda: strip_marks(text),
        "exact_key, by lines": lambda: [exact_key(line) for line in lines],
        "folded_key, by lines": lambda: [folded_key(line) for line in lines],
        "tokenize": lambda: tokenize(text, "vi"),
    }
    for name, run in runs.items():
        print(f"{name:28} {size / best(run):8.1f} MB/s")
    words = [line[:18] for line in lines] * 3
    for key in (dictionary_key, cldr_key, natural_key):
        print(
            f"{key.__name__:28} {len(words) / best(lambda key=key: [key(word) for word in words]) / 1000:8.1f} thousand/s"
        )


if __name__ == "__main__":
    main()
