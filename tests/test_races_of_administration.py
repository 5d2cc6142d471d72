"""Somebody leaves, a department is merged: and at the same moment people go on working."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts.models import Department, Person
from estafeta.tickets import actions
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.lists import tallies
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.proof.verify import check_chain
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep import department_merge, leaving
from tests.cast import Cast
from tests.orders import order, taken
from tests.test_races import at_once, cast, real_database  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def _leaving(cast: Cast, heir: Person | None = None) -> Any:  # noqa: F811
    def leave() -> int:
        person, by = Person.objects.get(pk=cast.agent.pk), Person.objects.get(pk=cast.admin.pk)
        return leaving.person_leaves(person, by=by, heirs=leaving.Heirs(everything=heir))

    return leave


def _taking(ticket: Ticket, who: Person) -> Any:
    # The person as his page knew him before.
    person = Person.objects.get(pk=who.pk)
    return lambda: actions.take(Ticket.objects.get(pk=ticket.pk), by=person)


@pytest.mark.parametrize("round_", range(3))
def test_whoever_takes_tickets_while_he_leaves_keeps_none(cast: Cast, round_: int) -> None:  # noqa: F811
    free = [order(cast) for _number in range(4)]
    held = taken(cast)
    answers = at_once(_leaving(cast), *(_taking(ticket, cast.agent) for ticket in free))
    assert isinstance(answers[0], int), answers[0]
    assert not Participant.objects.filter(person=cast.agent, is_performer=True).exists()
    for ticket in [*free, held]:
        ticket.refresh_from_db()
        assert (ticket.status, ticket.performer) == (Status.NEW, None)
        assert not check_chain(ticket)


def test_two_administrators_send_the_same_person_away_at_once(cast: Cast) -> None:  # noqa: F811
    ticket = taken(cast)
    answers = at_once(_leaving(cast, cast.agent_b), _leaving(cast, cast.agent_b))
    assert sorted(answer for answer in answers if isinstance(answer, int)) == [0, 1]
    ticket.refresh_from_db()
    assert ticket.performer == cast.agent_b


def test_what_comes_to_a_department_while_it_is_merged_follows(cast: Cast) -> None:  # noqa: F811
    tickets = [order(cast) for _number in range(3)]
    elsewhere = order(cast, department=cast.accounting)

    def merging() -> Any:
        department_merge.merge(
            Department.objects.get(pk=cast.it.pk), by=Person.objects.get(pk=cast.admin.pk),
            into=Department.objects.get(pk=cast.accounting.pk),
        )  # fmt: skip
        department_merge.move_tickets.call(cast.it.pk)

    def opening() -> Any:
        return open_ticket(
            by=Person.objects.get(pk=cast.client.pk), title="Late",
            department=Department.objects.get(pk=cast.it.pk),
        )  # fmt: skip

    def passing() -> Any:
        return actions.hand_over(
            Ticket.objects.get(pk=elsewhere.pk), by=Person.objects.get(pk=cast.director.pk),
            department=Department.objects.get(pk=cast.it.pk), reason="x",
        )  # fmt: skip

    at_once(merging, opening, passing, _taking(tickets[0], cast.agent))
    department_merge.move_stragglers()
    assert set(Ticket.objects.values_list("department", flat=True)) == {cast.accounting.pk}
    for ticket in Ticket.objects.all():
        assert not check_chain(ticket)
    kept = {pk: +counts for pk, counts in tallies.by_department().items() if +counts}
    tallies.recount()
    assert kept == tallies.by_department()
