"""Whom the stream tells that a ticket has left his sight."""

from __future__ import annotations

from estafeta.accounts.models import Person
from estafeta.accounts.models.department import HandOverMode
from estafeta.realtime import changes
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from tests.cast import Cast, member, person
from tests.orders import order, taken


def told(person: Person, ticket: Ticket, *, after: int) -> bytes:
    _up_to, found = changes.after(after)
    [change] = [change for change in found if change.ticket.pk == ticket.pk]
    return change.told_to(person.standing, 0)


def test_whoever_only_followed_is_told_that_it_is_gone(cast: Cast) -> None:
    ticket = order(cast)
    actions.follow(ticket, by=cast.head, people=[cast.agent2, cast.network_agent])
    position = changes.newest()
    actions.unfollow(ticket, by=cast.head, person=cast.agent2)
    assert b"gone" in told(cast.agent2, ticket, after=position)
    assert b"gone" not in told(cast.network_agent, ticket, after=position)
    assert told(cast.stranger, ticket, after=position) == b""
    position = changes.newest()
    actions.unfollow(ticket, by=cast.network_agent)
    assert b"gone" in told(cast.network_agent, ticket, after=position)


def test_whoever_sees_it_otherwise_is_told_of_a_change(cast: Cast) -> None:
    ticket = order(cast)
    actions.follow(ticket, by=cast.agent)
    position = changes.newest()
    actions.unfollow(ticket, by=cast.agent)
    answer = told(cast.agent, ticket, after=position)
    assert answer
    assert b"gone" not in answer


def test_the_undo_of_a_merge_is_gone_for_those_whom_only_the_merge_let_see_it(cast: Cast) -> None:
    one, other = taken(cast), order(cast, department=cast.accounting)
    actions.merge(one, by=cast.director, other=other)
    assert Ticket.objects.visible_to(cast.agent).filter(pk=other.pk).exists()
    position = changes.newest()
    actions.unmerge(one, by=cast.director)
    assert b"gone" in told(cast.agent, other, after=position)
    assert b"gone" not in told(cast.agent, one, after=position)
    assert told(cast.agent, one, after=position)
    answer = told(cast.agent2, other, after=position)
    assert answer
    assert b"gone" not in answer


def test_whom_it_was_offered_to_is_told_when_it_is_declined(cast: Cast) -> None:
    cast.accounting.hand_over_mode = HandOverMode.ACCEPT
    cast.accounting.save()
    vlad = member(person("vlad", "Vlad Accounting"), cast.accounting)
    ticket = taken(cast)
    actions.hand_over(ticket, by=cast.agent, department=cast.accounting, reason="money")
    position = changes.newest()
    actions.decline_hand_over(ticket, by=cast.agent2, reason="not ours")
    assert not Ticket.objects.visible_to(vlad).filter(pk=ticket.pk).exists()
    assert b"gone" in told(vlad, ticket, after=position)
    assert b"ticket" in told(cast.agent, ticket, after=position)
    assert told(cast.network_agent, ticket, after=position) == b""


def test_what_was_deleted_is_gone_for_all_who_saw_it_and_for_nobody_else(cast: Cast) -> None:
    ticket = order(cast)
    position = changes.newest()
    actions.delete(ticket, by=cast.admin, reason="twice")
    for one in (cast.agent, cast.head, cast.director):
        assert b"gone" in told(one, ticket, after=position)
    for one in (cast.stranger, cast.agent2, cast.network_agent):
        assert told(one, ticket, after=position) == b""
