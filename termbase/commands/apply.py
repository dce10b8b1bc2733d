"""``songngu apply``: terms before and after machine translation, one JSON object a line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

import click

from termbase.commands.common import State, dump, jsonl_answers, jsonl_loop, load_terms, pass_state
from termbase.errors import InputError

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def _input(command: _Command) -> _Command:
    return click.argument("file", metavar="[FILE | -]", default="-")(command)


def _source_lang(command: _Command) -> _Command:
    languages = click.Choice(["vi", "en"])
    return click.option("--source-lang", "lang", type=languages, default="vi", help="Language of the source (vi).")(
        command
    )


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise InputError(f'"{key}" is missing' if value is None else f'"{key}" must be a text')
    return value


def _object(row: Any) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise InputError("not an object")
    return row


def _answer_lines(file: str, answer: _Answer) -> None:
    """Answer each line with its ``id`` and what ``answer`` makes of it; leave with 3 when one was bad."""

    def one(row: Any) -> Mapping[str, Any]:
        given = _object(row)
        return {"id": given.get("id"), **answer(given)}

    sys.exit(0 if jsonl_loop(one, parse=True, path=file) else 3)


@click.group()
def apply() -> None:
    """Put terms to use around machine translation.

    Before translation: annotate, constraints, prompt. After it: unmask and score, and "check" and
    "fix" with --jsonl. Every command reads JSON objects, one a line, from FILE or standard input, and
    answers a line for each, in order, with the same "id". A line that cannot be read is answered with
    {"error": …}; the exit code is 3 then. Terms with several meanings are left alone.

    \b
    Examples:
      $ echo '{"id": 1, "source": "Các chi bộ họp."}' | songngu apply annotate
      {"id": 1, "text": "Các <term translation=\\"Party cell\\">chi bộ</term> họp.", "terms": ["Party cell"]}
    """


@apply.command()
@_input
@click.option(
    "--style",
    type=click.Choice(["tags", "factors", "append", "mask"]),
    default="tags",
    help="How the renderings are written into the source (tags).",
)
@_source_lang
@pass_state
def annotate(state: State, /, *, file: str, style: Any, lang: str) -> None:
    """Write the preferred renderings of its terms into each source.

    Reads {"id", "source"}, answers {"id", "text", "terms"}. tags: <term translation="…">…</term>,
    the text escaped as XML. factors: tokens with each term followed by its rendering, and
    "factors", a number a token: 0 outside terms, 1 for a term, 2 for a rendering. append: the source,
    then the pairs. mask: a placeholder for each term; "unmask" takes the translation and "terms".

    \b
    Examples:
      $ echo '{"source": "Chi bộ họp."}' | songngu apply annotate --style factors
      {"id": null, "text": "Chi bộ Party cell họp .", "terms": ["Party cell"], "factors": [1, 1, 2, 2, 0, 0]}
      $ echo '{"source": "Các chi bộ họp."}' | songngu apply annotate --style mask
      {"id": null, "text": "Các ⟦0⟧ họp.", "terms": ["Party cell"]}
    """
    from termbase.apply import annotate as write_in

    terms = load_terms(state)

    def answer(row: Mapping[str, Any]) -> Mapping[str, Any]:
        made = write_in(terms, _text(row, "source"), style, lang=lang)
        factors = {"factors": made.factors} if style == "factors" else {}
        return {"text": made.text, "terms": made.terms, **factors}

    _answer_lines(file, answer)


@apply.command()
@_input
def unmask(file: str) -> None:
    """Put the renderings back into translations of masked sources.

    Reads {"id", "target", "terms"}, the terms as "annotate --style mask" gave them; answers
    {"id", "target", "lost"} with the renderings whose placeholder the system dropped.

    \b
    Examples:
      $ echo '{"target": "The ⟦0⟧ met.", "terms": ["Party cell"]}' | songngu apply unmask
      {"id": null, "target": "The Party cell met.", "lost": []}
    """
    from termbase.apply import Annotated
    from termbase.apply import unmask as put_back

    def answer(row: Mapping[str, Any]) -> Mapping[str, Any]:
        given = row.get("terms")
        if not isinstance(given, list) or not all(isinstance(term, str) for term in given):
            raise InputError('"terms" must be a list of texts')
        target, lost = put_back(_text(row, "target"), Annotated("", terms=tuple(given)))
        return {"target": target, "lost": lost}

    _answer_lines(file, answer)


@apply.command()
@_input
@click.option(
    "--style",
    type=click.Choice(["lists", "sockeye", "fairseq", "suppress"]),
    default="lists",
    help="What the decoder takes (lists).",
)
@_source_lang
@pass_state
def constraints(state: State, /, *, file: str, style: Any, lang: str) -> None:
    """Tell what a decoder is to use, or to avoid, for each source.

    Reads {"id", "source"}. lists: "constraints" holds, for each term, its accepted renderings, any
    of which will do. sockeye: the line that Sockeye's JSON input takes, "text", "constraints",
    "avoid". fairseq: "line", the source and the preferred renderings between tabs. suppress:
    "suppress", the rejected renderings.

    \b
    Examples:
      $ echo '{"id": 7, "source": "Các chi bộ họp."}' | songngu apply constraints
      $ echo '{"id": 7, "source": "Các chi bộ họp."}' | songngu apply constraints --style sockeye
    """
    from termbase.apply import constraints as demand

    terms = load_terms(state)
    key = {"lists": "constraints", "fairseq": "line", "suppress": "suppress"}.get(style)

    def answer(row: Mapping[str, Any]) -> Mapping[str, Any]:
        made = demand(terms, _text(row, "source"), style, lang=lang)
        if isinstance(made, Mapping):
            return made
        return {str(key): made}

    _answer_lines(file, answer)


@apply.command()
@_input
@click.option("--max-terms", type=click.IntRange(min=0), default=40, help="At most so many terms (40).")
@click.option("--max-characters", type=click.IntRange(min=0), default=4000, help="At most so many characters (4000).")
@click.option("--wording", type=click.Choice(["en", "vi"]), default="en", help="Language of the instructions (en).")
@_source_lang
@pass_state
def prompt(state: State, /, *, file: str, max_terms: int, max_characters: int, wording: Any, lang: str) -> None:
    """Write the terms of each source as instructions for a language model.

    Reads {"id", "source"}, answers {"id", "prompt"}: only the terms that occur, each once, in the
    order of the text, with what is preferred, also allowed and never to be used. The prompt is empty
    where there is no term.

    \b
    Examples:
      $ echo '{"id": 1, "source": "Các chi bộ họp."}' | songngu apply prompt
      $ echo '{"id": 1, "source": "Các chi bộ họp."}' | songngu apply prompt --wording vi --max-terms 5
    """
    from termbase.apply import PromptOptions
    from termbase.apply import prompt as instructions

    terms = load_terms(state)
    options = PromptOptions(max_terms=max_terms, max_characters=max_characters, wording=wording)
    _answer_lines(file, lambda row: {"prompt": instructions(terms, _text(row, "source"), lang=lang, options=options)})


@apply.command()
@_input
@_source_lang
@pass_state
def score(state: State, /, *, file: str, lang: str) -> None:
    """Score how a system's output renders the terms of its sources.

    Reads {"source", "target"}, Vietnamese and English or with --source-lang en the other way round, and
    answers once, at the end: "segments", "errors" (lines that could not be read), "mentions", and as
    shares from 0 to 1 "base", "any_form" and "exclusive" (success), "first", "most_frequent" and
    "preferred" (consistency), with the "signature" without which figures cannot be compared. A bad line
    is answered with {"error": …}.

    \b
    Examples:
      $ echo '{"source": "Các chi bộ họp.", "target": "The Party cells met."}' | songngu apply score
      {"segments": 1, "errors": 0, "mentions": 1, "base": 0.0, "any_form": 1.0, "exclusive": 1.0, …
    """
    from termbase.score import score as figures

    pairs: list[tuple[str, str]] = []
    errors = 0

    def pair(row: Any) -> Mapping[str, Any]:
        given = _object(row)
        return {"source": _text(given, "source"), "target": _text(given, "target")}

    for row, fine in jsonl_answers(pair, parse=True, path=file):
        if fine:
            pairs.append((row["source"], row["target"]))
        else:
            errors += 1
            click.echo(dump(row))
    made = figures(
        load_terms(state), (source for source, _ in pairs), (target for _, target in pairs), source_lang=lang
    )
    shares = {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(made).items()}
    click.echo(dump({"segments": len(pairs), "errors": errors, **shares}))
    sys.exit(3 if errors else 0)
