"""Tables as CSV, piece by piece in flat memory; workbooks are made by `workbook.py`.

Whatever stands in a cell is a text or a value, never a formula: programs for tables would run one.
Moments stand as they are given, in whatever zone that is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

Value = str | int | datetime | tuple[str, ...] | None
Row = Sequence[Value]

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
CSV_TYPE = "text/csv; charset=utf-8"


def csv_pieces(chunks: Iterable[Iterable[Row]], *, separator: str = ",") -> Iterator[bytes]:
    """A piece for each chunk of rows."""
    yield BOM.encode()
    for chunk in chunks:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
        writer.writerows([harmless(as_text(value)) for value in row] for row in chunk)
        yield text.getvalue().encode()


def harmless(text: str) -> str:
    """With a quote before what a program for tables would take for a formula; numbers stay."""
    is_number = text[:1] in ("+", "-") and text[1:].replace(".", "", 1).isdecimal()
    return f"'{text}" if text.startswith(RISKY) and not is_number else text


def as_text(value: Value) -> str:
    """As it stands in a cell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)
