"""Fuzzy search measured: equality with brute force, and CPU time beside other ways, on one memory.

    python benchmarks/tm_search.py --size 100000 --pairs real_pairs.tsv.gz --check 200
    python benchmarks/tm_search.py --size 1000000 --pairs real_pairs.tsv.gz --database big.db --peers rapidfuzz
    python benchmarks/tm_search.py --size 100000 --template

The memory is built by seed (:mod:`benchmarks.tm_data`). Queries are, a third each, stored segments, edited
ones, and splices without a match. Times are CPU milliseconds of one process, with a server's process added
where one answers.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

import tm.fuzzy.arrays as ways
from benchmarks import tm_peers
from benchmarks.tm_data import grown, load, queries, templates
from benchmarks.tm_postgres import server
from tm import store_search
from tm.fuzzy.keys import compare_keys
from tm.fuzzy.score import similarity_at
from tm.model import Segment, TranslationUnit
from tm.store import TranslationMemory

PEERS = "rapidfuzz,toolkit,tantivy,pg_trgm"


def timed(name: str, answer: Callable[[str], object], asked: Sequence[str], server_process: int | None = None) -> None:
    """Print median, 95th and 99th percentile of the CPU milliseconds an answer takes."""
    times = []
    for query in asked:
        theirs = tm_peers.ticks_of(server_process) if server_process else 0.0
        start = time.process_time_ns()
        answer(query)
        took = (time.process_time_ns() - start) / 1e6
        times.append(took + 1e3 * ((tm_peers.ticks_of(server_process) if server_process else 0.0) - theirs))
    times.sort()
    quantiles = "  ".join(f"{times[min(len(times) - 1, int(len(times) * q))]:9.3f}" for q in (0.5, 0.95, 0.99))
    mean = sum(times) / len(times)
    print(f"{name:<46}{quantiles}  {mean:9.3f}", flush=True)


class Oracle:
    """Brute force: the similarity of every distinct token sequence, by RapidFuzz's whole-number distances."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._ids: dict[str, int] = {}
        keys = list({compare_keys(text, "vi") for text in texts})
        self._keys = sorted(keys, key=len)
        self._coded = [self._code(key) for key in self._keys]
        self._lengths = np.array([len(key) for key in self._keys])

    def _code(self, keys: Sequence[str]) -> str:
        codes = [self._ids.setdefault(key, len(self._ids)) for key in keys]
        return "".join([chr(code if code < 0xD800 else code + 0x800) for code in codes])

    def scores(self, query: str, percent: int) -> list[int]:
        """Return the similarities from ``percent`` on, falling."""
        own = compare_keys(query, "vi")
        low, high = np.searchsorted(self._lengths, (-(-percent * len(own) // 100), 100 * len(own) // percent + 1))
        if low == high or not own:
            return []
        steps = cdist([self._code(own)], self._coded[low:high], scorer=Levenshtein.distance, dtype=np.int32)[0]
        longer = np.maximum(self._lengths[low:high], len(own))
        found = 100 * (longer - steps) // longer
        if len(own) <= 4:
            for place in np.flatnonzero((steps == 1) & (self._lengths[low:high] == len(own))).tolist():
                found[place] = similarity_at(1, own, self._keys[low + place])
        return sorted(found[found >= percent].tolist(), reverse=True)


def check(memory: TranslationMemory, oracle: Oracle, asked: Sequence[str]) -> None:
    """Compare the answers with brute force at cutoffs 50 to 95."""
    faults = answers = boundary = 0
    for query in asked:
        scores = oracle.scores(query, 50)
        for percent in range(50, 100, 5):
            wanted = [score for score in scores if score >= percent]
            found = sorted((hit.similarity for hit in memory.alike(query, "vi", percent)), reverse=True)
            faults += found != wanted
            answers += len(wanted)
            boundary += wanted.count(percent)
    print(
        f"equality with brute force: {len(asked)} queries × 10 cutoffs, {answers} answers, "
        f"{boundary} exactly on the cutoff, {faults} differences",
        flush=True,
    )


def measure(memory: TranslationMemory, asked: Sequence[str], checked: Sequence[str], texts: Sequence[str]) -> None:
    """Measure the ways of this library."""
    print(f"{'CPU milliseconds a look-up, cutoff 70':<46}{'median':>9}  {'p95':>9}  {'p99':>9}  {'mean':>9}")
    timed("exact look-up", lambda q: memory.alike(q, "vi", 100), asked)
    store_search.LOADED_AFTER = -1
    timed("postings in the database, like segments", lambda q: memory.alike(q, "vi", 70), asked[:50])
    installed = ways.numba_installed()
    oracle = Oracle(texts) if checked else None
    for compiled in (False, True) if installed else (False,):
        ways.numba_installed = lambda compiled=compiled: compiled
        name = "numba" if compiled else "numpy + RapidFuzz"
        start = time.process_time()
        memory.load("vi")
        print(f"{name}: index put in memory in {time.process_time() - start:.1f} s CPU")
        memory.search(asked[0])
        timed(f"{name}, like segments", lambda q: memory.alike(q, "vi", 70), asked)
        for number in (1, 2):
            timed(f"{name}, whole search, run {number}", memory.search, asked)
        if oracle:
            check(memory, oracle, checked)


def added(memory: TranslationMemory, asked: Sequence[str]) -> None:
    """Measure the adding of a unit, and the next search, which must see it."""
    times, seen = [], 0
    for number, query in enumerate(asked[:100]):
        text = f"{query} {number} mới"
        start = time.process_time_ns()
        memory.add(TranslationUnit(source=Segment("vi", text), target=Segment("en", f"new {number}"), memory="new"))
        times.append((time.process_time_ns() - start) / 1e6)
        seen += any(match.source.text == text for match in memory.search(text, "vi", 95))
    times.sort()
    print(f"adding a unit: median {times[50]:.2f} ms, p95 {times[95]:.2f} ms CPU; seen at once {seen} of 100")


def main() -> None:
    """Build the memory and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--pairs", help="a file of pairs; without it sentences are made from a template")
    parser.add_argument("--template", action="store_true", help="sentences made from a template")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--check", type=int, default=200, help="queries compared with brute force")
    parser.add_argument("--database", help="keep the memory here, or use the one that is here")
    parser.add_argument("--peers", default="", help=f"other ways to measure: {PEERS}")
    parser.add_argument("--peer-queries", type=int, default=60)
    chosen = parser.parse_args()
    if chosen.template or not chosen.pairs:
        pairs = [(text, f"sentence {number}") for number, text in enumerate(templates(chosen.size, chosen.seed))]
    else:
        pairs = load(chosen.pairs, chosen.seed)
    asked = queries(pairs[: chosen.size], chosen.queries, chosen.seed)
    checked = queries(pairs[: chosen.size], chosen.check, chosen.seed + 1) if chosen.check else []
    units = list(grown(pairs, chosen.size, chosen.seed))
    with tempfile.TemporaryDirectory() as folder:
        with TranslationMemory.open(chosen.database or f"{folder}/memory.db") as memory:
            if not len(memory):
                start = time.process_time()
                memory.import_units(TranslationUnit(source=Segment("vi", v), target=Segment("en", e)) for v, e in units)
                print(f"{len(memory)} units stored in {time.process_time() - start:.1f} s CPU")
            measure(memory, asked, checked, [text for text, _ in units])
            if not chosen.database:
                added(memory, asked)
        print(f"peak resident memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    if chosen.peers:
        others([text for text, _ in units], asked[: chosen.peer_queries], set(chosen.peers.split(",")))


def others(texts: Sequence[str], asked: Sequence[str], names: set[str]) -> None:
    """Measure other ways, and how often their best answer is truly the best."""
    words = tm_peers.Words(texts)
    best = [next(iter(tm_peers.rapidfuzz_words(words)(query)), 0) for query in asked]
    with server(None, tcp=False) if "pg_trgm" in names else nullcontext() as url:
        for title, answer, process in tm_peers.measured(texts, words, names, url):
            timed(title, answer, asked, process)
            own = [next(iter(answer(query)), 0) for query in asked]
            with_match = sum(1 for score in best if score)
            right = sum(1 for score, true in zip(own, best, strict=True) if true and score >= true)
            print(f"{'':<46}best match found: {right} of {with_match}")


if __name__ == "__main__":
    main()
