"""Who leaves puts down what he has; a department with open tickets stays open."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.errors import Invalid, NotAllowed
from estafeta.tickets import actions
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep import leaving


def _ticket(cast: Any, *people: Any) -> Ticket:
    entry = open_ticket(by=cast.client, title="Printer", department=cast.it)
    ticket = Ticket.objects.get(pk=entry.ticket_id)
    for person in people:
        actions.take(ticket, by=person)
    return ticket


def test_what_he_worked_on_is_free_again_and_the_journal_says_why(cast: Any) -> None:
    ticket = _ticket(cast, cast.agent)
    assert leaving.person_leaves(cast.agent, by=cast.admin) == 1
    ticket.refresh_from_db()
    assert (ticket.status, ticket.performer) == (Status.NEW, None)
    entry = ticket.entries.last()
    assert (entry.verb, entry.actor.login) == ("release", "system")
    assert "Anna Agent" in entry.facts["reason"]
    assert not cast.agent.is_active


def test_others_who_work_on_it_keep_it(cast: Any) -> None:
    ticket = _ticket(cast, cast.agent, cast.agent_b)
    leaving.person_leaves(cast.agent, by=cast.admin)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.performer) == (Status.IN_PROGRESS, cast.agent_b)
    assert not Participant.objects.get(ticket=ticket, person=cast.agent).is_performer


def test_a_waiting_ticket_is_put_down_too(cast: Any) -> None:
    ticket = _ticket(cast, cast.agent)
    actions.wait(ticket, by=cast.agent, wait_for="part", reason="Ordered")
    leaving.person_leaves(cast.agent, by=cast.admin)
    ticket.refresh_from_db()
    assert ticket.status == Status.NEW


def test_only_administrators_send_people_away(cast: Any) -> None:
    for person in (cast.head, cast.director, cast.client):
        with pytest.raises(NotAllowed):
            leaving.person_leaves(cast.agent, by=person)
    assert cast.agent.is_active


def test_nothing_is_released_when_the_last_administrator_may_not_leave(cast: Any) -> None:
    from estafeta.accounts.models import Membership

    Membership.objects.create(person=cast.admin, department=cast.it)
    ticket = _ticket(cast, cast.admin)
    with pytest.raises(Invalid, match="last administrator"):
        leaving.person_leaves(cast.admin, by=cast.admin)
    ticket.refresh_from_db()
    assert ticket.performer == cast.admin


def test_a_person_cannot_release_for_another(cast: Any) -> None:
    ticket = _ticket(cast, cast.agent, cast.agent_b)
    actions.release(ticket, by=cast.agent_b, person=cast.agent)
    assert Participant.objects.get(ticket=ticket, person=cast.agent).is_performer
    assert not Participant.objects.get(ticket=ticket, person=cast.agent_b).is_performer


def test_a_department_with_open_tickets_does_not_close(cast: Any) -> None:
    open_ticket(by=cast.client, title="Salary", department=cast.accounting)
    with pytest.raises(Invalid, match="still open"):
        leaving.department_closes(cast.accounting, by=cast.admin)
    cast.accounting.refresh_from_db()
    assert cast.accounting.is_active


def test_an_empty_department_closes(cast: Any) -> None:
    leaving.department_closes(cast.accounting, by=cast.admin)
    cast.accounting.refresh_from_db()
    assert not cast.accounting.is_active


def test_people_are_locked_before_tickets_as_with_a_new_client(cast: Any) -> None:
    _ticket(cast, cast.agent)
    with CaptureQueriesContext(connection) as asked:
        leaving.person_leaves(cast.agent, by=cast.admin)
    sql = [query["sql"] for query in asked]
    first_lock = next(place for place, text in enumerate(sql) if "securitychain" in text)
    first_write = next(place for place, text in enumerate(sql) if text.startswith("UPDATE"))
    assert first_lock < first_write


def test_a_colleague_goes_on_with_everything(cast: Any) -> None:
    tickets = [_ticket(cast, cast.agent), _ticket(cast, cast.agent, cast.agent_b)]
    heirs = leaving.Heirs(everything=cast.network_agent)
    assert leaving.person_leaves(cast.agent, by=cast.admin, heirs=heirs) == 2
    for ticket in tickets:
        ticket.refresh_from_db()
        assert (ticket.status, ticket.performer) == (Status.IN_PROGRESS, cast.network_agent)
        entry = ticket.entries.order_by("seq").last()
        assert (entry.verb, entry.actor.login) == ("assign", "system")
    performers = tickets[1].participants.filter(is_performer=True)
    assert {row.person for row in performers} == {cast.network_agent, cast.agent_b}


def test_each_ticket_goes_where_it_was_said_and_the_others_are_free(cast: Any) -> None:
    mine, yours, free = (_ticket(cast, cast.agent) for _number in range(3))
    heirs = leaving.Heirs(each={mine.pk: cast.agent_b, yours.pk: cast.head})
    leaving.person_leaves(cast.agent, by=cast.admin, heirs=heirs)
    found = [Ticket.objects.get(pk=ticket.pk).performer for ticket in (mine, yours, free)]
    assert found == [cast.agent_b, cast.head, None]


def test_what_was_only_meant_for_him_goes_on_too(cast: Any) -> None:
    entry = open_ticket(by=cast.agent2, title="For Anna", department=cast.it, people=[cast.agent])
    leaving.person_leaves(cast.agent, by=cast.admin)
    row = Participant.objects.get(ticket=entry.ticket_id, person=cast.agent)
    assert not row.is_addressee
    assert Ticket.objects.get().status == Status.NEW


def test_who_cannot_take_tickets_inherits_none(cast: Any) -> None:
    ticket = _ticket(cast, cast.agent)
    cast.agent_b.is_active = False
    for heir in (cast.client, cast.agent, cast.agent_b):
        with pytest.raises(Invalid, match="cannot take tickets"):
            leaving.person_leaves(cast.agent, by=cast.admin, heirs=leaving.Heirs(everything=heir))
    ticket.refresh_from_db()
    assert ticket.performer == cast.agent
    assert cast.agent.is_active


def test_nobody_takes_a_ticket_once_he_is_switched_off(cast: Any) -> None:
    from estafeta.accounts.models import Person
    from estafeta.tickets.errors import Refused

    ticket = _ticket(cast)
    Person.objects.filter(pk=cast.agent.pk).update(is_active=False)
    assert cast.agent.is_active, "his page was opened before"
    with pytest.raises(Refused):
        actions.take(ticket, by=cast.agent)
    ticket.refresh_from_db()
    assert ticket.performer is None


def test_what_slipped_through_is_put_down_by_the_schedule(cast: Any) -> None:
    from estafeta.accounts.models import Person

    ticket = _ticket(cast, cast.agent)
    Person.objects.filter(pk=cast.agent.pk).update(is_active=False)
    assert leaving.put_down_forgotten() == 1
    ticket.refresh_from_db()
    assert (ticket.status, ticket.performer) == (Status.NEW, None)
    assert leaving.put_down_forgotten() == 0
