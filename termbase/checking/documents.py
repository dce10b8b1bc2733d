"""Reading the files that are checked and repaired: two texts, or one file of pairs."""

from __future__ import annotations

from pathlib import Path

from termbase.checking.located import LocatedPair, pairs_of_lines
from termbase.errors import InputError, Problem, UsageError


def read_content(path: str) -> str:
    """Return the content of a UTF-8 file to the letter, line ends and byte order mark included.

    Raises :class:`InputError` when it cannot be read or is not UTF-8.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError([Problem(path=path, message=error.strerror or str(error))]) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError([Problem(path=path, line=line, message="not UTF-8")]) from None


def read_two_texts(source: str, target: str) -> list[LocatedPair]:
    """Return the pairs of two texts of as many paragraphs, a line each."""
    left, right = read_content(source), read_content(target)
    try:
        return pairs_of_lines(left.removeprefix("\ufeff").splitlines(), right)
    except ValueError as error:
        message = f"{error}; align them first: songngu align {source} {target} --tmx FILE"
        raise InputError([Problem(path=target, message=message)]) from None


def read_bitext(path: str, langs: tuple[str, str]) -> list[LocatedPair]:
    """Return the pairs of a TSV, CSV, TMX, XLIFF or PO file, by its suffix."""
    suffix = Path(path).suffix.lower()
    content = read_content(path)
    if suffix in (".tsv", ".tab", ".csv"):
        from termbase.checking.located_table import read_table

        return read_table(content, path, langs)
    raise UsageError(f"{path}: pairs are read from .tsv, .csv, .tmx, .xlf, .xliff and .po files")
