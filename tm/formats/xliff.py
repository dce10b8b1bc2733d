"""XLIFF 1.2 and 2.0 to 2.2: as pairs to be imported, and as a document to be filled.

The file is never built anew: translations are spliced into its bytes, so that all else stays as it was.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from termbase.errors import FormatError, Problem
from tm.formats.base import ReadOptions, language
from tm.formats.codes import freed
from tm.formats.xliff_read import Content, Place, Side, XliffReader, tag_end
from tm.formats.xliff_write import OWN, REJECTED, content, write
from tm.formats.xml import escape, start_tag
from tm.model import Provenance, Segment, TranslationUnit, UnitStatus
from tm.outcome import Remark
from tm.slots import Fill, Slot, SlotState

__all__ = ["XliffDocument", "read", "write"]

_DONE_STATES = frozenset({"final", "signed-off", "translated", "reviewed"})
_CLOSED_STATES = frozenset({"final", "signed-off", "reviewed"})
_DECLARATION = re.compile(rb"""^(<\?xml[^>]*?)\sencoding\s*=\s*(?:"[^"]*"|'[^']*')""")
_Splice = tuple[int, int, str]


def _as_utf8(data: bytes, options: ReadOptions) -> bytes:
    """Return the file in UTF-8, its declaration changed where it was in another encoding."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif len(data) > 3 and 0 in data[:2]:
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    else:
        found = re.match(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", data.removeprefix(codecs.BOM_UTF8))
        encoding = options.encoding or (found.group(1).decode("ascii") if found else "utf-8")
    if encoding.lower() in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    try:
        text = data.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except (LookupError, UnicodeDecodeError) as error:
        raise FormatError([Problem(path=options.path, message=f"cannot be decoded: {error}")]) from None
    return _DECLARATION.sub(rb'\1 encoding="UTF-8"', text)


def _as_it_was(data: bytes, original: bytes) -> bytes:
    """Return a file in UTF-16 again where it came so; other encodings may lack letters, and stay UTF-8."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if original.startswith(mark):
            stated = re.match(r"<\?xml[^>]*?(\sencoding\s*=\s*(?:\"[^\"]*\"|'[^']*'))", original.decode("utf-16"))
            text = data.decode("utf-8")
            text = text.replace(' encoding="UTF-8"', stated.group(1), 1) if stated else text
            return mark + text.encode(encoding)
    return data


