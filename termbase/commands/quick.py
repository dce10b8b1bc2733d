"""The plain look-up answered before Click is imported, which costs more than the look-up itself.

:func:`quick` answers ``lookup QUERY… [-1] [-n N] [--lang vi|en] [--json|--jsonl]`` and nothing else.
Whatever it does not know, and every fault, it leaves to the command proper: the answers are the same.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NamedTuple
else:
    from termbase.light import NamedTuple


class Request(NamedTuple):
    """A look-up as the command line asks for it."""

    queries: tuple[str, ...]
    lang: str | None = None
    limit: int = 10
    only: bool = False
    fmt: str = "table"


def parse(arguments: Sequence[str]) -> Request | None:
    """Return the request that the arguments make, ``None`` where the command proper must read them.

    >>> parse(["lookup", "SSCĐ", "-1"])
    Request(queries=('SSCĐ',), lang=None, limit=10, only=True, fmt='table')
    >>> parse(["lookup", "--help"]), parse(["--db", "x", "lookup", "y"])
    (None, None)
    """
    if arguments[:1] != ["lookup"]:
        return None
    request = Request(())
    rest = list(arguments[1:])
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            request = request._replace(queries=(*request.queries, word))
        elif word == "-1":
            request = request._replace(only=True)
        elif word in ("--json", "--jsonl"):
            request = request._replace(fmt=word[2:])
        elif word == "--lang" and rest and rest[0] in ("vi", "en"):
            request = request._replace(lang=rest.pop(0))
        elif word == "-n" and rest and rest[0].isascii() and rest[0].isdigit() and int(rest[0]) > 0:
            request = request._replace(limit=int(rest.pop(0)))
        else:
            return None
    return request if request.queries else None


def quick(arguments: Sequence[str]) -> int | None:
    """Answer a plain look-up and return its exit code; ``None`` when nothing was written.

    ``arguments`` are those behind the program's name; the standard streams are UTF-8 already.
    """
    request = parse(arguments)
    if request is None:
        return None
    from termbase.commands.lookup_answer import answer, default_indexes, missing, written

    try:
        indexes = default_indexes(os.environ.get("SONGNGU_DB") or None, os.environ.get("SONGNGU_PROFILE") or None)
        limit = 1 if request.only else request.limit
        answers = [answer(indexes, query, lang=request.lang, limit=limit) for query in request.queries]
        text = written(answers, request.fmt, only=request.only)
        lines = missing(indexes, answers, lang=request.lang)
    except Exception:  # noqa: BLE001  # the command proper meets the same fault and tells it
        return None
    if not all(line.isprintable() for line in (*text.split("\n"), *lines)):
        return None
    if text:
        sys.stdout.write(text + "\n")
    if lines:
        sys.stderr.write("\n".join(lines) + "\n")
    return 0 if any(row["matches"] for row in answers) else 1
