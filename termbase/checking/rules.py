"""Which kinds of findings are made, and how grave each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from termbase.errors import InputError, Problem
from termbase.model import Severity

DEFAULTS: Mapping[str, Severity] = MappingProxyType(
    {
        "forbidden": Severity.ERROR,
        "number": Severity.ERROR,
        "date": Severity.ERROR,
        "legal-number": Severity.ERROR,
        "missing": Severity.WARNING,
        "deprecated": Severity.WARNING,
        "case": Severity.WARNING,
        "untranslated-abbreviation": Severity.WARNING,
        "untranslated": Severity.WARNING,
        "unpaired": Severity.WARNING,
        "repeated-word": Severity.WARNING,
        "inconsistent": Severity.NOTE,
        "mixed-profile": Severity.NOTE,
        "not-preferred": Severity.NOTE,
        "no-target": Severity.NOTE,
        "ambiguous": Severity.NOTE,
        "doubtful": Severity.NOTE,
        "spacing": Severity.NOTE,
        "length": Severity.NOTE,
    }
)
"""Every kind of finding with its usual severity."""

ORDER = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
"""Severities, least first."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The severity of each kind; a kind that is not in ``severities`` is switched off."""

    severities: Mapping[str, Severity] = field(default_factory=lambda: DEFAULTS)

    def of(self, kind: str) -> Severity | None:
        """Return the severity of a kind, ``None`` when it is off."""
        return self.severities.get(kind)


def at_least(severity: Severity, level: Severity) -> bool:
    """Whether ``severity`` is as grave as ``level``.

    >>> at_least(Severity.ERROR, Severity.WARNING), at_least(Severity.NOTE, Severity.WARNING)
    (True, False)
    """
    return ORDER.index(severity) >= ORDER.index(level)


def read_rules(text: str, path: str = "") -> Rules:
    """Read a rules file: ``kind = error``, ``warning``, ``note`` or ``off``, a line each; ``#`` begins a comment.

    Kinds that are not named keep their usual severity. Raises :class:`termbase.InputError` with every
    line that cannot be read.

    >>> rules = read_rules("case = off  # house style\\nmissing = error")
    >>> rules.of("case"), str(rules.of("missing")), str(rules.of("number"))
    (None, 'error', 'error')
    """
    severities = dict(DEFAULTS)
    problems = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        kind, _, word = (part.strip().lower() for part in line.partition("="))
        if kind not in DEFAULTS:
            problems.append(
                Problem(path=path, line=number, message=f"there is no kind {kind!r}; known: {', '.join(DEFAULTS)}")
            )
        elif word == "off":
            severities.pop(kind, None)
        elif word in set(Severity):
            severities[kind] = Severity(word)
        else:
            problems.append(Problem(path=path, line=number, message=f"{word!r} is none of error, warning, note, off"))
    if problems:
        raise InputError(problems)
    return Rules(MappingProxyType(severities))
