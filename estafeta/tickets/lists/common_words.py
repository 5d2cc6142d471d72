"""Words that many tickets contain: sooner met on a walk along the tickets than by way of the index.

The index gathers all that begins with a word before it names the first ticket, which takes as long
as there are tickets with the word. What a person sees is read from the newest down instead, and the
stems of each ticket are looked at, until a page is full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from estafeta.tickets import numbers
from estafeta.tickets.lists import search

LOOKED_AT = 500
SHARE = 10
"""Common is what one in so many of the newest tickets contains."""
SHORT = 3
"""So few letters begin very many words."""
STEPS = (60, 240)
"""So many of a person's tickets are looked at; a page that is not full by then is the index's."""
WORTH = 5
"""The second step is made if it may fill the page: so many times of what the first one gave."""


class Common:
    """What is asked for, as groups of beginnings of which each must be met."""

    def __init__(self, text: str, *, is_staff: bool) -> None:
        self._groups = search.groups_of(text)
        self._is_number = numbers.read(text) is not None
        self._columns = ("public", "staff") if is_staff else ("public",)

    def is_met_often(self) -> bool:
        """Whether a walk is worth its way: one short question, of whole words only."""
        if not self._groups or self._is_number:
            return False
        if all(len(word) <= SHORT for group in self._groups for word in group):
            return True
        ask = _often_on_postgresql if connection.vendor == "postgresql" else _often_on_sqlite
        with connection.cursor() as cursor:
            cursor.execute(*ask(self._groups, self._columns))
            [found] = cursor.fetchone()
        return bool(found * SHARE >= LOOKED_AT)

    def among(self, tickets: Sequence[int]) -> set[int]:
        """The numbers of those that contain it."""
        if not tickets:
            return set()
        places = ", ".join(["%s"] * len(tickets))
        if connection.vendor == "postgresql":
            every, values = search.on_postgresql(self._groups, self._columns)
            sql = f"SELECT ticket FROM {search.TABLE} WHERE ticket IN ({places}) AND {every}"
            with connection.cursor() as cursor:
                cursor.execute(sql, [*tickets, *values])
                return {number for (number,) in cursor.fetchall()}
        sql = f"SELECT rowid, {', '.join(self._columns)} FROM {search.TABLE} WHERE rowid IN ({places})"
        with connection.cursor() as cursor:
            cursor.execute(sql, list(tickets))
            return {number for number, *texts in cursor.fetchall() if self._is_in(texts)}

    def _is_in(self, texts: Iterable[str]) -> bool:
        """Stems stand there with blanks between them."""
        whole = "".join(f" {text}" for text in texts)
        return all(any(f" {word}" in whole for word in group) for group in self._groups)


def _often_on_sqlite(groups: search.Groups, columns: Sequence[str]) -> tuple[str, list[Any]]:
    query = " AND ".join("(" + " OR ".join(f'"{word}"' for word in group) + ")" for group in groups)
    sql = (
        f"SELECT count(*) FROM {search.TABLE} WHERE {search.TABLE} MATCH %s "
        "AND rowid > (SELECT max(number) FROM tickets_ticket) - %s"
    )
    return sql, [f"{{{' '.join(columns)}}} : ({query})", LOOKED_AT]


def _often_on_postgresql(groups: search.Groups, columns: Sequence[str]) -> tuple[str, list[Any]]:
    every, values = search.on_postgresql(groups, columns)
    newest = f"SELECT * FROM {search.TABLE} ORDER BY ticket DESC LIMIT %s"
    return f"SELECT count(*) FROM ({newest}) AS newest WHERE {every}", [LOOKED_AT, *values]
