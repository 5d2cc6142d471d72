"""Anybody does anything in any order: what the storm does, one step at a time."""

from __future__ import annotations

import inspect
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from estafeta.accounts.models import Department, Membership, Person
from estafeta.accounts.models.department import AssignmentMode, HandOverMode
from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.actions.action import ACTIONS
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Comment, LinkWord, Ticket
from estafeta.tickets.permissions import Relation, may
from estafeta.tickets.statuses import ALLOWED, Status
from estafeta.tickets.verbs import BY_SYSTEM, Verb
from tests.cast import Cast, make_cast

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
STEPS_OF_RELATIONS = frozenset(
    {
        Verb.FOLLOW, Verb.UNFOLLOW, Verb.TAG, Verb.LINK, Verb.UNLINK, Verb.MERGE, Verb.UNMERGE,
        Verb.SPLIT, Verb.ADD_SUBTASK, Verb.MAKE_SUBTASK, Verb.DETACH_SUBTASK, Verb.DELETE, Verb.RESTORE,
    }
)  # fmt: skip
"""Verbs that tie people and tickets to tickets, make parts of them, or put them out of sight."""
REASONS = st.sampled_from(["", "Потому что", "x" * 501, "'; DROP TABLE--\x00"])
TEXTS = st.sampled_from(["", "Диск на полке", "**Готово** <script>alert(1)</script>", "\u202eРТЛ"])

arguments = st.fixed_dictionaries(
    {
        "reason": REASONS,
        "text": TEXTS,
        "title": st.sampled_from(["", "Сервер", "Принтер", "y" * 251]),
        "department": st.integers(-1, 2),
        "people": st.lists(st.integers(0, 10), max_size=3),
        "wait_for": st.sampled_from(["requester", "date", "part", "other", "weather"]),
        "until": st.sampled_from([None, -1, 5]),
        "deadline": st.sampled_from([None, -1, 3]),
        "priority": st.integers(0, 5),
        "acceptance": st.sampled_from(["nobody", "author", "head", "dog"]),
        "requester": st.integers(-1, 10),
        "person": st.integers(-1, 10),
        "separate": st.sampled_from([None, True, True, False]),
        "evidence": st.sampled_from([None, [], [], ["text"], ["number", "text"], ["oath"]]),
        "number": st.sampled_from(["", "7", "семь", "1" * 61]),
        "agree": st.booleans(),
        "stage": st.sampled_from(["seen", "taken", "done", "dreaming"]),
        "comment": st.integers(0, 9),
        "answers": st.integers(-6, 3),
        "other": st.integers(0, 9),
        "kind": st.sampled_from([*LinkWord.values, "hates"]),
        "add": st.lists(st.sampled_from(["склад", "Склад", "гарантия", "", "ж" * 41]), max_size=2),
        "remove": st.lists(st.sampled_from(["склад", "гарантия"]), max_size=2),
        "despite_subtasks": st.booleans(),
        "files": st.lists(st.integers(10**9, 10**9 + 2), max_size=1),
        "file": st.integers(10**9, 10**9 + 2),
    }
)
"""Right and wrong values for every keyword that any verb takes; numbers are places in the cast."""


@dataclass
class World:
    """A cast, its tickets, and a clock that each act moves."""

    cast: Cast = field(default_factory=make_cast)
    tickets: list[int] = field(default_factory=list)
    now: datetime = START

    def __post_init__(self) -> None:
        system = Person.objects.get(login="system")
        self.people = [*self.cast.everybody().values(), system]
        self.departments = [self.cast.it, self.cast.network, self.cast.accounting]
        # One department wants to be asked, another has a rule who gets new tickets.
        self.cast.accounting.hand_over_mode = HandOverMode.ACCEPT
        self.cast.network.assignment_mode = AssignmentMode.LEAST_LOADED
        for department in self.departments:
            department.save()

    def open(self, who: int, given: dict[str, Any]) -> None:
        """Write a ticket, unless that is refused."""
        self.now += timedelta(minutes=7)
        wanted = self._keywords(actions.open_ticket, given)
        with clock.standing_at(self.now), suppress(Refused):
            self.tickets.append(actions.open_ticket(by=self.people[who], **wanted).ticket_id)

    def act(self, who: int, which: int, verb: Verb, given: dict[str, Any]) -> bool:
        """Do the verb, unless that is refused; refused acts change nothing, done ones were allowed."""
        if not self.tickets:
            return False
        self.now += timedelta(minutes=7)
        person = self.people[who]
        ticket = Ticket.with_deleted.get(pk=self.tickets[which % len(self.tickets)])
        before = (ticket.journal_head, Status(ticket.status))
        allowed = may(verb, Relation.between(person, ticket)) and verb in ALLOWED[before[1]]
        with clock.standing_at(self.now):
            try:
                entry = ACTIONS[verb](ticket, by=person, **self._keywords(ACTIONS[verb], given))
            except Refused:
                kept = Ticket.with_deleted.values_list("journal_head", "status").get(pk=ticket.pk)
                assert kept == (before[0], str(before[1])), "a refused verb left something behind"
                return False
        assert allowed, f"{person} may not {verb} at {before[1]}, but it was done"
        if verb in (Verb.SPLIT, Verb.ADD_SUBTASK):
            self.tickets.append(entry.facts["other"])
        return True

    def possible(self, which: int, pick: int) -> Verb | None:
        """Some verb that the status of the ticket allows."""
        if not self.tickets:
            return None
        ticket = Ticket.with_deleted.get(pk=self.tickets[which % len(self.tickets)])
        verbs = sorted(ALLOWED[Status(ticket.status)] - BY_SYSTEM - STEPS_OF_RELATIONS)
        return verbs[pick % len(verbs)] if verbs else None

    def change_rights(self, who: int, department: int, kind: str) -> None:
        """Move a person in the organisation."""
        person, there = self.people[who], self.departments[department]
        if kind == "leave":
            person.memberships.filter(department=there).delete()
        elif kind in ("join", "lead"):
            Membership.objects.update_or_create(
                person=person, department=there, defaults={"is_head": kind == "lead"}
            )
        elif person.login != "system":
            person.is_active = kind != "deactivate"
            person.save()
        for one in self.people:
            one.__dict__.pop("standing", None)

    def _keywords(self, act: Any, given: dict[str, Any]) -> dict[str, Any]:
        names = inspect.signature(act).parameters
        made = {name: self._value(name, value) for name, value in given.items() if name in names}
        # Optional parts of a verb are left out as often as they are given.
        return {
            name: value for name, value in made.items() if value is not None or name == "deadline"
        }

    def _value(self, name: str, value: Any) -> Any:
        if name == "people":
            return [self.people[n] for n in value]
        if name == "department":
            return self._department(value)
        if name in ("requester", "person"):
            return None if value < 0 else self.people[value]
        if name == "other":
            return Ticket.with_deleted.get(pk=self.tickets[value % len(self.tickets)])
        if name in ("comment", "answers"):
            return None if value < 0 else self._comment(value)
        if name in ("until", "deadline") and value is not None:
            return self.now + timedelta(days=value)
        return value

    def _comment(self, place: int) -> int:
        """One of the newest, on whatever ticket, or one that nobody wrote."""
        newest = list(Comment.objects.order_by("-pk").values_list("pk", flat=True)[:10])
        return newest[place] if place < len(newest) else 10**9

    def _department(self, place: int) -> Department | None:
        return None if place < 0 else self.departments[place]
