"""Moses: two files of equal length, a segment a line, as training of translation systems takes them.

Tokenised, English is cut as sacremoses does, Vietnamese into the words of underthesea with their syllables
joined by ``_``, as Vietnamese models are trained on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from termbase.errors import FormatError, InputError, Problem, UsageError
from tm.formats.base import ReadOptions, WriteOptions
from tm.formats.decoding import text_of
from tm.formats.registry import replacing
from tm.model import Segment, TranslationUnit
from tm.outcome import Remark


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield the pairs of a file ``NAME.vi`` or ``NAME.en`` and the other one beside it.

    Raises :class:`~termbase.errors.FormatError` when they have not the same number of lines.
    """
    stem, lang = _parts(options.path)
    other = "en" if lang == "vi" else "vi"
    try:
        beside = Path(f"{stem}.{other}").read_bytes()
    except OSError as error:
        raise InputError([Problem(path=f"{stem}.{other}", message=error.strerror or str(error))]) from None
    files = {lang: _lines(stream.read(), options), other: _lines(beside, replace(options, path=f"{stem}.{other}"))}
    source, target = options.source, options.target
    for number, (first, second) in enumerate(zip_longest(files[source], files[target]), 1):
        if first is None or second is None:
            message = f"{stem}.vi has {len(files['vi'])} lines, {stem}.en has {len(files['en'])}"
            raise FormatError([Problem(path=options.path, line=number, message=message)])
        if first.strip() and second.strip():
            yield TranslationUnit(source=Segment(source, first.strip()), target=Segment(target, second.strip()))
        else:
            yield Remark(Problem(path=options.path, line=number, message="one side is empty"))


def _lines(data: bytes, options: ReadOptions) -> list[str]:
    lines = text_of(data, options).split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [line.rstrip("\r") for line in lines]


def _parts(path: str) -> tuple[str, str]:
    stem, _, suffix = path.rpartition(".")
    if suffix.lower() not in ("vi", "en") or not stem:
        raise UsageError(f"{path}: a Moses pair is named NAME.vi and NAME.en; give one of them")
    return stem, suffix.lower()


def write_files(units: Iterable[TranslationUnit], path: str, options: WriteOptions) -> int:
    """Write ``NAME.vi`` and ``NAME.en`` for the path ``NAME`` (or either file), and return the pairs' number."""
    stem = path.rpartition(".")[0] if path.lower().endswith((".vi", ".en")) else path
    count = 0
    with replacing(Path(f"{stem}.vi")) as vi, replacing(Path(f"{stem}.en")) as en:
        for unit in units:
            for segment in (unit.source, unit.target):
                stream = vi if segment.lang == "vi" else en
                stream.write(_line(segment, options).encode("utf-8", "replace") + b"\n")
            count += 1
    return count


def _line(segment: Segment, options: WriteOptions) -> str:
    text = " ".join(segment.text.split())
    if not options.tokenize:
        return text
    from termbase.text.words import moses_tokenize
    from termbase.text.words import segment as words_of

    if segment.lang == "vi":
        return " ".join("_".join(word.text.split()) for word in words_of(text))
    return " ".join(moses_tokenize(text, segment.lang))
