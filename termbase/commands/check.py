"""``songngu check``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbase.commands.common import State, emit, jsonl_loop, load_terms, output_options, pass_state, read_text

if TYPE_CHECKING:
    from termbase.check import CheckOptions
    from termbase.checking.documents import Document
    from termbase.checking.rules import Rules
    from termbase.model import Finding, Span
    from termbase.termbase import Termbase

SUFFIX = ".accepted.jsonl"
_COLUMNS = {
    "place": lambda row: row["place"],
    "severity": lambda row: row["severity"],
    "kind": lambda row: row["kind"],
    "source": lambda row: (row["source"] or {}).get("text"),
    "target": lambda row: (row["target"] or {}).get("text"),
    "proposal": lambda row: (row["fix"] or {}).get("text"),
    "message": lambda row: row["message"],
    "concept": lambda row: row["concept_id"],
}


@click.command()
@click.argument("files", metavar="SRC TGT | FILE | -", nargs=-1, required=True)
@click.option("--source-lang", type=click.Choice(["vi", "en"]), default="vi", help="Language of the source (vi).")
@click.option("--rules", metavar="FILE", help="Severities: lines such as 'case = off', 'missing = error'.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    help="Exit with 1 when a finding is this grave (error).",
)
@click.option("--no-word-check", is_flag=True, help="Do not ask word segmentation before calling a term missing.")
@click.option("--accepted", metavar="FILE", help="Findings accepted for good (TGT.accepted.jsonl).")
@click.option("--accept", metavar="REASON", help="Accept what is found now for good, and say why.")
@output_options
@pass_state
def check(
    state: State,
    /,
    *,
    files: tuple[str, ...],
    source_lang: str,
    rules: str | None,
    fail_on: str,
    no_word_check: bool,
    accepted: str | None,
    accept: str | None,
    fmt: str,
) -> None:
    """Check a translation for terminology and other faults.

    SRC and TGT are two texts, compared paragraph by paragraph, or aligned by sentences where their
    paragraphs differ; FILE holds pairs (TSV, TMX, XLIFF or PO). With
    --jsonl and "-" each line of standard input is {"id", "source", "target"} and is answered at once.
    Missing and deprecated terms are warnings, forbidden ones and wrong numbers errors, questions of
    style notes. Findings accepted with --accept are not shown again until the
    text or the term changes.

    \b
    Examples:
      $ printf 'Nâng cao trình độ SSCĐ.\\n' > vi.txt
      $ printf 'Raise the level of SSCĐ.\\n' > en.txt
      $ songngu check vi.txt en.txt
      $ echo '{"id": 1, "source": "Các chi bộ.", "target": "The party department."}' | songngu check --jsonl -
    """
    from termbase.check import CheckOptions, check_document

    options = CheckOptions(
        source_lang=source_lang,
        target_lang="en" if source_lang == "vi" else "vi",
        rules=read_rules_file(rules),
        word_check=not no_word_check,
    )
    terms = load_terms(state)
    if files == ("-",):
        if fmt not in ("jsonl", "json"):
            raise click.UsageError("'-' alone needs --jsonl: a line of standard input is a JSON object.")
        sys.exit(_answer_lines(terms, options, fail_on))
    pairs = _named_pairs(terms, files, options.langs)
    texts = [(source, target) for _, source, target in pairs]
    findings = check_document(terms, texts, options=options)
    findings = _settled(terms, findings, texts, accepted or files[-1] + SUFFIX, accept)
    rows = [{**finding_to_json(finding), "place": pairs[finding.segment][0]} for finding in findings]
    if rows or fmt != "table":
        emit(rows, fmt, _COLUMNS)
    sys.exit(exit_code(findings, fail_on))


def _named_pairs(terms: Termbase, files: Sequence[str], langs: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Return place, source and target of each pair."""
    document = read_pairs(files, langs, terms)
    return [(pair.name, pair.source or "", pair.target.text) for pair in document.pairs]


def _settled(
    terms: Termbase, findings: list[Finding], texts: list[tuple[str, str]], path: str, reason: str | None
) -> list[Finding]:
    """Return the findings that nobody has accepted, having accepted them all where a reason is given."""
    from termbase.checking.accepted import Accepted

    known = Accepted.read(path)
    concepts = {concept.id: concept for concept in terms.concepts}
    left = known.without(findings, texts, concepts)
    if not reason:
        return left
    from datetime import datetime, timezone

    when = datetime.now(timezone.utc).date().isoformat()
    count = known.add(left, texts, concepts, reason=reason, when=when)
    from termbase.formats.registry import atomic

    with atomic(Path(path)) as stream:
        stream.write(known.dump().encode())
    click.echo(f"songngu: accepted: {count}, in {path}", err=True)
    return []


def read_rules_file(path: str | None) -> Rules:
    """Return the rules of a file, or the usual ones."""
    from termbase.checking.rules import Rules, read_rules

    return read_rules(read_text(path), path) if path else Rules()


def read_pairs(files: Sequence[str], langs: tuple[str, str], terms: Termbase) -> Document:
    """Return one file of pairs, or two texts as one, aligned with ``terms`` where need be."""
    from termbase.checking.documents import read_bitext
    from termbase.commands.aligned import read_texts

    if len(files) > 2:
        raise click.UsageError("Give two texts, SRC and TGT, or one FILE of pairs.")
    return read_texts(files[0], files[1], langs, terms) if len(files) == 2 else read_bitext(files[0], langs)


def exit_code(findings: Iterable[Finding], fail_on: str) -> int:
    """Return 1 when a finding is as grave as asked, 0 otherwise."""
    from termbase.checking.rules import at_least
    from termbase.model import Severity

    if fail_on == "never":
        return 0
    level = Severity(fail_on)
    return int(any(at_least(finding.severity, level) for finding in findings))


def pair_of(row: Any) -> tuple[str | None, str, list[tuple[str, str]]]:
    """Return source, target and the pairs before of a line of input; :class:`InputError` when it has none."""
    from termbase.errors import InputError

    if not isinstance(row, dict):
        raise InputError('not an object with "source" and "target"')
    source, target = row.get("source"), row.get("target")
    if not isinstance(target, str) or not isinstance(source, str | None):
        raise InputError('"source" and "target" must be texts')
    before = row.get("context_before") or []
    if not isinstance(before, list) or not all(isinstance(pair, dict) for pair in before):
        raise InputError('"context_before" must be a list of objects')
    return source, target, [(str(pair.get("source") or ""), str(pair.get("target") or "")) for pair in before]


def _answer_lines(terms: Any, options: CheckOptions, fail_on: str) -> int:
    from termbase.check import check as check_pair

    worst = [0]

    def answer(row: Any) -> Mapping[str, Any]:
        source, target, before = pair_of(row)
        if source is None:
            from termbase.errors import InputError

            raise InputError('"source" is missing')
        findings = check_pair(terms, source, target, context=before, options=options)
        worst[0] = max(worst[0], exit_code(findings, fail_on))
        return {"id": row.get("id"), "findings": [finding_to_json(finding) for finding in findings]}

    return worst[0] if jsonl_loop(answer, parse=True) else 3


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """Return a finding in the shape of the command line's contract."""
    fix = finding.fix
    return {
        "segment": finding.segment,
        "kind": finding.kind,
        "severity": str(finding.severity),
        "concept_id": finding.concept_id,
        "source": _span(finding.source),
        "target": _span(finding.target),
        "expected": list(finding.expected),
        "message": finding.message,
        "fix": {"start": fix.start, "end": fix.end, "text": fix.text} if fix else None,
        "confidence": finding.confidence,
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": span.text} if span else None
