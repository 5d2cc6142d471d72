"""So many times a minute, each person for himself, in one process or in all."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from estafeta.lib import rate


@pytest.fixture(autouse=True)
def at_the_beginning(db: None) -> Iterator[None]:
    """Nobody has asked yet."""
    rate.forget()
    cache.clear()
    yield
    rate.forget()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, to be changed."""
    now = [time.time()]
    monkeypatch.setattr(rate.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(rate.time, "time", lambda: now[0])
    return now


@pytest.mark.parametrize("for_all", [False, True])
def test_a_minutes_worth_may_come_at_once_and_then_one_at_a_time(
    clock: list[float], for_all: bool
) -> None:
    def ask() -> int:
        return rate.seconds_to_wait("search", 1, most=3, for_all=for_all)

    assert [ask() for _n in range(5)] == [0, 0, 0, 20, 20]
    clock[0] += 20
    assert [ask(), ask()] == [0, 20]
    clock[0] += 600
    assert [ask() for _n in range(3)] == [0, 0, 0]


@pytest.mark.parametrize("for_all", [False, True])
def test_everybody_and_everything_is_counted_for_itself(for_all: bool) -> None:
    def ask(what: str, who: int) -> int:
        return rate.seconds_to_wait(what, who, most=1, for_all=for_all)

    assert [ask("search", 1), ask("search", 2), ask("export", 1)] == [0, 0, 0]
    assert ask("search", 1) > 0


def test_another_process_counts_on_where_it_is_for_all() -> None:
    for for_all, goes_on in ((True, True), (False, False)):
        rate.seconds_to_wait("story", 1, most=1, for_all=for_all)
        rate.forget()  # as a process that has just begun
        assert bool(rate.seconds_to_wait("story", 1, most=1, for_all=for_all)) is goes_on


def test_zero_is_any_number() -> None:
    assert {rate.seconds_to_wait("search", 1, most=0) for _n in range(1000)} == {0}
