"""Findings that a person has accepted for good, kept beside the text.

An acceptance holds for one finding in one pair of segments and one version of the concept: when the text
or the term changes, the finding comes back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from termbase.errors import InputError, Problem
from termbase.model import Concept, Finding

SUFFIX = ".accepted.jsonl"


def version(concept: Concept | None) -> str:
    """Return a short mark that changes whenever the concept does; ``""`` without one."""
    return hashlib.sha256(repr(concept).encode()).hexdigest()[:12] if concept else ""


class Accepted:
    """The accepted findings of one text."""

    def __init__(self, rows: Iterable[dict[str, str]] = ()) -> None:
        self.rows = list(rows)
        self._known = {_key(row) for row in self.rows}

    @classmethod
    def read(cls, path: str) -> Accepted:
        """Return the findings accepted in a file; none when there is no file.

        Raises :class:`InputError` for a line that is no JSON object.
        """
        file = Path(path)
        if not file.exists():
            return cls()
        rows = []
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line) if line.strip() else None
            except json.JSONDecodeError as error:
                raise InputError([Problem(path=path, line=number, message=error.msg)]) from None
            if isinstance(row, dict):
                rows.append({str(name): str(value) for name, value in row.items()})
        return cls(rows)

    def without(
        self, findings: Iterable[Finding], pairs: Sequence[tuple[str, str]], concepts: dict[str, Concept]
    ) -> list[Finding]:
        """Return the findings that nobody has accepted."""
        return [f for f in findings if _key(_row(f, pairs[f.segment], concepts)) not in self._known]

    def add(
        self,
        findings: Iterable[Finding],
        pairs: Sequence[tuple[str, str]],
        concepts: dict[str, Concept],
        *,
        reason: str,
        when: str,
    ) -> int:
        """Accept findings, with a reason and a date; return how many were new."""
        count = 0
        for finding in findings:
            row = _row(finding, pairs[finding.segment], concepts)
            if _key(row) not in self._known:
                self._known.add(_key(row))
                self.rows.append({**row, "reason": reason, "when": when})
                count += 1
        return count

    def dump(self) -> str:
        """Return the file's text: one JSON object a line, sorted."""
        lines = sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in self.rows)
        return "".join(f"{line}\n" for line in lines)


def _row(finding: Finding, pair: tuple[str, str], concepts: dict[str, Concept]) -> dict[str, str]:
    return {
        "kind": finding.kind,
        "concept_id": finding.concept_id or "",
        "words": finding.target.text if finding.target else finding.source.text if finding.source else "",
        "source": pair[0],
        "target": pair[1],
        "version": version(concepts.get(finding.concept_id or "")),
    }


def _key(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in ("kind", "concept_id", "words", "source", "target", "version"))
