"""Who has seen it, begun, finished: the parts of several performers, and the deadlines there were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Person
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.tickets.access import with_ticket
from estafeta.tickets import phrases
from estafeta.tickets.models import Entry, Participant, ReadMark, Ticket
from estafeta.tickets.performers import separately
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 500
OF_DEADLINES = (Verb.SET_DEADLINE, Verb.PROPOSE_DEADLINE, Verb.ANSWER_DEADLINE)


@dataclass(frozen=True)
class Part:
    """A row: `opened` says that he has looked at it without confirming that."""

    person: Person
    seen: datetime | None
    opened: bool
    taken: datetime | None
    done: datetime | None
    nudged: datetime | None


@dataclass(frozen=True)
class RollCall:
    """The first rows, and how many of all have come how far."""

    parts: list[Part]
    amount: int
    done: int

    @property
    def more(self) -> int:
        """Not shown."""
        return self.amount - len(self.parts)


def roll_call(ticket: Ticket, most: int = MOST) -> RollCall:
    """Two queries, and two more where there are very many."""
    rows = list(separately.parts(ticket).select_related("person")[: most + 1])
    amount, done = len(rows), sum(row.finished_at is not None for row in rows)
    if amount > most:
        amount = separately.parts(ticket).count()
        done = separately.parts(ticket).exclude(finished_at=None).count()
    shown = rows[:most]
    marks = ReadMark.objects.filter(ticket=ticket, person__in=[row.person_id for row in shown])
    opened = set(marks.values_list("person", flat=True))
    return RollCall([_part(row, opened) for row in shown], amount, done)


def _part(row: Participant, opened: set[int]) -> Part:
    return Part(
        person=row.person,
        seen=row.acknowledged_at,
        opened=row.person_id in opened,
        taken=row.taken_at,
        done=row.finished_at,
        nudged=row.nudged_at,
    )


@require_safe
@with_ticket
def roll_call_page(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """The whole matrix: performer × seen, begun, finished."""
    verbs = allowed_verbs(Relation.between(request.user, ticket))
    context = {"ticket": ticket, "call": roll_call(ticket), "may_nudge": Verb.NUDGE in verbs}
    return _show(request, "roll_call", context)


@dataclass(frozen=True)
class Shift:
    """A line of the story of deadlines."""

    actor: Person
    words: str
    reason: str
    at: datetime


@require_safe
@with_ticket
def deadlines_page(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """The first deadline, and everything that was proposed and shifted since."""
    rows = ticket.entries.filter(verb__in=OF_DEADLINES).select_related("actor").order_by("seq")
    opened = ticket.entries.filter(verb=Verb.OPEN).first()
    iso = opened.facts.get("deadline") if opened else None
    context: dict[str, Any] = {
        "ticket": ticket,
        "at_first": parse_datetime(iso) if iso else None,
        "shifts": list(_shifts(rows[:MOST])),
    }
    return _show(request, "deadlines", context)


def _shifts(entries: Iterable[Entry]) -> Iterable[Shift]:
    for entry in entries:
        yield Shift(entry.actor, phrases.phrase(entry), phrases.reason(entry), entry.at)


def _show(request: DeskRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    if is_fragment(request):
        return render(request, f"desk/tickets/{name}_dialog.html", context)
    return render_page(request, f"desk/tickets/{name}_page.html", context)
