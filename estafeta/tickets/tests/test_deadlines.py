"""Deadlines are negotiated: the first one and every shift stay known."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from estafeta.accounts.models import Person
from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import PendingDeadline, Ticket
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import done, order, taken

NOW = clock.now().replace(microsecond=0)


def in_days(days: int) -> Any:
    return NOW + timedelta(days=days)


def proposed(cast: Cast, **fields: Any) -> Ticket:
    ticket = taken(cast, deadline=in_days(2), **fields)
    actions.propose_deadline(ticket, by=cast.agent, deadline=in_days(5), reason="Ждём деталь")
    return ticket


def test_nothing_changes_until_it_is_agreed_to(cast: Cast) -> None:
    ticket = proposed(cast)
    assert ticket.deadline == ticket.original_due
    assert ticket.proposed_due == in_days(5)
    entry = actions.answer_deadline(ticket, by=cast.director, agree=True)
    assert (ticket.deadline, ticket.original_due, ticket.shifts) == (in_days(5), in_days(2), 1)
    assert ticket.proposed_due is None
    assert entry.facts["agreed"] is True
    assert entry.facts["people"] == [{"id": cast.agent.pk, "name": cast.agent.name}]


def test_without_agreement_all_stays_as_it_was(cast: Cast) -> None:
    ticket = proposed(cast)
    actions.answer_deadline(ticket, by=cast.director, agree=False, reason="Нужно раньше")
    assert (ticket.deadline, ticket.shifts, ticket.proposed_due) == (in_days(2), 0, None)
    with pytest.raises(Invalid):
        actions.answer_deadline(ticket, by=cast.director, agree=True)


def test_the_client_who_asked_agrees_too(cast: Cast) -> None:
    ticket = proposed(cast, requester=cast.client)
    assert Verb.ANSWER_DEADLINE in allowed_verbs(Relation.between(cast.client, ticket))
    actions.answer_deadline(ticket, by=cast.client, agree=True)
    assert ticket.shifts == 1


@pytest.mark.parametrize("who", ["agent", "agent_b", "stranger", "agent2"])
def test_others_do_not_answer(cast: Cast, who: str) -> None:
    person: Person = cast.everybody()[who]
    with pytest.raises(NotAllowed):
        actions.answer_deadline(proposed(cast), by=person, agree=True)


def test_nobody_answers_himself(cast: Cast) -> None:
    ticket = taken(cast, by=cast.head, deadline=in_days(2))
    actions.propose_deadline(ticket, by=cast.head, deadline=in_days(5), reason="Иначе никак")
    with pytest.raises(Invalid):
        actions.answer_deadline(ticket, by=cast.head, agree=True)
    assert Verb.PROPOSE_DEADLINE not in allowed_verbs(Relation.between(cast.head, ticket))


def test_a_proposal_needs_a_reason_and_another_moment(cast: Cast) -> None:
    ticket = taken(cast, deadline=in_days(2))
    for deadline, reason in [
        (in_days(5), ""), (None, "Почему"), (in_days(2), "Почему"), (in_days(-1), "Почему"),
    ]:  # fmt: skip
        with pytest.raises(Invalid):
            actions.propose_deadline(ticket, by=cast.agent, deadline=deadline, reason=reason)
    assert ticket.proposed_due is None


def test_the_latest_proposal_counts(cast: Cast) -> None:
    ticket = proposed(cast)
    actions.propose_deadline(ticket, by=cast.agent_b, deadline=in_days(9), reason="Дольше")
    assert PendingDeadline.objects.get(ticket=ticket).by == cast.agent_b
    actions.answer_deadline(ticket, by=cast.director, agree=True)
    assert ticket.deadline == in_days(9)


def test_what_was_proposed_for_a_moment_that_has_passed_is_not_agreed_to(cast: Cast) -> None:
    ticket = proposed(cast)
    with clock.standing_at(in_days(6)), pytest.raises(Invalid):
        actions.answer_deadline(ticket, by=cast.director, agree=True)


def test_every_shift_is_counted_and_the_first_kept(cast: Cast) -> None:
    ticket = order(cast)
    assert (ticket.original_due, ticket.shifts) == (None, 0)
    for days in (2, 4, 3):
        actions.set_deadline(ticket, by=cast.director, deadline=in_days(days))
    assert (ticket.original_due, ticket.shifts) == (in_days(2), 2)
    actions.set_deadline(ticket, by=cast.director, deadline=None)
    assert (ticket.original_due, ticket.shifts) == (in_days(2), 3)


@pytest.mark.parametrize("end", ["set", "complete", "cancel"])
def test_what_makes_the_proposal_pointless_ends_it(cast: Cast, end: str) -> None:
    ticket = proposed(cast)
    if end == "set":
        actions.set_deadline(ticket, by=cast.director, deadline=in_days(3))
    elif end == "complete":
        actions.complete(ticket, by=cast.agent)
    else:
        actions.cancel(ticket, by=cast.director, reason="Не нужно")
    assert ticket.proposed_due is None
    assert not PendingDeadline.objects.exists()


def test_what_was_shifted_before_it_was_counted_is_found_in_the_journal(cast: Cast) -> None:
    shifted, late, never = order(cast, deadline=in_days(2)), order(cast), order(cast)
    plain = order(cast, deadline=in_days(7))
    for days in (4, 6):
        actions.set_deadline(shifted, by=cast.director, deadline=in_days(days))
    actions.set_deadline(late, by=cast.director, deadline=in_days(3))
    reviewed = done(cast, acceptance="author")
    Ticket.objects.update(original_due=None, shifts=0, review_since=None)
    name = "estafeta.tickets.migrations.0008_parts_of_performers_and_pending_answers"
    import_module(name).look_back(apps, None)
    known = {
        row.pk: (row.original_due, row.shifts, row.review_since is not None)
        for row in Ticket.objects.all()
    }
    assert known == {
        shifted.pk: (in_days(2), 2, False),
        late.pk: (in_days(3), 0, False),
        never.pk: (None, 0, False),
        plain.pk: (in_days(7), 0, False),
        reviewed.pk: (None, 0, True),
    }
