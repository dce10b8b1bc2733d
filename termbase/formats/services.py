"""Glossaries of machine translation services and Weblate, each with its limits checked.

Limits are those of the services' own pages: DeepL (10 MiB, 1,024 bytes a text, no control characters,
a source once), Google Cloud Translation (10,485,760 bytes, 1,024 bytes a term), Amazon Translate (10 MB,
200 bytes a term, cells must not begin with ``= + - @``, sources by case), Azure Document Translation
(tab-separated, by case). What a limit keeps out is in the loss report, entry by entry. Weblate's CSV has the
columns of its documentation and no flags: those are in :mod:`termbase.formats.weblate_tbx`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from termbase.errors import InputError
from termbase.formats.base import FormatSpec, WriteOptions
from termbase.formats.guard import guarded
from termbase.formats.losses import Loss, left_out
from termbase.formats.losses import losses as field_losses
from termbase.formats.pairs import Pair, one_target, pairs_of
from termbase.model import Concept

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]").search
_MOST_BYTES = 4
"""Bytes that a character of UTF-8 takes at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Service:
    delimiter: str
    header: bool = False
    max_bytes: int = 0
    max_text: int = 0
    plain_start: bool = False
    one_target: bool = True
    by_case: bool = False


_SERVICES = {
    "deepl": _Service(delimiter="\t", max_bytes=10 * 2**20, max_text=1024),
    "google": _Service(delimiter=",", header=True, max_bytes=10_485_760, max_text=1024),
    "amazon": _Service(delimiter=",", header=True, max_bytes=10_485_760, max_text=200, plain_start=True, by_case=True),
    "azure": _Service(delimiter="\t", by_case=True),
    "weblate": _Service(delimiter=",", header=True, one_target=False),
}


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write the glossary for the service of ``options.variant``.

    Raises :class:`termbase.InputError` when the whole exceeds what the service takes.
    """
    service = _SERVICES[options.variant]
    pairs, _ = _pairs(concepts, service, options)
    text = io.StringIO(newline="")
    quoting_free = service.delimiter == "\t"
    writer = csv.writer(text, delimiter=service.delimiter, lineterminator="\n")
    if service.header:
        weblate = options.variant == "weblate"
        writer.writerow(_WEBLATE if weblate else (options.source, options.target))
    for pair in pairs:
        if quoting_free:
            # Tab-separated glossaries are not unquoted by the services.
            text.write(f"{pair.source.text}\t{pair.target.text}\n")
        elif options.variant == "weblate":
            writer.writerow(guarded(_weblate_row(pair)))
        else:
            writer.writerow([pair.source.text, pair.target.text])
    data = text.getvalue().encode("utf-8-sig" if options.bom else "utf-8")
    if service.max_bytes and len(data) > service.max_bytes:
        raise InputError(f"{options.variant} takes {service.max_bytes} bytes, this is {len(data)}; choose --field")
    stream.write(data)


_WEBLATE = ("location", "source", "target", "ID", "fuzzy", "context", "translator_comments", "developer_comments")


def _weblate_row(pair: Pair) -> tuple[str, ...]:
    return "", pair.source.text, pair.target.text, "", "", pair.concept.id, "", pair.concept.note


def losses(concepts: Sequence[Concept], spec: FormatSpec, options: WriteOptions) -> list[Loss]:
    """Return what the service cannot hold: fields, further targets of a source, texts beyond a limit."""
    _, lost = _pairs(concepts, _SERVICES[options.variant], options)
    unpaired = [concept for concept in concepts if not pairs_of(concept, options)]
    whole = [Loss(entry=concept.id, field="concept", message=left_out(concept)) for concept in unpaired]
    return field_losses(concepts, spec.holds) + whole + lost


def _pairs(concepts: Iterable[Concept], service: _Service, options: WriteOptions) -> tuple[list[Pair], list[Loss]]:
    lost: list[Loss] = []
    fitting: list[Pair] = []
    for pair in (pair for concept in concepts for pair in pairs_of(concept, options)):
        reason = _misfit(pair.source.text, service) or _misfit(pair.target.text, service)
        if reason:
            lost.append(Loss(entry=pair.concept.id, field="limit", message=reason))
        else:
            fitting.append(pair)
    if not service.one_target:
        return fitting, lost
    kept, more = one_target(fitting, options, by_case=service.by_case)
    return kept, lost + more


def _misfit(text: str, service: _Service) -> str:
    if _CONTROL(text):
        return f"{text!r} has a control character"
    if 0 < service.max_text < _MOST_BYTES * len(text) and len(text.encode()) > service.max_text:
        return f"“{text[:40]}…” is longer than {service.max_text} bytes"
    if service.plain_start and text.startswith(("=", "+", "-", "@")):
        return f"“{text}” begins with a character that is not allowed"
    return ""
