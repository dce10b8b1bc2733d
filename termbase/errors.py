"""The one family of errors that songngu raises.

::

    SongnguError
    ├── UsageError          wrong use of a call or command            exit 2
    ├── InputError          bad input, refused; holds its problems    exit 3
    │   └── FormatError     a file is not of the format it should be
    ├── StorageError        the database cannot be used               exit 4
    └── MissingExtraError   an optional package is not installed      exit 2

Every message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of an input: where it stands and what is wrong.

    ``line`` and ``column`` count from 1; ``None`` where they have no meaning. ``field`` names the
    column or element, ``entry`` the concept or unit.
    """

    message: str
    path: str = ""
    line: int | None = None
    column: int | None = None
    field: str = ""
    entry: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part not in ("", None))
        subject = f"{self.field}: " if self.field else ""
        return f"{place}: {subject}{self.message}" if place else f"{subject}{self.message}"


class SongnguError(Exception):
    """Base of all errors that songngu raises on purpose."""

    exit_code = 1


class UsageError(SongnguError):
    """A call or a command was used in a way that has no meaning."""

    exit_code = 2


class MissingExtraError(UsageError):
    """A feature needs an optional package that is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(f"{package} is not installed; run: pip install 'songngu[{extra}]'")


class InputError(SongnguError):
    """Input was refused; nothing was stored. ``problems`` lists what is wrong, in order."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        if isinstance(problems, str):
            problems = (Problem(message=problems),)
        self.problems = tuple(problems)
        more = len(self.problems) - 1
        tail = f" (and {more} more)" if more > 0 else ""
        super().__init__(f"{self.problems[0]}{tail}" if self.problems else "bad input")


class FormatError(InputError):
    """A file is not of the format it was taken for, or is damaged."""


class StorageError(SongnguError):
    """A database cannot be opened, read or written."""

    exit_code = 4