@dataclass(frozen=True, slots=True)
class XliffDocument:
    """An XLIFF file; ``places[i]`` tells where slot *i* stands: the unit, and the ``mid`` of its ``mrk``."""

    data: bytes
    version: str
    slots: tuple[Slot, ...]
    places: tuple[tuple[Place, str | None], ...]
    root_end: int
    target_named: bool
    original: bytes = b""

    @classmethod
    def of(cls, data: bytes, options: ReadOptions) -> XliffDocument:
        """Read a file.

        >>> text = b'<xliff version="2.0" srcLang="vi"><file id="f"><unit id="u"><segment><source>a</source>\\
        ... </segment></unit></file></xliff>'
        >>> document = XliffDocument.of(text, ReadOptions())
        >>> b"<target>b</target></segment>" in document.filled({0: Fill(Segment("en", "b"), 100, "main", False)})
        True
        """
        utf8 = _as_utf8(data, options)
        reader = XliffReader(utf8, options.path)
        for _ in reader.portions(io.BytesIO(utf8)):
            pass
        places = tuple((place, mid) for place in reader.places for mid in _segments(place))
        slots = tuple(_slot(place, mid, options) for place, mid in places)
        named = bool(reader.langs["target"])
        return cls(utf8, reader.version, slots, places, reader.root_end, named, data if data != utf8 else b"")

    def filled(self, fills: Mapping[int, Fill]) -> bytes:
        """Return the file with targets, each with state and origin."""
        splices: list[_Splice] = []
        units: dict[int, dict[str | None, Fill]] = {}
        for index, fill in sorted(fills.items()):
            place, mid = self.places[index]
            units.setdefault(place.start, {})[mid] = fill
        for place in {place.start: place for place, _ in self.places}.values():
            chosen = units.get(place.start)
            if chosen:
                splices += self._unit(place, chosen)
        if splices and self.version.startswith("2") and not self.target_named:
            lang = next(iter(fills.values())).target.lang
            splices.append((self.root_end - 1, self.root_end - 1, f' trgLang="{lang}"'))
        out, position = [], 0
        for start, end, text in sorted(splices, key=lambda splice: splice[0]):
            out += [self.data[position:start], text.encode("utf-8")]
            position = end
        return _as_it_was(b"".join([*out, self.data[position:]]), self.original)

    def _unit(self, place: Place, fills: Mapping[str | None, Fill]) -> list[_Splice]:
        if self.version.startswith("2"):
            return self._segment(place, fills[None])
        if None in fills:
            return [_whole_target(place, fills[None])]
        return self._cut_target(place, {mid or "": fill for mid, fill in fills.items()})

    def _segment(self, place: Place, fill: Fill) -> list[_Splice]:
        """Fill a segment of 2.x; state and origin are attributes of the segment."""
        state = "initial" if fill.fuzzy else "translated"
        origin = re.sub(r"\W+", "-", fill.origin)
        attributes = {**place.attributes, "state": state, "subState": f"songngu:{fill.score}-{origin}"}
        start, end = _target_span(place)
        tag = start_tag(f"{place.prefix}target", _kept(place))
        text = f"{tag}{content(fill.target)}</{place.prefix}target>"
        return [
            (start, end, text),
            (place.start, tag_end(self.data, place.start), start_tag(place.name, attributes)),
        ]

    def _cut_target(self, place: Place, fills: Mapping[str, Fill]) -> list[_Splice]:
        """Fill the ``mrk`` of a unit; a target that has none yet is made in the shape of ``seg-source``."""
        source, target = place.sides["seg-source"], place.sides.get("target")
        done = {mid for mid, part in (target.parts if target else {}).items() if "".join(part.content.text).strip()}
        state = _state_of(fills.values(), complete=done | fills.keys() >= source.parts.keys())
        notes = "".join(_note(place, fill, f"{mid}: ") for mid, fill in fills.items())
        if target is None or not target.parts:
            start, end = _target_span(place)
            text = f"{_tag_1(place, _kept(place), state)}{self._shaped(source, fills)}</{place.prefix}target>{notes}"
            return [(start, end, text)]
        splices = []
        for mid, fill in fills.items():
            part = target.parts.get(mid)
            if part is None:
                before = [p for m, p in target.parts.items() if _order(source, m) < _order(source, mid)]
                end = before[-1].element[1] if before else next(iter(target.parts.values())).element[0]
                splices.append((end, end, _mrk(place, mid, fill)))
            else:
                splices.append((*part.element, _mrk(place, mid, fill)))
        splices.append(
            (target.element[0], tag_end(self.data, target.element[0]), _tag_1(place, target.attributes, state))
        )
        return [*splices, (target.element[1], target.element[1], notes)]

    def _shaped(self, source: Side, fills: Mapping[str, Fill]) -> str:
        """Return the content of ``seg-source`` with each of its segments filled, or empty."""
        start, end = source.inner or (0, 0)
        out, position = [], start
        for mid, part in source.parts.items():
            first, last = part.inner or (part.element[1], part.element[1])
            fill = fills.get(mid)
            out += [self.data[position:first].decode("utf-8"), content(fill.target) if fill else ""]
            position = last
        return "".join([*out, self.data[position:end].decode("utf-8")])


def _segments(place: Place) -> Sequence[str | None]:
    """Return the ``mid`` of the segments of a unit, ``None`` for a unit that is not cut."""
    cut = place.sides.get("seg-source")
    return [None] if cut is None or not cut.parts else list(cut.parts)


def _order(source: Side, mid: str) -> int:
    return list(source.parts).index(mid) if mid in source.parts else len(source.parts)


def _target_span(place: Place) -> tuple[int, int]:
    target = place.sides.get("target")
    return target.element if target else (place.insert_at, place.insert_at)


def _slot(place: Place, mid: str | None, options: ReadOptions) -> Slot:
    sides = place.sides
    source = _stated(sides.get("source")) or language(place.langs[0]) or options.source
    target = _stated(sides.get("target")) or language(place.langs[1]) or ("en" if source == "vi" else "vi")
    if mid is None:
        ours = sides["source"].content if "source" in sides else Content()
        theirs = sides["target"].content if "target" in sides else Content()
    else:
        ours = sides["seg-source"].parts[mid].content
        parts = sides["target"].parts if "target" in sides else {}
        theirs = parts[mid].content if mid in parts else Content()
        if "target" in sides and not parts and "".join(sides["target"].content.text).strip():
            theirs = sides["target"].content  # translated as a whole, without its segments
    state = _state(place, "".join(ours.text), "".join(theirs.text), cut=mid is not None)
    entry = place.entry if mid is None else f"{place.entry} mrk {mid}"
    return Slot(Segment(source, *ours.whole()), Segment(target, *theirs.whole()), state, entry)


def _stated(side: Side | None) -> str:
    """Return the language that a text itself states, which goes before that of its file."""
    lang = language(side.attributes.get("xml:lang", "")) if side else ""
    return lang if lang in ("vi", "en") else ""


