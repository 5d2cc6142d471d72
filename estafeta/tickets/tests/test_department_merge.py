"""Tickets follow their department when it becomes part of another."""

from typing import Any

import pytest

from estafeta.accounts.actions.announcements import announce
from estafeta.accounts.errors import NotAllowed
from estafeta.accounts.models import Department, Person
from estafeta.tickets import actions
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.errors import NotAllowed as MayNot
from estafeta.tickets.lists import tallies
from estafeta.tickets.models import SavedView, Ticket
from estafeta.tickets.proof import verify
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep import department_merge


def _ticket(cast: Any, **more: Any) -> Ticket:
    entry = open_ticket(by=cast.client, title="Printer", department=cast.it, **more)
    return Ticket.objects.get(pk=entry.ticket_id)


def _merge(cast: Any) -> None:
    department_merge.merge(cast.it, by=cast.admin, into=cast.accounting)
    department_merge.move_tickets.call(cast.it.pk)


def test_free_taken_waiting_and_archived_tickets_move_as_they_are(cast: Any) -> None:
    free, taken, waiting, archived = (_ticket(cast) for _number in range(4))
    actions.take(taken, by=cast.agent)
    actions.take(waiting, by=cast.agent)
    actions.wait(waiting, by=cast.agent, wait_for="part", reason="Ordered")
    actions.take(archived, by=cast.agent)
    actions.complete(archived, by=cast.agent)
    actions.archive(archived, by=cast.client)
    _merge(cast)
    found = {
        ticket: Ticket.objects.get(pk=ticket.pk) for ticket in (free, taken, waiting, archived)
    }
    assert {row.department for row in found.values()} == {cast.accounting}
    assert [row.status for row in found.values()] == [
        Status.NEW, Status.IN_PROGRESS, Status.WAITING, Status.ARCHIVED,
    ]  # fmt: skip
    assert found[taken].performer == cast.agent
    for row in found.values():
        entry = row.entries.order_by("seq").last()
        assert (entry.verb, entry.facts["department"]["id"]) == ("move", cast.accounting.pk)
        assert "IT" in entry.facts["reason"]
        assert not verify.check_chain(row)


def test_the_counters_are_those_of_a_recount(cast: Any) -> None:
    for _number in range(3):
        _ticket(cast)
    _merge(cast)
    kept = {pk: +counts for pk, counts in tallies.by_department().items() if +counts}
    tallies.recount()
    assert kept == tallies.by_department()


def test_the_new_colleagues_see_them_and_the_old_heads_no_longer_by_that(cast: Any) -> None:
    ticket = _ticket(cast)
    _merge(cast)
    for person in (cast.agent2, cast.agent):
        person.__dict__.pop("standing", None)
        assert Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()


def test_a_ticket_that_comes_late_follows_too(cast: Any) -> None:
    _merge(cast)
    ticket = open_ticket(by=cast.client, title="Late", department=cast.accounting).ticket
    Ticket.objects.filter(pk=ticket.pk).update(department=cast.it)
    assert department_merge.move_stragglers() == 1
    ticket.refresh_from_db()
    assert ticket.department == cast.accounting


def test_what_was_merged_into_a_merged_department_goes_to_the_last(cast: Any) -> None:
    ticket = _ticket(cast)
    department_merge.merge(cast.it, by=cast.admin, into=cast.accounting)
    sales = Department.objects.create(name="Sales")
    department_merge.merge(cast.accounting, by=cast.admin, into=sales)
    department_merge.move_tickets.call(cast.it.pk)
    ticket.refresh_from_db()
    assert ticket.department == sales


def test_what_was_shared_with_it_is_shared_with_the_other(cast: Any) -> None:
    view = SavedView.objects.create(owner=cast.head, name="Mine", list="all")
    view.shared_with.add(cast.it)
    told = announce(by=cast.admin, text="x", audience="departments", departments=[cast.it])
    _merge(cast)
    assert set(view.shared_with.all()) == {cast.it, cast.accounting}
    assert cast.accounting in told.departments.all()


def test_only_administrators_merge_and_only_the_system_moves(cast: Any) -> None:
    ticket = _ticket(cast)
    for person in (cast.head, cast.director, cast.client):
        with pytest.raises(NotAllowed):
            department_merge.merge(cast.it, by=person, into=cast.accounting)
        with pytest.raises(MayNot):
            actions.move(ticket, by=person, department=cast.accounting, reason="x")
    with pytest.raises(MayNot):
        actions.move(ticket, by=cast.admin, department=cast.accounting, reason="x")
    system = Person.objects.get(login="system")
    actions.move(ticket, by=system, department=cast.accounting, reason="x")
    assert ticket.department == cast.accounting
