"""Fuzzy search measured: equality with brute force, and CPU time beside other ways, on one memory.

    python benchmarks/tm_search.py --size 100000
    python benchmarks/tm_search.py --size 1000000 --pairs real_pairs.tsv.gz

The memory is built by seed from the pairs of a file (Vietnamese TAB English …, plain or gzip) and, beyond
their number, from edited, joined and spliced ones; without a file from invented sentences, which are
template-like and so have more near neighbours than real text. Queries are, a third each, stored segments,
edited ones, and splices without a match. Times are CPU milliseconds of one process; figures from different
kinds of memory must not be compared.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tm.fuzzy.keys import compare_keys
from tm.fuzzy.score import similarity
from tm.model import Segment, TranslationUnit
from tm.store import TranslationMemory

Pair = tuple[str, str]
WORDS = (
    "đơn vị sẵn sàng chiến đấu cao bộ đội dân quân tự vệ huấn luyện diễn tập khu vực phòng thủ tỉnh "
    "chỉ huy tham mưu chính trị hậu cần kỹ thuật trung đoàn đại đội tiểu đoàn nhiệm vụ hoàn thành tốt "
    "nâng cao chất lượng công tác đảng trong toàn quân năm nay tiếp tục giữ vững ổn định xây dựng"
).split()


def load(path: str | None, seed: int) -> list[Pair]:
    """Return the pairs of a file with at least three white-space units, or invented ones."""
    rng = random.Random(seed)
    if path is None:
        return [(" ".join(rng.choices(WORDS, k=rng.randint(4, 24))), f"sentence {i}") for i in range(50_000)]
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")
    rows = [line.split("\t")[:2] for line in text.split("\n")]
    pairs = [(row[0], row[1]) for row in rows if len(row) == 2 and len(row[0].split()) > 2 and row[1].strip()]
    rng.shuffle(pairs)
    return pairs


def grown(pairs: Sequence[Pair], size: int, seed: int) -> Iterator[Pair]:
    """Yield ``size`` pairs: the given ones, then edited, joined and spliced ones."""
    rng = random.Random(seed)
    yield from pairs[:size]
    words = [word for pair in pairs for word in pair[0].split()]
    for number in range(size - len(pairs)):
        (one, one_en), (other, other_en) = rng.choice(pairs), rng.choice(pairs)
        kind, tokens = rng.random(), one.split()
        if kind < 0.4:
            for _ in range(rng.randint(1, 3)):
                tokens[rng.randrange(len(tokens))] = rng.choice(words)
            yield " ".join(tokens), f"{one_en} ({number})"
        elif kind < 0.7:
            yield f"{one} {other}", f"{one_en} {other_en} ({number})"
        else:
            rest = other.split()
            tokens = tokens[: rng.randint(1, len(tokens))] + rest[rng.randint(0, len(rest) - 1) :]
            yield " ".join(tokens), f"{one_en} / {other_en} ({number})"


def queries(pairs: Sequence[Pair], count: int, seed: int) -> list[str]:
    """Return stored, edited and spliced segments, a third each."""
    rng = random.Random(seed + 1)
    words = [word for pair in pairs[:20_000] for word in pair[0].split()]
    found = []
    for number in range(count):
        tokens = rng.choice(pairs)[0].split()
        if number % 3 == 1:
            for _ in range(max(1, int(len(tokens) * rng.random() * 0.3))):
                tokens[rng.randrange(len(tokens))] = rng.choice(words)
        elif number % 3 == 2:
            rest = rng.choice(pairs)[0].split()
            tokens = tokens[: len(tokens) // 2] + rest[len(rest) // 2 :]
        found.append(" ".join(tokens))
    return found


def timed(name: str, answer: Callable[[str], object], asked: Sequence[str]) -> None:
    """Print median, 95th and 99th percentile of the CPU milliseconds an answer takes."""
    times = []
    for query in asked:
        start = time.process_time_ns()
        answer(query)
        times.append((time.process_time_ns() - start) / 1e6)
    times.sort()
    quantiles = "  ".join(f"{times[min(len(times) - 1, int(len(times) * q))]:9.3f}" for q in (0.5, 0.95, 0.99))
    print(f"{name:<44}{quantiles}")


def check(memory: TranslationMemory, asked: Sequence[str]) -> None:
    """Compare the answers of both indexes with brute force at cutoffs 50 to 95."""
    stored = {compare_keys(unit.source.text, "vi") for unit in memory.units()}
    faults = pairs = boundary = 0
    for query in asked:
        own = compare_keys(query, "vi")
        scores = [similarity(own, keys) for keys in stored if 2 * len(own) >= len(keys) >= len(own) / 2]
        for percent in range(50, 100, 5):
            wanted = sorted(score for score in scores if score >= percent)
            found = sorted(hit.similarity for hit in memory.alike(query, "vi", percent))
            faults += found != wanted
            pairs += len(wanted)
            boundary += wanted.count(percent)
    print(
        f"equality with brute force: {len(asked)} queries × 10 cutoffs, {pairs} answers, "
        f"{boundary} exactly on the cutoff, {faults} differences"
    )


def others(texts: Sequence[str], asked: Sequence[str]) -> None:
    """Measure brute force by RapidFuzz and, where it is installed, translate-toolkit's matcher."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    ids: dict[str, int] = {}
    coded = ["".join(chr(ids.setdefault(k, len(ids) + 1) % 0xD7FF + 1) for k in compare_keys(t, "vi")) for t in texts]

    def brute(query: str) -> object:
        own = "".join(chr(ids.get(k, 0) % 0xD7FF + 1) for k in compare_keys(query, "vi"))
        return process.extract(own, coded, scorer=Levenshtein.normalized_similarity, score_cutoff=0.6999, limit=5)

    timed("RapidFuzz, every segment, word level", brute, asked[:60])
    try:
        from translate.search.match import matcher
        from translate.storage.base import TranslationUnit as PeerUnit
        from translate.storage.po import pofile
    except ImportError:
        print("translate-toolkit is not installed: not measured")
        return
    PeerUnit.__lt__ = lambda one, other: id(one) < id(other)  # its heap compares units of equal score, and fails
    store = pofile()
    for text in texts:
        store.addsourceunit(text).target = "x"
    peer = matcher(store, max_candidates=5, min_similarity=70, max_length=1000)
    timed("translate-toolkit matcher (characters)", peer.matches, asked[:30])


