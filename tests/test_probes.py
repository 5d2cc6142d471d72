"""Ten thousand pairs of a person and a ticket: every face agrees about each of them."""

from __future__ import annotations

import csv
import html
import io
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client

from estafeta.accounts.models import Organisation, Person, Site
from estafeta.lib import rate
from estafeta.realtime import changes
from estafeta.tickets import visibility
from estafeta.tickets.lists import saved_views
from estafeta.tickets.models import Participant, SavedView, Ticket
from estafeta.tickets.verbs import BY_SYSTEM, Verb
from tests.cast import member, person
from tests.program import Program
from tests.storm import World

PEOPLE, TICKETS = 25, 400
PAGES_ASKED = 1200
"""Of all pairs so many are asked for the page itself, on the desk and in the API."""
WORD = "ондатра"
VERBS = sorted(set(Verb) - {Verb.OPEN, Verb.EDIT, Verb.SPLIT, Verb.ADD_SUBTASK} - BY_SYSTEM)
ROW = re.compile(r'href="/tickets/(\d+)"')
OLDER = re.compile(r'href="([^"]+)" data-page-older')


@pytest.fixture
def world(db: None) -> World:
    """A crowd of all kinds, and tickets that went through many hands."""
    dice = random.Random(20261124)
    made = World()
    Site.objects.update_or_create(pk=1, defaults={"is_set_up": True})
    Site.forget()
    alpha = Organisation.objects.get(name="Alpha")
    extra = [person(f"p{n}", f"Person {n}") for n in range(PEOPLE - len(made.people) + 1)]
    for number, who in enumerate(extra):
        if number % 4 == 3:
            Person.objects.filter(pk=who.pk).update(organisation=alpha)
        else:
            member(who, made.departments[number % 3], head=number % 5 == 0)
    made.people[-1:-1] = [Person.objects.get(pk=who.pk) for who in extra]
    with transaction.atomic():
        while len(made.tickets) < TICKETS:
            made.open(dice.randrange(PEOPLE), _good(dice, len(made.tickets)))
        for _ in range(2 * TICKETS):
            which = dice.randrange(TICKETS)
            made.act(dice.randrange(PEOPLE), which, dice.choice(VERBS), _good(dice, which))
    return made


def _good(dice: random.Random, number: int) -> dict[str, Any]:
    """Keywords that most verbs can do something with."""
    return {
        "title": f"{WORD} {number}", "text": "Слово", "reason": "Потому что",
        "department": dice.randrange(3), "people": dice.sample(range(PEOPLE), dice.randrange(3)),
        "requester": dice.randrange(-1, PEOPLE), "person": dice.randrange(PEOPLE),
        "priority": dice.randrange(1, 5), "deadline": dice.choice([None, 3]), "until": None,
        "acceptance": "nobody", "wait_for": "part", "separate": None, "evidence": [],
        "number": "7", "agree": True, "stage": "seen", "comment": 0, "answers": -6,
        "other": dice.randrange(TICKETS), "kind": "relates", "add": ["склад"], "remove": [],
        "despite_subtasks": True, "files": [], "file": 10**9,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_face_agrees_about_ten_thousand_pairs(world: World, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 0
    rate.forget()
    told = list(_whole_journal())
    words = dict(Ticket.with_deleted.values_list("pk", "title"))
    pairs = 0
    for someone in world.people[:PEOPLE]:
        reader = Person.objects.get(pk=someone.pk)
        seen = set(Ticket.objects.visible_to(reader).values_list("pk", flat=True))
        faces = _faces(reader, told)
        assert {name: face ^ seen for name, face in faces.items() if face != seen} == {}, reader
        counted = saved_views.counts([_everything(reader)], reader)
        most = saved_views.MOST_COUNTED + 1
        assert set(counted.values()) == {min(len(seen), most)}, reader
        pairs += len(words)
    assert pairs >= 10_000
    _ask_for_pages(world, sorted(words))


def _faces(reader: Person, told: list[changes.Change]) -> dict[str, set[int]]:
    program, browser = Program.of(reader), Client(raise_request_exception=False)
    browser.force_login(reader, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    stream = {c.ticket.pk for c in told if b"event: ticket" in c.told_to(reader.standing, 1)}
    hidden = {c.ticket.pk for c in told if c.is_staff_only} if not reader.is_agent else set()
    ties: dict[int, set[int]] = {}
    for ticket, who in Participant.objects.values_list("ticket", "person"):
        ties.setdefault(ticket, set()).add(who)
    memory = {
        ticket.pk
        for ticket in Ticket.with_deleted.all()
        if visibility.sees(reader.standing, ticket, ties.get(ticket.pk, set()))
    }
    return {
        "memory": memory,
        "list": set(_pages(browser, "/tickets?size=100")),
        "search": set(_pages(browser, f"/search?q={WORD}&size=100")),
        "export": set(_exported(browser)),
        "API": set(_api(program)),
        "stream": stream | (hidden & memory),
    }


def _whole_journal() -> Iterator[changes.Change]:
    """What a stream from the beginning tells, the last word of each ticket."""
    position = 0
    found: dict[int, changes.Change] = {}
    while True:
        reached, told = changes.after(position)
        if reached == position:
            return iter(found.values())
        found |= {change.ticket.pk: change for change in told}
        position = reached


def _pages(browser: Client, address: str) -> Iterator[int]:
    while address:
        page = browser.get(address).content.decode()
        yield from map(int, ROW.findall(page))
        older = OLDER.search(page)
        address = html.unescape(older.group(1)) if older else ""


def _exported(browser: Client) -> Iterator[int]:
    answer = browser.get("/lists/all/export.csv")
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter="," if text[:60].count(",") else ";"))
    yield from (int(row[0].rpartition("-")[2]) for row in rows[1:])


def _api(program: Program) -> Iterator[int]:
    more: dict[str, Any] = {}
    while True:
        found = program.get("/tickets", limit=100, **more).json()
        yield from (row["number"] for row in found["tickets"])
        if not found["next"]:
            return
        more = {"after": found["next"]}


def _everything(reader: Person) -> SavedView:
    return SavedView.objects.create(owner=reader, name="Всё", list="all", query="")


def _ask_for_pages(world: World, numbers: list[int]) -> None:
    dice = random.Random(7)
    for someone in world.people[:PEOPLE]:
        reader = Person.objects.get(pk=someone.pk)
        seen = set(Ticket.objects.visible_to(reader).values_list("pk", flat=True))
        program, browser = Program.of(reader), Client(raise_request_exception=False)
        browser.force_login(reader, backend=django_settings.AUTHENTICATION_BACKENDS[0])
        for number in dice.sample(numbers, PAGES_ASKED // PEOPLE):
            expected = {200, 302} if number in seen else {404}
            assert browser.get(f"/tickets/{number}").status_code in expected, (reader, number)
            assert program.get(f"/tickets/{number}").status_code in expected, (reader, number)
