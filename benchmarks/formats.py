"""Speed of reading and writing glossaries: ``python benchmarks/formats.py [--rows N] [--commands]``.

Processor time on one core, best of three, beside the parser or writer alone that stands under each: what is
above that floor is ours. The tables read are made up here from the shipped glossaries. ``--commands`` also
runs ``songngu glossary export`` once for each format: start, loading, loss report and writing.
"""

from __future__ import annotations

import argparse
import csv
import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from termbase.bundled import load_bundled
from termbase.formats.registry import FORMATS, losses_of, read, write
from termbase.model import Concept

HEADERS = ("Tiếng Việt", "Tiếng Anh", "Lĩnh vực", "Ghi chú")


def best(work: Callable[[], object], runs: int = 3) -> float:
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def table(concepts: Iterable[Concept], rows: int) -> list[tuple[str, ...]]:
    pairs = [(vi.text, en.text, c) for c in concepts if (vi := c.preferred("vi")) and (en := c.preferred("en"))]
    chosen = [pairs[i % len(pairs)] for i in range(rows)]
    return [
        (f"{vi} {i}", f"{en} {i}", c.subject_field, c.note or f"ghi chú {i}") for i, (vi, en, c) in enumerate(chosen)
    ]


def workbook(rows: list[tuple[str, ...]]) -> bytes:
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADERS, *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return out.getvalue()


def calamine(data: bytes) -> object:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def bare_expat(data: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = lambda *_: None
    parser.Parse(data, True)


def reading(concepts: tuple[Concept, ...], count: int) -> None:
    rows = table(concepts, count)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADERS, *rows])
    plain = text.getvalue()
    tbx = BytesIO()
    write(read(BytesIO(plain.encode()), "table").concepts, tbx, "tbx-basic")
    cases = (
        ("xlsx", workbook(rows), calamine, "python-calamine"),
        ("table", plain.encode(), lambda data: list(csv.reader(io.StringIO(data.decode(), newline=""))), "csv"),
        ("tbx-basic", tbx.getvalue(), bare_expat, "bare expat"),
    )
    print(f"reading {count} rows or entries")
    for name, data, floor, title in cases:
        ours = best(lambda name=name, data=data: read(BytesIO(data), name))
        under = best(lambda floor=floor, data=data: floor(data))
        print(f"  {name:10} {ours:6.2f} s   {title} alone {under:5.2f} s   ratio {ours / under:4.1f}")


def writing(concepts: tuple[Concept, ...]) -> None:
    print(f"writing {len(concepts)} concepts")
    total = 0.0
    for name, spec in FORMATS.items():
        if spec.writes:
            spent = best(lambda name=name: write(concepts, BytesIO(), name))
            told = best(lambda name=name: losses_of(concepts, name), 1)
            total += spent
            print(f"  {name:14} {spent:5.2f} s   loss report {told:5.2f} s")
    print(f"  all formats    {total:5.2f} s")


def commands() -> None:
    """Time a process a format; the caches of the user are warm after the first."""
    root = Path(__file__).resolve().parents[1]
    names = [name for name, spec in FORMATS.items() if spec.writes]
    print("songngu glossary export, one process a format")
    spent = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in [names[0], *names]:
            words = [sys.executable, str(root / "cli.py"), "glossary", "export", str(Path(folder) / name), "--to", name]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(words, check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent[name] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    for name in names:
        print(f"  {name:14} {spent[name]:5.2f} s")
    print(f"  all formats    {sum(spent.values()):5.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000, help="rows of the tables to read")
    parser.add_argument("--commands", action="store_true", help="time the command for each format too")
    arguments = parser.parse_args()
    concepts = load_bundled()
    reading(concepts, arguments.rows)
    writing(concepts)
    if arguments.commands:
        commands()


if __name__ == "__main__":
    main()
