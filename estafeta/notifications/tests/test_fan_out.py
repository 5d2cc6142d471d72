"""Each entry is told exactly once, whatever happens to the workers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Membership, Person
from estafeta.notifications import audience, fan_out
from estafeta.notifications.models import Delivery, Notification
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from tests.cast import Cast

MAIL = override_settings(EMAIL_HOST="mail.example.org")


def order(cast: Cast) -> Ticket:
    return actions.open_ticket(by=cast.director, title="Printer", department=cast.it).ticket


def run_all() -> int:
    handled = 0
    while done := fan_out.run_once():
        handled += done
    return handled


def everything() -> list[tuple[str | None, int]]:
    rows = Notification.objects.order_by("pk")
    return list(rows.values_list("person__login", "entry_id"))


def test_each_entry_is_handled_once(cast: Cast) -> None:
    ticket = order(cast)
    actions.take(ticket, by=cast.agent)
    assert run_all() == 2
    told = everything()
    assert len(told) == len(set(told)) == 4
    assert run_all() == 0
    assert everything() == told


def test_what_is_new_is_looked_for_in_the_journal_alone(cast: Cast) -> None:
    # Joined with a million tickets, SQLite began at the tickets and read all of them each time.
    order(cast)
    with CaptureQueriesContext(connection) as asked:
        run_all()
    looking = [one["sql"] for one in asked if 'WHERE "tickets_entry"."id" >' in one["sql"]]
    assert looking
    assert not [sql for sql in looking if "JOIN" in sql]


def test_an_entry_that_concerns_nobody_is_passed_over(cast: Cast) -> None:
    ticket = order(cast)
    actions.cancel(ticket, by=cast.director, reason="sold")
    run_all()
    actions.archive(ticket, by=cast.director)
    assert run_all() == 1
    assert run_all() == 0


@pytest.mark.parametrize("model", [Notification, Delivery])
def test_a_batch_that_breaks_off_is_told_whole_the_next_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, model: type[Any]
) -> None:
    order(cast)

    def break_off(*_: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as broken, MAIL:
        broken.setattr(type(model.objects.all()), "bulk_create", break_off)
        with pytest.raises(DatabaseError):
            fan_out.run_once()
    assert not Notification.objects.exists()
    with MAIL:
        assert run_all() == 1
    assert sorted(login or "" for login, _ in everything()) == ["anna", "boris", "hugo"]
    assert Delivery.objects.count() == 3


def test_an_entry_nobody_understands_does_not_silence_the_rest(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = order(cast)
    actions.take(ticket, by=cast.agent)
    rules = audience.AUDIENCE | {"open": (lambda _: 1 / 0,)}
    monkeypatch.setattr(audience, "AUDIENCE", rules)
    assert run_all() == 2
    assert [login for login, _ in everything()] == ["dora"]


def test_large_audiences_end_a_batch_early(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fan_out, "MOST_RECIPIENTS", 4)
    for _ in range(3):
        order(cast)
    assert fan_out.run_once() == 2
    assert fan_out.run_once() == 1
    assert len(everything()) == 9


def test_loaded_history_is_told_to_nobody(cast: Cast) -> None:
    order(cast)
    fan_out.skip_history()
    assert run_all() == 0
    order(cast)
    assert run_all() == 1


def test_two_hundred_people_cost_hardly_more_queries_than_three(cast: Cast) -> None:
    def queries() -> int:
        order(cast)
        with CaptureQueriesContext(connection) as seen:
            assert fan_out.run_once() == 1
        return len(seen)

    few = queries()
    people = Person.objects.bulk_create(
        Person(login=f"p{number}", name=f"Person {number}", password="!") for number in range(200)
    )
    Membership.objects.bulk_create(Membership(person=one, department=cast.it) for one in people)
    # SQLite takes a limited number of values in one insert.
    assert queries() <= few + 2
    assert Notification.objects.count() == 206
