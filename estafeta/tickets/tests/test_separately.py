"""Several performers, each with a part of his own."""

from typing import Any

import pytest

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.lists.counters import Counters
from estafeta.tickets.models import Acceptance, Hold, Participant, Ticket
from estafeta.tickets.performers import separately
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.order_of_things import check
from tests.orders import order


def shared(cast: Cast, **fields: Any) -> Ticket:
    """To Anna and Boris, each finishing separately; nobody has begun."""
    given: dict[str, Any] = {
        "people": [cast.agent, cast.agent_b],
        "separate": True,
        "department": cast.it,
    }
    return order(cast, **given | fields)


def part(ticket: Ticket, person: Person) -> Participant:
    return Participant.objects.get(ticket=ticket, person=person)


def test_it_is_done_when_all_have_finished(cast: Cast) -> None:
    ticket = shared(cast)
    actions.take(ticket, by=cast.agent)
    actions.take(ticket, by=cast.agent_b)
    entry = actions.complete(ticket, by=cast.agent)
    assert (ticket.status, entry.facts["all_finished"]) == (Status.IN_PROGRESS, False)
    assert ticket.performer == cast.agent_b, "the baton is with whoever has yet to finish"
    actions.complete(ticket, by=cast.agent_b)
    assert ticket.status == Status.DONE
    assert part(ticket, cast.agent).finished_at is not None
    check(cast.everybody().values())


def test_whoever_has_not_begun_gets_the_baton_when_the_others_finish(cast: Cast) -> None:
    ticket = shared(cast)
    actions.take(ticket, by=cast.agent)
    actions.complete(ticket, by=cast.agent)
    assert (ticket.status, ticket.performer) == (Status.IN_PROGRESS, cast.agent_b)
    assert Hold.objects.get(ticket=ticket, until=None).person == cast.agent_b
    assert part(ticket, cast.agent_b).taken_at is None
    actions.take(ticket, by=cast.agent_b)
    assert part(ticket, cast.agent_b).taken_at is not None
    check(cast.everybody().values())


def test_the_last_part_brings_it_to_acceptance(cast: Cast) -> None:
    ticket = shared(cast, acceptance=Acceptance.AUTHOR)
    for person in (cast.agent, cast.agent_b):
        actions.take(ticket, by=person)
        actions.complete(ticket, by=person)
    assert ticket.status == Status.REVIEW


def test_a_part_is_finished_once(cast: Cast) -> None:
    ticket = shared(cast)
    actions.take(ticket, by=cast.agent)
    actions.complete(ticket, by=cast.agent)
    with pytest.raises(Invalid):
        actions.complete(ticket, by=cast.agent)
    with pytest.raises(Invalid):
        actions.release(ticket, by=cast.agent)
    relation = Relation.between(cast.agent, ticket)
    assert not {Verb.COMPLETE, Verb.RELEASE, Verb.TAKE} & set(allowed_verbs(relation))


def test_the_head_completes_for_everybody(cast: Cast) -> None:
    ticket = shared(cast)
    actions.take(ticket, by=cast.agent)
    actions.complete(ticket, by=cast.head)
    assert ticket.status == Status.DONE
    assert part(ticket, cast.agent).finished_at is None


def test_when_the_last_one_missing_puts_it_down_the_others_have_done_it(cast: Cast) -> None:
    ticket = shared(cast)
    actions.take(ticket, by=cast.agent)
    actions.take(ticket, by=cast.agent_b)
    actions.complete(ticket, by=cast.agent)
    entry = actions.release(ticket, by=cast.agent_b)
    assert (ticket.status, entry.facts["all_finished"]) == (Status.DONE, True)
    check(cast.everybody().values())


def test_put_down_by_the_only_one_at_work_it_waits_for_the_others(cast: Cast) -> None:
    ticket = shared(cast)
    actions.take(ticket, by=cast.agent)
    actions.release(ticket, by=cast.agent)
    assert (ticket.status, ticket.performer) == (Status.NEW, None)
    assert [row.person for row in separately.missing(ticket)] == [cast.agent_b]


def test_parts_come_back_one_by_one(cast: Cast) -> None:
    ticket = shared(cast)
    for person in (cast.agent, cast.agent_b):
        actions.take(ticket, by=person)
        actions.complete(ticket, by=person)
    with pytest.raises(Invalid):
        actions.return_to_work(ticket, by=cast.director, reason="Нет", people=[cast.head])
    actions.return_to_work(ticket, by=cast.director, reason="Не то", people=[cast.agent])
    assert (ticket.status, ticket.performer, ticket.returns) == (
        Status.IN_PROGRESS, cast.agent, 1,
    )  # fmt: skip
    assert part(ticket, cast.agent_b).finished_at is not None
    actions.complete(ticket, by=cast.agent)
    assert ticket.status == Status.DONE
    check(cast.everybody().values())


def test_a_new_assignment_keeps_who_has_finished(cast: Cast) -> None:
    ticket = shared(cast)
    actions.take(ticket, by=cast.agent)
    actions.complete(ticket, by=cast.agent)
    people = [cast.agent, cast.agent_b, cast.head]
    actions.assign(ticket, by=cast.director, people=people)
    assert ticket.is_separate
    assert ticket.performer == cast.agent_b
    assert {row.person for row in separately.missing(ticket)} == {cast.agent_b, cast.head}


def test_one_performer_alone_has_no_part(cast: Cast) -> None:
    ticket = order(cast, people=[cast.agent], separate=True, department=cast.it)
    assert not ticket.is_separate
    actions.assign(ticket, by=cast.head, people=[cast.agent, cast.agent_b], separate=True)
    assert ticket.is_separate
    actions.assign(ticket, by=cast.head, people=[cast.agent])
    assert not ticket.is_separate


def test_whose_part_is_done_has_it_no_more_in_his_inbox(cast: Cast) -> None:
    ticket = order(
        cast, people=[cast.agent, cast.agent2], separate=True, department=cast.accounting
    )
    actions.take(ticket, by=cast.agent)
    assert ticket in Ticket.objects.addressed_to(cast.agent)
    assert Counters(cast.agent).inbox.open == 1
    actions.complete(ticket, by=cast.agent)
    assert ticket not in Ticket.objects.addressed_to(cast.agent)
    assert ticket not in Ticket.objects.performed_by(cast.agent)
    assert Counters(cast.agent).inbox.open == 0
    assert ticket in Ticket.objects.visible_to(cast.agent)


def test_who_only_looks_on_has_no_part_to_complete(cast: Cast) -> None:
    ticket = shared(cast)
    actions.take(ticket, by=cast.agent)
    with pytest.raises(NotAllowed):
        actions.complete(ticket, by=cast.agent_b)
