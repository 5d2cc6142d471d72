"""Proves that nobody has changed the journal behind the product's back, and names what was changed.

A ticket keeps the length and the head of its chain; each entry keeps the hash before it. Walking
from the head backwards finds the true entries in their true places, whatever else lies beside them;
where that walk breaks, a walk from the beginning tells what is left on the other side of the break.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise
from typing import TypeVar

from estafeta.tickets.faults import Fault, Kind
from estafeta.tickets.journal import chain_hash, text_digest
from estafeta.tickets.models import Comment, Entry, Ticket, Wording
from estafeta.tickets.spoken import changes_words, comment_faults
from estafeta.tickets.verbs import Verb

CHUNK = 500
Progress = Callable[[int, int], None]
_COLUMNS = ("number", "title", "text", "journal_length", "journal_head")
_OF_COMMENTS = ("ticket_id", "author_id", "kind", "text", "answers_id", "deleted_at")
Row = TypeVar("Row", Entry, Comment)


def check_chain(ticket: Ticket) -> list[Fault]:
    """Everything that is wrong with one ticket's journal, comments, title and text; two queries."""
    entries = list(Entry.objects.filter(ticket=ticket).order_by("seq", "pk"))
    comments = list(Comment.objects.filter(ticket=ticket).only(*_OF_COMMENTS))
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


def verify_all(progress: Progress | None = None) -> Iterator[Fault]:
    """Check every ticket, a few hundred at a time; `progress` hears (checked, all)."""
    total, done, after = Ticket.objects.count(), 0, 0
    while tickets := list(
        Ticket.objects.filter(pk__gt=after).order_by("pk").only(*_COLUMNS)[:CHUNK]
    ):
        after, numbers = tickets[-1].pk, [ticket.pk for ticket in tickets]
        entries = _by_ticket(
            Entry.objects.filter(ticket__in=numbers).order_by("ticket", "seq", "pk")
        )
        comments = _by_ticket(
            Comment.objects.filter(ticket__in=numbers).order_by("ticket", "pk")
            .only(*_OF_COMMENTS)
        )  # fmt: skip
        wordings = _wordings(numbers)
        for ticket in tickets:
            yield from _faults(
                ticket,
                entries.get(ticket.pk, []),
                comments.get(ticket.pk, []),
                wordings.get(ticket.pk, []),
            )
        done += len(tickets)
        if progress:
            progress(done, max(done, total))


def _by_ticket(rows: Iterable[Row]) -> dict[int, list[Row]]:
    return {number: list(group) for number, group in groupby(rows, lambda row: row.ticket_id)}


def _wordings(tickets: list[int]) -> dict[int, list[Wording]]:
    found: dict[int, list[Wording]] = {}
    for row in Wording.objects.filter(comment__ticket__in=tickets).select_related("comment"):
        found.setdefault(row.comment.ticket_id, []).append(row)
    return found


def hash_at(entry: Entry, place: int) -> str:
    """The hash that the entry's content should have if it stands at this place."""
    return chain_hash(
        entry.previous_hash, ticket=entry.ticket_id, seq=place, verb=entry.verb,
        actor=entry.actor_id, on_behalf_of=entry.on_behalf_of_id, via=entry.via, at=entry.at,
        facts=entry.facts, comment=entry.comment_id,
    )  # fmt: skip


def _faults(
    ticket: Ticket, entries: list[Entry], comments: list[Comment], wordings: list[Wording]
) -> list[Fault]:
    faults = [
        *_chain_faults(ticket, entries),
        *comment_faults(ticket.pk, entries, comments, wordings),
    ]
    return faults or _wording_faults(ticket, entries)


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


def _wording_faults(ticket: Ticket, entries: list[Entry]) -> list[Fault]:
    told = [entry for entry in entries if entry.verb in (Verb.OPEN, Verb.EDIT)]
    if not told:
        return []
    facts, faults = told[-1].facts, []
    if facts.get("title") != ticket.title:
        faults.append(Fault(Kind.TITLE_CHANGED, ticket.pk))
    if facts.get("text") != text_digest(ticket.text):
        faults.append(Fault(Kind.TEXT_CHANGED, ticket.pk))
    return faults
