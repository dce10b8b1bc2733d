"""What ``songngu align`` does with one document pair, and with a list of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbase.commands.common import State, load_terms
from termbase.errors import InputError, Problem, SongnguError
from tm.documents import is_table, read_columns, read_document

if TYPE_CHECKING:
    from tm.align.model import AlignOptions
    from tm.align.output import UnitFields
    from tm.model import Alignment
    from tm.terms import TermSource

_MOST_UNITS = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How to align: the options of the command that bear on the result."""

    lines: bool = False
    encoding: str = ""
    terms: bool = True
    numbers: bool = True
    lexicon: bool = True
    learn: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a list: both documents, and the file that takes the result."""

    vi: str
    en: str
    target: str


def read_texts(vi: str, en: str, work: Work) -> tuple[str, str, bool]:
    """Return both texts, and whether each line is a segment; exchanged languages are put right, and said."""
    from termbase.text.language import detect_language

    if not en and is_table(vi):
        return (*read_columns(vi, work.encoding), True)
    if not en:
        raise click.UsageError("Missing argument 'EN': two documents, or one table with two columns.")
    first, second = read_document(vi, work.encoding), read_document(en, work.encoding)
    for path, text in ((vi, first), (en, second)):
        if not text.strip():
            click.echo(f"songngu: warning: {path} is empty; the sentences of the other text stay alone", err=True)
    if detect_language(first)[0] == "en" and detect_language(second)[0] == "vi":
        click.echo(f"songngu: warning: {vi} is English and {en} Vietnamese; exchanged them", err=True)
        first, second = second, first
    return first, second, work.lines


def options_for(state: State, work: Work, *, progress: bool = False) -> AlignOptions:
    """Return the options of the engine; with ``learn`` word pairs are learnt from the memory first."""
    from tm.align.lexicon import make_lexicon, shipped_lexicon
    from tm.align.model import AlignOptions

    lexicon = shipped_lexicon() if work.lexicon else make_lexicon([])
    pairs: dict[tuple[str, str], float] = {}
    if work.learn and state.database_exists:
        from tm.align.learn import learn_texts

        pairs = learn_texts(_memory_pairs(state), lexicon)
    shown = _Progress() if progress and sys.stderr.isatty() else None
    return AlignOptions(lexicon=lexicon, numbers=work.numbers, pairs=pairs, progress=shown)


def _memory_pairs(state: State) -> Iterator[tuple[str, str]]:
    from itertools import islice

    from tm.commands.common import open_memory

    with open_memory(state, reading=True) as memory:
        for unit in islice(memory.units(), _MOST_UNITS):
            texts = {unit.source.lang: unit.source.text, unit.target.lang: unit.target.text}
            if len(texts) == 2 and texts.keys() == {"vi", "en"}:
                yield texts["vi"], texts["en"]


class _Progress:
    """Shows the share of the work done on standard error, once it takes long."""

    def __init__(self) -> None:
        import time

        self._clock = time.monotonic
        self._last = self._clock() + 1.0

    def __call__(self, share: float) -> None:
        if share >= 1.0:
            click.echo("\r\x1b[K", err=True, nl=False)
        elif self._clock() - self._last > 0.2:
            self._last = self._clock()
            click.echo(f"\raligning … {share:4.0%}", err=True, nl=False)


def align_texts(texts: tuple[str, str], terms: TermSource | None, options: AlignOptions, *, lines: bool) -> Alignment:
    """Align two texts, by sentences or by lines."""
    from tm.align.engine import align, align_lines

    return (align_lines if lines else align)(*texts, terms, options=options)


# --- lists -------------------------------------------------------------------------------------


def read_list(path: str, folder: str, suffix: str) -> list[Pair]:
    """Return the pairs of a list: ``VI<TAB>EN`` a line, with a name for the result as a third column.

    Paths are taken from the list's folder. The result is named after the Vietnamese document otherwise.
    Raises :class:`~termbase.errors.InputError` with every bad line.
    """
    base = Path(path).parent if path != "-" else Path()
    pairs: list[Pair] = []
    problems: list[Problem] = []
    targets: set[str] = set()
    for number, line in enumerate(read_document(path).split("\n"), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.startswith("#"):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            problems.append(Problem(path=path, line=number, message="two paths with a tab between them are needed"))
            continue
        name = cells[2] if len(cells) > 2 and cells[2] else Path(cells[0]).name.removesuffix(".txt").removesuffix(".vi")
        target = str(Path(folder) / f"{name}{suffix}")
        if target in targets:
            problems.append(Problem(path=path, line=number, message=f"a line before this has the result {target} too"))
        targets.add(target)
        pairs.append(Pair(str(base / cells[0]), str(base / cells[1]), target))
    if problems:
        raise InputError(problems)
    return pairs


def is_done(pair: Pair) -> bool:
    """Whether the result is there and newer than both documents."""
    try:
        made = Path(pair.target).stat().st_mtime_ns
        return all(Path(path).stat().st_mtime_ns <= made for path in (pair.vi, pair.en))
    except OSError:
        return False


_worker: dict[str, Any] = {}


def _begin(state: State, work: Work, fields: UnitFields) -> None:
    """Load terms and word list once in each process."""
    terms = load_terms(state) if work.terms else None
    _worker.update(terms=terms, options=options_for(state, work), work=work, fields=fields)


def _one(pair: Pair) -> tuple[Pair, int, str]:
    """Align one pair; return the number of its sentence pairs, or what went wrong."""
    from dataclasses import replace

    from tm.align.render import write_alignment

    try:
        *texts, lines = read_texts(pair.vi, pair.en, _worker["work"])
        alignment = align_texts((texts[0], texts[1]), _worker["terms"], _worker["options"], lines=lines)
        write_alignment(alignment, pair.target, replace(_worker["fields"], document=Path(pair.vi).name))
        return pair, len(alignment.pairs()), ""
    except (SongnguError, OSError) as error:
        return pair, 0, str(error)


def align_list(
    pairs: Sequence[Pair], state: State, work: Work, fields: UnitFields, jobs: int
) -> Iterator[tuple[Pair, int, str]]:
    """Align the pairs in ``jobs`` processes and yield each outcome as it is there."""
    if jobs == 1:
        _begin(state, work, fields)
        yield from map(_one, pairs)
        return
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(state, work, fields)) as pool:
        waiting: set[Future[tuple[Pair, int, str]]] = {pool.submit(_one, pair) for pair in pairs}
        while waiting:
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ready:
                yield future.result()
