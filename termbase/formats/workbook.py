"""A workbook of one sheet of text, written straight as Office Open XML.

Every cell is a shared string, so that nothing is taken for a formula, a link or a number, and no text for markup.
A general library goes some forty calls deep for each cell; this does one step, in a quarter of the time. Parts and
names after ECMA-376 (Office Open XML), 5th edition, parts 1 and 2: sections 18.3 (worksheets), 18.4 (shared
strings), 18.8 (styles), and part 2 for the package.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

MOST_CHARACTERS = 32_767
"""Most UTF-16 units of a cell, by Excel's limit; a longer text is cut."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TITLE, _BODY = 1, 2
"""The styles of cells: indexes into ``cellXfs`` of :data:`_STYLES`."""

_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>\
<family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2">\
<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/>\
<bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders><cellStyleXfs count="1">\
<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" \
fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" \
applyBorder="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" \
applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle \
name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""

_CONTENT = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" \
ContentType="application/xml"/><Override PartName="/docProps/core.xml" \
ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/xl/workbook.xml" \
ContentType="{_TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" \
ContentType="{_TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>\
<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/></Types>"""

_ROOT_LINKS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" \
Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" \
Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"""

_BOOK_LINKS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" \
Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/styles" \
Target="styles.xml"/><Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>\
</Relationships>"""

# The same terms make the same file, so it bears no date of its making.
_CORE = f"""{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>%s</dc:title>\
<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands around the cells of a sheet of at most 26 columns.

    ``widths`` are in characters, one a column; ``frozen`` columns stay in sight beside the header.
    """

    name: str
    columns: Sequence[str]
    widths: Sequence[int]
    frozen: int = 0
    title: str = ""


def write_workbook(stream: BinaryIO, sheet: Sheet, rows: Iterable[Sequence[str]]) -> None:
    """Write a workbook with one sheet: the header, and a row for each of ``rows``, empty cells left out.

    >>> from io import BytesIO
    >>> out = BytesIO()
    >>> write_workbook(out, Sheet(name="s", columns=("term",), widths=(20,)), [["=1+1"]])
    >>> zipfile.ZipFile(out).read("xl/sharedStrings.xml").decode().count("<t>=1+1</t>")
    1
    """
    strings: dict[str, int] = {}
    cells, last = _cells(sheet.columns, rows, strings)
    parts = {
        "[Content_Types].xml": _CONTENT,
        "_rels/.rels": _ROOT_LINKS,
        "docProps/core.xml": _CORE % _escaped(sheet.title),
        "xl/workbook.xml": _book(sheet, last),
        "xl/_rels/workbook.xml.rels": _BOOK_LINKS,
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": _worksheet(sheet, cells, last),
        "xl/sharedStrings.xml": _shared(strings),
    }
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED, _LEVEL)


_LEVEL = 4
"""Level 6 takes half as long again for a file a tenth smaller."""


def _cells(columns: Sequence[str], rows: Iterable[Sequence[str]], strings: dict[str, int]) -> tuple[str, int]:
    """Return the rows of the sheet as XML and the number of the last one; ``strings`` takes up their texts."""
    index = strings.setdefault
    letters = _letters(len(columns))
    heads = "".join(
        [
            f'<c r="{letter}1" s="{_TITLE}" t="s"><v>{index(text, len(strings))}</v></c>'
            for letter, text in zip(letters, columns, strict=True)
        ]
    )
    lines = [f'<row r="1">{heads}</row>']
    # What stands before and behind the number of the row is the same in every cell of a column.
    starts = [f'<c r="{letter}' for letter in letters]
    number = 1
    for row in rows:
        number += 1
        middle = f'{number}" s="{_BODY}" t="s"><v>'
        cells = [
            f"{start}{middle}{index(cell, len(strings))}</v></c>"
            for start, cell in zip(starts, row, strict=True)
            if cell
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(lines), number


def _letters(count: int) -> list[str]:
    return [chr(ord("A") + index) for index in range(count)]


def _worksheet(sheet: Sheet, cells: str, last: int) -> str:
    letters = _letters(len(sheet.columns) + 1)
    area = f"A1:{letters[-2]}{last}"
    # Excel keeps a width with what it adds around a cell's text: 5 of 7 pixels a character.
    widths = "".join(
        f'<col min="{column}" max="{column}" width="{width + 0.7109375}" customWidth="1"/>'
        for column, width in enumerate(sheet.widths, start=1)
    )
    corner = f"{letters[sheet.frozen]}2"
    pane = f'xSplit="{sheet.frozen}" activePane="bottomRight"' if sheet.frozen else 'activePane="bottomLeft"'
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><dimension ref="{area}"/><sheetViews><sheetView tabSelected="1" '
        f'workbookViewId="0"><pane {pane} ySplit="1" topLeftCell="{corner}" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>{cells}</sheetData>'
        f'<autoFilter ref="{_filtered(letters[-2], last)}"/></worksheet>'
    )


def _filtered(letter: str, last: int, dollar: str = "") -> str:
    return f"{dollar}A{dollar}1:{dollar}{letter}{dollar}{max(last, 2)}"


def _book(sheet: Sheet, last: int) -> str:
    area = _filtered(_letters(len(sheet.columns))[-1], last, "$")
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews><sheets>'
        f'<sheet name="{sheet.name}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName '
        f'name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{sheet.name}!{area}</definedName></definedNames>'
        "</workbook>"
    )


def _shared(strings: Iterable[str]) -> str:
    items = [
        f"<si><t>{text}</t></si>" if not _SPECIAL(text) and len(text) <= MOST_CHARACTERS // 2 else _item(text)
        for text in strings
    ]
    return f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(items)}">{"".join(items)}</sst>'


_SPECIAL = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|^\s|\s$|_x[0-9A-Fa-f]{4}").search


def _item(text: str) -> str:
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f"<si><t{space}>{_escaped(_cut(text))}</t></si>"


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS // 2:
        return text
    return text.encode("utf-16-le")[: 2 * MOST_CHARACTERS].decode("utf-16-le", "ignore")


_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}[_\x00-\x08\x0b-\x1f\ufffe\uffff])|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What is written as ``_xHHHH_``: characters that XML cannot hold, and a line that would begin such a code."""


def _escaped(text: str) -> str:
    text = _CODED.sub(lambda match: f"_x{ord(match.group()):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
