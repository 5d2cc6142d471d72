"""Silence for some working days accepts a result."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from estafeta.accounts.models import Site
from estafeta.lib import clock, working_days
from estafeta.tickets import actions
from estafeta.tickets.models import Acceptance, Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep import silence
from tests.cast import Cast
from tests.orders import done

FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def two_days(cast: Cast) -> None:
    Site.objects.update(silence_days=2, time_zone="UTC")
    Site.forget()


def reviewed(cast: Cast) -> Ticket:
    with clock.standing_at(FRIDAY):
        return done(cast, acceptance=Acceptance.AUTHOR, requester=cast.client)


def accepted(at: datetime) -> int:
    with clock.standing_at(at):
        return silence.accept_due()


def test_a_weekend_does_not_count(cast: Cast) -> None:
    ticket = reviewed(cast)
    assert silence.accepted_at(ticket) == FRIDAY + timedelta(days=4)
    assert accepted(FRIDAY + timedelta(days=3)) == 0
    assert accepted(FRIDAY + timedelta(days=4, minutes=1)) == 1
    ticket.refresh_from_db()
    assert ticket.status == Status.DONE
    last = ticket.entries.latest("seq")
    assert (last.verb, last.actor.login, last.facts["notice"]) == ("accept", "system", "silence")


def test_whoever_asked_and_speaks_is_not_silent(cast: Cast) -> None:
    ticket = reviewed(cast)
    with clock.standing_at(FRIDAY + timedelta(days=3)):
        actions.reply(ticket, by=cast.client, text="Ещё проверяю")
    assert accepted(FRIDAY + timedelta(days=4, hours=1)) == 0
    assert accepted(FRIDAY + timedelta(days=5, hours=1)) == 1


def test_the_words_of_others_do_not_count(cast: Cast) -> None:
    ticket = reviewed(cast)
    with clock.standing_at(FRIDAY + timedelta(days=3)):
        actions.reply(ticket, by=cast.agent, text="Готово, посмотрите")
    assert accepted(FRIDAY + timedelta(days=4, hours=1)) == 1


def test_returned_and_completed_again_the_days_begin_anew(cast: Cast) -> None:
    ticket = reviewed(cast)
    with clock.standing_at(FRIDAY + timedelta(days=3)):
        actions.return_to_work(ticket, by=cast.client, reason="Не работает")
        actions.complete(ticket, by=cast.agent)
    assert ticket.returns == 1
    assert accepted(FRIDAY + timedelta(days=4, hours=1)) == 0


def test_zero_days_mean_never(cast: Cast) -> None:
    Site.objects.update(silence_days=0)
    Site.forget()
    assert silence.accepted_at(reviewed(cast)) is None
    assert accepted(FRIDAY + timedelta(days=400)) == 0


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02T10:00", 1, "2026-03-03T10:00"),
        ("2026-03-06T10:00", 1, "2026-03-09T10:00"),
        ("2026-03-07T10:00", 1, "2026-03-10T00:00"),
        ("2026-03-04T10:00", 5, "2026-03-11T10:00"),
        ("2026-03-05T10:00", 12, "2026-03-23T10:00"),
        ("2026-03-27T10:00", 1, "2026-03-30T10:00"),
    ],
)
def test_working_days(start: str, days: int, end: str) -> None:
    zone = ZoneInfo("Europe/Kyiv")
    moment = datetime.fromisoformat(start).replace(tzinfo=zone)
    assert working_days.after(moment, days, zone) == datetime.fromisoformat(end).replace(
        tzinfo=zone
    )
