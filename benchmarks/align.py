"""Measure the aligner: right beads, time and memory, against Gale and Church as NLTK has them.

    python benchmarks/align.py                    texts written by hand, articles, an invented language
    python benchmarks/align.py --gold FOLDER      also documents with known beads (JSON, see --help)
    python benchmarks/align.py --size 10000       time and memory of one long pair, in a fresh process
    python benchmarks/align.py --size 10000 --hunalign PROGRAM    the same for hunalign -realign
    python benchmarks/align.py --speed            1,000 + 1,000 sentences of several kinds, with the termbase
    python benchmarks/align.py --sizes-of-lexicon effect of the word list's size

NLTK is compared where it is installed. Figures of the last run stand in ``benchmarks/align.md``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from align_data import Document, Noise, document  # noqa: E402
from align_news import article  # noqa: E402
from align_peers import gale_church, hunalign  # noqa: E402
from align_texts import all_cuts, noisy, texts, together  # noqa: E402

from tm.align.engine import AlignOptions, align_segments  # noqa: E402
from tm.align.lexicon import make_lexicon, shipped_lexicon  # noqa: E402
from tm.model import Bead  # noqa: E402

Aligner = Callable[[Document], Sequence[Bead]]
LEVELS = {"clean": Noise(0.3, 0.0), "10 %": Noise(0.3, 0.1), "20 %": Noise(0.3, 0.2)}


def songngu(options: AlignOptions, terms: object = None) -> Aligner:
    return lambda found: align_segments(found.vi, found.en, terms, options=options)  # type: ignore[arg-type]


def aligners(*, terms: bool) -> dict[str, Aligner]:
    empty = AlignOptions(lexicon=make_lexicon([]))
    found: dict[str, Aligner] = {}
    try:
        import nltk.translate.gale_church  # noqa: F401

        found["Gale-Church (NLTK)"] = gale_church
    except ImportError:
        print("NLTK is not installed: no comparison", file=sys.stderr)
    found["songngu, no word list"] = songngu(empty)
    found["songngu"] = songngu(AlignOptions())
    if terms:
        from termbase import Termbase

        found["songngu + termbase"] = songngu(AlignOptions(), Termbase.bundled())
    return found


def joined(beads: Sequence[Bead], found: Document) -> list[Bead]:
    """Join the beads that stay inside one coarse block, for what lies inside is not known."""
    block = {("vi", i): number for number in found.coarse for i in found.beads[number][0]}
    block |= {("en", j): number for number in found.coarse for j in found.beads[number][1]}
    result: list[Bead] = []
    together: dict[int, int] = {}
    for bead in beads:
        numbers = {block.get(("vi", i)) for i in bead.vi} | {block.get(("en", j)) for j in bead.en}
        number = numbers.pop() if len(numbers) == 1 else None
        if number is None or number not in together:
            if number is not None:
                together[number] = len(result)
            result.append(bead)
            continue
        old = result[together[number]]
        both = tuple(sorted(old.vi + bead.vi)), tuple(sorted(old.en + bead.en))
        result[together[number]] = Bead(*both, min(old.score, bead.score))
    return result


def judge(beads: Sequence[Bead], found: Document, c: Counter[str]) -> list[tuple[float, bool]]:
    """Count what is right in one document; return the score of each pair and whether it is right."""
    gold = {bead for bead in found.beads if bead[0] and bead[1]}
    owner = {("vi", i): b for b in gold for i in b[0]} | {("en", j): b for b in gold for j in b[1]}
    scored, met = [], set()
    for bead in joined(beads, found):
        if not (bead.vi and bead.en):
            continue
        right = (bead.vi, bead.en) in gold
        common = {owner.get(("vi", i)) for i in bead.vi} & {owner.get(("en", j)) for j in bead.en} - {None}
        met |= common
        c["strict"] += right
        c["lax"] += bool(common)
        scored.append((bead.score, right))
    c["lax"] += len(met)
    c["got"] += len(scored)
    c["gold"] += len(gold)
    alone = {("vi", i) for b in found.beads if not b[1] for i in b[0]}
    alone |= {("en", j) for b in found.beads if not b[0] for j in b[1]}
    mine = {("vi", i) for b in beads if not b.en for i in b.vi} | {("en", j) for b in beads if not b.vi for j in b.en}
    c["null"] += len(alone & mine)
    c["nulls"] += len(alone) + len(mine)
    return scored


def figures(documents: Iterable[Document], run: Aligner) -> dict[str, float]:
    """Return strict, lax and null F1, the share of errors in the lowest fifth, and sentences a second."""
    c: Counter[str] = Counter()
    scored: list[tuple[float, bool]] = []
    for found in documents:
        start = time.perf_counter()
        beads = run(found)
        c["ns"] += int(1e9 * (time.perf_counter() - start))
        c["sentences"] += len(found.vi) + len(found.en)
        scored += judge(beads, found, c)
    scored.sort(key=lambda item: item[0])
    wrong = sum(not right for _, right in scored)
    lowest = sum(not right for _, right in scored[: max(1, len(scored) // 5)])
    total = c["got"] + c["gold"]
    return {
        "strict": 2 * c["strict"] / total,
        "lax": c["lax"] / total,
        "null": 2 * c["null"] / c["nulls"] if c["nulls"] else float("nan"),
        "low fifth": lowest / wrong if wrong else float("nan"),
        "sentences/s": c["sentences"] / (c["ns"] / 1e9),
    }


def show(name: str, found: dict[str, float]) -> None:
    cells = [f"{value:10.0f}" if key == "sentences/s" else f"{value:10.3f}" for key, value in found.items()]
    print(f"  {name:24}{''.join(cells)}", flush=True)


def compare(title: str, documents: Sequence[Document], *, terms: bool) -> None:
    names = ("strict", "lax", "null", "low fifth", "sent/s")
    print(f"\n{title}\n  {'':24}{''.join(f'{name:>10}' for name in names)}")
    for name, run in aligners(terms=terms).items():
        show(name, figures(documents, run))


def compare_texts() -> None:
    """Compare on the texts written by hand: as they are, with noise, with runs missing."""
    by_hand = texts()
    every = list(by_hand.values())
    for name, found in by_hand.items():
        compare(f"By hand: {name}", [found], terms=True)
    compare("By hand: all", every, terms=True)
    for share in (0.05, 0.1, 0.2):
        altered = [noisy(found, share, every, seed=seed) for seed in range(3) for found in every]
        compare(f"By hand, {share:.0%} deleted or inserted", altered, terms=True)
    for share in (0.25, 0.5):
        altered = [found for whole in every for found in all_cuts(whole, share)]
        compare(f"By hand, {share:.0%} missing on one side", altered, terms=True)


def gold_documents(folder: Path) -> dict[str, list[Document]]:
    """Read documents with known beads: ``{"domain", "src", "tgt", "beads", "coarse"}``, grouped by domain."""
    found: dict[str, list[Document]] = {}
    for path in sorted(folder.glob("*.json")):
        value = json.loads(path.read_text(encoding="utf-8"))
        beads = [(tuple(vi), tuple(en)) for vi, en in value["beads"]]
        made = Document(value["src"], value["tgt"], beads, tuple(value.get("coarse", ())))
        found.setdefault(value.get("domain", "all"), []).append(made)
    return found


def long_pair(size: int) -> None:
    """Print time and peak memory of one pair of ``size`` sentences a side."""
    import resource

    found = document(size, Noise(0.1, 0.1))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    cpu = time.process_time()
    result = figures([found], songngu(AlignOptions()))
    cpu = time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds = (len(found.vi) + len(found.en)) / result["sentences/s"]
    print(
        f"{len(found.vi)} + {len(found.en)}: {seconds:.1f} s ({cpu:.1f} s of processor time), peak {peak} MB (before: {before}), strict {result['strict']:.4f}"
    )


def peer(size: int, program: str) -> None:
    """Print time and memory of hunalign for the pair of :func:`long_pair`."""
    found = document(size, Noise(0.1, 0.1))
    beads, cpu, peak = hunalign(found, program)
    c: Counter[str] = Counter()
    judge(beads, found, c)
    strict = 2 * c["strict"] / (c["got"] + c["gold"])
    print(f"hunalign -realign: {cpu:.1f} s of processor time, peak {peak} MB, strict {strict:.4f}")


def speed(gold: Sequence[Document]) -> None:
    """Print the processor time of whole calls for 1,000 + 1,000 sentences, the best of five."""
    from termbase import Termbase

    terms = Termbase.bundled()
    by_hand = list(texts().values())
    kinds = {
        "invented language": document(1000, Noise(0.1, 0.1)),
        "articles": together([article(60, Noise(0.3, 0.1), seed=seed) for seed in range(18)]),
        "texts by hand, repeated": together([noisy(d, 0.1, by_hand, seed=s) for s in range(4) for d in by_hand]),
    }
    if gold:
        kinds["gold, short ones"] = together([found for found in gold if len(found.vi) < 500])
        kinds["gold, longest"] = max(gold, key=lambda found: len(found.vi))
    for name, found in kinds.items():
        vi, en = found.vi[:1000], found.en[:1000]
        times = []
        for _ in range(5):
            start = time.process_time()
            align_segments(vi, en, terms)
            times.append(time.process_time() - start)
        rate = (len(vi) + len(en)) / min(times)
        print(
            f"{name:26}{len(vi):6} + {len(en):4}  {min(times):.2f} s  {rate:6.0f} sentences/s  first {times[0]:.2f} s"
        )


def lexicon_sizes(documents: Sequence[Document]) -> None:
    for size in (0, 100, 300, 1000, len(shipped_lexicon())):
        show(f"{size} entries", figures(documents, songngu(AlignOptions(lexicon=shipped_lexicon(size)))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help='folder of {"domain", "src", "tgt", "beads"} JSON files')
    parser.add_argument("--size", type=int, help="sentences a side of one long pair")
    parser.add_argument("--sizes-of-lexicon", action="store_true")
    parser.add_argument("--hunalign", help="with --size: measure this program instead")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--articles", type=int, default=6)
    chosen = parser.parse_args()
    if chosen.size:
        peer(chosen.size, chosen.hunalign) if chosen.hunalign else long_pair(chosen.size)
        return
    noisy_articles = [article(60, Noise(0.3, 0.15), seed=seed) for seed in range(chosen.articles)]
    gold = gold_documents(chosen.gold) if chosen.gold else {}
    if chosen.sizes_of_lexicon:
        lexicon_sizes([found for group in gold.values() for found in group] or [*texts().values(), *noisy_articles])
        return
    if chosen.speed:
        speed([found for group in gold.values() for found in group])
        return
    compare_texts()
    for level, noise in LEVELS.items():
        articles = [article(60, noise, seed=seed) for seed in range(chosen.articles)]
        compare(f"Articles of 60 beads, {level} deleted or inserted", articles, terms=True)
    for level, noise in LEVELS.items():
        compare(
            f"Invented language, 300 beads, {level} deleted or inserted", [document(300, noise, seed=3)], terms=False
        )
    for domain, documents in gold.items():
        compare(f"Gold: {domain}", documents, terms=True)
    if gold:
        compare("Gold: all", [found for group in gold.values() for found in group], terms=True)


if __name__ == "__main__":
    main()
