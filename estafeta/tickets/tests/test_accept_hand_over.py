"""A department that wants to be asked accepts what is handed over to it, or declines it."""

from datetime import timedelta

import pytest

from estafeta.accounts.models.department import HandOverMode, Unanswered
from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import PendingHandOver, Ticket
from estafeta.tickets.models.ticket import NO_DEADLINE
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep import unanswered
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.order_of_things import check
from tests.orders import order, taken


@pytest.fixture(autouse=True)
def accounting_wants_to_be_asked(cast: Cast) -> None:
    cast.accounting.hand_over_mode = HandOverMode.ACCEPT
    cast.accounting.save()


def offered(cast: Cast, **fields: object) -> Ticket:
    ticket = taken(cast)
    given = {"department": cast.accounting, "reason": "Это к вам"}
    actions.hand_over(ticket, by=cast.agent, **given | fields)  # type: ignore[arg-type]
    return ticket


def test_until_it_is_accepted_nobody_has_it(cast: Cast) -> None:
    ticket = offered(cast, people=[cast.agent2])
    assert (ticket.status, ticket.performer) == (Status.NEW, None)
    assert ticket.offered_until is not None
    assert cast.agent2.pk in ticket.participants.values_list("person", flat=True)
    verbs = allowed_verbs(Relation.between(cast.agent2, ticket))
    assert {Verb.ACCEPT_HAND_OVER, Verb.DECLINE_HAND_OVER} <= set(verbs)
    check(cast.everybody().values())


def test_accepted_it_is_with_those_who_were_named(cast: Cast) -> None:
    ticket = offered(cast, people=[cast.agent2])
    actions.accept_hand_over(ticket, by=cast.agent2)
    assert (ticket.status, ticket.performer) == (Status.IN_PROGRESS, cast.agent2)
    assert ticket.offered_until is None
    assert not PendingHandOver.objects.exists()
    check(cast.everybody().values())


def test_accepted_for_the_department_it_is_free_there(cast: Cast) -> None:
    ticket = offered(cast)
    actions.accept_hand_over(ticket, by=cast.agent2)
    assert (ticket.status, ticket.department) == (Status.NEW, cast.accounting)
    with pytest.raises(Invalid):
        actions.accept_hand_over(ticket, by=cast.agent2)


def test_declined_it_is_again_with_those_who_had_it(cast: Cast) -> None:
    ticket = order(cast)
    actions.assign(ticket, by=cast.head, people=[cast.agent, cast.agent_b], separate=True)
    actions.hand_over(ticket, by=cast.agent, department=cast.accounting, reason="К вам")
    with pytest.raises(Invalid):
        actions.decline_hand_over(ticket, by=cast.agent2)
    entry = actions.decline_hand_over(ticket, by=cast.agent2, reason="Не наше")
    assert (ticket.status, ticket.performer, ticket.department) == (
        Status.IN_PROGRESS, cast.agent, cast.it,
    )  # fmt: skip
    assert ticket.is_separate
    assert entry.facts["giver"]["id"] == cast.agent.pk
    assert {one["id"] for one in entry.facts["people"]} == {cast.agent.pk, cast.agent_b.pk}
    check(cast.everybody().values())


def test_declined_after_they_have_left_it_is_free_where_it_was(cast: Cast) -> None:
    ticket = offered(cast)
    cast.agent.is_active = False
    cast.agent.save()
    actions.decline_hand_over(ticket, by=cast.agent2, reason="Не наше")
    assert (ticket.status, ticket.department) == (Status.NEW, cast.it)


def test_whoever_takes_it_has_accepted_it(cast: Cast) -> None:
    ticket = offered(cast)
    actions.take(ticket, by=cast.agent2)
    assert (ticket.offered_until, ticket.performer) == (None, cast.agent2)


def test_outsiders_do_not_answer_for_the_department(cast: Cast) -> None:
    for person in (cast.agent, cast.head, cast.agent_b):
        with pytest.raises(NotAllowed):
            actions.accept_hand_over(offered(cast), by=person)


def test_the_director_and_the_departments_own_people_need_not_ask(cast: Cast) -> None:
    ticket = taken(cast)
    actions.hand_over(ticket, by=cast.director, department=cast.accounting, reason="Туда")
    assert ticket.offered_until is None


def test_without_a_limit_it_waits_for_ever(cast: Cast) -> None:
    cast.accounting.hand_over_hours = 0
    cast.accounting.save()
    assert offered(cast).offered_until == NO_DEADLINE


def later(ticket: Ticket) -> int:
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        settled = unanswered.settle_due()
    ticket.refresh_from_db()
    return settled


def test_unanswered_it_goes_back(cast: Cast) -> None:
    ticket = offered(cast)
    assert unanswered.settle_due() == 0
    assert later(ticket) == 1
    assert (ticket.department, ticket.performer) == (cast.it, cast.agent)
    assert ticket.entries.latest("seq").facts["notice"] == "unanswered"
    assert later(ticket) == 0


def test_or_up(cast: Cast) -> None:
    cast.network.hand_over_mode = HandOverMode.ACCEPT
    cast.network.hand_over_unanswered = Unanswered.UP
    cast.network.save()
    ticket = order(cast, department=cast.accounting)
    actions.take(ticket, by=cast.agent2)
    actions.hand_over(ticket, by=cast.agent2, department=cast.network, reason="К вам")
    assert later(ticket) == 1
    assert (ticket.department, ticket.status) == (cast.it, Status.NEW)
    assert ticket.offered_until is None


def test_what_can_go_neither_back_nor_up_stays(cast: Cast) -> None:
    ticket = offered(cast)
    cast.it.is_active = False
    cast.it.save()
    assert later(ticket) == 1
    assert (ticket.department, ticket.offered_until) == (cast.accounting, None)


def test_handed_on_unanswered_it_comes_back_to_the_last_department(cast: Cast) -> None:
    cast.network.hand_over_mode = HandOverMode.ACCEPT
    cast.network.save()
    ticket = offered(cast)
    actions.hand_over(ticket, by=cast.agent2, department=cast.network, reason="Дальше")
    actions.decline_hand_over(ticket, by=cast.network_agent, reason="Не наше")
    assert (ticket.department, ticket.status) == (cast.accounting, Status.NEW)
    assert PendingHandOver.objects.count() == 0


def test_cancelled_it_is_not_asked_about_any_more(cast: Cast) -> None:
    ticket = offered(cast)
    actions.cancel(ticket, by=cast.director, reason="Не нужно")
    assert ticket.offered_until is None
