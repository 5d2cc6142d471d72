"""The only writer of journal entries, and the arithmetic of their chain.

Each ticket's entries form a chain: an entry's hash covers the hash before it and a commitment to its
own salted content, and the ticket keeps the length and the head, so that a changed, missing, added
or reordered entry shows. Entries from before there were salts have none: theirs covers the content.
On PostgreSQL ids are handed out before commits; the advisory lock taken just before the
insert makes the order of ids the order of commits, so that "everything after id N" misses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from estafeta.lib import chain, clock, commit_order, many_rows, nudge
from estafeta.tickets import gathering
from estafeta.tickets.models.comment import Comment
from estafeta.tickets.models.entry import Entry
from estafeta.tickets.verbs import Verb
from estafeta.tickets.via import current_via

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket

FEW = 2
ADVISORY_LOCK = 0x65737461
"""One lock for all writers of entries ("esta")."""


def text_digest(text: str, salt: str | None = None) -> str:
    """What an entry keeps of a long text, so that a later change of the text shows."""
    return hashlib.sha256((text if salt is None else f"{salt}\n{text}").encode()).hexdigest()


def chain_hash(
    previous: str,
    *,
    ticket: int,
    seq: int,
    verb: str,
    actor: int,
    on_behalf_of: int | None,
    via: str,
    at: datetime,
    facts: dict[str, Any],
    comment: int | None,
    salt: str | None,
) -> str:
    """What an entry's hash should be (64 hex digits); without a salt, as before there were any."""
    content = {
        "ticket": ticket, "seq": seq, "verb": str(verb), "actor": actor, "for": on_behalf_of,
        "via": str(via), "at": chain.moment(at), "facts": facts, "comment": comment,
    }  # fmt: skip
    return _sealed(previous, content, salt)


def _sealed(previous: str, content: dict[str, Any], salt: str | None) -> str:
    if salt is None:
        return chain.link(previous, content)
    return chain.link_over(previous, chain.commitment(salt, content))


def content_of(entry: Entry) -> dict[str, Any]:
    """What its hash covers besides the hash before it."""
    return {
        "ticket": entry.ticket_id, "seq": entry.seq, "verb": str(entry.verb),
        "actor": entry.actor_id, "for": entry.on_behalf_of_id, "via": str(entry.via),
        "at": chain.moment(entry.at), "facts": entry.facts, "comment": entry.comment_id,
    }  # fmt: skip


def hash_of(entry: Entry) -> str:
    """The hash that the entry's content and its `previous_hash` should have."""
    return hash_at(entry, entry.seq)


def hash_at(entry: Entry, place: int) -> str:
    """The same if it stands at this place."""
    return _sealed(entry.previous_hash, content_of(entry) | {"seq": place}, entry.salt)


def record(
    verb: Verb,
    ticket: Ticket,
    *,
    by: Person,
    facts: dict[str, Any] | None = None,
    comment: Comment | None = None,
    on_behalf_of: Person | None = None,
) -> Entry:
    """Append the line of one verb; inside the verb's transaction, as its last step."""
    line = Line(ticket, facts or {}, comment, on_behalf_of)
    return record_all(verb, [line], by=by)[0]


class Line(NamedTuple):
    """What a verb tells about one ticket."""

    ticket: Ticket
    facts: dict[str, Any]
    comment: Comment | None = None
    on_behalf_of: Person | None = None


def record_all(verb: Verb, lines: Sequence[Line], *, by: Person) -> list[Entry]:
    """The same for a verb done to many tickets, each in its own chain.

    There may be several of one ticket, then as the same object: many were done about it. The lines of
    a verb about two tickets learn their ids, those of a crowd do not.
    """
    commit_order.take_turn(ADVISORY_LOCK)
    entries = [_entry(verb, line, by) for line in lines]
    if len(entries) <= FEW:
        for entry in entries:
            entry.save(force_insert=True)
    else:
        many_rows.insert(Entry, entries)
    tickets = list({line.ticket.pk: line.ticket for line in lines}.values())
    for ticket in tickets:
        ticket.save(update_fields=["journal_length", "journal_head", "changed_at"])
    gathering.write_tickets(tickets)
    nudge.ring("entry")
    return entries


def _entry(verb: Verb, line: Line, by: Person) -> Entry:
    ticket = line.ticket
    # By their ids: to set a row itself takes longer than all the rest, and there may be hundreds.
    entry = Entry(
        ticket_id=ticket.pk, seq=ticket.journal_length + 1, verb=verb, actor_id=by.pk,
        via=current_via(), at=clock.now(), facts=line.facts,
        comment_id=line.comment.pk if line.comment else None,
        on_behalf_of_id=line.on_behalf_of.pk if line.on_behalf_of else None,
        previous_hash=ticket.journal_head, salt=chain.new_salt(),
    )  # fmt: skip
    entry._state.fields_cache.update(ticket=ticket, actor=by)
    if line.comment:
        entry._state.fields_cache["comment"] = line.comment
    entry.hash = hash_of(entry)
    ticket.journal_length, ticket.journal_head = entry.seq, entry.hash
    ticket.changed_at = entry.at
    return entry
