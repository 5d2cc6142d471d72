from datetime import timedelta

import pytest

from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Entry, WaitFor
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep.waking import resume_due
from estafeta.tickets.via import Via
from tests.cast import Cast
from tests.orders import taken


def test_waiting_keeps_its_performer_and_resumes_with_him(cast: Cast) -> None:
    ticket = taken(cast)
    actions.wait(ticket, by=cast.agent, wait_for=WaitFor.PART, reason="Диск в пути")
    assert (ticket.status, ticket.performer) == (Status.WAITING, cast.agent)
    actions.resume(ticket, by=cast.agent)
    assert (ticket.status, ticket.wait_for, ticket.wait_reason) == (Status.IN_PROGRESS, "", "")


def test_the_requesters_answer_resumes_what_waits_for_it(cast: Cast) -> None:
    ticket = taken(cast, by=cast.agent, requester=cast.client)
    actions.wait(ticket, by=cast.agent, wait_for=WaitFor.REQUESTER)
    actions.reply(ticket, by=cast.agent_b, text="Напоминаю")
    assert ticket.status == Status.WAITING
    actions.reply(ticket, by=cast.client, text="Вот снимок")
    assert ticket.status == Status.IN_PROGRESS


def test_a_day_that_has_come_resumes_by_schedule(cast: Cast) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    ticket = taken(cast)
    actions.wait(ticket, by=cast.agent, wait_for=WaitFor.DATE, until=tomorrow)
    assert resume_due() == 0
    with clock.standing_at(tomorrow):
        assert resume_due() == 1
        assert resume_due() == 0
    ticket.refresh_from_db()
    assert ticket.status == Status.IN_PROGRESS
    entry = Entry.objects.filter(ticket=ticket).last()
    assert entry is not None
    assert (entry.actor.login, entry.via) == ("system", Via.SCHEDULE)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"wait_for": "godot"}, "wait_for"),
        ({"wait_for": WaitFor.DATE}, "until"),
        ({"wait_for": WaitFor.OTHER}, "reason"),
        ({"wait_for": WaitFor.DATE, "until": clock.now() - timedelta(days=1)}, "until"),
    ],
)
def test_what_it_waits_for_must_be_said(cast: Cast, fields: dict, field: str) -> None:
    ticket = taken(cast)
    with pytest.raises(Invalid) as caught:
        actions.wait(ticket, by=cast.agent, **fields)
    assert caught.value.field == field


def test_only_those_at_work_make_it_wait(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.wait(taken(cast), by=cast.agent_b, wait_for=WaitFor.PART)
