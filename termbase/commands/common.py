"""What all commands share: their state, reading of input, and writing of answers.

A command declares its options, calls the library once, and hands the values to :func:`emit`.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from termbase.errors import InputError, Problem, SongnguError

if TYPE_CHECKING:
    from termbase.model import Concept
    from termbase.termbase import Termbase

FORMATS = ("table", "json", "jsonl", "tsv", "csv")
Row = Mapping[str, Any]
Columns = Mapping[str, Callable[[Any], object]]
_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class State:
    """The options of the root command."""

    db: str | None = None
    glossaries: tuple[str, ...] = ()
    profile: str | None = None
    debug: bool = False

    @property
    def database(self) -> str:
        """The database named by ``--db`` or ``SONGNGU_DB``, or the default in the user's data folder."""
        if self.db:
            return self.db
        from platformdirs import user_data_path

        return str(user_data_path("songngu", appauthor=False) / "songngu.db")

    @property
    def database_exists(self) -> bool:
        """Whether there is a database to read: named by URL, or a file that is there."""
        return "://" in self.database or Path(self.database).is_file()


pass_state = click.make_pass_decorator(State, ensure=True)


class Failure(click.ClickException):
    """An expected error, shown as one line."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # Click reads it from the instance

    def show(self, file: Any = None) -> None:
        """Write ``songngu: message`` to standard error."""
        click.echo(f"songngu: {visible(self.format_message())}", file=file, err=file is None)


def failure_of(error: Exception) -> Failure | None:
    """Return the one-line failure for an error a user can cause, ``None`` for a fault of ours."""
    if isinstance(error, SongnguError):
        return Failure(str(error), error.exit_code)
    if isinstance(error, BrokenPipeError):
        return None
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        return Failure(f"{name}{error.strerror or error}", 3)
    if isinstance(error, UnicodeDecodeError):
        return Failure(f"not UTF-8: byte {error.object[error.start]:#04x} at offset {error.start}", 3)
    return None


def output_options(command: _Command) -> _Command:
    """Add ``--format``, ``--json`` and ``--jsonl``; the command receives the choice as ``fmt``."""
    command = click.option("--jsonl", "fmt", flag_value="jsonl", help="Short for --format jsonl.")(command)
    command = click.option("--json", "fmt", flag_value="json", help="Short for --format json.")(command)
    return click.option("--format", "fmt", type=click.Choice(FORMATS), default="table", help="Output format.")(command)


def visible(text: str) -> str:
    """Return ``text`` with control characters shown instead of obeyed by the terminal.

    >>> visible("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") else f"\\x{ord(c):02x}" for c in text
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(_cell(item) for item in value)
    return str(value)


def emit(rows: Iterable[Any], fmt: str, columns: Columns, render: Callable[[Any], str] | None = None) -> None:
    """Write ``rows`` to standard output in the format chosen.

    ``rows`` are JSON-ready values. ``columns`` maps a heading to what it shows of a row, for ``tsv``,
    ``csv`` and ``table``; with ``render`` a table is the rendered text of each row instead.
    """
    if fmt == "json":
        click.echo(dump(list(rows), indent=2))
    elif fmt == "jsonl":
        for row in rows:
            click.echo(dump(row))
    elif fmt in ("tsv", "csv"):
        _emit_separated(rows, fmt, columns)
    elif render is not None:
        for row in rows:
            click.echo(visible(render(row)))
    else:
        click.echo(visible(table(list(columns), [[_cell(get(row)) for get in columns.values()] for row in rows])))


def emit_object(value: Any, fmt: str, rows: Iterable[Any], columns: Columns, render: Callable[[Any], str]) -> None:
    """Write one value: as JSON whole, as ``tsv`` or ``csv`` by its ``rows``, as a table by ``render``."""
    if fmt in ("json", "jsonl"):
        click.echo(dump(value, indent=2 if fmt == "json" else None))
    elif fmt in ("tsv", "csv"):
        _emit_separated(rows, fmt, columns)
    else:
        click.echo(visible(render(value)))


