"""Who gets a new ticket that names nobody."""

from collections import Counter

import pytest

from estafeta.accounts.models.department import AssignmentMode
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket, Topic
from estafeta.tickets.performers.suggestion import Why, suggest
from estafeta.tickets.statuses import Status
from tests.cast import Cast, member, person
from tests.order_of_things import check
from tests.orders import done, order, taken


@pytest.fixture
def team(cast: Cast) -> Cast:
    member(person("ivan", "Ivan Agent"), cast.it)
    return cast


def rule(cast: Cast, mode: str) -> None:
    cast.it.assignment_mode = mode
    cast.it.save()


def test_without_a_rule_it_is_free(cast: Cast) -> None:
    assert order(cast).performer is None


def test_in_turn_everybody_gets_as_many(team: Cast) -> None:
    rule(team, AssignmentMode.ROUND_ROBIN)
    performers = [order(team).performer.name for _ in range(6)]  # type: ignore[union-attr]
    assert performers[:3] == performers[3:]
    assert set(Counter(performers).values()) == {2}
    assert "Hugo Head" not in performers
    check(team.everybody().values())


def test_it_is_at_work_from_the_beginning_and_says_by_which_rule(cast: Cast) -> None:
    rule(cast, AssignmentMode.ROUND_ROBIN)
    ticket = order(cast)
    assert (ticket.status, ticket.performer) == (Status.IN_PROGRESS, cast.agent)
    assert ticket.entries.get().facts["assigned"] == "round_robin"


def test_whoever_has_least_to_do_gets_it(team: Cast) -> None:
    for _ in range(2):
        taken(team, by=team.agent)
    taken(team, by=team.agent_b)
    rule(team, AssignmentMode.LEAST_LOADED)
    names = [order(team).performer.name for _ in range(4)]  # type: ignore[union-attr]
    assert names == ["Ivan Agent", "Boris Agent", "Ivan Agent", "Anna Agent"]


def test_those_who_left_have_no_turn(team: Cast) -> None:
    rule(team, AssignmentMode.ROUND_ROBIN)
    team.agent.is_active = False
    team.agent.save()
    names = {order(team).performer.name for _ in range(4)}  # type: ignore[union-attr]
    assert names == {"Boris Agent", "Ivan Agent"}


def test_named_people_go_before_the_rule(cast: Cast) -> None:
    rule(cast, AssignmentMode.ROUND_ROBIN)
    ticket = order(cast, people=[cast.agent_b], department=cast.it)
    assert ticket.performer is None


def test_a_topic_has_its_own_people_and_rule(team: Cast) -> None:
    topic = Topic.objects.create(
        name="1С", department=team.it, assignment_mode=AssignmentMode.ROUND_ROBIN
    )
    topic.performers.set([team.agent_b, team.head])
    names = [order(team, topic=topic).performer.name for _ in range(3)]  # type: ignore[union-attr]
    assert names == ["Hugo Head", "Boris Agent", "Hugo Head"]
    elsewhere = order(team, topic=topic, department=team.accounting)
    assert elsewhere.performer is None, "the topic's rule is for its own department"


def test_a_department_of_heads_gives_to_them_and_an_empty_one_to_nobody(cast: Cast) -> None:
    cast.accounting.assignment_mode = cast.network.assignment_mode = AssignmentMode.ROUND_ROBIN
    cast.accounting.save()
    cast.network.save()
    cast.accounting.memberships.update(is_head=True)
    cast.network.memberships.all().delete()
    assert order(cast, department=cast.accounting).performer == cast.agent2
    assert order(cast, department=cast.network).performer is None


def test_suggestions_say_why(team: Cast) -> None:
    topic = Topic.objects.create(name="Принтеры", department=team.it)
    done(team, topic=topic)
    taken(team, by=team.head)
    ticket = taken(team, by=team.agent_b, topic=topic)
    actions.hand_over(ticket, by=team.agent_b, department=team.it, reason="Не успеваю")
    found = {one.person.name: one for one in suggest(ticket, team.it)}
    assert Why.KNOWS_THE_TOPIC in found["Anna Agent"].why
    assert found["Anna Agent"].done == 1
    assert Why.HAD_IT in found["Boris Agent"].why
    assert "Hugo Head" not in found
    assert Ticket.objects.get(pk=ticket.pk).performer is None
