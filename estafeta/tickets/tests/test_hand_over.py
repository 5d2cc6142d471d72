import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Hold, Ticket
from estafeta.tickets.phrases import notice, phrase, reason
from estafeta.tickets.statuses import Status
from tests.cast import Cast
from tests.orders import order, taken


def test_to_a_person_the_baton_is_in_his_hand_at_once(cast: Cast) -> None:
    ticket = taken(cast)
    entry = actions.hand_over(ticket, by=cast.agent, people=[cast.agent_b], reason="По железу")
    assert (ticket.performer, ticket.status, ticket.passes) == (
        cast.agent_b, Status.IN_PROGRESS, 1,
    )  # fmt: skip
    assert phrase(entry) == "hands the ticket over: Boris Agent"
    assert reason(entry) == "По железу"
    assert Hold.objects.get(ticket=ticket, until=None).given_by == cast.agent


def test_to_another_department_it_is_free_there_and_the_giver_still_sees_it(cast: Cast) -> None:
    ticket = taken(cast)
    actions.hand_over(ticket, by=cast.agent, department=cast.accounting, reason="Это к вам")
    assert (ticket.department, ticket.performer, ticket.status) == (
        cast.accounting, None, Status.NEW,
    )  # fmt: skip
    visible = {who for who, person in cast.everybody().items()
               if Ticket.objects.visible_to(person).exists()}  # fmt: skip
    assert visible == {"director", "agent", "agent2"}


def test_to_a_person_elsewhere_it_moves_to_his_department(cast: Cast) -> None:
    ticket = taken(cast)
    actions.hand_over(ticket, by=cast.agent, people=[cast.agent2], reason="Счёт")
    assert (ticket.department, ticket.performer) == (cast.accounting, cast.agent2)


def test_a_reason_is_required_and_a_place(cast: Cast) -> None:
    ticket = taken(cast)
    for fields, field in (
        ({"people": [cast.agent_b], "reason": " "}, "reason"),
        ({"reason": "Кому-нибудь"}, "department"),
        ({"people": [cast.agent], "reason": "Себе"}, "people"),
        ({"people": [cast.agent_b], "reason": "x" * 501}, "reason"),
    ):
        with pytest.raises(Invalid) as caught:
            actions.hand_over(ticket, by=cast.agent, **fields)
        assert caught.value.field == field
    assert ticket.passes == 0


def test_an_onlooker_cannot_hand_over(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.hand_over(taken(cast), by=cast.agent2, department=cast.network, reason="Нет")


def test_ping_pong_and_loops_are_noticed(cast: Cast) -> None:
    ticket = taken(cast)
    a, b, c = cast.agent, cast.agent_b, cast.network_agent
    there = actions.hand_over(ticket, by=a, people=[b], reason="тебе")
    back = actions.hand_over(ticket, by=b, people=[a], reason="нет, тебе")
    again = actions.hand_over(ticket, by=a, people=[b], reason="нет, тебе!")
    assert [entry.facts["notice"] for entry in (there, back, again)] == ["", "loop", "ping_pong"]
    assert "back and forth" in notice(again)

    other = taken(cast)
    steps = [(a, b), (b, c), (c, a)]
    notices = [
        actions.hand_over(other, by=giver, people=[taker], reason="дальше").facts["notice"]
        for giver, taker in steps
    ]
    assert notices == ["", "", "loop"]


def test_many_passes_are_noticed(cast: Cast) -> None:
    ticket = order(cast)
    path = [cast.accounting, cast.network]
    actions.hand_over(ticket, by=cast.director, department=path[0], reason="1")
    ticket.passes = 3
    ticket.save()
    entry = actions.hand_over(ticket, by=cast.director, department=path[1], reason="2")
    assert entry.facts["notice"] == "many"


def test_a_head_assigns_his_own_people_only(cast: Cast) -> None:
    ticket = order(cast)
    actions.assign(ticket, by=cast.head, people=[cast.network_agent, cast.agent])
    assert ticket.performer == cast.network_agent
    assert len(ticket.current_performers()) == 2
    with pytest.raises(Invalid) as caught:
        actions.assign(ticket, by=cast.head, people=[cast.agent2])
    assert caught.value.field == "people"
    with pytest.raises(NotAllowed):
        actions.assign(ticket, by=cast.agent, people=[cast.agent_b])


def test_acting_on_what_is_addressed_to_one_confirms_it(cast: Cast) -> None:
    ticket = order(cast, people=[cast.agent])
    actions.take(ticket, by=cast.agent)
    assert ticket.participants.get(person=cast.agent).acknowledged_at is not None
    with pytest.raises(NotAllowed):
        actions.acknowledge(taken(cast), by=cast.agent)


def test_acknowledging_is_kept_until_the_next_pass(cast: Cast) -> None:
    ticket = order(cast, people=[cast.agent])
    actions.acknowledge(ticket, by=cast.agent)
    row = ticket.participants.get(person=cast.agent)
    assert row.acknowledged_at is not None
    with pytest.raises(Invalid):
        actions.acknowledge(ticket, by=cast.agent)
    actions.hand_over(ticket, by=cast.agent, people=[cast.agent_b], reason="тебе")
    row.refresh_from_db()
    assert row.acknowledged_at is None
