"""Many alike become one notification that tells how many they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.notifications import fan_out, seen, storm
from estafeta.notifications.models import Delivery, IncludedEntry, Notification, Wishes
from estafeta.notifications.models.wishes import Rhythm
from estafeta.tickets import actions
from estafeta.tickets.bulk import runs
from estafeta.tickets.models import BulkRun, Priority, Ticket
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import order

MANY = 300


@pytest.fixture(autouse=True)
def _mail() -> Any:
    with override_settings(EMAIL_HOST="mail.example.org", ALIKE_TOLD_SINGLY=10):
        yield


def tell() -> None:
    while fan_out.run_once():
        pass


def orders(cast: Cast, count: int, **fields: Any) -> list[Ticket]:
    made = [order(cast, **fields) for _ in range(count)]
    fan_out.skip_history()
    return made


def take_all(tickets: Sequence[Ticket], by: Person) -> BulkRun:
    run = runs.begin(Verb.TAKE, [one.pk for one in tickets], by=by, keywords={})
    return run if run.is_finished else runs.go_on(run)


def amounts(person: Person) -> list[int]:
    return list(person.notifications.order_by("pk").values_list("amount", flat=True))


def test_three_hundred_tickets_taken_at_once_are_one_summary_a_person(cast: Cast) -> None:
    tickets = orders(cast, MANY)
    run = take_all(tickets, cast.agent)
    assert len(run.done) == MANY
    tell()
    (row,) = Notification.objects.filter(person=cast.director)
    assert row.amount == MANY
    assert row.entry.ticket == tickets[0]
    assert row.included.count() == MANY - 1
    assert amounts(cast.head) == []
    (sent,) = Delivery.objects.filter(person=cast.director)
    assert sent.is_gathered
    assert sent.next_attempt_at > timezone.now()
    assert seen.unseen_count(cast.director) == 1


def test_a_summary_stays_one_while_the_run_goes_on(cast: Cast) -> None:
    take_all(orders(cast, MANY), cast.agent)
    while fan_out.run_once():
        (row,) = Notification.objects.filter(person=cast.director)
        assert row.amount == 1 + IncludedEntry.objects.filter(notification=row).count()
    assert amounts(cast.director) == [MANY]


def test_what_was_seen_or_has_left_grows_no_more(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(fan_out, "MOST_ENTRIES", 10)
    take_all(orders(cast, 30), cast.agent)
    fan_out.run_once()
    seen.mark_all_seen(cast.director)
    fan_out.run_once()
    Delivery.objects.filter(notification__seen_at=None).update(attempts=1)
    fan_out.run_once()
    assert amounts(cast.director) == [10, 10, 10]
    assert Delivery.objects.filter(person=cast.director).count() == 3


def test_a_message_waits_until_the_run_has_settled_but_not_for_ever(
    cast: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr(fan_out, "MOST_ENTRIES", 10)
    take_all(orders(cast, 30), cast.agent)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        started = timezone.now()
        fan_out.run_once()
        clock.shift(15)
        fan_out.run_once()
        (sent,) = Delivery.objects.filter(person=cast.director)
        assert sent.next_attempt_at == started + timedelta(seconds=15) + storm.SETTLE
        clock.shift(storm.LONGEST_WAIT)
        fan_out.run_once()
        sent.refresh_from_db()
        assert sent.next_attempt_at == started + timedelta(seconds=15) + storm.SETTLE
    assert amounts(cast.director) == [30]


def test_a_run_over_one_ticket_is_no_storm(cast: Cast) -> None:
    take_all(orders(cast, 1), cast.agent)
    tell()
    (sent,) = Delivery.objects.filter(person=cast.director)
    assert not sent.is_gathered


def test_more_than_ten_alike_within_five_minutes_are_summed_up(cast: Cast) -> None:
    for _ in range(15):
        order(cast)
        tell()
    assert amounts(cast.agent) == [1] * 10 + [5]
    assert Delivery.objects.filter(person=cast.agent, is_gathered=True).count() == 1
    with time_machine.travel(timezone.now() + storm.WINDOW + timedelta(minutes=1)):
        order(cast)
        tell()
    assert amounts(cast.agent) == [1] * 10 + [5, 1]
    assert not Delivery.objects.filter(person=cast.agent).latest("pk").is_gathered


def test_an_urgent_ticket_does_not_sleep_in_a_summary_of_others(cast: Cast) -> None:
    Wishes.objects.create(person=cast.agent, rhythm=Rhythm.DAILY)
    for _ in range(12):
        order(cast)
        tell()
    order(cast, priority=Priority.URGENT)
    tell()
    assert amounts(cast.agent) == [1] * 10 + [2, 1]
    newest = Delivery.objects.filter(person=cast.agent).latest("pk")
    assert newest.next_attempt_at <= timezone.now()


def test_a_run_leaves_as_early_as_its_most_urgent_ticket(cast: Cast) -> None:
    Wishes.objects.create(person=cast.director, rhythm=Rhythm.DAILY)
    tickets = orders(cast, 2) + orders(cast, 1, priority=Priority.URGENT)
    take_all(tickets, cast.agent)
    tell()
    (sent,) = Delivery.objects.filter(person=cast.director)
    assert sent.next_attempt_at <= timezone.now() + storm.SETTLE


def test_borders_of_batches_do_not_matter(cast: Cast) -> None:
    for _ in range(15):
        order(cast)
    tell()
    assert amounts(cast.agent) == [1] * 10 + [5]


def test_others_and_other_verbs_are_counted_by_themselves(cast: Cast) -> None:
    tickets = orders(cast, 12)
    for one in tickets[:6]:
        actions.take(one, by=cast.agent)
    for one in tickets[6:]:
        actions.take(one, by=cast.agent_b)
    for one in tickets[:6]:
        actions.complete(one, by=cast.agent)
    tell()
    assert amounts(cast.director) == [1] * 18


def test_who_is_called_by_name_is_called_each_time(cast: Cast) -> None:
    for one in orders(cast, 12):
        actions.note(one, by=cast.director, text="@anna, this one")
    tell()
    assert amounts(cast.agent) == [1] * 12
    assert amounts(cast.head) == [1] * 10 + [2]


def test_it_can_be_switched_off(cast: Cast) -> None:
    with override_settings(ALIKE_TOLD_SINGLY=0):
        for _ in range(12):
            order(cast)
        tell()
    assert amounts(cast.agent) == [1] * 12


def test_a_summary_is_not_settled_by_looking_at_its_first_ticket(cast: Cast) -> None:
    tickets = orders(cast, 3)
    take_all(tickets, cast.agent)
    tell()
    seen.mark_ticket_seen(cast.director, tickets[0])
    assert seen.unseen_count(cast.director) == 1
    seen.mark_all_seen(cast.director)
    assert seen.unseen_count(cast.director) == 0
