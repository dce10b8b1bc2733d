"""PO glossaries, as GNOME, Pootle and Weblate keep them: an entry a source term, targets in ``msgstr``.

Written files carry the concept's id as ``msgctxt``; several targets are parted by ``;``. In files of
others ``msgctxt`` is a context, kept as a property. Format after the GNU gettext manual.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from termbase.errors import FormatError, Problem
from termbase.formats.base import ReadOptions, ReadResult, WriteOptions
from termbase.formats.building import Builder, ReadTerm
from termbase.formats.sheet import join_cell, split_cell
from termbase.formats.sources import decode_bytes
from termbase.formats.words import language_of
from termbase.model import Concept

_OURS = "X-Generator: songngu"
_STRING = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)?\s*"([^"\\]*(?:\\.[^"\\]*)*)"\s*$')
_MAX_LINE = 1_000_000
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


@dataclass(slots=True)
class _Message:
    line: int = 0
    strings: dict[str, list[str]] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    flags: str = ""

    def get(self, name: str) -> str:
        return "".join(self.strings.get(name, ()))


def read(stream: BinaryIO, options: ReadOptions) -> ReadResult:
    """Read a PO file; obsolete entries and those without a translation are passed over.

    Raises :class:`FormatError` for a line that is not PO, and when the header names no language pair
    with Vietnamese or English.
    """
    text = decode_bytes(stream.read(), options)
    messages = list(_messages(text, options))
    builder = Builder(options)
    if obsolete := len(re.findall(r"^\s*#~\s*msgid\s", text, re.MULTILINE)):
        builder.problem(f"{obsolete} obsolete entries are left out")
    header = messages[0].get("msgstr") if messages and not messages[0].get("msgid") else ""
    source, target = _languages(header, options)
    ours = _OURS in header
    known: dict[str, Concept] = {}
    terms: dict[str, list[ReadTerm]] = {}
    for number, message in enumerate(messages):
        if not message.get("msgid"):
            continue
        if not (message.get("msgstr") or message.get("msgstr[0]")):
            builder.skip(f"“{message.get('msgid')}” is not translated; it is left out", message.line)
            continue
        context = message.get("msgctxt")
        key = context if ours and context else f"\0{number}"
        properties = (("msgctxt", context),) if context and not ours else ()
        note = "\n".join(message.comments)
        known.setdefault(key, Concept(id=context if ours else "", terms=(), note=note, properties=properties))
        terms.setdefault(key, []).extend(_terms(message, source, target))
    for key, concept in known.items():
        found = sorted(terms[key], key=lambda term: term.lang == target)
        unique = {(term.lang, term.text): term for term in reversed(found)}
        builder.add(concept, [t for t in found if unique[t.lang, t.text] is t], line=found[0].line)
    return builder.result()


def _terms(message: _Message, source: str, target: str) -> Iterator[ReadTerm]:
    status = "draft" if "fuzzy" in message.flags else ""
    yield ReadTerm(lang=source, text=message.get("msgid"), line=message.line)
    for text in split_cell(message.get("msgstr") or message.get("msgstr[0]")):
        yield ReadTerm(lang=target, text=text, status=status, line=message.line)


def _languages(header: str, options: ReadOptions) -> tuple[str, str]:
    values = dict(re.findall(r"^([\w-]+):[ \t]*(.*)$", header, re.MULTILINE))
    target = language_of(values.get("Language", ""))
    source = language_of(values.get("X-Source-Language", ""))
    if not target and not source and header:
        message = "the header's Language is neither Vietnamese nor English"
        raise FormatError([Problem(message=message, path=options.path, line=1)])
    target = target or ("vi" if source == "en" else "en")
    return ("en" if target == "vi" else "vi"), target


def _messages(text: str, options: ReadOptions) -> Iterator[_Message]:
    message, name = _Message(), ""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if not line or line.startswith("#~"):
            continue
        if line.startswith("#"):
            if message.strings:
                yield message
                message = _Message()
            if line.startswith("#,"):
                message.flags += line
            elif line.startswith(("# ", "#. ")) or line == "#":
                message.comments.append(line.partition(" ")[2])
            continue
        if len(line) > _MAX_LINE:
            fault = f"the line is longer than {_MAX_LINE} characters"
            raise FormatError([Problem(message=fault, path=options.path, line=number)])
        found = _STRING.match(line)
        if not found:
            raise FormatError([Problem(message="not a line of a PO file", path=options.path, line=number)])
        if found.group(1):
            name = found.group(1)
            if name in message.strings or (name == "msgctxt" and message.strings):
                yield message
                message = _Message()
            message.line = message.line or number
        message.strings.setdefault(name, []).append(_unescape(found.group(2)))
    if message.strings:
        yield message


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match.group(1), match.group(1)), text)


def _quote(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + '"'


def write(concepts: Iterable[Concept], stream: BinaryIO, options: WriteOptions) -> None:
    """Write an entry for each accepted source term; all targets stand with the preferred one."""
    lines = ['msgid ""', 'msgstr ""']
    headers = (
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Language: {options.target}",
        f"X-Source-Language: {options.source}",
        _OURS,
    )
    lines.extend(_quote(f"{header}\n") for header in headers)
    for concept in concepts:
        sources, targets = concept.accepted(options.source), concept.accepted(options.target)
        for index, term in enumerate(sources if targets else ()):
            rendering = join_cell(target.text for target in (targets if index == 0 else targets[:1]))
            lines.append("")
            if index == 0 and concept.note:
                lines += [f"# {line}" for line in concept.note.splitlines()]
            lines.append(f"msgctxt {_quote(concept.id)}")
            lines += [f"msgid {_quote(term.text)}", f"msgstr {_quote(rendering)}"]
    stream.write(("\n".join(lines) + "\n").encode())
