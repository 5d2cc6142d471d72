"""A louder call about an urgent ticket: the product's own verb, asked of the locked ticket."""

from __future__ import annotations

import pytest

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed, NotNow
from estafeta.tickets.models import Priority
from tests.cast import Cast
from tests.orders import done, order


def test_it_names_whom_it_calls_and_changes_nothing_else(cast: Cast, system: Person) -> None:
    ticket = order(cast, priority=Priority.URGENT)
    before = ticket.status
    entry = actions.escalate(ticket, by=system, step=2, people=[cast.head], channels=["sms"])
    assert entry.facts["step"] == 2
    assert [one["id"] for one in entry.facts["people"]] == [cast.head.pk]
    assert entry.facts["channels"] == ["sms"]
    assert ticket.status == before


def test_after_an_answer_nobody_is_called(cast: Cast, system: Person) -> None:
    ticket = order(cast, priority=Priority.URGENT)
    actions.take(ticket, by=cast.agent)
    with pytest.raises(Invalid, match="answered meanwhile"):
        actions.escalate(ticket, by=system, step=1, people=[cast.head])


def test_people_call_by_other_means_and_finished_tickets_call_nobody(
    cast: Cast, system: Person
) -> None:
    with pytest.raises(NotAllowed):
        actions.escalate(order(cast), by=cast.director, step=1, people=[cast.head])
    with pytest.raises(NotNow):
        actions.escalate(done(cast), by=system, step=1, people=[cast.head])


@pytest.fixture
def system(cast: Cast) -> Person:
    return Person.objects.system()
