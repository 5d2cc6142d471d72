"""Workbooks (XLSX) that leave while their rows are still being made: nothing waits, nothing is kept.

A workbook is a zip of XML files. The zip is written to where nobody can turn back, so each file's
size follows it, and what lists the sheets comes last. Texts stand in their cells as texts, never
as formulas.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from estafeta.lib.sheets import Row, Value, as_text

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_000_000
"""On one sheet; a little more fit."""
MOST_LETTERS = 32_000
WIDTH = 14
PIECE = 64 * 1024
COMPRESSION = 3
"""Of nine: a table shrinks to nearly the same with more, in three times the time."""
EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
"""Days are counted from here."""
BOLD, MOMENT = 1, 2
"""Places in the styles."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold."""
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def pieces(
    chunks: Iterable[Iterable[Row]], *, title: str, widths: Sequence[int] = ()
) -> Iterator[bytes]:
    """The first row is the heading, which stays in sight and begins every further sheet."""
    sink = _Sink()
    rows = (row for chunk in chunks for row in chunk)
    heading: Row = next(rows, ())
    names: list[str] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as book:
        row: Row | None = next(rows, None)
        while row is not None or not names:
            names.append(_name(title, len(names) + 1))
            with book.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as sheet:
                sheet.write(_opening(widths) + _row(1, heading, BOLD))
                place = 1
                while row is not None and place <= MOST_ROWS:
                    place += 1
                    sheet.write(_row(place, row))
                    if sink.size >= PIECE:
                        yield sink.taken()
                    row = next(rows, None)
                sheet.write(b"</sheetData></worksheet>")
        for path, text in _frame(names).items():
            book.writestr(path, _HEAD + text)
    yield sink.taken()


class _Sink(io.RawIOBase):
    """Takes what is written, in order; gives it away when asked."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def taken(self) -> bytes:
        found = b"".join(self.parts)
        self.parts.clear()
        self.size = 0
        return found


def _opening(widths: Sequence[int]) -> bytes:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width or WIDTH}" customWidth="1"/>'
        for place, width in enumerate(widths, 1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews>{f'<cols>{columns}</cols>' if columns else ''}<sheetData>"
    ).encode()


def _row(place: int, row: Row, style: int = 0) -> bytes:
    cells = [
        _cell(f"{_letters(column)}{place}", value, style)
        for column, value in enumerate(row)
        if value is not None and value != ""
    ]
    return f'<row r="{place}">{"".join(cells)}</row>'.encode()


def _cell(at: str, value: Value, style: int) -> str:
    if isinstance(value, datetime):
        days = (value.replace(tzinfo=UTC) - EPOCH).total_seconds() / 86400
        return f'<c r="{at}" s="{MOMENT}"><v>{days:.9f}</v></c>'
    kind = f' s="{style}"' if style else ""
    if isinstance(value, int):
        return f'<c r="{at}"{kind}><v>{value}</v></c>'
    text = _text(as_text(value)[:MOST_LETTERS])
    return f'<c r="{at}"{kind} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _text(text: str) -> str:
    """Programs for tables read `_x0041_` as a letter, so what only looks like it is written apart."""
    plain = _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return escape(_LIKE_AN_ESCAPE.sub("_x005F_", plain))


def _letters(column: int) -> str:
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(65 + last)


def _name(title: str, number: int) -> str:
    name = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title).strip()[:26]
    return _UNFIT.sub("", name if number == 1 and name else f"{name} {number}".strip())


def _frame(names: Sequence[str]) -> dict[str, str]:
    """What makes a workbook of the sheets."""
    numbers = range(1, len(names) + 1)
    types = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{_SPREADSHEET}.{kind}+xml"/>'
        for path, kind in (
            ("workbook.xml", "sheet.main"), ("styles.xml", "styles"),
            *((f"worksheets/sheet{number}.xml", "worksheet") for number in numbers),
        )
    )  # fmt: skip
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    return {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _related(
            *(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers),
            ("styles", "styles.xml"),
        ),
        "xl/styles.xml": _STYLES,
        "_rels/.rels": _related(("officeDocument", "xl/workbook.xml")),
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
    }


def _related(*parts: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{path}"/>'
        for number, (kind, path) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
