"""Whatever happens to tickets: verify finds nothing, stories prove themselves, reasons fit the rule."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from estafeta.accounts.models import Person
from estafeta.tickets import feed, why
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.proof import sealing
from estafeta.tickets.proof.storyfile import wording
from estafeta.tickets.proof.storyfile.checking import check
from estafeta.tickets.proof.storyfile.writing import story_of
from estafeta.tickets.proof.verify_quickly import verify_all
from estafeta.tickets.relations.relating import without_unseen
from estafeta.tickets.statuses import ALLOWED, Status
from estafeta.tickets.verbs import BY_SYSTEM, Verb
from tests.storm import World, arguments

VERBS = sorted(set(Verb) - {Verb.OPEN} - BY_SYSTEM)
GOOD = {
    "reason": "Потому что", "text": "Слово *и* @anna", "title": "Сервер 1С", "wait_for": "part",
    "until": None, "acceptance": "author", "number": "7", "evidence": [], "files": [],
    "stage": "done",
}  # fmt: skip
openings = st.lists(st.tuples(st.integers(0, 9), arguments), min_size=2, max_size=3)
acts = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 999), arguments), min_size=20, max_size=40
)
READERS = (0, 1, 2, 5, 6, 7, 8)
"""A director, a head, agents of two departments, a client, a lead, a stranger."""
done: set[Verb] = set()


def _lived(openings: Any, acts: Any) -> World:
    world = World()
    world.open(5, {"title": "Принтер", "text": "Не печатает", "department": 0})
    for who, values in openings:
        world.open(who, {**values, **GOOD, "priority": 2, "deadline": None, "department": 0})
    for number, (which, pick, values) in enumerate(acts):
        verb = _possible(world, which, pick)
        if verb and any(world.act(who, which, verb, {**values, **GOOD}) for who in range(11)):
            done.add(verb)
        if number == len(acts) // 2:
            sealing.seal_all()
    return world


def _possible(world: World, which: int, pick: int) -> Verb | None:
    """Some verb that the status allows, rare ones as often as common ones."""
    ticket = Ticket.with_deleted.get(pk=world.tickets[which % len(world.tickets)])
    verbs = sorted(ALLOWED[Status(ticket.status)] - BY_SYSTEM)
    new = [verb for verb in verbs if verb not in done] or verbs
    return new[pick % len(new)] if new else None


@given(openings=openings, acts=acts)
@settings(
    max_examples=14, derandomize=True, database=None, deadline=None, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def _live_and_look(openings: Any, acts: Any) -> None:
    with transaction.atomic():
        world = _lived(openings, acts)
        sealing.seal_all()
        assert list(map(str, verify_all())) == []
        assert list(sealing.faults()) == []
        tickets = list(Ticket.with_deleted.with_people())
        for ticket in tickets:
            _proves_itself(ticket, None)
        for person in (world.people[n] for n in READERS):
            _looks(Person.objects.get(pk=person.pk), tickets)
        transaction.set_rollback(True)


def _looks(person: Person, tickets: list[Ticket]) -> None:
    seen = set(Ticket.objects.visible_to(person).values_list("pk", flat=True))
    for ticket in tickets:
        assert bool(why.reasons(person, ticket)) == (ticket.pk in seen)
        if ticket.pk in seen:
            _proves_itself(ticket, person)
    told = feed.page(person, feed.Wanted(everywhere=True), size=1000).entries
    entries = Entry.objects.readable_by(person).filter(ticket__in=seen)
    assert {one.pk for one in told} == {one.pk for one in without_unseen(entries, person)}


def _proves_itself(ticket: Ticket, reader: Person | None) -> None:
    story = json.loads(json.dumps(story_of(ticket, reader=reader, language="ru")))
    assert check(story).faults == []
    assert list(wording.differences(story)) == []
    if reader is not None and not reader.is_agent:
        notes = {row.text for row in ticket.comments.all() if row.is_note and row.text}
        replies = {row.text for row in ticket.comments.all() if not row.is_note}
        shown = {row["text"] for row in story["comments"]}
        assert not shown & (notes - replies)


@pytest.mark.slow
def test_any_life_of_tickets_can_be_proved(db: None) -> None:
    done.clear()
    _live_and_look()
    assert len(done) > len(VERBS) // 2, f"too quiet a life: {sorted(done)}"
