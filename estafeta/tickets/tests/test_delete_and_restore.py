"""Deleting hides a ticket from everybody everywhere; restoring brings it back as it was."""

import pytest

from estafeta.tickets import actions, visibility
from estafeta.tickets.errors import Invalid, NotAllowed, NotNow
from estafeta.tickets.lists import tallies
from estafeta.tickets.models import Hold, Participant, Tally, Ticket
from estafeta.tickets.proof.verify import check_chain
from tests.cast import Cast
from tests.orders import done, order, taken


def _kept(ticket: Ticket) -> Ticket:
    return Ticket.with_deleted.get(pk=ticket.pk)


def test_a_deleted_ticket_is_seen_by_nobody(cast: Cast) -> None:
    ticket = taken(cast, by=None)
    actions.delete(ticket, by=cast.admin, reason="Личные данные")
    for person in cast.everybody().values():
        assert not Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()
        assert not visibility.sees(person.standing, _kept(ticket), {person.pk})
    assert not Ticket.objects.filter(pk=ticket.pk).exists()


@pytest.mark.parametrize("make", [order, taken, done])
def test_it_comes_back_as_it_was(cast: Cast, make: object) -> None:
    ticket = make(cast)  # type: ignore[operator]
    was = (ticket.status, ticket.performer, ticket.closed_at)
    actions.delete(ticket, by=cast.admin, reason="По ошибке")
    assert not Hold.objects.filter(ticket=ticket, until=None).exists()
    actions.restore(_kept(ticket), by=cast.admin)
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.status, ticket.performer, ticket.closed_at) == was
    assert Hold.objects.filter(ticket=ticket, until=None).count() == (1 if ticket.is_open else 0)
    assert not Participant.objects.filter(ticket=ticket, is_current=False).exists()
    assert check_chain(ticket) == []
    kept = {(t.department_id, t.status): t.amount for t in Tally.objects.filter(amount__gt=0)}
    tallies.recount()
    assert kept == {
        (t.department_id, t.status): t.amount for t in Tally.objects.filter(amount__gt=0)
    }


def test_only_administrators_delete_and_they_need_not_see_it(cast: Cast) -> None:
    ticket = order(cast)
    for person in (cast.director, cast.head, cast.agent, cast.client):
        with pytest.raises(NotAllowed):
            actions.delete(ticket, by=person, reason="Так")
    actions.delete(ticket, by=cast.admin, reason="Так")
    with pytest.raises(NotAllowed):
        actions.restore(_kept(ticket), by=cast.director)


def test_nothing_else_is_done_to_a_deleted_ticket(cast: Cast) -> None:
    ticket = taken(cast)
    actions.delete(ticket, by=cast.admin, reason="Так")
    with pytest.raises(NotAllowed):
        actions.complete(_kept(ticket), by=cast.agent)
    with pytest.raises(NotNow):
        actions.delete(_kept(ticket), by=cast.admin, reason="Ещё раз")


def test_nothing_comes_back_to_work_in_a_department_that_was_closed(cast: Cast) -> None:
    deleted, cancelled, merged = order(cast), order(cast), order(cast)
    target = order(cast, department=cast.accounting)
    actions.delete(deleted, by=cast.admin, reason="by mistake")
    actions.cancel(cancelled, by=cast.director, reason="not needed")
    actions.merge(merged, by=cast.director, other=target)
    type(cast.it).objects.filter(pk=cast.it.pk).update(is_active=False)
    for act, ticket, by, more in (
        (actions.restore, deleted, cast.admin, {}),
        (actions.reopen, cancelled, cast.director, {"reason": "after all"}),
        (actions.unmerge, merged, cast.director, {}),
    ):
        with pytest.raises(Invalid, match="no longer takes tickets"):
            act(Ticket.with_deleted.get(pk=ticket.pk), by=by, **more)
