"""Repair of whole files: every byte that is no rejected term stays as it is."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termbase.checking.documents import Document, line_of
from termbase.checking.located import Edit, LocatedPair
from termbase.fix import Change, FixOptions, fix
from termbase.model import Finding

if TYPE_CHECKING:
    from termbase.termbase import Termbase

_CONTEXT = 8
"""Pairs before a pair that may hold the full form of its short forms."""


@dataclass(frozen=True, slots=True)
class FileFix:
    """What a repair makes of a file.

    ``changes`` hold the number of the segment, its place, and the change, spans into the segment.
    ``refused`` says of each change that could not be made in the file why.
    """

    document: Document
    content: str
    changes: tuple[tuple[int, str, Change], ...]
    findings: tuple[Finding, ...]
    refused: tuple[str, ...]
    lines: tuple[tuple[int, str], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the file would change."""
        return bool(self.changes)

    def diff(self) -> str:
        """Return a unified diff in which each hunk names its reasons."""
        before, after = (text.splitlines(keepends=True) for text in (self.document.content, self.content))
        path = self.document.path
        rows = []
        for row in difflib.unified_diff(before, after, path, f"{path} (repaired)", n=0):
            line = row if row.endswith("\n") else row + "\n\\ No newline at end of file\n"
            rows.append(self._with_reasons(line) if line.startswith("@@") else line)
        return "".join(rows)

    def _with_reasons(self, heading: str) -> str:
        span = heading.split()[1][1:].split(",")
        first, count = int(span[0]), int(span[1]) if len(span) > 1 else 1
        reasons = [reason for line, reason in self.lines if first <= line < first + max(count, 1)]
        return heading.rstrip("\n") + " " + "; ".join(dict.fromkeys(reasons)) + "\n"


def fix_document(terms: Termbase, document: Document, options: FixOptions) -> FileFix:
    """Return the repaired content of a document; nothing is written.

    Confirmed translations are reported, never changed, and so is a term that an inline code parts.
    """
    edits: list[Edit] = []
    changes: list[tuple[int, str, Change]] = []
    findings: list[Finding] = []
    refused: list[str] = []
    lines: list[tuple[int, str]] = []
    for number, pair in enumerate(document.pairs):
        before = [(p.source or "", p.target.text) for p in document.pairs[max(0, number - _CONTEXT) : number]]
        result = fix(terms, pair.source, pair.target.text, context=before, options=options)
        findings += [replace(finding, segment=number) for finding in result.findings]
        for change in result.changes:
            edit = _edit(pair, change)
            if isinstance(edit, str):
                refused.append(f"{pair.name}: “{change.before}” is left: {edit}")
                continue
            edits.append(edit)
            line = line_of(document.content, edit.start)
            changes.append((number, pair.name if pair.source else f"line {line}", change))
            lines.append((line, change.reason))
    return FileFix(document, document.edited(edits), tuple(changes), tuple(findings), tuple(refused), tuple(lines))


def _edit(pair: LocatedPair, change: Change) -> Edit | str:
    if pair.confirmed:
        return "the translation is confirmed"
    place = pair.target.place(change.start, change.end)
    if place is None:
        return "an inline code or a line break of the file stands within"
    return Edit(*place, change.after)
