"""Whatever is done to whichever tickets by whomever: what is true of every ticket stays true."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafeta.lib import clock
from estafeta.tickets.bulk import runs
from estafeta.tickets.bulk.foresight import foresee
from estafeta.tickets.bulk.verbs import BULK
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.order_of_things import check
from tests.orders import done, order, taken

WHO = ("director", "head", "agent", "agent_b", "network_agent", "agent2", "client", "lead", "admin")
STEP = st.tuples(
    st.sampled_from(sorted(BULK)),
    st.sampled_from(WHO),
    st.sets(st.integers(0, 7), min_size=1),
    st.booleans(),
)


ABOUT_TWO = (Verb.LINK, Verb.MAKE_SUBTASK, Verb.MERGE)


def keywords(verb: Verb, cast: Cast, other: Ticket) -> dict[str, Any]:
    given: dict[Verb, dict[str, Any]] = {
        Verb.ASSIGN: {"people": [cast.agent, cast.agent_b]},
        Verb.HAND_OVER: {"department": cast.network, "reason": "К вам"},
        Verb.WAIT: {"wait_for": "part"},
        Verb.RETURN_TO_WORK: {"reason": "Не то"},
        Verb.SET_PRIORITY: {"priority": 4},
        Verb.SET_DEADLINE: {"deadline": clock.now() + timedelta(days=2)},
        Verb.TAG: {"add": ["принтер"]},
        Verb.REPLY: {"text": "Слово"},
        Verb.NOTE: {"text": "Слово"},
        Verb.REOPEN: {"reason": "Снова"},
        Verb.CANCEL: {"reason": "Не надо"},
        Verb.LINK: {"other": other, "kind": "blocks"},
        Verb.MAKE_SUBTASK: {"other": other},
        Verb.MERGE: {"other": other},
    }
    return given.get(verb, {})


@pytest.mark.slow
@pytest.mark.django_db
def test_bulk_runs_keep_the_order_of_things(cast: Cast) -> None:
    @given(steps=st.lists(STEP, min_size=1, max_size=5))
    @settings(
        max_examples=25, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def try_it(steps: list[tuple[Verb, str, set[int], bool]]) -> None:
        # A world of its own: what is true of every ticket is asked of eight, not of hundreds.
        with transaction.atomic():
            makers = (order, taken, done, order, taken, done, order, taken)
            tickets = [make(cast).pk for make in makers]
            for verb, who, places, takes_back in steps:
                by, numbers = getattr(cast, who), [tickets[place] for place in sorted(places)]
                before = Entry.objects.count()
                foreseen = foresee(Verb(verb), numbers, by=by)
                other = Ticket.objects.get(pk=tickets[len(places) - 1])
                given_words = keywords(Verb(verb), cast, other)
                if "other" in given_words:
                    numbers = [number for number in numbers if number != other.pk]
                if not numbers:
                    continue
                run = runs.begin(Verb(verb), numbers, by=by, keywords=given_words)
                dealt = [n for n, _seq in run.done] + [row["number"] for row in run.refused]
                assert sorted(dealt) == numbers
                assert {n for n, _seq in run.done} <= set(foreseen.able)
                told = 2 if verb in ABOUT_TWO else 1
                assert Entry.objects.count() == before + told * len(run.done)
                if takes_back and runs.may_be_undone(run):
                    runs.undo(run, by=by)
            assert Ticket.objects.filter(pk__in=tickets).count() == len(tickets)
            check([cast.director, cast.agent, cast.client])
            transaction.set_rollback(True)

    try_it()
