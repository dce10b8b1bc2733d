"""The plain look-up answered before Click is imported, which costs more than the look-up itself.

:func:`quick` answers ``[--db PATH] [--profile NAME] lookup QUERY… [-1] [-n N] [--lang vi|en] [--json|--jsonl]``
and nothing else.
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
    database: str | None = None
    profile: str | None = None


def parse(arguments: Sequence[str]) -> Request | None:
    """Return the request that the arguments make, ``None`` where the command proper must read them.

    >>> parse(["lookup", "SSCĐ", "-1"])
    Request(queries=('SSCĐ',), lang=None, limit=10, only=True, fmt='table', database=None, profile=None)
    >>> parse(["lookup", "--help"]), parse(["--debug", "lookup", "y"])
    (None, None)
    """
    request = Request(())
    rest = list(arguments)
    while len(rest) > 1 and rest[0] in ("--db", "--profile"):
        if rest.pop(0) == "--db":
            request = request._replace(database=rest.pop(0))
        else:
            request = request._replace(profile=rest.pop(0))
    if not rest or rest.pop(0) != "lookup":
        return None
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


def _or_named(given: str | None, variable: str) -> str | None:
    return (os.environ.get(f"SONGNGU_{variable}") if given is None else given) or None


def quick(arguments: Sequence[str]) -> int | None:
    """Answer a plain look-up and return its exit code; ``None`` when nothing was written.

    ``arguments`` are those behind the program's name; the standard streams are UTF-8 already.
    """
    request = parse(arguments)
    if request is None:
        return None
    from termbase.commands.lookup_answer import answer, default_indexes, missing, written

    try:
        indexes = default_indexes(_or_named(request.database, "DB"), _or_named(request.profile, "PROFILE"))
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
