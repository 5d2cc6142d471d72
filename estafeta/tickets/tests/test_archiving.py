"""Finished tickets are archived by schedule, unless somebody is quicker."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from estafeta.accounts.models import Site
from estafeta.tickets import actions
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep import archiving
from estafeta.tickets.upkeep.archiving import archive_due
from estafeta.tickets.verbs import Verb
from estafeta.tickets.via import Via
from tests.cast import Cast
from tests.orders import done, order, taken


def in_days(days: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days))


def test_a_done_ticket_is_archived_after_the_days_of_the_site(cast: Cast) -> None:
    ticket = done(cast)
    days = Site.current().archive_after_days
    assert archiving.archived_at(ticket) == ticket.closed_at + timedelta(days=days)  # type: ignore[operator]
    with in_days(days - 0.1):
        assert archive_due() == 0
    with in_days(days + 0.1):
        assert archive_due() == 1
        assert archive_due() == 0
    ticket.refresh_from_db()
    assert ticket.status == Status.ARCHIVED
    entry = ticket.entries.latest("pk")
    assert (entry.verb, entry.via, entry.actor.login) == (Verb.ARCHIVE, Via.SCHEDULE, "system")


def test_a_cancelled_ticket_is_archived_too_and_open_ones_never(cast: Cast) -> None:
    cancelled = order(cast)
    actions.cancel(cancelled, by=cast.director, reason="sold")
    taken(cast)
    order(cast)
    with in_days(400):
        assert archive_due() == 1
    cancelled.refresh_from_db()
    assert cancelled.status == Status.ARCHIVED


def test_a_reopened_ticket_stays(cast: Cast) -> None:
    ticket = done(cast)
    actions.reopen(ticket, by=cast.director, reason="again")
    assert archiving.archived_at(ticket) is None
    with in_days(400):
        assert archive_due() == 0


def test_many_are_archived_in_small_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving, "MOST_AT_ONCE", 2)
    for _ in range(3):
        done(cast)
    with in_days(400):
        assert [archive_due(), archive_due(), archive_due()] == [2, 1, 0]
