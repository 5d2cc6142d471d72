"""Tickets as rows of a list: everything a row says, for a page of them in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from estafeta.accounts.models import Person
from estafeta.desk import deadline, relay, whereabouts
from estafeta.desk.lists import looks, row_verbs, snippets
from estafeta.desk.lists.columns import Cell, cells_of
from estafeta.desk.lists.highlight import mark
from estafeta.desk.lists.row_facts import RowFacts
from estafeta.desk.page import DeskRequest
from estafeta.tickets.models import Ticket
from estafeta.tickets.permissions import Relation
from estafeta.tickets.statuses import Status


@dataclass(frozen=True)
class Row:
    """One row, as components/list.html draws it; `length` is how much journal it has seen."""

    number: int
    url: str
    title: str
    meta: str
    unread: bool
    person: Person | None
    more: int
    relay: list[relay.Part]
    status: str
    status_label: str
    priority: int
    priority_label: str
    deadline: deadline.Deadline | None
    changed: datetime
    actions: list[row_verbs.RowAction]
    length: int
    written: str = ""
    """The number with the prefix of its department."""
    title_html: str = ""
    """The title with what was looked for marked."""
    snippet: str = ""
    """Where else the words stand."""
    cells: dict[str, Cell] = field(default_factory=dict)
    """Of columns beside the usual ones."""


def rows_of(
    tickets: Sequence[Ticket],
    reader: Person,
    *,
    home: int | None = None,
    marked: str = "",
    extra: Sequence[str] = (),
) -> list[Row]:
    """As many queries for many tickets as for one; the department `home` goes without saying.

    Words of `marked` are highlighted in the titles, and shown where else they stand; `extra` names
    columns beside the usual ones.
    """
    if not tickets:
        return []
    facts = RowFacts.of(tickets, reader)
    own = reader.standing.departments
    home = home or (next(iter(own)) if len(own) == 1 else None)
    rows = [_row(ticket, facts, home) for ticket in tickets]
    if extra:
        cells = cells_of(tickets, extra, reader)
        rows = [replace(row, cells=cells[row.number]) for row in rows]
    if not marked:
        return rows
    titles = {row.number: mark(row.title, marked) for row in rows}
    silent = [number for number, title in titles.items() if "<mark>" not in title]
    found = snippets.of(silent, marked, reader)
    return [
        replace(row, title_html=titles[row.number], snippet=found.get(row.number, ""))
        for row in rows
    ]


def _row(ticket: Ticket, facts: RowFacts, home: int | None) -> Row:
    ties = facts.ties.get(ticket.pk, [])
    mine = next((tie for tie in ties if tie.person_id == facts.reader.pk), None)
    performers = sum(tie.is_performer for tie in ties)
    return Row(
        number=ticket.pk,
        written=ticket.written,
        url=f"/tickets/{ticket.pk}",
        title=ticket.title,
        meta=_meta(ticket, facts, home),
        unread=_is_unread(ticket, facts),
        person=facts.people[ticket.performer_id] if ticket.performer_id else None,
        more=max(performers - 1, 0) if ticket.performer_id else 0,
        relay=facts.relays.get(ticket.pk, []),
        status=ticket.status,
        status_label=facts.statuses[ticket.status],
        priority=ticket.priority,
        priority_label=facts.priorities[ticket.priority],
        deadline=deadline.of(ticket),
        changed=ticket.changed_at,
        actions=row_verbs.of(Relation(facts.reader, ticket, mine)),
        length=ticket.journal_length,
    )


def row_of(ticket: Ticket, reader: Person, *, extra: Sequence[str] = ()) -> Row:
    """One row."""
    return rows_of([ticket], reader, extra=extra)[0]


def render_row(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """The row as a fragment, after something was done to it; nothing if it is out of sight now."""
    seen = Ticket.objects.visible_to(request.user).filter(pk=ticket.pk).first()
    if seen is None:
        return HttpResponse("")
    look = looks.here(request)
    row = row_of(seen, request.user, extra=look.extra)
    context = {"row": row, "flash": True, "look": look}
    return render(request, "desk/lists/row.html", context)


def _meta(ticket: Ticket, facts: RowFacts, home: int | None) -> str:
    words = [] if ticket.requester_id == facts.reader.pk else _requester(ticket, facts)
    if ticket.department_id != home:
        words.append("→ " + facts.departments[ticket.department_id].name)
    return " · ".join(word for word in words if word)


def _requester(ticket: Ticket, facts: RowFacts) -> list[str]:
    person = facts.people[ticket.requester_id]
    place = ""
    if person.organisation:
        place = person.organisation.name
    elif ticket.author_id == ticket.requester_id and ticket.author_department_id:
        place = facts.departments[ticket.author_department_id].name
    return [place, person.name, whereabouts.room(person)]


def _is_unread(ticket: Ticket, facts: RowFacts) -> bool:
    """The archive is not to be worked through, so nothing in it calls."""
    if ticket.status == Status.ARCHIVED:
        return False
    return facts.read_to.get(ticket.pk, 0) < facts.lengths.get(ticket.pk, 0)
