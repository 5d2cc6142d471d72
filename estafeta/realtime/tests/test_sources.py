"""Rows of other rooms: told to whom they name, from where each page stands."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from estafeta.realtime import sources, stream
from estafeta.realtime.hub import Hub
from estafeta.realtime.reading import Position
from estafeta.realtime.sources import Told
from estafeta.realtime.stream import Stream
from estafeta.realtime.tests.test_hub import Popups, _no_database, listener, standing
from estafeta.realtime.visitors import Visitor

__all__ = ["_no_database"]


class Room:
    """Five rows; person 1 hears the odd ones, person 2 all of them."""

    name = "room"

    def newest(self) -> int:
        return 5

    def between(
        self, after: int, up_to: int, people: Collection[int], *, most: int
    ) -> tuple[list[Told], int]:
        rows = [
            Told(n, {2} | ({1} if n % 2 else set()) & set(people), "word", f'{{"n": {n}}}')
            for n in range(after + 1, up_to + 1)
        ]
        return rows[:most], rows[most - 1].number if len(rows) > most else up_to


@pytest.fixture
def _one_source(monkeypatch: pytest.MonkeyPatch, _no_database: None) -> None:
    monkeypatch.setattr(sources, "SOURCES", (Room(),))


def popups() -> Popups:
    made = Popups()
    made.gate.set()
    return made


@pytest.mark.usefixtures("_one_source")
def test_each_row_reaches_those_it_names() -> None:
    async def scene() -> tuple[bytes, bytes]:
        made = Hub(popups())
        made.position = Position(entry=0, popup=2, rights=1, sources={"room": 3})
        one, two = listener(1, rights=1), listener(2, rights=1)
        made.readers.add(one)
        made.readers.add(two)
        await made._tell()
        assert made.position.sources == {"room": 5}
        return await one.next(), await two.next()

    one, two = asyncio.run(scene())
    assert b'"number": 5' in one
    assert b'"number": 4' not in one
    assert b'{"source": "room", "number": 4, "event": "word", "data": {"n": 4}}' in two


@pytest.mark.usefixtures("_one_source")
@pytest.mark.parametrize(
    ("query", "told"),
    [(b"", []), (b"room=5", []), (b"room=2", [3, 4, 5]), (b"room=9", []), (b"room=x", [])],
)
def test_a_page_gets_what_it_missed(query: bytes, told: list[int]) -> None:
    heard = stream._heard({"query_string": query}, {})
    visitor = Visitor(2, "key", "", 1, standing(2))
    now = Position(0, 2, 1, 0, {"room": 5})
    missed = Stream(popups())._missed(heard, now, visitor).decode()
    assert [n for n in range(9) if f'"number": {n},' in missed] == told
    assert '"sources": {"room": 5}' in missed


@pytest.mark.usefixtures("_one_source")
def test_a_page_that_missed_much_fetches_itself_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_TOLD_AGAIN", 2)
    heard = stream._heard({"query_string": b"room=1"}, {})
    now = Position(0, 2, 1, 0, {"room": 5})
    missed = Stream(popups())._missed(heard, now, Visitor(2, "key", "", 1, standing(2)))
    assert b'"event": "reload"' in missed
    assert b"word" not in missed


def test_no_name_of_a_source_means_something_else() -> None:
    taken = {"after", "entry", "once", "presence", "people", "states", "reached", "list", "bell"}
    assert not taken & {one.name for one in sources.SOURCES}
