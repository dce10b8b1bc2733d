"""Sentence splitters side by side on the project's own cases: share right, boundary F1, speed.

Run with the project's Python; splitters that are not installed are left out::

    python benchmarks/sentence_splitters.py

pysbd and blingfire are no dependencies of the project; install them beside it to compare. The cases
(``tests/cases/sentences.json``) were written together with songngu's rules, so its own share is a
regression figure and only the others' shares say how hard the cases are. Processor time, one core.

Last figures (underthesea 9.5.0, pysbd 0.3.4 with its English rules, blingfire 0.1.8; two shared cores)::

    splitter            vi right   vi F1  en right   en F1    MB/s   (947 cases)
    songngu                 100%    1.00      100%    1.00    2.08
    underthesea              54%    0.66       42%    0.58    7.61
    pysbd                    68%    0.80       77%    0.86    0.02
    blingfire                71%    0.76       80%    0.84   11.91
    cut after . ! ?          59%    0.75       43%    0.64   28.97

The speed is on very short, dense sentences; on articles songngu splits 10 to 12 MB/s.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
Splitter = Callable[[str], Iterable[str]]


def songngu(lang: str) -> Splitter:
    from termbase.text.sentences import split_sentences

    return lambda text: [span.text for span in split_sentences(text, lang)]


def underthesea(_lang: str) -> Splitter:
    from underthesea import sent_tokenize

    return sent_tokenize


def pysbd(lang: str) -> Splitter:
    import pysbd as package

    # Vietnamese has no rules of its own in pysbd.
    return package.Segmenter(language="en" if lang in ("vi", "en") else lang, clean=False).segment


def blingfire(_lang: str) -> Splitter:
    import blingfire as package

    return lambda text: package.text_to_sentences(text).split("\n")


def full_stops(_lang: str) -> Splitter:
    import re

    return lambda text: re.split(r"(?<=[.!?])\s+|\n+", text)


SPLITTERS = {
    "songngu": songngu,
    "underthesea": underthesea,
    "pysbd": pysbd,
    "blingfire": blingfire,
    "cut after . ! ?": full_stops,
}


def ends(pieces: Iterable[str]) -> set[int]:
    """Return the sentence ends as counts of letters and digits before them: spacing does not matter."""
    found, count = set(), 0
    for piece in pieces:
        count += sum(not c.isspace() for c in piece)
        found.add(count)
    return found


def judge(split: Splitter, cases: list[dict[str, str]]) -> tuple[float, float]:
    """Return the share of cases wholly right and the F1 of inner boundaries."""
    right = hits = given = wanted = 0
    for case in cases:
        pieces = case["marked"].split("¦")
        expected = ends(pieces)
        got = ends(split("".join(pieces)))
        last = {max(expected)}
        right += got == expected
        hits += len((got & expected) - last)
        given += len(got - last)
        wanted += len(expected - last)
    return right / len(cases), 2 * hits / (given + wanted) if given + wanted else 1.0


def speed(split: Splitter, cases: list[dict[str, str]]) -> float:
    """Return megabytes a second on paragraphs made of the cases."""
    text = "\n".join(" ".join(c["marked"].replace("¦", "").split()) for c in cases)
    text = (text + "\n") * max(1, 200_000 // len(text))
    started = time.process_time()
    for _ in split(text):
        pass
    return len(text.encode()) / 1e6 / (time.process_time() - started)


def main() -> None:
    cases = json.loads((ROOT / "tests" / "cases" / "sentences.json").read_text(encoding="utf-8"))
    print(f"{'splitter':18}{'vi right':>10}{'vi F1':>8}{'en right':>10}{'en F1':>8}{'MB/s':>8}   ({len(cases)} cases)")
    for name, make in SPLITTERS.items():
        cells = []
        try:
            for lang in ("vi", "en"):
                own = [case for case in cases if case["lang"] == lang]
                right, f1 = judge(make(lang), own)
                cells.append(f"{right:>10.0%}{f1:>8.2f}")
            rate = speed(make("vi"), [case for case in cases if case["lang"] == "vi"])
        except ImportError:
            print(f"{name:18}not installed")
            continue
        print(f"{name:18}{''.join(cells)}{rate:>8.2f}")


if __name__ == "__main__":
    main()
