"""Inline codes of one format in another: wrapped in a ``ph`` that names their kind, and freed again when read."""

from __future__ import annotations

import re
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
