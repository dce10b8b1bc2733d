"""``songngu demo``: the whole way on an article pair written for the project."""

from __future__ import annotations

import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termbase.commands.common import State, load_terms, pass_state, visible

if TYPE_CHECKING:
    from termbase.model import Finding
    from termbase.termbase import Termbase
    from tm.model import Alignment
    from tm.store import TranslationMemory

NEW_SENTENCE = "Ban Chỉ huy phòng thủ khu vực 5 vừa ổn định tổ chức, vừa hoàn thành 98% chỉ tiêu huấn luyện."
RUNNING_TEXT = "Thực hiện phương châm “4 tại chỗ”, dân quân tự vệ duy trì nghiêm chế độ SSCĐ."


def _heading(number: int, title: str, command: str) -> None:
    click.secho(f"\n{number}. {title}", bold=True)
    click.secho(f"   (the same from the shell: {command})", dim=True)


def _text(lang: str) -> str:
    return (files("tm") / "data" / f"demo.{lang}.txt").read_text(encoding="utf-8")


def _short(text: str, width: int = 92) -> str:
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def _show_alignment(alignment: Alignment) -> None:
    click.echo(f"   {len(alignment.vi)} Vietnamese and {len(alignment.en)} English sentences give "
               f"{len(alignment.beads)} pairs. Where the translator merged or split sentences:")  # fmt: skip
    for vi, en, bead in alignment.pairs():
        if bead.type != "1-1":
            click.echo(f"   {bead.type}  {bead.score:.2f}  {_short(vi, 84)}\n              {_short(en, 84)}")


def _show_search(memory: TranslationMemory) -> None:
    click.echo(f"   New sentence:  {NEW_SENTENCE}")
    for match in memory.search(NEW_SENTENCE, lang="vi", min_score=60, limit=1):
        click.echo(f"   {match.score} % {match.kind}: {match.source.text}")
        click.echo(f"   suggestion:    {match.target.text}")
        for repair in match.repairs:
            click.echo(f"   changed in it: {repair}")
        for penalty in match.penalties:
            click.echo(f"   taken off:     {penalty}")


def _show_lookup(terms: Termbase) -> None:
    for match in terms.lookup("SSCĐ", limit=1):
        concept = match.concept
        vietnamese, english = concept.preferred("vi"), concept.preferred("en")
        if vietnamese and english:
            click.echo(f"   SSCĐ = {vietnamese.text} = {english.text}   ({concept.subject_field}; {match.kind})")
        for term in concept.rejected("en"):
            click.echo(f"   not “{term.text}”: {term.note}")


def _show_terms(terms: Termbase) -> None:
    click.echo(f"   {RUNNING_TEXT}")
    for match in terms.recognize(RUNNING_TEXT, "vi"):
        english = match.concept.gloss("en") or "(no English yet)"
        click.echo(f"   {match.start:3}–{match.end:<3} {match.text}  →  {english}")


def _faults(alignment: Alignment, terms: Termbase) -> list[tuple[str, Finding]]:
    return [
        (en, finding)
        for vi, en, _bead in alignment.pairs()
        for finding in terms.check(vi, en)
        if finding.severity.value != "note"
    ]


def _show_faults(alignment: Alignment, terms: Termbase) -> None:
    faults = _faults(alignment, terms)
    click.echo(f"   {len(faults)} found:")
    for english, finding in faults:
        place = finding.target.text if finding.target else (finding.source.text if finding.source else "")
        click.secho(f"   {finding.severity}: {finding.kind}", bold=True, nl=False)
        click.echo(f" — {place}")
        click.echo(f"      in:  {_short(english)}")
        click.echo(f"      why: {visible(finding.message)}")
        if finding.fix:
            click.echo(f"      fix: {finding.fix.text}")


@click.command()
@pass_state
def demo(state: State) -> None:
    """Show the whole way on a shipped article pair.

    Aligns a Vietnamese article with its English translation, saves the pairs to a fresh database,
    searches it with a new sentence, looks a term up, recognises terms, and reports three faults
    that the translation has on purpose. Needs no network and leaves nothing behind.

    \b
    Examples:
      $ songngu demo
    """
    from termbase.termbase import Termbase
    from tm.align.engine import align
    from tm.store import TranslationMemory

    terms = load_terms(state) if state.glossaries else Termbase.bundled(profile=state.profile)
    click.echo(f"{len(terms)} concepts loaded. The articles are about the armed forces of an invented province.")
    _heading(1, "Align the article with its translation", "songngu align vi.txt en.txt")
    alignment = align(_text("vi"), _text("en"), terms=terms)
    _show_alignment(alignment)
    with tempfile.TemporaryDirectory() as folder:
        _heading(2, "Save the pairs to a fresh memory", "songngu --db FILE align vi.txt en.txt --save")
        path = Path(folder) / "demo.db"
        with TranslationMemory.open(str(path), terms=terms) as memory:
            memory.add_alignment(alignment, origin="demo")
            click.echo(f"   {len(list(memory.units()))} units saved.")
            _heading(3, "Search the memory with a sentence it has not seen", "songngu tm search SENTENCE")
            _show_search(memory)
    _heading(4, "Look a term up, here by its abbreviation", "songngu lookup SSCĐ")
    _show_lookup(terms)
    _heading(5, "Recognise the terms of a sentence", "songngu recognize FILE --lang vi")
    _show_terms(terms)
    _heading(6, "Check the translation against the termbase", "songngu check FILE")
    _show_faults(alignment, terms)
