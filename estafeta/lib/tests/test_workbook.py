from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from estafeta.lib import workbook
from estafeta.lib.sheets import Row

NOON = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def book_of(*rows: Row, title: str = "Inbox") -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(workbook.pieces([rows], title=title))))


def sheet_of(book: zipfile.ZipFile, number: int = 1) -> str:
    return book.read(f"xl/worksheets/sheet{number}.xml").decode()


def texts_of(book: zipfile.ZipFile) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(sheet_of(book)).iter(f"{CELL}t")]


def test_it_holds_values_and_no_formula() -> None:
    book = book_of(["No.", "Title", "At"], [17, "=1+1", NOON], title="A/B:C*?[x]")
    sheet = sheet_of(book)
    assert "<f>" not in sheet
    assert '<c r="A2"><v>17</v></c>' in sheet
    assert texts_of(book) == ["No.", "Title", "At", "=1+1"]
    assert re.search(r'<c r="C2" s="2"><v>46350\.52083\d+</v>', sheet)
    assert "A B C" in book.read("xl/workbook.xml").decode()


def test_every_file_of_it_is_whole_and_xml() -> None:
    book = book_of(["n"], ["x"], title="<&\"'")
    assert book.testzip() is None
    for name in book.namelist():
        ElementTree.fromstring(book.read(name))
    types = book.read("[Content_Types].xml").decode()
    for name in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"):
        assert f'PartName="/{name}"' in types


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b\x0bc", "abc"), ("\ud800x", "x"), ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("  spaced  ", "  spaced  "), ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("_x0041_", "_x005F_x0041_"), ("ї ґ 😀 \u202e", "ї ґ 😀 \u202e"),
    ],
)  # fmt: skip
def test_no_text_breaks_it(given: str, kept: str) -> None:
    assert texts_of(book_of(["n"], [given])) == ["n", kept]


def test_more_rows_than_fit_go_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = book_of(["n"], *([n] for n in range(7)))
    texts = [sheet_of(book, number) for number in (1, 2, 3)]
    assert [len(re.findall("<row ", text)) - 1 for text in texts] == [3, 3, 1]
    assert all(">n</t>" in text for text in texts)
    assert 'name="Inbox 3"' in book.read("xl/workbook.xml").decode()


def test_an_empty_table_is_a_workbook() -> None:
    assert texts_of(book_of(["n"])) == ["n"]
    assert book_of().testzip() is None


def test_many_columns_have_names_like_in_a_table() -> None:
    sheet = sheet_of(book_of(["n"], list(range(1, 54))))
    assert '<c r="Z2">' in sheet
    assert '<c r="AA2">' in sheet
    assert '<c r="BA2">' in sheet


def test_it_leaves_while_rows_are_still_made_and_keeps_none() -> None:
    made = 0

    def chunks() -> Iterator[list[Row]]:
        nonlocal made
        yield [["n", "text"]]
        for start in range(0, 60_000, 500):
            made = start
            yield [[n, f"Заявка {n * 7919} {n * 104729}"] for n in range(start, start + 500)]

    found = workbook.pieces(chunks(), title="All")
    first = next(found)
    assert first.startswith(b"PK")
    assert made < 20_000
    tracemalloc.start()
    amount = sum(len(piece) for piece in found)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert amount > 500_000
    assert most < 2_000_000