def _state(place: Place, source: str, target: str, *, cut: bool) -> SlotState:
    stated = place.attributes.get("state", "")
    if "target" in place.sides:
        stated = place.sides["target"].attributes.get("state", "") or stated
    if not place.translate or place.attributes.get("approved") == "yes" or _locked(place):
        return SlotState.CONFIRMED
    if stated in _CLOSED_STATES and not cut:  # an empty target may be meant
        return SlotState.CONFIRMED
    if not target.strip():
        return SlotState.EMPTY
    # The state of a unit that is cut into segments says nothing of one of them.
    if stated in ("new", "needs-translation") and (target == source or not cut):
        return SlotState.UNTRANSLATED
    if stated == "initial" and target == source:
        return SlotState.UNTRANSLATED
    return SlotState.CONFIRMED if stated in _DONE_STATES else SlotState.TRANSLATED


def _locked(place: Place) -> bool:
    """Whether a tool has locked the unit, as memoQ does with ``mq:locked``."""
    return any(
        name.rpartition(":")[2] == "locked" and value.lower() in ("locked", "true", "yes", "1")
        for name, value in place.attributes.items()
    )


def _state_of(fills: Iterable[Fill], *, complete: bool) -> str:
    fuzzy = any(fill.fuzzy for fill in fills)
    return "needs-review-translation" if fuzzy else "translated" if complete else "needs-translation"


def _whole_target(place: Place, fill: Fill) -> _Splice:
    state = _state_of([fill], complete=True)
    start, end = _target_span(place)
    tag = _tag_1(place, _kept(place), state, "fuzzy-match" if fill.fuzzy else "exact-match")
    return start, end, f"{tag}{content(fill.target)}</{place.prefix}target>{_note(place, fill)}"


def _kept(place: Place) -> dict[str, str]:
    """Return the attributes of a target that is there, without what is said of its old state."""
    target = place.sides.get("target")
    return {k: v for k, v in target.attributes.items() if k not in ("state", "state-qualifier")} if target else {}


def _tag_1(place: Place, attributes: Mapping[str, str], state: str, qualifier: str = "") -> str:
    stated = {**attributes, "state": state}
    return start_tag(f"{place.prefix}target", {**stated, "state-qualifier": qualifier} if qualifier else stated)


def _mrk(place: Place, mid: str, fill: Fill) -> str:
    tag = start_tag(f"{place.prefix}mrk", {"mtype": "seg", "mid": mid})
    return f"{tag}{content(fill.target)}</{place.prefix}mrk>"


def _note(place: Place, fill: Fill, mark: str = "") -> str:
    name = f"{place.prefix}note"
    return f'<{name} from="songngu">{escape(mark)}{fill.score} %, {escape(fill.origin)}</{name}>'


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[TranslationUnit | Remark]:
    """Yield the units that have a translation, unfinished ones as drafts, and remarks in the places of the others.

    Raises :class:`~termbase.errors.FormatError` for a file that is damaged, of an unknown version, or not
    XLIFF.
    """
    document = XliffDocument.of(stream.read(), options)
    for slot, (place, mid) in zip(document.slots, document.places, strict=True):
        if not slot.source.text.strip():
            continue
        if not slot.target.text.strip():
            yield Remark(Problem(path=options.path, entry=slot.entry, message="the unit is not translated"))
            continue
        if {slot.source.lang, slot.target.lang} != {"vi", "en"}:
            message = f"languages {slot.source.lang!r} and {slot.target.lang!r} are not Vietnamese and English"
            yield Remark(Problem(path=options.path, entry=slot.entry, message=message))
            continue
        target = place.sides["target"]
        if mid is not None and mid not in target.parts:
            yield Remark(Problem(path=options.path, entry=slot.entry, message="its translation is not cut as it is"))
            continue
        own = {name.removeprefix(OWN): text for name, text in place.notes if name.startswith(OWN)}
        yield TranslationUnit(
            source=freed(slot.source),
            target=freed(slot.target),
            document=place.document,
            status=_status(place, slot),
            author=own.get("author", ""),
            origin=own.get("origin", ""),
            provenance=_provenance(place, own.get("provenance", "")),
            notes=tuple(text for name, text in place.notes if name != "songngu" and not name.startswith(OWN)),
        )


def _status(place: Place, slot: Slot) -> UnitStatus:
    attributes = {**place.attributes, **place.sides["target"].attributes}
    if attributes.get("subState") == REJECTED or attributes.get("state-qualifier", "").startswith("rejected-"):
        return UnitStatus.REJECTED
    if attributes.get("state") in ("final", "signed-off") or attributes.get("approved") == "yes":
        return UnitStatus.CONFIRMED
    return UnitStatus.TRANSLATED if slot.state is SlotState.CONFIRMED else UnitStatus.DRAFT


def _provenance(place: Place, own: str) -> Provenance:
    if own in [str(word) for word in Provenance]:
        return Provenance(own)
    machine = place.sides["target"].attributes.get("state-qualifier") in ("leveraged-mt", "mt-suggestion")
    return Provenance.MACHINE if machine else Provenance.HUMAN