def main() -> None:
    """Build the memory and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--pairs", help="a file of pairs; without it sentences are invented")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--check", type=int, default=20, help="queries compared with brute force")
    parser.add_argument("--database", help="keep the memory here, or use the one that is here")
    parser.add_argument("--no-others", action="store_true")
    chosen = parser.parse_args()
    pairs = load(chosen.pairs, chosen.seed)
    asked = queries(pairs[: chosen.size], chosen.queries, chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        with TranslationMemory.open(chosen.database or f"{folder}/memory.db") as memory:
            if not len(memory):
                start = time.process_time()
                units = grown(pairs, chosen.size, chosen.seed)
                memory.import_units(TranslationUnit(source=Segment("vi", v), target=Segment("en", e)) for v, e in units)
                print(f"{len(memory)} units stored in {time.process_time() - start:.1f} s CPU")
            measure(memory, asked, chosen.check)
            texts = [] if chosen.no_others else [unit.source.text for unit in memory.units()]
        if texts:
            others(texts, asked)
    print(f"peak resident memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def measure(memory: TranslationMemory, asked: Sequence[str], checked: int) -> None:
    """Measure the ways of this library."""
    print(f"{'CPU milliseconds a look-up, cutoff 70':<44}{'median':>9}  {'p95':>9}  {'p99':>9}")
    timed("postings in the database, similar segments", lambda q: memory.alike(q, "vi", 70), asked[:300])
    timed("exact look-up", lambda q: memory.alike(q, "vi", 100), asked)
    start = time.process_time()
    memory.load("vi")
    print(f"index put in memory in {time.process_time() - start:.1f} s CPU")
    timed("arrays, similar segments", lambda q: memory.alike(q, "vi", 70), asked)
    timed("arrays, whole search (units, penalties …)", memory.search, asked)
    if checked:
        check(memory, asked[:checked])


if __name__ == "__main__":
    main()
