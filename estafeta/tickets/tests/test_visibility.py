import pytest

from estafeta.tickets import actions, visibility
from estafeta.tickets.models import Participant, Ticket
from tests.cast import Cast
from tests.orders import order, taken


def who_sees(cast: Cast, ticket: Ticket) -> set[str]:
    """Asks the rule in both of its readings, which must agree."""
    participants = set(Participant.objects.filter(ticket=ticket).values_list("person", flat=True))
    found = set()
    for who, person in cast.everybody().items():
        by_query = Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()
        assert by_query == visibility.sees(person.standing, ticket, participants)
        if by_query:
            found.add(who)
    return found


def test_a_departments_ticket_is_its_peoples_and_their_heads(cast: Cast) -> None:
    ticket = order(cast, department=cast.network)
    assert who_sees(cast, ticket) == {"director", "head", "network_agent"}


def test_the_upper_department_is_not_the_lower_ones_business(cast: Cast) -> None:
    assert "network_agent" not in who_sees(cast, order(cast))


def test_a_clients_ticket_is_his_and_his_leads(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    assert who_sees(cast, ticket) == {"director", "head", "agent", "agent_b", "client", "lead"}


def test_a_head_sees_what_his_people_write_to_others(cast: Cast) -> None:
    ticket = order(cast, by=cast.agent, department=cast.accounting)
    assert who_sees(cast, ticket) == {"director", "agent", "head", "agent2"}


def test_having_performed_keeps_sight_and_not_having_does_not(cast: Cast) -> None:
    ticket = taken(cast)
    actions.hand_over(ticket, by=cast.agent, department=cast.accounting, reason="К вам")
    assert who_sees(cast, ticket) == {"director", "agent", "agent2"}


def test_a_leaver_sees_nothing(cast: Cast) -> None:
    ticket = taken(cast)
    for person in (cast.agent, cast.director):
        person.is_active = False
        person.save()
        person.__dict__.pop("standing", None)
    assert who_sees(cast, ticket) == {"head", "agent_b"}


def test_an_administrator_has_no_sight_of_content(cast: Cast) -> None:
    assert "admin" not in who_sees(cast, order(cast))


@pytest.mark.parametrize("who", ["agent", "head", "client", "lead"])
def test_the_branches_together_are_the_rule(cast: Cast, who: str) -> None:
    order(cast)
    order(cast, by=cast.client)
    order(cast, department=cast.accounting, by=cast.agent)
    person = getattr(cast, who)
    either = set()
    for branch in visibility.branches(person.standing):
        either |= set(Ticket.objects.filter(branch))
    assert either == set(Ticket.objects.visible_to(person))
