"""Performers, departments and askers at the same moment, with real transactions on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from estafeta.accounts.models import Department, Person
from estafeta.accounts.models.department import AssignmentMode, HandOverMode
from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed, NotNow
from estafeta.tickets.models import Entry, PendingDeadline, PendingHandOver, Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep import silence, unanswered
from tests.cast import Cast
from tests.orders import order, taken
from tests.test_races import at_once, cast, doing, in_order, real_database

__all__ = ["cast", "real_database"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def entries(answers: list[Any]) -> list[Entry]:
    """What was done; whatever was not was refused in words."""
    for answer in answers:
        assert isinstance(answer, Entry | Invalid | NotNow | NotAllowed), answer
    return [answer for answer in answers if isinstance(answer, Entry)]


def test_two_who_finish_their_parts_at_once_complete_it_once(cast: Cast) -> None:
    people = [cast.agent, cast.agent_b]
    ticket = order(cast, people=people, separate=True, department=cast.it)
    for person in people:
        actions.take(ticket, by=person)
    done = entries(at_once(*(doing("complete", ticket, person) for person in people)))
    assert len(done) == 2
    assert [entry.facts.get("all_finished") for entry in done].count(False) == 1
    in_order(ticket)
    assert ticket.status == Status.DONE


def test_the_last_part_and_a_release_at_once_leave_nothing_half_done(cast: Cast) -> None:
    people = [cast.agent, cast.agent_b]
    ticket = order(cast, people=people, separate=True, department=cast.it)
    for person in people:
        actions.take(ticket, by=person)
    done = entries(
        at_once(doing("complete", ticket, cast.agent), doing("release", ticket, cast.agent_b))
    )
    assert len(done) == 2
    in_order(ticket)
    assert ticket.status == Status.DONE


def offered(cast: Cast) -> Ticket:
    cast.accounting.hand_over_mode = HandOverMode.ACCEPT
    cast.accounting.save()
    ticket = taken(cast)
    actions.hand_over(ticket, by=cast.agent, department=cast.accounting, reason="к вам")
    return ticket


@pytest.mark.parametrize("other", ["accept_hand_over", "take", "cancel", "the schedule"])
def test_a_hand_over_is_answered_once(cast: Cast, other: str) -> None:
    ticket = offered(cast)

    def later() -> Any:
        with clock.standing_at(clock.now() + timedelta(days=2)):
            return unanswered.settle_due()

    acts: dict[str, Any] = {
        "accept_hand_over": doing("accept_hand_over", ticket, cast.director),
        "take": doing("take", ticket, cast.agent2),
        "cancel": doing("cancel", ticket, cast.director, reason="не нужно"),
        "the schedule": later,
    }
    decline = doing("decline_hand_over", ticket, cast.agent2, reason="не наше")
    first, second = at_once(decline, acts[other])
    assert isinstance(first, Entry | Invalid | NotNow | NotAllowed), first
    assert isinstance(second, Entry | Invalid | NotNow | NotAllowed | int), second
    in_order(ticket)
    assert not PendingHandOver.objects.exists()
    assert ticket.offered_until is None
    assert ticket.entries.filter(verb__in=("accept_hand_over", "decline_hand_over")).count() <= 1


def test_a_proposed_deadline_is_answered_once(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    moment = clock.now() + timedelta(days=5)
    actions.propose_deadline(ticket, by=cast.agent, deadline=moment, reason="сложно")
    done = entries(
        at_once(
            doing("answer_deadline", ticket, cast.director, agree=True),
            doing("answer_deadline", ticket, cast.client, agree=False),
            doing("complete", ticket, cast.agent),
        )
    )
    assert sum(entry.verb == "answer_deadline" for entry in done) <= 1
    in_order(ticket)
    assert not PendingDeadline.objects.exists()


def test_silence_and_a_return_at_once_end_one_way(cast: Cast) -> None:
    from estafeta.accounts.models import Site

    Site.objects.update(silence_days=1)
    Site.forget()
    ticket = taken(cast, acceptance="author")
    actions.complete(ticket, by=cast.agent)

    def silent() -> int:
        with clock.standing_at(clock.now() + timedelta(days=9)):
            return silence.accept_due()

    answers = at_once(silent, doing("return_to_work", ticket, cast.director, reason="шумит"))
    assert not isinstance(answers[0], Exception), answers
    in_order(ticket)
    # A finished ticket may still be returned; one that was returned is not accepted by silence.
    assert ticket.status == Status.IN_PROGRESS
    Site.objects.update(silence_days=0)
    Site.forget()


@pytest.mark.parametrize("mode", [AssignmentMode.ROUND_ROBIN, AssignmentMode.LEAST_LOADED])
def test_tickets_written_at_once_go_to_different_people(cast: Cast, mode: str) -> None:
    Department.objects.filter(pk=cast.it.pk).update(assignment_mode=mode)

    def write() -> Entry:
        department = Department.objects.get(pk=cast.it.pk)
        by = Person.objects.get(pk=cast.director.pk)
        return actions.open_ticket(by=by, title="Принтер", department=department)

    done = entries(at_once(write, write, write, write))
    counts = [
        Ticket.objects.filter(performer=person).count() for person in (cast.agent, cast.agent_b)
    ]
    assert (len(done), counts) == (4, [2, 2])
    for entry in done:
        in_order(entry.ticket)


def test_two_who_remind_at_once_remind_once(cast: Cast) -> None:
    ticket = taken(cast)
    done = entries(
        at_once(doing("nudge", ticket, cast.director), doing("nudge", ticket, cast.head))
    )
    assert len(done) == 1
