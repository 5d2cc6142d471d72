"""Whatever happens, a copy that was brought up to date step by step is the full state."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.db import transaction

from estafeta.accounts.models import Person
from estafeta.lib import clock
from estafeta.tickets import left_sight, since
from estafeta.tickets.models import Ticket
from estafeta.tickets.statuses import ALLOWED, Status
from estafeta.tickets.verbs import BY_SYSTEM, Verb
from tests.copies import Copy
from tests.program import Program
from tests.storm import World

READERS = (0, 1, 3, 5, 6, 7, 8)
"""A director, a head, agents of two departments, a client, a lead."""
OF_SIGHT = {*left_sight.VERBS, Verb.FOLLOW, Verb.MERGE, Verb.RESTORE} - BY_SYSTEM
"""Half of all acts bring a ticket into somebody's sight or out of it."""
LIVES, STEPS = 6, 70


def _given(random: Random) -> dict[str, Any]:
    return {
        "reason": "Потому что", "text": "Слово *и* @anna", "title": "Сервер 1С", "until": None,
        "wait_for": "part", "acceptance": random.choice(["author", "nobody"]), "number": "7",
        "evidence": [], "files": [], "priority": random.randint(1, 4), "deadline": None,
        "department": random.randint(0, 2), "people": random.choices(range(8), k=random.randint(0, 2)),
        "person": random.randint(0, 7), "other": random.randint(0, 9), "agree": True, "kind": "relates",
        "add": ["склад"], "remove": [], "file": 10**9, "comment": random.randint(0, 9), "stage": "done",
        "requester": random.choice([-1, 7]),
    }  # fmt: skip


def _act(world: World, random: Random, done: set[Verb]) -> None:
    which = random.randrange(len(world.tickets))
    ticket = Ticket.with_deleted.get(pk=world.tickets[which])
    verbs = sorted(ALLOWED[Status(ticket.status)] - BY_SYSTEM)
    if random.random() < 0.5:
        verbs = [verb for verb in verbs if verb in OF_SIGHT] or verbs
    verb, given = random.choice(verbs), _given(random)
    for who in random.sample(range(11), 11):
        if world.act(who, which, verb, given):
            done.add(verb)
            return


def _live(seed: int, done: set[Verb]) -> int:
    """How often something was gone."""
    random, world = Random(seed), World()
    people = [world.people[number] for number in READERS]
    copies = [Copy(Program.of(person)) for person in people]
    for _ in range(3):
        world.open(0, {**_given(random), "department": 0, "people": [], "requester": -1})
    for _ in range(STEPS):
        kind = random.random()
        if kind < 0.1:
            world.open(random.randrange(10), _given(random))
        elif kind < 0.13:
            who, where = random.choice([3, 4, 5, 6]), random.randint(0, 2)
            world.change_rights(who, where, random.choice(["leave", "join", "lead"]))
        elif kind < 0.3:
            with clock.standing_at(world.now):
                for copy in random.sample(copies, 4):
                    copy.ask(limit=random.randint(1, 3))
        else:
            _act(world, random, done)
    with clock.standing_at(world.now):
        for person, copy in zip(people, copies, strict=True):
            _is_the_full_state(person, copy)
    return sum(copy.gone for copy in copies)


def _is_the_full_state(person: Person, copy: Copy) -> None:
    copy.catch_up(limit=3)
    whole = Copy(copy.program)
    whole.catch_up()
    assert copy.open == whole.open
    mine = since.his(Person.objects.get(pk=person.pk)).open()
    assert set(copy.open) == set(mine.values_list("pk", flat=True))
    assert copy.doubles == 0


@pytest.mark.slow
def test_a_copy_kept_up_to_date_is_the_full_state(db: None, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 10**6
    done: set[Verb] = set()
    gone = 0
    for seed in range(LIVES):
        with transaction.atomic():
            gone += _live(seed, done)
            transaction.set_rollback(True)
    assert gone > 20
    assert not OF_SIGHT - done, f"too quiet a life: {sorted(OF_SIGHT - done)} never happened"
