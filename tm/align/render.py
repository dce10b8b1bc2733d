"""An alignment as a file: one function for all that the command line writes."""

from __future__ import annotations

import json
from pathlib import Path

from termbase.errors import UsageError
from tm.align.output import UnitFields, alignment_to_json, alignment_units
from tm.align.review import Review, review_page, review_text
from tm.align.sheets import write_sheet
from tm.formats.registry import replacing, write
from tm.model import Alignment

SUFFIXES = (".json", ".review.json", ".html", ".tmx", ".tsv", ".xlsx")
"""What an alignment can be written to, told by the end of the file's name."""


def write_alignment(alignment: Alignment, path: str, fields: UnitFields) -> None:
    """Write an alignment in the format that the name tells, whole or not at all.

    ``.tmx`` takes the pairs at or above ``fields.min_score``; all else holds every bead. Raises
    :class:`~termbase.errors.UsageError` for another suffix, ``OSError`` when it cannot be written.
    """
    name = path.lower()
    if not name.endswith(SUFFIXES):
        raise UsageError(f"{path}: the name must end in one of {', '.join(SUFFIXES)}")
    if name.endswith(".tmx"):
        write(alignment_units(alignment, fields), path, "tmx")
        return
    review = Review(alignment, fields.document)
    with replacing(Path(path)) as stream:
        if name.endswith((".tsv", ".xlsx")):
            write_sheet(alignment, path, stream)
        elif name.endswith(".html"):
            stream.write(review_page(review).encode("utf-8"))
        elif name.endswith(".review.json"):
            stream.write(review_text(review).encode("utf-8"))
        else:
            stream.write((json.dumps(alignment_to_json(alignment), ensure_ascii=False) + "\n").encode("utf-8"))
