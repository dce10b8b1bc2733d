"""Searches a second by several worker processes on one PostgreSQL memory.

    python benchmarks/tm_postgres.py --pairs real_pairs.tsv.gz --size 1000000 --workers 2
    python benchmarks/tm_postgres.py --pairs real_pairs.tsv.gz --size 1000000 --folder /var/tmp/million
    python benchmarks/tm_postgres.py --url postgresql+psycopg://user@host/base --workers 2

Without ``--url`` a server of its own is started from the installed PostgreSQL, which the workers reach by its
socket in the file system, or with ``--tcp`` by loopback; ``--folder`` keeps its data for the next run. Every worker
puts the index in memory and then follows the change sequence of the database; while they search, the parent goes
on adding units, and each worker must find the last of them at its end.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.tm_data import grown, load, queries
from benchmarks.tm_peers import ticks_of
from tm.model import Segment, TranslationUnit
from tm.store import TranslationMemory

LAST = "Câu cuối cùng được thêm vào khi mọi người đang tìm."


@contextmanager
def server(kept: str | None, *, tcp: bool) -> Iterator[str]:
    """Start a server of our own, its data in the folder ``kept`` if there is one, and yield the URL of its database."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not places:
        sys.exit("no PostgreSQL under /usr/lib/postgresql; name a database by --url")
    binaries = places[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="songngu-bench-")) if kept is None else Path(kept).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    user: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        import pwd

        account = pwd.getpwnam("nobody")
        os.chown(folder, account.pw_uid, account.pw_gid)
        user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    data = folder / "data"

    def run(*command: object) -> None:
        subprocess.run([str(part) for part in command], check=True, cwd=folder, stdout=subprocess.DEVNULL, **user)

    if not data.exists():
        run(binaries / "initdb", "-D", data, "-U", "songngu", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c shared_buffers=512MB"
    )
    run(binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        address = f"127.0.0.1:{port}/postgres" if tcp else f"/postgres?host={folder}&port={port}"
        yield f"postgresql+psycopg://songngu@{address}"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "fast", "stop")
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def fill(url: str, pairs: list[tuple[str, str]], size: int, seed: int) -> None:
    with TranslationMemory.open(url) as memory:
        if not len(memory):
            start, cpu = time.perf_counter(), time.process_time()
            units = grown(pairs, size, seed)
            memory.import_units(TranslationUnit(source=Segment("vi", v), target=Segment("en", e)) for v, e in units)
            took = time.perf_counter() - start
            print(f"{len(memory)} units stored in {took:.0f} s wall, {time.process_time() - cpu:.0f} s CPU of ours")


def work(url: str, asked: list[str], ready: Any, go: Any, ended: Any, results: Any) -> None:
    """Search as one worker; runs in its own process."""
    with TranslationMemory.open(url) as memory:
        start = time.process_time()
        memory.load("vi")
        loading = time.process_time() - start
        for query in asked[:100]:
            memory.search(query)
        ready.release()
        go.wait()
        backend = memory._database.rows("SELECT pg_backend_pid()")[0][0]  # noqa: SLF001
        begun, own, served = time.perf_counter(), time.process_time(), ticks_of(backend)
        for query in asked:
            memory.search(query)
        took, own, served = time.perf_counter() - begun, time.process_time() - own, ticks_of(backend) - served
        ended.wait()
        seen = bool(memory.search(LAST, "vi", 100))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        results.put(Worked(len(asked), took, own, served, loading, peak, seen))


class Worked(NamedTuple):
    """What a worker did: seconds by the clock, of its own and of the server's process; peak of memory in MB."""

    searches: int
    clock: float
    own: float
    served: float
    loading: float
    peak: float
    seen: bool


def main() -> None:
    """Fill the memory and print the searches a second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url")
    parser.add_argument("--folder", help="where the data of a server of our own is kept for the next run")
    parser.add_argument("--tcp", action="store_true", help="reach the server of our own by loopback")
    parser.add_argument("--pairs")
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--queries", type=int, default=6000, help="of each worker")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    pairs = load(chosen.pairs, chosen.seed)
    with server(chosen.folder, tcp=chosen.tcp) if chosen.url is None else _given(chosen.url) as url:
        print(url, flush=True)
        fill(url, pairs, chosen.size, chosen.seed)
        for number in range(chosen.rounds):
            measure(url, pairs, chosen, number)


def measure(url: str, pairs: list[tuple[str, str]], chosen: argparse.Namespace, number: int) -> None:
    context = get_context("spawn")
    ready, go, ended, results = context.Semaphore(0), context.Event(), context.Event(), context.Queue()
    workers = [
        context.Process(
            target=work,
            args=(url, queries(pairs, chosen.queries, 100 * number + place), ready, go, ended, results),
        )
        for place in range(chosen.workers)
    ]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.acquire()
    go.set()
    with TranslationMemory.open(url) as memory:
        for count in range(20):
            memory.add(_unit(f"Câu mới thứ {chr(97 + count)} của lượt {number}."))
        memory.add(_unit(LAST))
    ended.set()
    found = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    searches = sum(each.searches for each in found)
    slowest = max(each.clock for each in found)
    own, served = (1000 * sum(part) / searches for part in zip(*((e.own, e.served) for e in found), strict=True))
    print(
        f"{len(found)} workers: {searches} searches in {slowest:.2f} s wall = {searches / slowest:.0f} a second; "
        f"{own:.3f} ms CPU of the worker and {served:.3f} of the server each, so that two free cores give "
        f"{2000 / (own + served):.0f}; loading {max(e.loading for e in found):.1f} s CPU, peak {max(e.peak for e in found):.0f} MB; "
        f"units added meanwhile seen by {sum(e.seen for e in found)} of {len(found)}",
        flush=True,
    )


def _unit(text: str) -> TranslationUnit:
    return TranslationUnit(source=Segment("vi", text), target=Segment("en", "x"))


@contextmanager
def _given(url: str) -> Iterator[str]:
    yield url


if __name__ == "__main__":
    main()
