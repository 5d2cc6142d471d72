from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from estafeta.lib import sheets

NOON = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


def csv_of(*rows: sheets.Row, separator: str = ",") -> str:
    return b"".join(sheets.csv_pieces([rows], separator=separator)).decode()


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
