"""Review by a person: a page to correct an alignment in, and the file that it saves.

A review file is the JSON form of an alignment with ``"format": "songngu-review"`` and ``confirmed`` on
the beads that a person confirmed. :func:`realign` keeps those and aligns the rest again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from termbase.errors import FormatError, InputError, Problem
from tm.align.engine import AlignOptions, align_segments
from tm.align.output import alignment_from_json, alignment_to_json
from tm.model import Alignment
from tm.terms import TermSource

FORMAT = "songngu-review"


@dataclass(frozen=True, slots=True)
class Review:
    """An alignment under review; ``name`` is that of its document."""

    alignment: Alignment
    name: str = ""


def review_page(review: Review) -> str:
    """Return a self-contained HTML page that shows and edits an alignment; it needs no network.

    >>> from tm.align.engine import align
    >>> page = review_page(Review(align("Xin chào.", "Hello."), "greeting"))
    >>> "Xin chào." in page, "http" in page
    (True, False)
    """
    template = (files("tm") / "data" / "review.html").read_text(encoding="utf-8")
    # A closing tag inside a sentence must not end the script element that holds the data.
    data = json.dumps(_to_json(review), ensure_ascii=False).replace("<", "\\u003c")
    return template.replace("__DATA__", data, 1)


def review_text(review: Review) -> str:
    """Return the content of a review file."""
    return json.dumps(_to_json(review), ensure_ascii=False, indent=1) + "\n"


def _to_json(review: Review) -> dict[str, Any]:
    return {"format": FORMAT, "version": 1, "name": review.name, **alignment_to_json(review.alignment)}


def read_review(path: str | Path) -> Review:
    """Read a review file.

    Raises :class:`~termbase.errors.InputError` when it is missing,
    :class:`~termbase.errors.FormatError` when it is none.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError([Problem(path=str(path), message=error.strerror or str(error))]) from None
    except UnicodeDecodeError:
        raise FormatError([Problem(path=str(path), message="not UTF-8")]) from None
    try:
        value = json.loads(text)
        if value["format"] != FORMAT:
            raise ValueError("it does not say that it is a review file")
        return Review(alignment_from_json(value), str(value.get("name", "")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"not a review file of songngu: {error}"
        raise FormatError([Problem(path=str(path), message=message)]) from None


def realign(alignment: Alignment, terms: TermSource | None = None, *, options: AlignOptions | None = None) -> Alignment:
    """Align again; confirmed beads stay as they are, and what they teach helps with the rest.

    >>> from tm.align.engine import align
    >>> first = align("Một. Hai.", "One. Two.")
    >>> kept = replace(first, beads=(replace(first.beads[0], confirmed=True), *first.beads[1:]))
    >>> [bead.confirmed for bead in realign(kept).beads]
    [True, False]
    """
    fixed = [bead for bead in alignment.beads if bead.confirmed]
    chosen = replace(options or AlignOptions(), fixed=fixed)
    vi, en = ([span.text for span in side] for side in (alignment.vi, alignment.en))
    return replace(alignment, beads=align_segments(vi, en, terms, options=chosen))


def same_segments(review: Alignment, texts: tuple[Sequence[str], Sequence[str]]) -> str:
    """Return where the texts differ from those that were reviewed, ``""`` when they are the same.

    >>> from tm.align.engine import align
    >>> same_segments(align("Một.", "One."), (["Một."], ["Two."]))
    'English segment 0 was “One.” in the review and is “Two.” now'
    """
    for name, spans, now in (("Vietnamese", review.vi, texts[0]), ("English", review.en, texts[1])):
        for number, (span, text) in enumerate(zip(spans, now, strict=False)):
            if span.text != text:
                return f"{name} segment {number} was “{span.text}” in the review and is “{text}” now"
        if len(spans) != len(now):
            return f"the review has {len(spans)} {name} segments, the text {len(now)}"
    return ""
