"""The feed tells what happened on tickets that its reader sees, and nothing else."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from estafeta.lib import clock
from estafeta.tickets import actions, feed
from estafeta.tickets.feed import Wanted
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.verbs import Verb
from tests.cast import Cast

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Four days: one ticket in IT, one in Accounting that Anna wrote."""
    with clock.standing_at(START):
        one = actions.open_ticket(by=cast.client, title="Printer", department=cast.it).ticket
    with clock.standing_at(START + timedelta(days=1)):
        actions.take(one, by=cast.agent)
        actions.note(one, by=cast.agent, text="The old one again")
    with clock.standing_at(START + timedelta(days=2)):
        away = actions.open_ticket(by=cast.agent, title="Bill", department=cast.accounting).ticket
        actions.take(away, by=cast.agent2)
    with clock.standing_at(START + timedelta(days=3)):
        actions.complete(one, by=cast.agent)
    return cast


def verbs(cast: Cast, who: str, wanted: Wanted | None = None, **more: Any) -> list[str]:
    person = cast.everybody()[who]
    return [entry.verb for entry in feed.page(person, wanted or Wanted(), **more).entries]


def test_every_verb_is_of_one_kind() -> None:
    assert sorted(verb for kind in feed.KINDS.values() for verb in kind) == sorted(Verb)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("agent", ["complete", "note", "take", "open"]),
        ("agent2", ["take", "open"]),
        ("head", ["complete", "take", "open", "note", "take", "open"]),
        ("director", ["complete", "take", "open", "note", "take", "open"]),
        ("client", ["complete", "take", "open"]),
        ("lead", ["complete", "take", "open"]),
        ("stranger", []),
        ("admin", []),
        ("network_agent", []),
    ],
)
def test_everybody_reads_what_he_may(busy: Cast, who: str, expected: list[str]) -> None:
    assert verbs(busy, who) == expected


def test_outside_of_his_departments_he_reads_what_he_sees(busy: Cast) -> None:
    assert verbs(busy, "agent", Wanted(everywhere=True)) == [
        "complete", "take", "open", "note", "take", "open",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(kind="said"), ["note"]),
        (Wanted(kind="opened"), ["open", "open"]),
        (Wanted(kind="finished"), ["complete"]),
        (Wanted(since=START + timedelta(days=2)), ["complete", "take", "open"]),
        (Wanted(until=START + timedelta(days=2)), ["note", "take", "open"]),
        (
            Wanted(since=START + timedelta(days=1), until=START + timedelta(days=2)),
            ["note", "take"],
        ),
        (Wanted(since=START + timedelta(days=9)), []),
        (Wanted(until=START), []),
    ],
)
def test_it_is_narrowed(busy: Cast, wanted: Wanted, expected: list[str]) -> None:
    assert verbs(busy, "director", wanted) == expected


def test_it_is_narrowed_to_a_person_or_department(busy: Cast) -> None:
    assert verbs(busy, "director", Wanted(actor=busy.agent2.pk)) == ["take"]
    assert verbs(busy, "director", Wanted(department=busy.accounting.pk)) == ["take", "open"]
    assert verbs(busy, "agent2", Wanted(department=busy.it.pk)) == []


def test_pages_follow_each_other_without_gaps(busy: Cast) -> None:
    found, before = [], 0
    while True:
        page = feed.page(busy.director, Wanted(), before=before, size=2)
        found += [entry.pk for entry in page.entries]
        before = page.older
        if not before:
            break
    assert found == list(Entry.objects.order_by("-pk").values_list("pk", flat=True))


def test_a_long_empty_stretch_is_left_for_the_next_page(
    busy: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "STRETCH", 1)
    monkeypatch.setattr(feed, "MOST", 1)
    first = feed.page(busy.agent2, Wanted())
    assert first.older
    assert first.looked_until is not None
    rest, before = [], first.older
    while before:
        page = feed.page(busy.agent2, Wanted(), before=before)
        rest += page.entries
        before = page.older
    assert [entry.verb for entry in [*first.entries, *rest]] == ["take", "open"]


def test_the_first_entry_of_a_moment_is_found(busy: Cast) -> None:
    moments = list(Entry.objects.order_by("pk").values_list("pk", "at"))
    dice = random.Random(7)
    for _try in range(50):
        moment = START + timedelta(hours=dice.randrange(-9, 99))
        first = feed.first_at(moment)
        assert [pk for pk, _at in moments if pk >= first] == [
            pk for pk, at in moments if at >= moment
        ]


def test_it_takes_the_same_queries_for_many_entries(
    busy: Cast, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One stretch, whatever ids the tests before this one have used up.
    monkeypatch.setattr(feed, "STRETCH", 10**9)
    ticket = Ticket.objects.get(title="Bill")
    for number in range(30):
        actions.reply(ticket, by=busy.agent2, text=f"Line {number}")
    with django_assert_num_queries(2):
        page = feed.page(busy.agent2, Wanted())
        assert [entry.actor.name for entry in page.entries if entry.ticket.department.name]
