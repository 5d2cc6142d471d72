"""One channel at work: addresses that hang, servers that are away, rates, tries that come back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.utils import timezone

from estafeta.lib.sealed import CannotBeOpened
from estafeta.notifications import channel_settings, deliver
from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.models import ChannelSettings, ChannelState, Climb, Delivery
from estafeta.notifications.outbox import claims, clock_set_back, lane, pace
from estafeta.notifications.outbox.tests.made_up import MadeUp, later, made_up, queued
from tests.cast import Cast
from tests.orders import order

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def channel(db: None, monkeypatch: pytest.MonkeyPatch) -> MadeUp:
    return made_up(monkeypatch)


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """Whatever hangs goes on when the test is over."""
    event = threading.Event()
    yield event
    event.set()


def state() -> ChannelState:
    return ChannelState.objects.get(channel="made_up")


def travelled(delta: timedelta) -> time_machine.travel:
    return time_machine.travel(timezone.now() + delta, tick=True)


def test_an_address_that_hangs_delays_nobody_else(
    cast: Cast, channel: MadeUp, released: threading.Event
) -> None:
    channel.seconds = 1.5  # type: ignore[misc]
    for _ in range(30):
        queued(cast, "hangs")
    for number in range(20):
        queued(cast, f"quick {number}")
    channel.answer = lambda to: released.wait(9) if to == "hangs" else "taken"
    began = time.monotonic()
    deliver.run_once()
    assert len(channel.got) == 20
    assert max(at for at, *_ in channel.got) - began < 1
    assert channel.tried.count("hangs") == 1, "it holds one line only"
    tried = Delivery.objects.get(address="hangs", attempts=1)
    assert (tried.state, tried.error) == ("queued", "No answer within 2 seconds")
    others = Delivery.objects.filter(address="hangs", attempts=0, worker="")
    assert others.count() == 29, "the others count no try"
    assert not others.filter(next_attempt_at__lte=timezone.now()).exists(), "and wait a while"


def test_many_addresses_that_hang_are_the_channels_fault(
    cast: Cast, channel: MadeUp, released: threading.Event
) -> None:
    channel.seconds, channel.lines = 0.3, 8  # type: ignore[misc]
    for number in range(8 * 4):
        queued(cast, f"hangs {number}")
    channel.answer = lambda _to: released.wait(9)
    deliver.run_once()
    assert state().failures >= 3
    assert pace.due() == []
    assert Delivery.objects.filter(attempts=0).count() >= 8 * 2


def test_a_channel_at_fault_is_left_alone_and_then_tried_by_one_message(
    cast: Cast, channel: MadeUp
) -> None:
    channel.lines = 1  # type: ignore[misc]
    for number in range(30):
        queued(cast, f"to {number}")
    away = later("Connection refused", channel_is_at_fault=True)
    channel.answer = lambda _to: away
    while deliver.run_once():
        pass
    assert len(channel.tried) == pace.FAULTS_BEFORE_REST
    assert Delivery.objects.filter(attempts=0).count() == 30 - pace.FAULTS_BEFORE_REST
    assert state().last_error == "Connection refused"
    with travelled(16 * SECOND):
        assert deliver.run_once() == 1
        assert len(channel.tried) == pace.FAULTS_BEFORE_REST + 1, "one goes ahead"
        assert deliver.run_once() == 0, "and the rest is longer now"
    channel.answer = lambda _to: "taken"
    with travelled(10 * MINUTE):
        assert deliver.run_once() == 1
        while deliver.run_once():
            pass
    assert sorted(channel.receivers) == sorted(f"to {number}" for number in range(30))
    assert (state().failures, state().broken_until, state().last_error) == (0, None, "")


def test_a_channel_may_ask_for_peace(cast: Cast, channel: MadeUp) -> None:
    queued(cast, "a")
    channel.answer = lambda _to: later(channel_is_at_fault=True, retry_after=3000)
    deliver.run_once()
    with travelled(45 * MINUTE):
        assert pace.due() == []
    with travelled(51 * MINUTE):
        assert len(pace.due()) == 1


def test_only_one_worker_goes_ahead(cast: Cast, channel: MadeUp) -> None:
    pace.due()
    ChannelState.objects.filter(channel="made_up").update(failures=5, broken_until=timezone.now())
    assert [pace.gate(channel, most=40).most for _worker in range(2)] == [1, 0]


def test_who_goes_ahead_with_nothing_leaves_it_to_the_next(cast: Cast, channel: MadeUp) -> None:
    row = queued(cast, "a", expires_at=timezone.now())
    pace.due()
    ChannelState.objects.filter(channel="made_up").update(failures=5, broken_until=timezone.now())
    deliver.run_once()
    row.refresh_from_db()
    assert row.state == "expired"
    queued(cast, "b")
    deliver.run_once()
    assert channel.receivers == ["b"]


def test_an_address_may_ask_for_peace_for_all_that_goes_there(cast: Cast, channel: MadeUp) -> None:
    for to in ("chat", "chat", "other"):
        queued(cast, to)
    channel.answer = lambda to: later(retry_after=600) if to == "chat" else "taken"
    deliver.run_once()
    assert channel.receivers == ["other"]
    assert channel.tried.count("chat") == 1
    channel.answer = lambda _to: "taken"
    with travelled(9 * MINUTE):
        assert deliver.run_once() == 0
    with travelled(11 * MINUTE):
        deliver.run_once()
    assert channel.receivers.count("chat") == 2


def test_a_message_that_always_fails_does_not_hold_up_the_others_of_its_address(
    cast: Cast, channel: MadeUp
) -> None:
    first = queued(cast, "a", notice={"name": "code", "code": "1"})
    channel.answer = lambda _to: later("too large") if len(channel.got) == 0 else "taken"
    deliver.run_once()
    queued(cast, "a")
    first.refresh_from_db()
    Delivery.objects.filter(pk=first.pk).update(attempts=9)
    channel.answer = lambda _to: "taken"
    deliver.run_once()
    assert channel.receivers == ["a"]


def test_what_nobody_expected_is_tried_again(
    cast: Cast, channel: MadeUp, caplog: pytest.LogCaptureFixture
) -> None:
    row = queued(cast, "a")
    channel.answer = lambda _to: ZeroDivisionError("oh")
    deliver.run_once()
    row.refresh_from_db()
    assert (row.state, row.error, row.cause) == (
        "queued",
        "ZeroDivisionError: oh",
    ) * 1 + ("ZeroDivisionError: oh",)
    assert "nobody expected" in caplog.text


def test_no_more_leaves_than_a_minute_allows_whoever_sends_it(cast: Cast, channel: MadeUp) -> None:
    ChannelSettings.objects.create(
        channel="made_up", is_on=True, messages_a_minute=60, changed_at=timezone.now()
    )
    channel_settings.forget()
    for number in range(40):
        queued(cast, f"to {number}")
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        assert deliver.run_once() == 10, "ten seconds' worth at once"
        assert deliver.run_once() == 0
    with time_machine.travel(start + 3 * SECOND, tick=False):
        assert deliver.run_once() == 3
    with time_machine.travel(start + MINUTE, tick=False):
        assert deliver.run_once() == 10
    assert len(channel.got) == 23


def test_a_long_queue_for_one_address_leaves_room_for_others(cast: Cast, channel: MadeUp) -> None:
    for _ in range(100):
        queued(cast, "room")
    for number in range(10):
        queued(cast, f"to {number}")
    deliver.run_once()
    assert channel.receivers.count("room") == lane.MOST_AT_ONCE // 4
    assert len(channel.receivers) == lane.MOST_AT_ONCE // 4 + 10


def test_a_channel_that_is_switched_off_keeps_what_is_due(cast: Cast, channel: MadeUp) -> None:
    ChannelSettings.objects.create(channel="made_up", is_on=False, changed_at=timezone.now())
    channel_settings.forget()
    queued(cast, "a")
    assert deliver.run_once() == 0
    assert Delivery.objects.get().state == "queued"


def test_a_clock_that_jumps_an_hour_and_back_costs_no_message_an_hour(
    cast: Cast, channel: MadeUp
) -> None:
    start = timezone.now()
    failing = queued(cast, "early")
    lanes = deliver.Lanes()
    channel.answer = lambda _to: later()
    with time_machine.travel(start + timedelta(hours=1), tick=False):
        queued(cast, "meanwhile")
        evening = queued(cast, "evening", is_gathered=True)
        Delivery.objects.filter(pk=evening.pk).update(next_attempt_at=start + timedelta(hours=9))
        Delivery.objects.filter(pk=failing.pk).update(attempts=3)
        deliver.run_once()
    channel.answer = lambda _to: "taken"
    with time_machine.travel(start + 5 * SECOND, tick=False):
        assert deliver.run_once() == 0
        deliver.clock_set_back.put_right()
        assert deliver.run_once() == 2
        deliver.clock_set_back.put_right()
    assert sorted(channel.receivers) == ["early", "meanwhile"]
    evening.refresh_from_db()
    assert evening.next_attempt_at == start + timedelta(hours=9)
    lanes.stop()


YEAR = timedelta(days=365)


def test_a_clock_that_ran_a_year_ahead_holds_up_no_digest_lease_rest_or_rung(
    cast: Cast, channel: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = timezone.now()
    deliver.clock_set_back.put_right()
    leased, settling, digest = (
        queued(cast, "leased"), queued(cast, "settling", is_gathered=True),
        queued(cast, "digest", is_gathered=True),
    )  # fmt: skip
    rows = Delivery.objects
    rows.filter(pk=leased.pk).update(worker="gone:1", next_attempt_at=start + YEAR + 240 * SECOND)
    rows.filter(pk=settling.pk).update(
        created_at=start + YEAR, next_attempt_at=start + YEAR + 20 * SECOND
    )
    rows.filter(pk=digest.pk).update(
        created_at=start + YEAR, next_attempt_at=start + YEAR + timedelta(hours=9)
    )
    climb = Climb.objects.create(ticket=order(cast), step=0, started_at=start, next_at=start + YEAR)
    ChannelState.objects.update_or_create(
        channel="made_up", defaults={"broken_until": start + YEAR}
    )
    last = queued(cast, "last")
    # The newest row is of now: only this process knows that the clock was set back.
    assert last.created_at < start + YEAR
    monkeypatch.setattr(clock_set_back, "_apart", time.time() - time.monotonic() + 365 * 86400)
    deliver.clock_set_back.put_right()
    for row in (leased, settling, digest, climb):
        row.refresh_from_db()
    assert leased.next_attempt_at <= timezone.now()
    assert settling.next_attempt_at <= timezone.now()
    assert digest.next_attempt_at - start < timedelta(hours=10)
    assert climb.next_at is not None
    assert climb.next_at <= timezone.now()
    assert ChannelState.objects.get(channel="made_up").broken_until <= timezone.now()


def test_a_worker_that_begins_breaks_no_peace_that_was_asked_for(
    cast: Cast, channel: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = timezone.now()
    asked = queued(cast, "asked", attempts=1, error="429")
    Delivery.objects.update(next_attempt_at=start + timedelta(hours=20))
    ChannelState.objects.update_or_create(
        channel="made_up", defaults={"broken_until": start + timedelta(hours=5)}
    )
    monkeypatch.setattr(clock_set_back, "_apart", None)
    assert deliver.clock_set_back.put_right() == 0
    asked.refresh_from_db()
    assert asked.next_attempt_at == start + timedelta(hours=20)
    assert ChannelState.objects.get(channel="made_up").broken_until > start


@pytest.mark.parametrize("is_gathered", [False, True])
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole")
def test_a_claim_walks_along_one_index_and_sorts_nothing(
    channel: MadeUp, is_gathered: bool
) -> None:
    plan = claims._due(channel, timezone.now(), ()).gathered(is_gathered).explain()
    assert "USING INDEX delivery_due (channel=? AND is_gathered=? AND next_attempt_at<?)" in plan
    assert "ORDER BY" not in plan


@pytest.mark.parametrize("is_error", [True, False])
def test_words_that_no_database_keeps_hold_up_nobody(
    cast: Cast, channel: MadeUp, is_error: bool
) -> None:
    words = "no\x00 \ud800way"
    odd, other = queued(cast, "odd"), queued(cast, "other")
    bad: object = DeliveryError(words, permanent=True) if is_error else words
    channel.answer = lambda to: bad if to == "odd" else "taken"
    deliver.run_once()
    odd.refresh_from_db()
    other.refresh_from_db()
    assert (odd.error or odd.server_id) == "no way"
    assert other.state == "sent"


@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), CannotBeOpened("another key")]
)
def test_what_cannot_be_written_just_now_waits(
    cast: Cast, channel: MadeUp, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_given: object) -> bytes:
        raise error

    row = queued(cast, "anna")
    with monkeypatch.context() as patch:
        patch.setattr(channel, "write", fails)
        deliver.run_once()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.worker) == ("queued", 1, "")
    assert str(error) in row.error
    with travelled(MINUTE):
        deliver.run_once()
    assert channel.receivers == ["anna"]
