"""A verb cannot be half added: every table has a row for it, and no row is for nothing."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from estafeta.api.schemas.bodies import BODIES
from estafeta.notifications.audience import AUDIENCE
from estafeta.tickets import actions
from estafeta.tickets.actions.action import ACTIONS
from estafeta.tickets.permissions import PERMISSIONS
from estafeta.tickets.phrases import PHRASES
from estafeta.tickets.statuses import ALLOWED, LEADS_TO, Status
from estafeta.tickets.verbs import BY_SYSTEM, CONVERSATION, STAFF_ONLY, Verb

EVERY = set(Verb)
TO_A_TICKET = EVERY - {Verb.OPEN}
# Keywords that only the product itself may use, and that no face offers.
FOR_THE_SYSTEM = {Verb.RELEASE: {"person"}}


def test_every_verb_has_an_action_that_the_room_offers() -> None:
    assert set(ACTIONS) == TO_A_TICKET
    assert set(actions.__all__) == {verb.value for verb in TO_A_TICKET} | {"open_ticket"}
    for verb, act in ACTIONS.items():
        assert getattr(actions, verb.value) is act


def test_every_verb_has_its_permission_phrase_audience_and_operation() -> None:
    assert set(PERMISSIONS) == EVERY
    assert all(PERMISSIONS.values()), "a verb that nobody may do"
    assert set(PHRASES) == EVERY
    assert set(AUDIENCE) == EVERY
    assert set(BODIES) == TO_A_TICKET - BY_SYSTEM


def test_every_verb_is_possible_in_some_status_and_every_status_can_be_left() -> None:
    assert set(ALLOWED) == set(Status)
    assert set().union(*ALLOWED.values()) == TO_A_TICKET
    for status, verbs in ALLOWED.items():
        onward = {there for verb in verbs for there in LEADS_TO.get(verb, ())}
        assert onward - {status}, f"no way out of {status}"
    reached = {there for ways in LEADS_TO.values() for there in ways}
    assert reached == set(Status), "a status that no verb leads to"


def test_what_is_said_of_verbs_elsewhere_is_of_verbs_that_exist() -> None:
    assert CONVERSATION <= TO_A_TICKET
    assert STAFF_ONLY <= TO_A_TICKET
    assert set(LEADS_TO) <= EVERY


@pytest.mark.parametrize("verb", sorted(TO_A_TICKET))
def test_the_actor_is_always_named_by(verb: Verb) -> None:
    parameters = inspect.signature(ACTIONS[verb]).parameters
    assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert all(
        one.kind is inspect.Parameter.KEYWORD_ONLY
        for name, one in parameters.items()
        if name != "ticket"
    )
    assert ACTIONS[verb].__doc__, "the API's page shows it"


@pytest.mark.parametrize("verb", sorted(TO_A_TICKET - BY_SYSTEM))
def test_the_api_takes_what_the_action_takes(verb: Verb) -> None:
    takes = set(inspect.signature(ACTIONS[verb]).parameters) - {"ticket", "by"}
    takes -= FOR_THE_SYSTEM.get(verb, set())
    assert set(BODIES[verb].model_fields) - {"seen"} == takes


@pytest.mark.parametrize("verb", sorted(EVERY))
def test_every_verb_is_tried_in_the_tests_of_its_room(verb: Verb) -> None:
    name = "open_ticket" if verb is Verb.OPEN else verb.value
    room = Path(actions.__file__).parents[1] / "tests"
    tried = [one.name for one in room.glob("test_*.py") if f"actions.{name}(" in one.read_text()]
    assert tried, f"no test in {room.name} calls actions.{name}"
