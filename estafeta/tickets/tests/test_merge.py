"""Merging: one ticket goes on in another, both stories stay, and for a day it can be undone."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from estafeta.lib import clock
from estafeta.tickets import actions, phrases
from estafeta.tickets.errors import Invalid, NotAllowed, NotNow
from estafeta.tickets.lists import listing, tallies
from estafeta.tickets.lists.filters import Filters
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Hold, Participant, Tally, Ticket
from estafeta.tickets.proof.verify import check_chain
from tests.cast import Cast
from tests.orders import order, taken


def _fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_the_merged_ticket_ends_and_leads_to_the_other(cast: Cast) -> None:
    one, other = taken(cast, by=None), taken(cast)
    actions.reply(one, by=cast.agent, text="Смотрю")
    actions.merge(one, by=cast.agent, other=other, reason="Об одном и том же")
    assert (one.status, one.merged_into_id) == ("merged", other.pk)
    assert one.comments.count() == 1
    told = _fresh(other).entries.get(verb="merge")
    assert told.facts == {"other": one.pk, "takes_in": True, "reason": "Об одном и том же"}
    for ticket in (_fresh(one), _fresh(other)):
        assert check_chain(ticket) == []
    assert not Hold.objects.filter(ticket=one, until=None).exists()


def test_nothing_more_happens_to_a_merged_ticket(cast: Cast) -> None:
    one, other = taken(cast), taken(cast)
    actions.merge(one, by=cast.agent, other=other)
    with pytest.raises(NotNow):
        actions.reply(one, by=cast.agent, text="Ещё")
    with pytest.raises(Invalid, match="finished"):
        actions.merge(taken(cast), by=cast.agent, other=one)


def test_who_asked_and_worked_follows_the_other_ticket(cast: Cast) -> None:
    one = order(cast, by=cast.client)
    actions.take(one, by=cast.agent_b)
    other = order(cast, by=cast.lead)
    actions.merge(one, by=cast.agent_b, other=other)
    followers = Participant.objects.filter(ticket=other, is_follower=True)
    assert set(followers.values_list("person", flat=True)) == {cast.client.pk, cast.agent_b.pk}


def test_a_client_of_another_organisation_does_not_come_to_see_it(cast: Cast) -> None:
    one, other = order(cast, by=cast.stranger), order(cast, by=cast.client)
    actions.merge(one, by=cast.agent, other=other)
    assert not Ticket.objects.visible_to(cast.stranger).filter(pk=other.pk).exists()
    assert Ticket.objects.visible_to(cast.stranger).filter(pk=one.pk).exists()


def test_nobody_merges_to_accept_the_result_himself(cast: Cast) -> None:
    asked, own = taken(cast, by=cast.agent, acceptance="author"), order(cast, by=cast.agent)
    actions.take(own, by=cast.agent)
    with pytest.raises(Invalid) as refused:
        actions.merge(asked, by=cast.agent, other=own)
    assert refused.value.field == "other"
    actions.merge(own, by=cast.agent, other=asked)
    actions.merge(asked, by=cast.director, other=taken(cast))


def test_why_it_was_merged_is_told_in_its_own_story_alone(cast: Cast) -> None:
    one, other = taken(cast), order(cast, by=cast.client)
    entry = actions.merge(one, by=cast.agent, other=other, reason="Об одном")
    assert phrases.reason(entry) == "Об одном"
    assert phrases.reason(_fresh(other).entries.get(verb="merge")) == ""


def test_the_undo_puts_everything_back(cast: Cast) -> None:
    one, other = taken(cast, by=cast.agent_b), taken(cast)
    part = actions.add_subtask(one, by=cast.agent_b, title="Часть")
    child = Ticket.objects.get(pk=part.facts["other"])
    actions.merge(one, by=cast.agent_b, other=other)
    assert Ticket.objects.get(pk=child.pk).parent_id == other.pk
    actions.unmerge(_fresh(one), by=cast.agent_b)
    one = _fresh(one)
    assert (one.status, one.performer, one.merged_into) == ("in_progress", cast.agent_b, None)
    assert Ticket.objects.get(pk=child.pk).parent_id == one.pk
    assert not Participant.objects.filter(ticket=other, person=cast.agent_b).exists()
    assert Hold.objects.filter(ticket=one, until=None).count() == 1
    assert Participant.objects.get(ticket=one, person=cast.agent_b).is_current
    kept = {(t.department_id, t.status): t.amount for t in Tally.objects.filter(amount__gt=0)}
    tallies.recount()
    assert kept == {
        (t.department_id, t.status): t.amount for t in Tally.objects.filter(amount__gt=0)
    }
    assert check_chain(one) == [] == check_chain(_fresh(other))


def test_after_a_day_there_is_no_undo(cast: Cast) -> None:
    one, other = taken(cast), taken(cast)
    actions.merge(one, by=cast.agent, other=other)
    with (
        clock.standing_at(clock.now() + timedelta(days=1, minutes=1)),
        pytest.raises(Invalid, match="for a day"),
    ):
        actions.unmerge(_fresh(one), by=cast.agent)


def test_a_free_ticket_is_free_again_after_the_undo(cast: Cast) -> None:
    one, other = order(cast), order(cast)
    actions.merge(one, by=cast.agent, other=other)
    actions.unmerge(_fresh(one), by=cast.agent)
    assert (_fresh(one).status, _fresh(one).performer) == ("new", None)


def test_what_completion_has_to_carry_is_not_got_round_by_merging(cast: Cast) -> None:
    one, other = taken(cast, acceptance="head"), taken(cast)
    Ticket.objects.filter(pk=one.pk).update(evidence=["number"])
    actions.merge(_fresh(one), by=cast.agent, other=other)
    other = _fresh(other)
    assert (other.evidence, other.acceptance) == (["number"], "head")
    with pytest.raises(Invalid, match="number"):
        actions.complete(other, by=cast.agent)
    actions.unmerge(_fresh(one), by=cast.agent)
    assert (_fresh(other).evidence, _fresh(other).acceptance) == ([], "nobody")


def test_a_ticket_is_not_merged_into_a_part_of_itself(cast: Cast) -> None:
    whole = taken(cast)
    part = actions.add_subtask(whole, by=cast.agent, title="Часть")
    child = Ticket.objects.get(pk=part.facts["other"])
    with pytest.raises(Invalid, match="part of this one"):
        actions.merge(_fresh(whole), by=cast.agent, other=child)
    actions.merge(child, by=cast.agent, other=_fresh(whole))
    assert child.status == "merged"


def test_the_undo_does_not_close_a_circle_of_parts(cast: Cast) -> None:
    whole, one, part, other = (taken(cast) for _n in range(4))
    actions.make_subtask(one, by=cast.agent, other=whole)
    actions.make_subtask(part, by=cast.agent, other=one)
    actions.merge(one, by=cast.agent, other=other)
    actions.make_subtask(whole, by=cast.agent, other=_fresh(part))
    actions.unmerge(_fresh(one), by=cast.agent)
    above = {ticket.pk: _fresh(ticket).parent_id for ticket in (one, whole, part, other)}
    assert above == {one.pk: whole.pk, whole.pk: part.pk, part.pk: other.pk, other.pk: None}


def test_only_what_is_ones_own_on_both_sides_is_merged(cast: Cast) -> None:
    own, foreign = order(cast), order(cast, department=cast.accounting)
    with pytest.raises(Invalid, match="no ticket"):
        actions.merge(own, by=cast.agent, other=foreign)
    actions.follow(foreign, by=cast.director, people=[cast.agent])
    with pytest.raises(Invalid, match="not yours"):
        actions.merge(own, by=cast.agent, other=foreign)
    asked = order(cast, by=cast.client)
    with pytest.raises(NotAllowed):
        actions.merge(asked, by=cast.client, other=order(cast, by=cast.client))


def test_a_merged_ticket_stands_in_no_list_of_work_but_is_found(cast: Cast) -> None:
    one, other = taken(cast, title="Пеликан"), taken(cast)
    actions.merge(one, by=cast.agent, other=other)
    inbox = listing.inbox(cast.agent).everything()
    assert list(inbox.values_list("pk", flat=True)) == [other.pk]
    question = Question(listing.everything(cast.agent), cast.agent, Filters(text="пеликан"))
    assert [row.pk for row in question.page(10).tickets] == [one.pk]
    merged = Filters.read(QueryDict("status=merged"))
    question = Question(listing.everything(cast.agent), cast.agent, merged)
    assert [row.pk for row in question.page(10).tickets] == [one.pk]