def dump(value: Any, indent: int | None = None) -> str:
    """Return ``value`` as JSON text with Vietnamese letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _emit_separated(rows: Iterable[Any], fmt: str, columns: Columns) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t" if fmt == "tsv" else ",", lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = [_cell(get(row)) for get in columns.values()]
        writer.writerow([" ".join(cell.split()) for cell in cells] if fmt == "tsv" else cells)
    click.echo(buffer.getvalue(), nl=False)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return an aligned plain-text table.

    >>> print(table(["id", "n"], [["a", "10"], ["bcd", "2"]]))
    id   n
    a    10
    bcd  2
    """
    cells = [[" ".join(cell.split()) for cell in row] for row in [list(headings), *rows]]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(headings))]
    lines = (
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    """Return the number of terminal columns, as far as Vietnamese and English need it."""
    return sum(1 for char in text if not unicodedata.combining(char))


def read_text(path: str) -> str:
    """Return the text of a UTF-8 file, or of standard input for ``-``; a byte order mark is dropped.

    Line ends become ``\\n``. Raises :class:`InputError` for a missing file or bytes that are not UTF-8.
    """
    return "\n".join(read_text_exact(path).replace("\r\n", "\n").split("\r"))


def read_text_exact(path: str) -> str:
    """Return the text as :func:`read_text` does, with its line ends as they stand."""
    data = _read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "not UTF-8; convert it first: songngu text decode --from ENCODING"
        raise InputError([Problem(path=_name(path), line=line, message=message)]) from None


def _read_bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError([Problem(path=path, message=error.strerror or str(error))]) from None


def _name(path: str) -> str:
    return "standard input" if path == "-" else path


def read_lines(path: str) -> Iterator[str]:
    """Yield the lines of a UTF-8 file or of standard input (``-``), as they come, without line ends."""
    if path != "-":
        yield from read_text(path).splitlines()
        return
    for number, raw in enumerate(sys.stdin.buffer, 1):
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise InputError([Problem(path="standard input", line=number, message="not UTF-8")]) from None
        yield text.rstrip("\r\n")


def jsonl_loop(answer: Callable[[Any], Row], *, parse: bool, path: str = "-") -> bool:
    """Answer each line of standard input, or of a file, with one JSON line, in order and at once.

    With ``parse`` a line is read as JSON first. A line that cannot be read or answered is answered
    with ``{"error": message}``; how many there were is told on standard error. Returns whether every
    line was answered.
    """
    bad = count = 0
    for row, fine in jsonl_answers(answer, parse=parse, path=path):
        count += 1
        bad += not fine
        click.echo(dump(row))
        sys.stdout.flush()
    if bad:
        click.echo(f"songngu: {bad} of {count} lines could not be answered", err=True)
    return not bad


def jsonl_answers(answer: Callable[[Any], Row], *, parse: bool, path: str = "-") -> Iterator[tuple[Row, bool]]:
    """Yield the answer to each line, and whether it could be answered; see :func:`jsonl_loop`."""
    for number, raw in enumerate(_raw_lines(path), 1):
        encoding = "utf-8-sig" if number == 1 else "utf-8"
        row, message = _answered(answer, raw, encoding, parse=parse)
        yield ({"error": f"line {number}: {message}"}, False) if row is None else (row, True)


def _answered(answer: Callable[[Any], Row], raw: bytes, encoding: str, *, parse: bool) -> tuple[Row | None, str]:
    """Return the answer to a line, or ``None`` and why there is none."""
    try:
        text = raw.decode(encoding).rstrip("\r\n")
        return answer(json.loads(text) if parse else text), ""
    except (UnicodeDecodeError, json.JSONDecodeError, SongnguError, RecursionError) as error:
        return None, str(error)


def _raw_lines(path: str) -> Iterable[bytes]:
    return sys.stdin.buffer if path == "-" else io.BytesIO(_read_bytes(path))


def warn(problems: Iterable[Problem]) -> None:
    """Write findings about content to standard error, a line each."""
    for problem in problems:
        click.echo(visible(f"songngu: warning: {problem}"), err=True)


def load_concepts(state: State) -> tuple[Concept, ...]:
    """Return the concepts of the glossaries chosen, or of the default set.

    The default set is all shipped glossaries and the user's own terms.
    """
    from termbase.bundled import bundled_files, load_bundled, overlay

    if not state.glossaries:
        own: tuple[Concept, ...] = ()
        if state.database_exists:
            from termbase.store import TermStore

            with TermStore.open(state.database) as store:
                own = tuple(store.concepts())
        return overlay(load_bundled(), own)
    from termbase.formats.registry import read

    shipped = {path.stem for path in bundled_files()}
    concepts: list[Concept] = []
    for name in state.glossaries:
        if name in shipped and not Path(name).exists():
            concepts.extend(concept for concept in load_bundled() if concept.glossary == name)
            continue
        result = read(name)
        warn(result.problems)
        concepts.extend(result.concepts)
    return tuple(concepts)


def load_terms(state: State) -> Termbase:
    """Return the termbase that the root options choose."""
    from termbase.termbase import Termbase

    return Termbase.from_concepts(load_concepts(state), profile=state.profile)
