"""Text made short for narrow places."""

from __future__ import annotations

import pytest

from estafeta.lib.text import short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Кузнецов Алексей Николаевич", "Кузнецов А. Н."),
        ("Морозова Екатерина Андреевна", "Морозова Е. А."),
        ("Шевченко Оксана Іллівна", "Шевченко О. І."),
        ("Савчук Олег", "Савчук Олег"),
        ("Anna Maria Kowalska", "Anna Maria"),
        ("Склад", "Склад"),
        ("", ""),
    ],
)
def test_a_short_name_keeps_the_surname_whole(name: str, short: str) -> None:
    assert short_name(name).replace("\N{NO-BREAK SPACE}", " ") == short
