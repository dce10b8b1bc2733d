"""Searches a second by several worker processes on one PostgreSQL memory.

    python benchmarks/tm_postgres.py --pairs real_pairs.tsv.gz --size 1000000 --workers 2
    python benchmarks/tm_postgres.py --url postgresql+psycopg://user@host/base --workers 2

Without ``--url`` a server of its own is started on loopback from the installed PostgreSQL. Every worker puts
the index in memory and then follows the change sequence of the database; while they search, the parent goes
on adding units, and each worker must find the last of them at its end.
"""

from __future__ import annotations

import argparse
import os
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
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.tm_data import grown, load, queries
from benchmarks.tm_peers import ticks_of
from tm.model import Segment, TranslationUnit
from tm.store import TranslationMemory

LAST = "Câu cuối cùng được thêm vào khi mọi người đang tìm."


@contextmanager
def server() -> Iterator[str]:
    """Start a server of our own and yield the URL of its database."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not places:
        sys.exit("no PostgreSQL under /usr/lib/postgresql; name a database by --url")
    binaries = places[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="songngu-bench-"))
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

    run(binaries / "initdb", "-D", data, "-U", "songngu", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c shared_buffers=512MB"
    )
    run(binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield f"postgresql+psycopg://songngu@127.0.0.1:{port}/postgres"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "fast", "stop")
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
        backend = memory._searcher._database.rows("SELECT pg_backend_pid()")[0][0]  # noqa: SLF001
        begun, cpu = time.perf_counter(), time.process_time() + ticks_of(backend)
        for query in asked:
            memory.search(query)
        took, cpu = time.perf_counter() - begun, time.process_time() + ticks_of(backend) - cpu
        ended.wait()
        seen = bool(memory.search(LAST, "vi", 100))
        results.put((len(asked), took, cpu, loading, seen))


def main() -> None:
    """Fill the memory and print the searches a second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url")
    parser.add_argument("--pairs")
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--queries", type=int, default=6000, help="of each worker")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    pairs = load(chosen.pairs, chosen.seed)
    with server() if chosen.url is None else _given(chosen.url) as url:
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
    searches = sum(row[0] for row in found)
    slowest = max(row[1] for row in found)
    cpu = sum(row[2] for row in found) / searches * 1000
    print(
        f"{len(found)} workers: {searches} searches in {slowest:.2f} s wall = {searches / slowest:.0f} a second; "
        f"{cpu:.3f} ms CPU each, worker and server, so that two free cores give {2000 / cpu:.0f}; loading {max(row[3] for row in found):.1f} s CPU; "
        f"units added meanwhile seen by {sum(row[4] for row in found)} of {len(found)}",
        flush=True,
    )


def _unit(text: str) -> TranslationUnit:
    return TranslationUnit(source=Segment("vi", text), target=Segment("en", "x"))


@contextmanager
def _given(url: str) -> Iterator[str]:
    yield url


if __name__ == "__main__":
    main()
