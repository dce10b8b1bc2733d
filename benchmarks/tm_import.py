"""The reading and importing of a large TMX file, each step in a process of its own, beside bare expat.

    python benchmarks/tm_import.py --size 500000 --pairs real_pairs.tsv.gz
    python benchmarks/tm_import.py --size 4000000 --pairs real_pairs.tsv.gz --read-only

The file is built by seed as the memory of tm_search.py is. *Bare expat* keeps the texts and languages of each
unit and makes nothing of them; *reading* makes units; *storage* imports the same pairs from a plain file of
lines, so that an import should cost about reading and storage together. Times are CPU seconds of
the process, the best of the rounds; memory is its peak.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))


def bare(path: str) -> int:
    """Parse with expat, keeping texts; return the number of units."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    units, inside = 0, False
    text: list[str] = []
    sides: list[tuple[str, str]] = []
    lang = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, lang
        if name == "seg":
            inside = True
            text.clear()
        elif name == "tuv":
            lang = attributes.get("xml:lang", "")
        elif name == "tu":
            sides.clear()

    def end(name: str) -> None:
        nonlocal inside, units
        if name == "seg":
            inside = False
            sides.append((lang, "".join(text)))
        elif name == "tu":
            units += len(sides) == 2

    def words(data: str) -> None:
        if inside:
            text.append(data)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    with Path(path).open("rb") as file:
        parser.ParseFile(file)
    return units


def reading(path: str) -> int:
    """Read all units of the file."""
    from tm.formats import registry

    return sum(1 for _ in registry.read(path))


def storage(path: str) -> int:
    """Import the pairs of a plain file of lines."""
    from tm.formats.tmx_plain import pair
    from tm.model import Segment
    from tm.store import TranslationMemory

    units = (pair(Segment("vi", vi), Segment("en", en)) for vi, en in lines(f"{path}.tsv"))
    with tempfile.TemporaryDirectory() as folder, TranslationMemory.open(f"{folder}/m.db") as memory:
        return memory.import_units(units).created


def lines(path: str) -> Iterator[list[str]]:
    """Yield the pairs of a plain file."""
    with Path(path).open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1].split("\t")


def importing(path: str) -> int:
    """Import the file into a new memory."""
    from tm.formats import registry
    from tm.store import TranslationMemory

    with tempfile.TemporaryDirectory() as folder, TranslationMemory.open(f"{folder}/m.db") as memory:
        return memory.import_units(registry.read(path)).created


STEPS = {"bare expat": bare, "reading": reading, "storage": storage, "import": importing}


def measured(step: str, path: str) -> dict[str, float]:
    """Run a step in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--step", step, path], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def run_step(step: str, path: str) -> None:
    """Print what a step took."""
    start = time.process_time()
    units = STEPS[step](path)
    taken = time.process_time() - start
    peak = peak_memory()
    print(json.dumps({"units": units, "seconds": taken, "peak": peak}))


def peak_memory() -> float:
    """Return the peak in MiB; Linux counts the parent's in ``ru_maxrss``."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make(path: Path, size: int, pairs_file: str | None) -> None:
    """Write the file of pairs, as TMX and as lines, unless it is there."""
    import tm_search

    from tm.formats import registry
    from tm.model import Segment, TranslationUnit

    if path.exists():
        return
    pairs = tm_search.load(pairs_file, 7)
    with Path(f"{path}.tsv").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{vi}\t{en}\n" for vi, en in tm_search.grown(pairs, size, 7))
    units = (TranslationUnit(source=Segment("vi", v), target=Segment("en", e)) for v, e in lines(f"{path}.tsv"))
    registry.write(units, str(path), "tmx")


def main() -> None:
    """Build the file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--pairs", help="a file of pairs; without it sentences are invented")
    parser.add_argument("--folder", help="keep the file here, or use the one that is here")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--read-only", action="store_true")
    parser.add_argument("--step", choices=list(STEPS), help=argparse.SUPPRESS)
    parser.add_argument("path", nargs="?", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.step:
        run_step(chosen.step, chosen.path)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(chosen.folder or folder) / f"import{chosen.size}.tmx"
        make(path, chosen.size, chosen.pairs)
        print(f"{path.stat().st_size / 2**20:.0f} MiB")
        steps = list(STEPS)[: 2 if chosen.read_only else None]
        found: dict[str, list[dict[str, float]]] = {step: [] for step in steps}
        for _ in range(chosen.rounds):  # by turns, so that a busy machine troubles all alike
            for step in steps:
                found[step].append(measured(step, str(path)))
        base = min(result["seconds"] for result in found["bare expat"])
        for step, results in found.items():
            least = min(result["seconds"] for result in results)
            peak = max(result["peak"] for result in results)
            units = int(results[0]["units"])
            print(f"{step:<12}{units:>9} units {least:8.2f} s  {least / base:6.2f} × bare expat  peak {peak:5.0f} MB")


if __name__ == "__main__":
    main()
