"""Verbs about two tickets at the same moment: no deadlock, no circle, nothing half done."""

from __future__ import annotations

import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed, NotNow
from estafeta.tickets.models import Entry, Link, Participant, Tag, Ticket
from estafeta.tickets.proof.verify import check_chain
from tests.cast import Cast
from tests.orders import order, taken
from tests.test_races import at_once, cast, doing, in_order, real_database

__all__ = ["cast", "real_database"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_two_tickets_merged_into_each_other_end_in_one(cast: Cast) -> None:
    one, other = taken(cast), taken(cast)
    answers = at_once(
        doing("merge", one, cast.agent, other=other), doing("merge", other, cast.head, other=one)
    )
    assert sorted(type(answer).__name__ for answer in answers) in (
        ["Entry", "Invalid"], ["Entry", "NotNow"],
    ), answers  # fmt: skip
    assert Ticket.objects.filter(status="merged").count() == 1
    for ticket in (one, other):
        in_order(ticket)


def test_links_in_both_directions_wait_for_each_other(cast: Cast) -> None:
    one, other = order(cast), order(cast)
    answers = at_once(
        *(doing("link", one, cast.agent, other=other, kind="relates") for _n in range(3)),
        *(doing("link", other, cast.agent_b, other=one, kind="relates") for _n in range(3)),
    )
    assert sum(isinstance(answer, Entry) for answer in answers) == 1, answers
    assert all(isinstance(answer, Entry | Invalid) for answer in answers), answers
    assert Link.objects.count() == 1
    for ticket in (one, other):
        ticket.refresh_from_db()
        assert check_chain(ticket) == []
        assert ticket.entries.filter(verb="link").count() == 1


def test_a_whole_is_not_completed_over_a_part_that_is_added_meanwhile(cast: Cast) -> None:
    whole = taken(cast)
    answers = at_once(
        doing("add_subtask", whole, cast.agent, title="Часть"),
        doing("complete", whole, cast.head),
    )
    added, completed = answers
    whole.refresh_from_db()
    if isinstance(completed, Entry):
        assert isinstance(added, NotNow), answers
        assert whole.subtasks.count() == 0
    else:
        assert isinstance(completed, Invalid), answers
        assert whole.subtasks.count() == 1
    in_order(whole)


def test_two_who_put_wholes_under_each_others_parts_close_no_circle(cast: Cast) -> None:
    """Each locks two tickets, and none of them is the other's: only the tree holds them apart."""
    first, second, third, fourth = (taken(cast) for _n in range(4))
    actions.make_subtask(second, by=cast.agent, other=first)
    actions.make_subtask(fourth, by=cast.agent, other=third)
    answers = at_once(
        doing("make_subtask", first, cast.agent, other=fourth),
        doing("make_subtask", third, cast.head, other=second),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Entry", "Invalid"], answers
    for ticket in (first, second, third, fourth):
        in_order(ticket)


def test_a_merge_and_a_new_place_of_its_part_do_not_wait_for_each_other(cast: Cast) -> None:
    one, other, part = taken(cast), taken(cast), taken(cast)
    actions.make_subtask(part, by=cast.agent, other=one)
    answers = at_once(
        doing("merge", one, cast.agent, other=other),
        doing("detach_subtask", part, cast.head, other=one),
    )
    assert isinstance(answers[0], Entry), answers
    assert isinstance(answers[1], Entry | Invalid), answers
    for ticket in (one, other, part):
        in_order(ticket)


def test_many_who_add_the_same_follower_add_him_once(cast: Cast) -> None:
    ticket = taken(cast)
    answers = at_once(
        *(doing("follow", ticket, by, people=[cast.agent2]) for by in (cast.agent, cast.head) * 3)
    )
    assert sum(isinstance(answer, Entry) for answer in answers) == 1, answers
    assert Participant.objects.filter(ticket=ticket, person=cast.agent2).count() == 1


def test_a_new_tag_is_made_once_by_many(cast: Cast) -> None:
    tickets = [order(cast) for _n in range(5)]
    answers = at_once(*(doing("tag", one, cast.agent, add=["Склад", "склад 2"]) for one in tickets))
    assert all(isinstance(answer, Entry) for answer in answers), answers
    assert Tag.objects.count() == 2
    for ticket in tickets:
        assert ticket.taggings.count() == 2


def test_an_undo_and_a_merge_of_the_target_do_not_meet_half_way(cast: Cast) -> None:
    one, other, third = taken(cast), taken(cast), taken(cast)
    actions.merge(one, by=cast.agent, other=other)
    answers = at_once(
        doing("unmerge", one, cast.agent),
        doing("merge", other, cast.head, other=third),
        doing("unmerge", one, cast.head),
    )
    assert sum(isinstance(answer, Entry) for answer in answers) == 2, answers
    assert all(isinstance(answer, Entry | Invalid | NotNow | NotAllowed) for answer in answers), (
        answers
    )
    for ticket in (one, other, third):
        in_order(ticket)


def test_what_is_deleted_while_somebody_acts_is_either_done_or_refused(cast: Cast) -> None:
    ticket = taken(cast)
    answers = at_once(
        doing("delete", ticket, cast.admin, reason="Так"), doing("complete", ticket, cast.agent)
    )
    assert isinstance(answers[0], Entry), answers
    assert isinstance(answers[1], Entry | NotAllowed | Ticket.DoesNotExist), answers
    kept = Ticket.with_deleted.get(pk=ticket.pk)
    assert (kept.status, check_chain(kept)) == ("deleted", [])
