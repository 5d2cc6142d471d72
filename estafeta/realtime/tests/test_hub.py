"""The hub without a server: who comes in the middle of a reading, who does not keep up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Collection
from typing import Any, NamedTuple

import pytest

from estafeta.accounts.standing import Standing
from estafeta.presence import places
from estafeta.realtime import changes, events, hub, sources, visitors
from estafeta.realtime.hub import Hub
from estafeta.realtime.listeners import MOST_OF_ONE_PERSON, MOST_WAITING, Listener, Readers
from estafeta.realtime.reading import Position
from estafeta.realtime.stream import _number
from estafeta.realtime.visitors import Visitor


def standing(person: int, *, departments: frozenset[int] = frozenset()) -> Standing:
    return Standing(person, True, False, False, departments, frozenset(), None)


def listener(person: int, rights: int = 0) -> Listener:
    return Listener(Visitor(person, f"key-{person}", "", rights, standing(person)))


class Popup(NamedTuple):
    id: int
    person: int
    data: str


class Popups:
    """Two people, one pop-up each; whoever reads waits at the gate."""

    rows = (Popup(1, 1, '"one"'), Popup(2, 2, '"two"'))

    def __init__(self) -> None:
        self.is_reading = threading.Event()
        self.gate = threading.Event()

    def newest(self) -> int:
        return 2

    def between(
        self, after: int, up_to: int, people: Collection[int], *, most: int
    ) -> tuple[list[Popup], int]:
        self.is_reading.set()
        assert self.gate.wait(5)
        return [r for r in self.rows if after < r.id <= up_to and r.person in people], up_to

    def is_remembered(self, after: int) -> bool:
        return True


@pytest.fixture
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "after", lambda position: (position, []))
    monkeypatch.setattr(visitors, "versions", lambda: (1, 0))
    monkeypatch.setattr(places, "changed_since", lambda _moment: [])
    monkeypatch.setattr(visitors, "standings", lambda people: {p: standing(p) for p in people})
    monkeypatch.setattr(sources, "SOURCES", ())
    monkeypatch.setattr(hub, "close_old_connections", lambda: None)


@pytest.mark.usefixtures("_no_database")
def test_who_comes_while_the_hub_reads_misses_nothing() -> None:
    async def scene() -> tuple[bytes, bytes]:
        popups = Popups()
        made = Hub(popups)
        made.position = Position(entry=0, popup=0, rights=1)
        first, late = listener(1, rights=1), listener(2, rights=1)
        made.readers.add(first)
        telling = asyncio.create_task(made._tell())
        await asyncio.to_thread(popups.is_reading.wait, 5)
        made.readers.add(late)
        popups.gate.set()
        await telling
        assert made.position == Position(0, 2, 1)
        return await first.next(), await late.next()

    first, late = asyncio.run(scene())
    assert b'data: "one"' in first
    assert b'data: "two"' in late


def test_who_does_not_keep_up_is_closed() -> None:
    slow = listener(1)
    for number in range(MOST_WAITING):
        slow.give(b"%d" % number)
    assert not slow.is_closed
    slow.give(b"too much")
    assert slow.is_closed
    assert asyncio.run(slow.next()) == b""


def test_nobody_holds_any_number_of_streams() -> None:
    readers = Readers()
    streams = [listener(1) for _ in range(MOST_OF_ONE_PERSON + 3)]
    for one in [listener(2), *streams]:
        readers.add(one)
    assert [one.is_closed for one in streams] == [True] * 3 + [False] * MOST_OF_ONE_PERSON
    assert not any(one.is_closed for one in readers.by_person[2].listeners)


def test_a_popup_is_not_given_twice_to_one_stream() -> None:
    one = listener(1)
    one.heard = 5
    for number in (4, 5, 6, 6, 7):
        one.give_popup(number, b"%d" % number)
    assert asyncio.run(one.next()) == b"67"


@pytest.mark.parametrize(
    ("texts", "number"),
    [
        ([], None), ([""], None), (["7"], 7), (["7", "9"], 9), (["-1", "x", "1e3"], None),
        (["²"], None), (["9" * 19], None), (["9" * 5000], None),
    ],
)  # fmt: skip
def test_positions_are_read_with_care(texts: list[str], number: Any) -> None:
    assert _number(texts) == number


@pytest.mark.usefixtures("_no_database")
def test_an_announcement_reaches_every_open_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "versions", lambda: (1, 7))

    async def scene() -> bytes:
        popups = Popups()
        popups.gate.set()
        made = Hub(popups)
        made.position = Position(entry=0, popup=2, rights=1, announced=6)
        one = listener(3, rights=1)
        made.readers.add(one)
        await made._tell()
        assert made.position.announced == 7
        return await one.next()

    assert asyncio.run(scene()) == events.COUNTERS
