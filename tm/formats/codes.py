"""Inline codes: of one format in another, and of a match in the segment that it is to translate.

A code of another format is wrapped in a ``ph`` that names its kind, and freed again when read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tm.model import InlineCode, Segment

PREFIX = "x-songngu-"
"""Begins the ``type`` (TMX) or ``ctype`` (XLIFF 1.2) of a code that belongs to another format."""

PREFIX_2 = "songngu:"
"""The same for the ``subType`` of XLIFF 2."""

_WRAPPED = re.compile(rf"<ph\b[^>]*?\s(?:type|ctype|subType)=\"(?:{PREFIX}|{PREFIX_2})([\w-]+)\"[^>]*>")
_DISPLAYED = re.compile(r'\sdisp="([^"]*)"')
_REFERENCES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#10;": "\n", "&#9;": "\t", "&#13;": "\r", "&amp;": "&"}
_REFERENCE = re.compile("|".join(_REFERENCES))


def freed(segment: Segment) -> Segment:
    """Return a segment in which the codes that our writers wrapped are themselves again.

    >>> wrapped = InlineCode(0, "ph", '<ph id="c1" ctype="x-songngu-hi">&lt;hi&gt;</ph>')
    >>> freed(Segment("vi", "a", (wrapped,))).codes
    (InlineCode(position=0, kind='hi', xml='<hi>'),)
    """
    if not segment.codes:
        return segment
    return replace(segment, codes=tuple(map(_freed, segment.codes)))


def _freed(code: InlineCode) -> InlineCode:
    wrapped = _WRAPPED.match(code.xml)
    if not wrapped:
        return code
    shown = _DISPLAYED.search(wrapped.group())
    held = shown.group(1) if shown else code.xml[wrapped.end() :].removesuffix("</ph>")
    return InlineCode(code.position, wrapped.group(1), _REFERENCE.sub(lambda found: _REFERENCES[found.group()], held))


_KEPT_MARK = re.compile(r"translate=\"no\"|mtype=\"protected\"")
_OPENS, _CLOSES = frozenset({"bpt", "bx", "sc"}), frozenset({"ept", "ex", "ec"})


def required(codes: tuple[InlineCode, ...]) -> tuple[InlineCode, ...]:
    """Return the codes that a translation must keep: all but annotations such as ``<mrk type="term">``.

    >>> [code.kind for code in required((InlineCode(0, "mrk", '<mrk type="term">'), InlineCode(1, "ph", "<ph/>")))]
    ['ph']
    """
    if any(code.kind == "mrk" and _KEPT_MARK.search(code.xml) for code in codes):
        return codes
    return tuple([code for code in codes if code.kind != "mrk"])


def taken_over(wanted: Segment, source: Segment, target: Segment) -> Segment | None:
    """Return ``target`` with the codes of ``wanted`` in place of its own, ``None`` where their places are not known.

    ``source`` is what ``target`` translates. Where it has codes of the same shapes as ``wanted``, those of the
    target are exchanged one for one; where a match has none, codes before and behind the whole text go there.

    >>> bold = InlineCode(0, "ph", '<ph id="7"/>')
    >>> taken_over(Segment("vi", "Giữ.", (bold,)), Segment("vi", "Giữ."), Segment("en", "Hold.")).codes == (bold,)
    True
    """
    codes = wanted.codes
    if not codes or sorted(code.xml for code in codes) == sorted(code.xml for code in target.codes):
        return target if codes else replace(target, codes=())
    if not source.codes and not target.codes:
        return _enclosed(wanted, target)
    if [_shape(code) for code in codes] != [_shape(code) for code in source.codes]:
        return None
    fresh = {old.xml: new for old, new in zip(source.codes, codes, strict=True)}
    distinct = len(fresh) == len(codes) or all(
        fresh[old.xml].xml == new.xml for old, new in zip(source.codes, codes, strict=True)
    )
    if not distinct or sorted(code.xml for code in source.codes) != sorted(code.xml for code in target.codes):
        return _in_order(codes, source, target)
    moved = [replace(fresh[code.xml], position=code.position) for code in target.codes]
    return replace(target, codes=tuple(moved))


def _in_order(codes: Sequence[InlineCode], source: Segment, target: Segment) -> Segment | None:
    """Exchange the codes by their order, where source and target hold the same ones in the same order."""
    if [code.xml for code in source.codes] != [code.xml for code in target.codes]:
        return None
    moved = [replace(new, position=old.position) for new, old in zip(codes, target.codes, strict=True)]
    return replace(target, codes=tuple(moved))


def _enclosed(wanted: Segment, target: Segment) -> Segment | None:
    length = len(wanted.text)
    if any(0 < code.position < length for code in wanted.codes):
        return None
    ends = {0: 0, length: len(target.text)}
    return replace(target, codes=tuple([replace(code, position=ends[code.position]) for code in wanted.codes]))


def _shape(code: InlineCode) -> str:
    """Return whether a code opens, closes or stands alone, whatever its format calls it."""
    if code.xml.startswith("</") or code.kind in _CLOSES:
        return "close"
    spans = code.kind in ("g", "pc", "mrk", "hi") and not code.xml.endswith("/>")
    return "open" if spans or code.kind in _OPENS else "alone"
