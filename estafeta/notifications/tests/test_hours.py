"""When messages may leave: quiet hours, weekends, rhythms, and clocks that are put on or back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafeta.notifications.hours import Hours
from estafeta.notifications.models import Rhythm

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT: dict[str, Any] = {"quiet_from": time(22), "quiet_until": time(7)}


def at(text: str, zone: ZoneInfo = BERLIN, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("wishes", "now", "leaves"),
    [
        ({}, "2026-11-24T23:30", "2026-11-24T23:30"),
        (NIGHT, "2026-11-24T23:30", "2026-11-25T07:00"),
        (NIGHT, "2026-11-25T03:00", "2026-11-25T07:00"),
        (NIGHT, "2026-11-25T07:00", "2026-11-25T07:00"),
        (NIGHT, "2026-11-25T21:59", "2026-11-25T21:59"),
        ({"quiet_from": time(12), "quiet_until": time(13)}, "2026-11-25T12:59", "2026-11-25T13:00"),
        ({"quiet_from": time(8), "quiet_until": time(8)}, "2026-11-25T08:00", "2026-11-25T08:00"),
        # Friday night, then the weekend, then Sunday's night: Monday morning.
        ({**NIGHT, "is_quiet_at_weekends": True}, "2026-11-27T23:00", "2026-11-30T07:00"),
        ({"is_quiet_at_weekends": True}, "2026-11-28T10:00", "2026-11-30T00:00"),
        ({"rhythm": Rhythm.HOURLY}, "2026-11-25T10:20", "2026-11-25T11:00"),
        ({"rhythm": Rhythm.HOURLY, **NIGHT}, "2026-11-25T21:20", "2026-11-26T07:00"),
        ({"rhythm": Rhythm.DAILY}, "2026-11-25T07:59", "2026-11-25T08:00"),
        ({"rhythm": Rhythm.DAILY}, "2026-11-25T08:00", "2026-11-26T08:00"),
        ({"rhythm": Rhythm.DAILY, "daily_at": time(6), **NIGHT}, "2026-11-25T12:00",
         "2026-11-26T07:00"),
    ],
)  # fmt: skip
def test_a_message_leaves(wishes: dict[str, Any], now: str, leaves: str) -> None:
    assert Hours(BERLIN, **wishes).leaves_at(at(now)) == at(leaves)


def test_the_night_in_which_clocks_are_put_on_is_an_hour_shorter() -> None:
    now = at("2026-03-28T23:00")
    leaves = Hours(BERLIN, **NIGHT).leaves_at(now)
    assert leaves == at("2026-03-29T07:00")
    assert leaves - now == timedelta(hours=7)


def test_a_quiet_that_ends_in_the_missing_hour_ends_after_it() -> None:
    hours = Hours(BERLIN, quiet_from=time(22), quiet_until=time(2, 30))
    leaves = hours.leaves_at(at("2026-03-29T00:00"))
    assert leaves.astimezone(BERLIN).time() == time(3, 30)
    assert not hours.is_quiet(leaves)


def test_in_the_hour_that_comes_twice_the_second_end_is_meant_once_the_first_is_over() -> None:
    hours = Hours(BERLIN, quiet_from=time(22), quiet_until=time(2, 30))
    assert hours.leaves_at(at("2026-10-25T01:00")) == at("2026-10-25T02:30")
    again = at("2026-10-25T02:10", fold=1)
    assert hours.leaves_at(again) == at("2026-10-25T02:30", fold=1)


def test_an_hour_of_the_rhythm_is_an_hour_also_when_clocks_are_put_back() -> None:
    hours = Hours(BERLIN, Rhythm.HOURLY)
    assert hours.leaves_at(at("2026-10-25T02:20")) == at("2026-10-25T02:00", fold=1)


def test_the_hours_are_those_of_the_persons_own_wall() -> None:
    now = datetime(2026, 11, 24, 20, tzinfo=UTC)
    assert Hours(ZoneInfo("Asia/Tashkent"), **NIGHT).leaves_at(now) > now
    assert Hours(ZoneInfo("America/New_York"), **NIGHT).leaves_at(now) == now


def test_urgent_breaks_the_quiet_and_the_rhythm_if_it_is_wished() -> None:
    now = at("2026-11-24T23:30")
    assert Hours(BERLIN, Rhythm.DAILY, **NIGHT).leaves_at(now, is_urgent=True) == now
    strict = Hours(BERLIN, **NIGHT, urgent_breaks_quiet=False)
    assert strict.leaves_at(now, is_urgent=True) == at("2026-11-25T07:00")


ZONES = st.sampled_from(
    ["Europe/Berlin", "Europe/Kyiv", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe",
     "America/New_York", "Pacific/Apia", "Africa/Casablanca"]
)  # fmt: skip
CLOCKS = st.none() | st.times().map(lambda one: one.replace(second=0, microsecond=0))


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    zone=ZONES,
    start=CLOCKS,
    end=CLOCKS,
    weekends=st.booleans(),
    rhythm=st.sampled_from(Rhythm),
)
def test_nothing_leaves_in_the_quiet_or_in_the_past_or_after_five_days(
    now: datetime, zone: str, start: time | None, end: time | None, weekends: bool, rhythm: Rhythm
) -> None:
    hours = Hours(
        ZoneInfo(zone), rhythm, quiet_from=start, quiet_until=end, is_quiet_at_weekends=weekends
    )
    moment = now.replace(tzinfo=UTC)
    leaves = hours.leaves_at(moment)
    assert moment <= leaves <= moment + timedelta(days=5)
    assert not hours.is_quiet(leaves)
