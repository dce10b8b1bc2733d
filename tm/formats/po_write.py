"""Writing memories as gettext PO: one direction, an entry a unit.

Gettext allows a text once without a context: the second unit of a source gets a ``msgctxt``. Document and the
status that has no flag are written as comments, which are read back from files that name songngu in the header.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import BinaryIO

from tm.formats.base import WriteOptions
from tm.model import TranslationUnit, UnitStatus

OWN = "X-Generator: songngu"
"""What the header of our files says."""

_HEADER = (
    "Project-Id-Version: memory\\n",
    "MIME-Version: 1.0\\n",
    "Content-Type: text/plain; charset=UTF-8\\n",
    "Content-Transfer-Encoding: 8bit\\n",
    f"{OWN}\\n",
)
_DOCUMENT, _STATUS = "songngu document: ", "songngu status: "
_STATUSES = {str(word): word for word in UnitStatus}


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: WriteOptions) -> int:
    """Write an entry a unit in UTF-8; a unit of the other direction is turned. Return their number.

    >>> import io
    >>> from tm.model import Segment
    >>> out = io.BytesIO()
    >>> write([TranslationUnit(source=Segment("vi", "chốt"), target=Segment("en", "post"))], out, WriteOptions())
    1
    >>> print(out.getvalue().decode().split("\\n\\n")[1])
    msgid "chốt"
    msgstr "post"
    """
    head = [*_HEADER, f"Language: {options.target}\\n"]
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}"' for line in head), ""]
    stream.write("\n".join(lines).encode())
    seen: dict[str, int] = {}
    count = 0
    for unit in units:
        count += 1
        turned = unit.source.lang != options.source
        source, target = (unit.target, unit.source) if turned else (unit.source, unit.target)
        seen[source.text] = seen.get(source.text, 0) + 1
        entry = [*_comments(unit)]
        if seen[source.text] > 1:
            entry.append(f'msgctxt "{seen[source.text]}"')
        entry += [f'msgid "{escaped(source.text)}"', f'msgstr "{escaped(target.text)}"', ""]
        stream.write(("\n" + "\n".join(entry)).encode("utf-8", "replace"))
    return count


def _comments(unit: TranslationUnit) -> list[str]:
    found = ["#. " + note.replace("\n", "\n#.   ") for note in unit.notes]
    if unit.document:
        found.append(f"#. {_DOCUMENT}{unit.document}")
    if unit.status in (UnitStatus.CONFIRMED, UnitStatus.REJECTED):
        found.append(f"#. {_STATUS}{unit.status.value}")
    if unit.status in (UnitStatus.DRAFT, UnitStatus.REJECTED):
        found.append("#, fuzzy")
    return found


def with_own_fields(unit: TranslationUnit) -> TranslationUnit:
    """Return a unit of our file with the fields that its comments name."""
    notes = []
    for note in unit.notes:
        word = note.removeprefix(_STATUS)
        if note.startswith(_DOCUMENT):
            unit = replace(unit, document=note.removeprefix(_DOCUMENT))
        elif word != note and word in _STATUSES:
            unit = replace(unit, status=_STATUSES[word])
        else:
            notes.append(note)
    return replace(unit, notes=tuple(notes))


def escaped(text: str) -> str:
    """Return a text as it stands between the quotes of a PO file.

    >>> print(escaped('a "b"\\n'))
    a \\"b\\"\\n
    """
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r", "\\r")
    return text.replace("\n", "\\n")
