"""Whatever several performers do in whatever order, the ticket is done when nobody is missing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.actions.action import ACTIONS
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.performers import separately
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb
from tests import order_of_things
from tests.cast import Cast, make_cast
from tests.orders import order

VERBS = (Verb.TAKE, Verb.TAKE, Verb.COMPLETE, Verb.COMPLETE, Verb.RELEASE, Verb.WAIT, Verb.RESUME)
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(VERBS), st.integers(0, 3)),
        st.tuples(
            st.sampled_from((Verb.ASSIGN, Verb.RETURN_TO_WORK)),
            st.lists(st.integers(0, 3), max_size=4, unique=True),
        ),
    ),
    max_size=14,
)


@pytest.mark.slow
@given(steps=steps, acceptance=st.sampled_from(["nobody", "author"]))
@settings(
    max_examples=60, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_it_is_done_when_nobody_is_missing(db: None, steps: Any, acceptance: str) -> None:
    with transaction.atomic():
        cast = make_cast()
        people = [cast.agent, cast.agent_b, cast.head, cast.network_agent]
        ticket = order(
            cast, people=people[:3], separate=True, department=cast.it, acceptance=acceptance
        )
        for verb, whom in steps:
            with suppress(Refused):
                _act(cast, ticket, verb, whom, people)
            _check(ticket)
        order_of_things.check(cast.everybody().values())
        transaction.set_rollback(True)


def _act(cast: Cast, ticket: Ticket, verb: Verb, whom: Any, people: list[Person]) -> None:
    if verb is Verb.ASSIGN:
        actions.assign(ticket, by=cast.director, people=[people[n] for n in whom], separate=True)
    elif verb is Verb.RETURN_TO_WORK:
        named = [people[n] for n in whom]
        actions.return_to_work(ticket, by=cast.director, reason="Ещё раз", people=named)
    elif verb is Verb.WAIT:
        actions.wait(ticket, by=people[whom], wait_for="part")
    else:
        ACTIONS[verb](ticket, by=people[whom])


def _check(ticket: Ticket) -> None:
    last = ticket.entries.latest("seq")
    missing = separately.missing(ticket).count()
    if last.facts.get("all_finished") is False:
        assert missing
        assert ticket.is_open
    if last.verb == Verb.COMPLETE and last.facts.get("part") and "accepted" in last.facts:
        assert not missing
        assert ticket.status in (Status.DONE, Status.REVIEW)
    if last.facts.get("all_finished") is True:
        assert not missing
    if ticket.is_separate and ticket.status in (Status.IN_PROGRESS, Status.WAITING):
        assert missing
