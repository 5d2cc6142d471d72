"""Only those on whom the ticket waits are reminded."""

from datetime import timedelta

import pytest

from estafeta.accounts.models import Person
from estafeta.lib import clock
from estafeta.notifications import audience
from estafeta.notifications.scene import scenes
from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Acceptance, Entry, Participant
from estafeta.tickets.performers.separately import Stage
from estafeta.tickets.phrases import phrase
from tests.cast import Cast
from tests.orders import done, order, taken


def told(entry: Entry) -> set[str]:
    found = Person.objects.in_bulk(audience.candidates(scenes([entry])[0]))
    return {person.name for person in found.values()}


def test_of_several_only_the_missing(cast: Cast) -> None:
    ticket = order(
        cast, people=[cast.agent, cast.agent_b, cast.head], separate=True, department=cast.it
    )
    actions.take(ticket, by=cast.agent)
    actions.take(ticket, by=cast.agent_b)
    actions.complete(ticket, by=cast.agent)
    assert told(actions.nudge(ticket, by=cast.director, stage=Stage.TAKEN)) == {"Hugo Head"}
    entry = actions.nudge(ticket, by=cast.director)
    assert told(entry) == {"Boris Agent"}, "Hugo was reminded a moment ago"
    assert Participant.objects.get(ticket=ticket, person=cast.agent_b).nudged_at is not None
    with pytest.raises(Invalid):
        actions.nudge(ticket, by=cast.director)
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        assert told(actions.nudge(ticket, by=cast.head)) == {"Boris Agent"}


@pytest.mark.parametrize(
    ("acceptance", "names"),
    [(Acceptance.AUTHOR, {"Dora Director", "Clara Client"}), (Acceptance.HEAD, {"Hugo Head"})],
)
def test_in_review_whoever_accepts(cast: Cast, acceptance: str, names: set[str]) -> None:
    ticket = done(cast, acceptance=acceptance, requester=cast.client)
    assert told(actions.nudge(ticket, by=cast.agent)) == names


def test_waiting_for_an_answer_the_requester(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    actions.wait(ticket, by=cast.agent, wait_for="requester")
    assert told(actions.nudge(ticket, by=cast.agent)) == {"Clara Client"}


def test_at_work_the_performers_free_the_addressees_else_the_head(cast: Cast) -> None:
    assert told(actions.nudge(taken(cast), by=cast.director)) == {"Anna Agent"}
    ticket = order(cast, people=[cast.agent_b], department=cast.it)
    assert told(actions.nudge(ticket, by=cast.director)) == {"Boris Agent"}
    assert told(actions.nudge(order(cast), by=cast.director)) == {"Hugo Head"}
    network = order(cast, department=cast.network)
    assert told(actions.nudge(network, by=cast.director)) == {"Hugo Head"}, "the head above"


def test_nobody_reminds_himself(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.nudge(taken(cast), by=cast.agent)


def test_an_onlooker_reminds_nobody(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.nudge(taken(cast), by=cast.agent_b)


def test_there_are_three_stages(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.nudge(taken(cast), by=cast.director, stage="dreaming")


def test_heads_are_reminded_as_such_and_not_named_to_those_outside(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    entry = actions.nudge(ticket, by=cast.client)
    assert told(entry) == {"Hugo Head"}
    assert "Hugo" not in str(entry.facts) + phrase(entry)
    with pytest.raises(Invalid):
        actions.nudge(ticket, by=cast.client)
