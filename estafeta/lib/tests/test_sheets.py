from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from estafeta.lib import sheets

NOON = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


def csv_of(*rows: sheets.Row, separator: str = ",") -> str:
    return b"".join(sheets.csv_pieces([rows], separator=separator)).decode()


def xlsx_of(*rows: sheets.Row, title: str = "Inbox") -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(sheets.xlsx_pieces([rows], title=title))))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "|x",
        "%0",
    ],
)
def test_what_looks_like_a_formula_is_a_text(text: str) -> None:
    assert sheets.harmless(text) == f"'{text}"
    assert f"'{text[0]}" in csv_of([text]).replace('""', '"')


@pytest.mark.parametrize("text", ["Принтер", "-5", "+380", "-2.5", "a=b", ""])
def test_words_and_numbers_stay_as_they_are(text: str) -> None:
    assert sheets.harmless(text) == text


def test_csv_says_what_it_is_and_keeps_quotes_lines_and_letters() -> None:
    text = csv_of(["№", 'a "b"', "x\ny"], [1, None, NOON], [2, ("да", "нет"), "z;w"])
    assert text.startswith("\ufeff№,")
    assert '"a ""b"""' in text
    assert "1,,2026-11-24 12:30\r\n" in text
    assert '2,"да, нет",z;w\r\n' in text
    assert '"z;w"' in csv_of(["z;w"], separator=";")


def test_a_workbook_holds_values_and_no_formula() -> None:
    book = xlsx_of(["No.", "Title", "At"], [17, "=1+1", NOON], title="A/B:C*?[x]")
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert re.search(r'<c r="A2"[^>]*><v>17</v>', sheet)
    assert "=1+1" in sheet
    assert re.search(r'<c r="C2" s="\d+"><v>46350\.52\d+</v>', sheet)
    assert "A B C" in book.read("xl/workbook.xml").decode()


def test_more_rows_than_fit_go_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    book = xlsx_of(["n"], *([n] for n in range(7)))
    sheets_there = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets_there) == 3
    texts = [book.read(name).decode() for name in sheets_there]
    assert [len(re.findall("<row ", text)) - 1 for text in texts] == [3, 3, 1]


def test_a_table_is_made_piece_by_piece() -> None:
    made: list[int] = []

    def chunks() -> Iterator[list[sheets.Row]]:
        for number in range(3):
            made.append(number)
            yield [[number]]

    pieces = sheets.csv_pieces(chunks())
    next(pieces)
    assert made == []
    next(pieces)
    assert made == [0]
