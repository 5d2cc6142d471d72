"""What the ticket says: title, text, topic, priority, deadline. Old values stay in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.tickets import journal
from estafeta.tickets.actions import negotiation, values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.conversation import mentions
from estafeta.tickets.errors import Invalid
from estafeta.tickets.lists import search
from estafeta.tickets.models import Priority, Ticket, Topic
from estafeta.tickets.performers import demands
from estafeta.tickets.permissions import Relation
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.EDIT)
def edit(
    ticket: Ticket,
    *,
    by: Person,
    title: str,
    text: str,
    topic: Topic | None = None,
    acceptance: str | None = None,
    evidence: Sequence[str] | None = None,
) -> Done:
    """Change what is written. Raises Invalid when nothing is different.

    `evidence` is what completion must carry, `acceptance` who accepts the result; left out, they
    stay as they are. Another topic adds what it asks.
    """
    title, text = values.a_title(title), values.a_text(text)
    if topic is not None and topic != ticket.topic and topic.is_hidden and not by.is_agent:
        raise Invalid("topic", _("There is no such topic."))
    old: dict[str, Any] = {}
    if title != ticket.title:
        old["title"] = ticket.title
    if text != ticket.text:
        old["text"] = ticket.text
    if topic != ticket.topic:
        old["topic"] = ticket.topic.name if ticket.topic else None
        old |= {"topic_id": ticket.topic_id} if ticket.topic else {}
    asked = demands.after_edit(
        Relation(by, ticket, None), topic=topic, evidence=evidence, acceptance=acceptance
    )
    changed = demands.changes(ticket, asked)
    old |= {name: before for name, (before, _after) in changed.items()}
    if not old:
        raise Invalid("", _("Nothing was changed."))
    shown = mentions.read(text, by=by, ticket=ticket)
    called = mentions.tie(
        ticket, mentions.anew(shown.people, ticket.text), by=by, is_note=False
    )  # fmt: skip
    ticket.title, ticket.text, ticket.text_html = title, text, shown.html
    ticket.topic, ticket.acceptance, ticket.evidence = topic, asked.acceptance, asked.evidence
    ticket.save(update_fields=["title", "text", "text_html", "topic", "acceptance", "evidence"])
    search.index(ticket)
    return Done({"old": old, "title": title, "text": journal.text_digest(text), **called})


@action(Verb.SET_PRIORITY, gathers=True)
def set_priority(ticket: Ticket, *, by: Person, priority: int, reason: str = "") -> Done:
    """Change how urgent it is."""
    if priority not in Priority.values:
        raise Invalid("priority", _("There is no such priority."))
    if priority == ticket.priority:
        raise Invalid("priority", _("The ticket has this priority already."))
    old, ticket.priority = ticket.priority, priority
    ticket.save(update_fields=["priority"])
    return Done({"old": old, "new": int(priority), "reason": values.a_reason(reason)})


@action(Verb.SET_DEADLINE)
def set_deadline(
    ticket: Ticket, *, by: Person, deadline: datetime | None, reason: str = ""
) -> Done:
    """Change when it has to be done; None takes the deadline away."""
    if deadline == ticket.deadline:
        raise Invalid("deadline", _("The ticket has this deadline already."))
    old = ticket.deadline
    negotiation.shift(ticket, values.in_future("deadline", deadline))
    return Done(
        {
            "old": old.isoformat() if old else None,
            "new": deadline.isoformat() if deadline else None,
            "reason": values.a_reason(reason),
        }
    )
