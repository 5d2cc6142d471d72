"""Tables as files: CSV piece by piece, workbooks row after row, both in flat memory.

Whatever stands in a cell is a text or a value, never a formula: programs for tables would run one.
Moments stand as they are given, in whatever zone that is.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

Value = str | int | datetime | tuple[str, ...] | None
Row = Sequence[Value]

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
MOST_ROWS = 1_000_000
"""On one sheet of a workbook; a little more fit."""
MOST_LETTERS = 32_000
WIDTH = 14
PIECE = 64 * 1024
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_pieces(chunks: Iterable[Iterable[Row]], *, separator: str = ",") -> Iterator[bytes]:
    """A piece for each chunk of rows."""
    yield BOM.encode()
    for chunk in chunks:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
        writer.writerows([harmless(_as_text(value)) for value in row] for row in chunk)
        yield text.getvalue().encode()


def harmless(text: str) -> str:
    """With a quote before what a program for tables would take for a formula; numbers stay."""
    is_number = text[:1] in ("+", "-") and text[1:].replace(".", "", 1).isdecimal()
    return f"'{text}" if text.startswith(RISKY) and not is_number else text


def xlsx_pieces(
    chunks: Iterable[Iterable[Row]], *, title: str, widths: Sequence[int] = ()
) -> Iterator[bytes]:
    """The first row is the heading. Written to a file that is gone afterwards, then sent."""
    with tempfile.TemporaryDirectory(prefix="estafeta-sheet-") as folder:
        path = Path(folder) / "sheet.xlsx"
        _write(path, folder, chunks, title, widths)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _write(
    path: Path, folder: str, chunks: Iterable[Iterable[Row]], title: str, widths: Sequence[int]
) -> None:
    import xlsxwriter  # type: ignore[import-untyped]  # heavy, and seldom needed

    options = {"constant_memory": True, "tmpdir": folder, "default_date_format": "yyyy-mm-dd hh:mm"}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        sheet: Any = None
        head: list[Value] = []
        place = 0
        for row in (row for chunk in chunks for row in chunk):
            if sheet is None or place > MOST_ROWS:
                sheet = _sheet(book, title, widths)
                head = head or list(row)
                _cells(sheet, 0, head, bold)
                place = 1
                if row is head or list(row) == head:
                    continue
            _cells(sheet, place, row)
            place += 1


def _sheet(book: Any, title: str, widths: Sequence[int]) -> Any:
    number = len(book.worksheets()) + 1
    name = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title).strip()[:26]
    sheet = book.add_worksheet(name if number == 1 and name else f"{name} {number}".strip())
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width or WIDTH)
    return sheet


def _cells(sheet: Any, place: int, row: Row, style: Any = None) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, datetime):
            sheet.write_datetime(place, column, value.replace(tzinfo=None), style)
        elif isinstance(value, int):
            sheet.write_number(place, column, value, style)
        else:
            sheet.write_string(place, column, _as_text(value)[:MOST_LETTERS], style)


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)
