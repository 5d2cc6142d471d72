"""An urgent ticket that nobody answers climbs the ladder; whoever answers ends it at once."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from estafeta.accounts.models import Absence
from estafeta.notifications import fan_out
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.concern import ANSWERED, objections
from estafeta.notifications.ladder import rungs
from estafeta.notifications.ladder.climbing import climb_due
from estafeta.notifications.ladder.rungs import Step
from estafeta.notifications.models import Climb, Delivery, Notification, Wishes
from estafeta.tickets import actions
from estafeta.tickets.models import Entry, Priority, Ticket
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import order

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def urgent(cast: Cast) -> Ticket:
    ticket = order(cast, priority=Priority.URGENT)
    read_the_journal()
    return ticket


def read_the_journal() -> None:
    while fan_out.run_once():
        pass


def after(minutes: int) -> list[dict[str, object]]:
    """Let the clock run, minute by minute; the facts of what was called."""
    start, last = timezone.now(), Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for minute in range(1, minutes + 1):
        with time_machine.travel(start + minute * MINUTE, tick=False):
            climb_due()
    read_the_journal()
    called = Entry.objects.filter(pk__gt=last, verb=Verb.ESCALATE).order_by("pk")
    return [entry.facts for entry in called]


def names(facts: dict[str, object]) -> set[str]:
    return {person["name"] for person in facts["people"]}  # type: ignore[attr-defined]


def test_it_climbs_rung_by_rung_and_ends_at_the_top(cast: Cast, urgent: Ticket) -> None:
    called = after(90)
    assert [facts["step"] for facts in called] == [1, 3, 4]
    assert names(called[0]) == {cast.agent.name, cast.agent_b.name, cast.head.name}
    assert names(called[1]) == {cast.head.name}
    assert Climb.objects.get().next_at is None
    urgent.refresh_from_db()
    assert urgent.status == "new"


def test_nobody_is_called_before_the_time(cast: Cast, urgent: Ticket) -> None:
    assert after(4) == []
    assert len(after(5)) == 1


@pytest.mark.parametrize("answer", ["take", "acknowledge", "cancel", "calm"])
def test_whoever_answers_ends_it_at_once(cast: Cast, answer: str) -> None:
    ticket = order(cast, people=[cast.agent], priority=Priority.URGENT)
    read_the_journal()
    assert len(after(6)) == 1
    if answer == "calm":
        actions.set_priority(ticket, by=cast.head, priority=Priority.NORMAL)
    elif answer == "cancel":
        actions.cancel(ticket, by=ticket.author, reason="by mistake")
    else:
        getattr(actions, answer)(ticket, by=cast.agent)
    assert after(1) == []
    assert Climb.objects.get().next_at is None
    assert after(60) == []


def test_an_answer_that_the_worker_has_not_read_yet_ends_it_too(cast: Cast, urgent: Ticket) -> None:
    actions.take(urgent, by=cast.agent)
    with time_machine.travel(timezone.now() + 6 * MINUTE, tick=False):
        assert climb_due() == 0
    assert not Entry.objects.filter(verb=Verb.ESCALATE).exists()


def test_the_deputy_of_who_is_away_is_called(cast: Cast) -> None:
    now = timezone.now()
    Absence.objects.create(
        person=cast.agent,
        deputy=cast.agent_b,
        starts_at=now - MINUTE,
        made_by=cast.agent,
        made_at=now,
    )
    order(cast, people=[cast.agent], priority=Priority.URGENT)
    read_the_journal()
    called = after(12)
    assert [facts["step"] for facts in called] == [1, 2]
    assert names(called[1]) == {cast.agent_b.name}


def test_who_is_called_has_a_line_in_the_bell(cast: Cast, urgent: Ticket) -> None:
    after(6)
    told = Notification.objects.filter(entry__verb=Verb.ESCALATE)
    assert {row.person for row in told} == {cast.agent, cast.agent_b, cast.head}


def test_the_client_does_not_read_of_it(cast: Cast, urgent: Ticket) -> None:
    after(6)
    assert not urgent.entries.readable_by(cast.client).filter(verb=Verb.ESCALATE).exists()


def test_given_on_it_calls_anew(cast: Cast, urgent: Ticket) -> None:
    after(6)
    actions.assign(urgent, by=cast.head, people=[cast.agent_b])
    read_the_journal()
    [facts] = after(6)
    assert facts["step"] == 1
    assert names(facts) == {cast.agent_b.name}


def test_what_is_not_urgent_or_is_ones_own_calls_nobody(cast: Cast) -> None:
    order(cast)
    order(cast, by=cast.agent, people=[cast.agent], priority=Priority.URGENT)
    read_the_journal()
    assert after(60) == []


def test_without_rungs_there_is_no_ladder(cast: Cast) -> None:
    rungs.change(by=cast.admin, steps=[])
    order(cast, priority=Priority.URGENT)
    read_the_journal()
    assert not Climb.objects.exists()
    assert after(60) == []


def test_the_channels_of_a_rung_stand_in_the_entry(cast: Cast) -> None:
    rungs.change(by=cast.admin, steps=[Step(1, "heads", ["mail"])])
    order(cast, priority=Priority.URGENT)
    read_the_journal()
    [facts] = after(3)
    assert facts["channels"] == ["mail"]


def test_a_rung_calls_over_its_channels_whatever_was_wished(cast: Cast, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    midnight, noon = datetime.time(0), datetime.time(23, 59)
    Wishes.objects.create(
        person=cast.head, matrix={"escalated": {"mail": False}}, quiet_from=midnight,
        quiet_until=noon, urgent_breaks_quiet=False,
    )  # fmt: skip
    rungs.change(by=cast.admin, steps=[Step(1, "heads", ["mail"])])
    order(cast, priority=Priority.URGENT)
    read_the_journal()
    after(3)
    [row] = Delivery.objects.filter(person=cast.head, notification__entry__verb=Verb.ESCALATE)
    assert (row.channel, row.is_gathered) == ("mail", False)
    assert row.next_attempt_at <= row.created_at


def test_a_call_that_has_not_left_yet_stays_when_somebody_answers(
    cast: Cast, urgent: Ticket, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    after(6)
    rows = Delivery.objects.filter(notification__entry__verb=Verb.ESCALATE)
    assert rows.exists()
    assert objections(CHANNELS["mail"], list(rows)) == {}
    actions.take(urgent, by=cast.agent)
    assert set(objections(CHANNELS["mail"], list(rows.all())).values()) == {ANSWERED}


def test_one_that_was_deleted_a_moment_ago_holds_up_no_other(cast: Cast, urgent: Ticket) -> None:
    order(cast, priority=Priority.URGENT)
    read_the_journal()
    actions.delete(urgent, by=cast.admin, reason="by mistake")
    with time_machine.travel(timezone.now() + 6 * MINUTE, tick=False):
        assert climb_due() == 1
