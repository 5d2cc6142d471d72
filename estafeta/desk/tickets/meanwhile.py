"""What others did to a ticket while somebody was writing: told at once, and again before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Person
from estafeta.desk.page import DeskRequest
from estafeta.desk.tickets.access import with_ticket
from estafeta.desk.tickets.sending import seen_of
from estafeta.tickets import phrases
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.verbs import CONVERSATION, Verb

MOST = 10
ANSWERED = frozenset({Verb.REPLY, Verb.NOTE, Verb.ATTACH})
"""Of what is only said, this matters to somebody who is just writing himself."""


@dataclass(frozen=True)
class Change:
    """What somebody else did meanwhile."""

    actor: Person
    words: str
    reason: str
    at: datetime

    @classmethod
    def of(cls, entry: Entry) -> Change:
        """In the reader's language."""
        return cls(entry.actor, phrases.phrase(entry), phrases.reason(entry), entry.at)


def changes_since(ticket: Ticket, seen: int | None, reader: Person) -> list[Change]:
    """By others, as far as the reader may read of it; the newest, oldest first."""
    if seen is None or seen >= ticket.journal_length:
        return []
    rows = ticket.entries.filter(seq__gt=seen).readable_by(reader).exclude(actor=reader)
    rows = rows.exclude(verb__in=CONVERSATION - ANSWERED).select_related("actor", "comment")
    return [Change.of(entry) for entry in reversed(rows.order_by("-seq")[:MOST])]


@require_safe
@with_ticket
def meanwhile(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """A line for whoever writes: who did what since `seen`; 204 where nobody did anything."""
    changes = changes_since(ticket, seen_of(request), request.user)
    if not changes:
        return HttpResponse(status=204, headers={"X-Journal-Length": str(ticket.journal_length)})
    context = {"ticket": ticket, "changes": changes, "seen": ticket.journal_length}
    return render(request, "desk/tickets/meanwhile.html", context)
