"""Proves that nobody has changed the journal behind the product's back, and names what was changed.

A ticket keeps the length and the head of its chain; each entry keeps the hash before it. Walking
from the head backwards finds the true entries in their true places, whatever else lies beside them;
where that walk breaks, a walk from the beginning tells what is left on the other side of the break.
`verify_quickly.py` looks at millions of tickets and asks here about those that seem wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from estafeta.lib import markdown
from estafeta.tickets.conversation.spoken import changes_words, comment_faults
from estafeta.tickets.journal import hash_at, text_digest
from estafeta.tickets.models import Comment, Entry, Ticket, Wording
from estafeta.tickets.proof.faults import Fault, Kind
from estafeta.tickets.proof.told import Told, told


def check_chain(ticket: Ticket) -> list[Fault]:
    """Everything that is wrong with one ticket, its journal and its comments; two queries.

    One more where comments were changed.
    """
    entries = list(Entry.objects.filter(ticket=ticket).order_by("seq", "pk"))
    comments = list(Comment.objects.filter(ticket=ticket))
    wordings = Wording.objects.filter(comment__ticket=ticket)
    return _faults(ticket, entries, comments, list(wordings) if changes_words(entries) else [])


def check_tail(ticket: Ticket, entries: list[Entry]) -> list[Fault]:
    """The same for the newest entries alone, given in order: no query, for every look at a page."""
    faults = [
        Fault(Kind.CHANGED, ticket.pk, entry.seq, entry.pk)
        for entry in entries
        if hash_at(entry, entry.seq) != entry.hash
    ]
    for before, after in pairwise(entries):
        if after.seq != before.seq + 1:
            faults.append(Fault(Kind.MISSING, ticket.pk, before.seq + 1))
        elif after.previous_hash != before.hash:
            faults.append(Fault(Kind.CHANGED, ticket.pk, before.seq, before.pk))
    end = (entries[-1].seq, entries[-1].hash) if entries else (0, "")
    if end != (ticket.journal_length, ticket.journal_head):
        faults.append(Fault(Kind.COUNT, ticket.pk))
    return faults


def _faults(
    ticket: Ticket, entries: list[Entry], comments: list[Comment], wordings: list[Wording]
) -> list[Fault]:
    faults = [
        *_chain_faults(ticket, entries),
        *comment_faults(ticket.pk, entries, comments, wordings),
    ]
    known = {fault.entry for fault in faults}
    faults += (f for f in _html_faults(ticket, entries, comments) if f.entry not in known)
    return faults or list(_ticket_faults(ticket, entries))


def _chain_faults(ticket: Ticket, entries: list[Entry]) -> list[Fault]:
    places, whole = _true_places(ticket, entries)
    guilty = {fault.entry: fault for fault in _entry_faults(ticket, entries, places)}
    faults = list(guilty.values())
    filled = {place: entry for entry, place in places.items()}
    if whole and len(places) == ticket.journal_length:
        return faults
    if whole:
        return [*faults, Fault(Kind.COUNT, ticket.pk)]
    places_of_all = range(1, ticket.journal_length + 1)
    faults += [
        Fault(Kind.MISSING, ticket.pk, place) for place in places_of_all if place not in filled
    ]
    return faults or _fault_at_the_break(ticket, {e.pk: e for e in entries}, filled)


def _true_places(ticket: Ticket, entries: list[Entry]) -> tuple[dict[int, int], bool]:
    """Entry id -> its place in the chain; and whether the walk from the head met the beginning."""
    by_hash = {entry.hash: entry for entry in reversed(entries)}
    chain, wanted = [], ticket.journal_head
    while (entry := by_hash.pop(wanted, None)) is not None:
        chain.append(entry.pk)
        wanted = entry.previous_hash
    if wanted == "" and chain:
        return {pk: len(chain) - steps for steps, pk in enumerate(chain)}, True
    places = {pk: ticket.journal_length - steps for steps, pk in enumerate(chain)}
    first = min(places.values(), default=ticket.journal_length + 1)
    after = {entry.previous_hash: entry for entry in entries if entry.pk not in places}
    place, wanted = 1, ""
    while place < first and (entry := after.pop(wanted, None)) is not None:
        places[entry.pk], wanted = place, entry.hash
        place += 1
    free = set(range(place, first))
    for entry in entries:
        if entry.pk not in places and entry.seq in free:
            places[entry.pk] = entry.seq
            free.discard(entry.seq)
    return places, False


def _entry_faults(ticket: Ticket, entries: list[Entry], places: dict[int, int]) -> Iterator[Fault]:
    for entry in entries:
        place = places.get(entry.pk)
        if place is None:
            yield Fault(Kind.ADDED, ticket.pk, entry.seq, entry.pk)
        elif hash_at(entry, place) != entry.hash:
            yield Fault(Kind.CHANGED, ticket.pk, entry.seq, entry.pk)
        elif entry.seq != place:
            yield Fault(Kind.REORDERED, ticket.pk, entry.seq, entry.pk, place)


def _fault_at_the_break(
    ticket: Ticket, entries: dict[int, Entry], filled: dict[int, int]
) -> list[Fault]:
    """All places are filled and every entry fits its own hash: one was rewritten with its hash."""
    expected = ticket.journal_head
    for place in range(ticket.journal_length, 0, -1):
        entry = entries[filled[place]]
        if entry.hash != expected:
            return [Fault(Kind.CHANGED, ticket.pk, entry.seq, entry.pk)]
        expected = entry.previous_hash
    return [Fault(Kind.COUNT, ticket.pk)]


def _html_faults(ticket: Ticket, entries: list[Entry], comments: list[Comment]) -> Iterator[Fault]:
    wrong = {row.pk for row in comments if not markdown.shows(row.text_html, row.text)}
    last = {entry.comment_id: entry for entry in entries if entry.comment_id in wrong}
    for entry in last.values():
        yield Fault(Kind.COMMENT_HTML_CHANGED, ticket.pk, entry.seq, entry.pk)


def _ticket_faults(ticket: Ticket, entries: list[Entry]) -> Iterator[Fault]:
    sum_of = told((entry.verb, entry.facts, entry.comment_id, entry.actor_id) for entry in entries)
    for kind in differences(ticket, sum_of):
        yield Fault(kind, ticket.pk)


def differences(ticket: Ticket, sum_of: Told) -> Iterator[Kind]:
    """Where the ticket is not what its journal says, as far as facts say it."""
    if sum_of.text is not None:
        if sum_of.title != ticket.title:
            yield Kind.TITLE_CHANGED
        if sum_of.text != text_digest(ticket.text):
            yield Kind.TEXT_CHANGED
        elif not markdown.shows(ticket.text_html, ticket.text):
            yield Kind.HTML_CHANGED
    if sum_of.statuses and ticket.status not in sum_of.statuses:
        yield Kind.STATUS_CHANGED
    if sum_of.department not in (None, ticket.department_id):
        yield Kind.DEPARTMENT_CHANGED
    if sum_of.requester not in (None, ticket.requester_id):
        yield Kind.REQUESTER_CHANGED
