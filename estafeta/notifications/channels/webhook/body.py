"""What a webhook is sent, version 1; described in docs/*/webhooks.md.

An entry has the fields that the API's journal shows to staff (a test holds them together), the
ticket those that a list needs. Fields are added, never changed: who reads it ignores what is new.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from estafeta.notifications.content import public_address
from estafeta.tickets import phrases
from estafeta.tickets.models import Comment, Entry, Priority, Ticket
from estafeta.tickets.statuses import Status

VERSION = 1
LONGEST_TEXT = 20_000

Json = dict[str, Any]


def of_entry(entry: Entry, *, with_notes: bool) -> Json:
    """One line of a journal, with the ticket as it is now; of a deleted one hardly more than its number.

    A webhook that is not for notes hears that a ticket was deleted or is back, but not why.
    """
    comment = entry.comment
    is_gone = entry.ticket.status == Status.DELETED
    told = _entry(entry)
    if entry.is_staff_only and not with_notes:
        told |= {"reason": "", "notice": "", "facts": {}, "salt": ""}
    return {
        "type": f"ticket.{entry.verb}",
        "version": VERSION,
        "timestamp": moment(entry.at),
        "data": {
            "ticket": _rest_of(entry.ticket) if is_gone else _ticket(entry.ticket),
            "entry": told,
            "comment": _comment(comment) if comment is not None else None,
        },
    }


def of_test(at: datetime, name: str) -> Json:
    """Somebody tries whether it arrives."""
    return {"type": "test", "version": VERSION, "timestamp": moment(at), "data": {"webhook": name}}


def of_purge(at: datetime, number: int, protocol: str) -> Json:
    """A ticket was removed for good; `protocol` is the hash of what is left of it."""
    return {
        "type": "ticket.purge",
        "version": VERSION,
        "timestamp": moment(at),
        "data": {"ticket": {"number": number}, "protocol": protocol},
    }


def moment(at: datetime | None) -> str | None:
    """RFC 3339 in UTC, as the API writes it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at is not None else None


def _rest_of(ticket: Ticket) -> Json:
    return {
        "number": ticket.pk,
        "label": ticket.written,
        "status": ticket.status,
        "department": _named(ticket.department),
        "journal_length": ticket.journal_length,
    }


def _ticket(ticket: Ticket) -> Json:
    return {
        "number": ticket.pk,
        "label": ticket.written,
        "title": ticket.title,
        "status": ticket.status,
        "priority": Priority(ticket.priority).name.lower(),
        "department": _named(ticket.department),
        "performer": _named(ticket.performer),
        "author": _named(ticket.author),
        "requester": _named(ticket.requester),
        "organisation": _named(ticket.organisation),
        "topic": _named(ticket.topic),
        "deadline": moment(ticket.deadline),
        "opened_at": moment(ticket.opened_at),
        "closed_at": moment(ticket.closed_at),
        "journal_length": ticket.journal_length,
        "url": public_address(f"/tickets/{ticket.pk}"),
    }


def _entry(entry: Entry) -> Json:
    return {
        "seq": entry.seq,
        "verb": entry.verb,
        "actor": _named(entry.actor),
        "on_behalf_of": _named(entry.on_behalf_of),
        "via": entry.via,
        "at": moment(entry.at),
        "phrase": phrases.phrase(entry),
        "reason": phrases.reason(entry),
        "notice": phrases.notice(entry),
        "facts": entry.facts,
        "comment": entry.comment_id,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
        "salt": entry.salt,
    }


def _comment(comment: Comment) -> Json:
    return {
        "id": comment.pk,
        "is_note": comment.is_note,
        "text": comment.text[:LONGEST_TEXT],
        "is_cut": len(comment.text) > LONGEST_TEXT,
    }


def _named(row: Any) -> Json | None:
    return None if row is None else {"id": row.pk, "name": row.name}
