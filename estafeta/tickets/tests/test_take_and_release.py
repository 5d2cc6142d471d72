import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed, NotNow
from estafeta.tickets.models import Hold, Participant
from estafeta.tickets.statuses import Status
from tests.cast import Cast
from tests.orders import done, order, taken


def test_taking_puts_the_baton_in_ones_hand(cast: Cast) -> None:
    ticket = taken(cast)
    assert (ticket.status, ticket.performer) == (Status.IN_PROGRESS, cast.agent)
    free, held = Hold.objects.filter(ticket=ticket)
    assert (free.person, held.person) == (None, cast.agent)
    assert free.until == held.since
    assert held.until is None


def test_a_second_performer_joins_and_the_first_keeps_the_baton(cast: Cast) -> None:
    ticket = taken(cast)
    entry = actions.take(ticket, by=cast.agent_b)
    assert entry.facts == {"joined": True}
    assert ticket.performer == cast.agent
    assert [row.person for row in ticket.current_performers()] == [cast.agent, cast.agent_b]


def test_nobody_takes_twice(cast: Cast) -> None:
    ticket = taken(cast)
    with pytest.raises(Invalid):
        actions.take(ticket, by=cast.agent)


@pytest.mark.parametrize("who", ["agent2", "client", "stranger", "admin"])
def test_others_cannot_take(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.take(order(cast), by=getattr(cast, who))


def test_finished_work_cannot_be_taken(cast: Cast) -> None:
    with pytest.raises(NotNow):
        actions.take(done(cast), by=cast.agent_b)


def test_releasing_makes_it_free_again_with_the_reason(cast: Cast) -> None:
    ticket = taken(cast)
    actions.release(ticket, by=cast.agent, reason="Ухожу в отпуск")
    assert (ticket.status, ticket.performer) == (Status.NEW, None)
    assert Hold.objects.get(ticket=ticket, until=None).reason == "Ухожу в отпуск"
    row = Participant.objects.get(ticket=ticket, person=cast.agent)
    assert (row.is_performer, row.has_performed) == (False, True)


def test_when_one_of_two_releases_the_other_holds_it(cast: Cast) -> None:
    ticket = taken(cast)
    actions.take(ticket, by=cast.agent_b)
    actions.release(ticket, by=cast.agent)
    assert (ticket.status, ticket.performer) == (Status.IN_PROGRESS, cast.agent_b)


def test_the_head_frees_what_an_absent_one_holds(cast: Cast) -> None:
    ticket = taken(cast)
    actions.release(ticket, by=cast.head)
    assert ticket.status == Status.NEW
    with pytest.raises(NotAllowed):
        actions.release(taken(cast), by=cast.agent_b)
