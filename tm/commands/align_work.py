"""What ``songngu align`` does with one document pair, and with a list of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbase.commands.common import State, load_terms
from termbase.errors import InputError, Problem, SongnguError, UsageError
from tm.documents import is_table, read_columns, read_document

if TYPE_CHECKING:
    from tm.align.model import AlignOptions
    from tm.align.output import UnitFields
    from tm.model import Alignment
    from tm.terms import TermSource

_MOST_UNITS = 30_000
_MUCH_MOJIBAKE = 5
_LOOKED_AT = 200_000
_DEAD = "the process was ended, perhaps for want of memory; run again with --jobs 1"


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
    for path in (vi, en):
        if is_table(path):
            raise UsageError(f"{path} is a table, which holds both sides: give it alone")
    if vi == en == "-":
        raise UsageError("only one of the documents can come from standard input")
    first, second = read_document(vi, work.encoding), read_document(en, work.encoding, lenient=True)
    for path, text in ((vi, first), (en, second)):
        if not text.strip():
            click.echo(f"songngu: warning: {path} is empty; the sentences of the other text stay alone", err=True)
    langs = detect_language(first)[0], detect_language(second)[0]
    if langs == ("en", "vi"):
        click.echo(f"songngu: warning: {vi} is English and {en} Vietnamese; exchanged them", err=True)
        return second, first, work.lines
    if langs[0] and langs[0] == langs[1]:
        name = {"vi": "Vietnamese", "en": "English"}[langs[0]]
        click.echo(f"songngu: warning: {vi} and {en} are both {name}", err=True)
    _warn_of_mojibake(vi, first)
    return first, second, work.lines


def _warn_of_mojibake(path: str, text: str) -> None:
    """Say so when a text was typed in the fonts of an old encoding, or decoded in a wrong one."""
    from termbase.text.encodings import find_mojibake

    found = find_mojibake(text[:_LOOKED_AT])
    if len(found) < _MUCH_MOJIBAKE:
        return
    name = found[0].encoding
    if name == "utf-8":
        fault = f"seems damaged: UTF-8 was read as another encoding (“{found[0].text}”)"
    else:
        fault = f"seems to be {name} saved as Unicode: try --encoding {name}"
    click.echo(f"songngu: warning: {path} {fault}", err=True)


def options_for(state: State, work: Work, *, progress: bool = False) -> AlignOptions:
    """Return the options of the engine; with ``learn`` word pairs are learnt from the memory first."""
    from tm.align.lexicon import make_lexicon, shipped_lexicon
    from tm.align.model import AlignOptions

    lexicon = shipped_lexicon() if work.lexicon else make_lexicon([])
    pairs: dict[tuple[str, str], float] = {}
    if work.learn and state.database_exists:
        from tm.align.learn import learn_texts

        pairs = learn_texts(_memory_pairs(state), lexicon)
    shown = _Progress(terminal=sys.stderr.isatty()) if progress else None
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
    """Shows the share of the work done on standard error, once it takes long; a log gets a line now and then."""

    def __init__(self, *, terminal: bool) -> None:
        import time

        self._clock = time.monotonic
        self._terminal = terminal
        self._pause = 0.2 if terminal else 10.0
        self._last = self._clock() + (1.0 if terminal else 0.0)

    def __call__(self, share: float) -> None:
        if share >= 1.0:
            if self._terminal:
                click.echo("\r\x1b[K", err=True, nl=False)
        elif self._clock() - self._last > self._pause:
            self._last = self._clock()
            start = "\r" if self._terminal else ""
            click.echo(f"{start}aligning … {share:4.0%}", err=True, nl=not self._terminal)


def align_texts(texts: tuple[str, str], terms: TermSource | None, options: AlignOptions, *, lines: bool) -> Alignment:
    """Align two texts, by sentences or by lines."""
    from tm.align.engine import align, align_lines

    return (align_lines if lines else align)(*texts, terms, options=options)


# --- lists -------------------------------------------------------------------------------------


def read_list(path: str, folder: str, suffix: str) -> list[Pair]:
    """Return the pairs of a list: ``VI<TAB>EN`` a line, with a name for the result as a third column.

    A table that holds both sides stands alone, the second column empty.

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
        cells += [""] * (2 - len(cells))
        if not cells[0] or not (cells[1] or is_table(cells[0])):
            problems.append(Problem(path=path, line=number, message="two paths with a tab between them are needed"))
            continue
        name = cells[2] if len(cells) > 2 and cells[2] else Path(cells[0]).name.removesuffix(".txt").removesuffix(".vi")
        target = str(Path(folder) / f"{name}{suffix}")
        if target in targets:
            problems.append(Problem(path=path, line=number, message=f"a line before this has the result {target} too"))
        targets.add(target)
        pairs.append(Pair(str(base / cells[0]), str(base / cells[1]) if cells[1] else "", target))
    if problems:
        raise InputError(problems)
    return pairs


def is_done(pair: Pair) -> bool:
    """Whether the result is there and newer than both documents."""
    try:
        made = Path(pair.target).stat().st_mtime_ns
        return all(Path(path).stat().st_mtime_ns <= made for path in (pair.vi, pair.en) if path)
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
    except Exception as error:  # noqa: BLE001 - one bad pair must not end a run over thousands
        return pair, 0, f"{type(error).__name__}: {error}"


def align_list(
    pairs: Sequence[Pair], state: State, work: Work, fields: UnitFields, jobs: int
) -> Iterator[tuple[Pair, int, str]]:
    """Align the pairs in ``jobs`` processes and yield each outcome as it is there."""
    if jobs == 1:
        _begin(state, work, fields)
        yield from map(_one, pairs)
        return
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(state, work, fields)) as pool:
        futures = {pool.submit(_one, pair): pair for pair in pairs}
        for future in as_completed(futures):
            dead = isinstance(future.exception(), BrokenProcessPool)
            yield (futures[future], 0, _DEAD) if dead else future.result()
