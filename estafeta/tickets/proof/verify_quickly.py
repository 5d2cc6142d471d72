"""Looks through the journal of every ticket as fast as the rows come, with memory that stays flat.

Rows are read as plain tuples, some hundred tickets at a time, and walked once. A ticket on which
anything seems wrong is then locked and looked at closely by `verify.py`, which names what it is;
what only seemed so because somebody was writing just then is gone by that time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction

from estafeta.lib import markdown
from estafeta.tickets.journal import chain_hash, text_digest
from estafeta.tickets.models import Comment, Entry, Ticket
from estafeta.tickets.proof.faults import Fault
from estafeta.tickets.proof.told import Said, Told
from estafeta.tickets.proof.verify import check_chain, differences

CHUNK = 500


class Reached(NamedTuple):
    """How far the check is."""

    tickets: int
    all_tickets: int
    entries: int


Progress = Callable[[Reached], None]


class EntryRow(NamedTuple):
    """The columns that the chain covers, in the order in which they are read."""

    ticket: int
    seq: int
    verb: str
    actor: int
    on_behalf_of: int | None
    via: str
    at: datetime
    facts: dict[str, Any]
    comment: int | None
    previous_hash: str
    hash: str
    salt: str | None


class CommentRow(NamedTuple):
    """The same of a comment."""

    ticket: int
    pk: int
    author: int
    kind: str
    text: str
    text_html: str
    salt: str | None
    answers: int | None
    deleted_at: datetime | None


def verify_all(progress: Progress | None = None) -> Iterator[Fault]:
    """Check every ticket; `progress` hears after each few hundred."""
    total, done, entries_done, after = Ticket.with_deleted.count(), 0, 0, 0
    while tickets := list(Ticket.with_deleted.filter(pk__gt=after).order_by("pk")[:CHUNK]):
        reach = {"ticket__gt": after, "ticket__lte": tickets[-1].pk}
        after = tickets[-1].pk
        entries = _by_ticket(
            EntryRow._make(row) for row in
            Entry.objects.filter(**reach).order_by("ticket", "seq", "pk").values_list(
                "ticket", "seq", "verb", "actor", "on_behalf_of", "via", "at", "facts", "comment",
                "previous_hash", "hash", "salt",
            )
        )  # fmt: skip
        comments = _by_ticket(
            CommentRow._make(row) for row in
            Comment.objects.filter(**reach).order_by("ticket", "pk").values_list(
                "ticket", "pk", "author", "kind", "text", "text_html", "salt", "answers",
                "deleted_at",
            )
        )  # fmt: skip
        for ticket in tickets:
            rows = entries.get(ticket.pk, [])
            entries_done += len(rows)
            if not _is_whole(ticket, rows, comments.get(ticket.pk, [])):
                yield from _closely(ticket.pk)
        done += len(tickets)
        if progress:
            progress(Reached(done, max(done, total), entries_done))


def _by_ticket(rows: Iterable[Any]) -> dict[int, list[Any]]:
    return {number: list(group) for number, group in groupby(rows, lambda row: row.ticket)}


def _closely(number: int) -> list[Fault]:
    with transaction.atomic():
        ticket = Ticket.with_deleted.select_for_update().filter(pk=number).first()
        return check_chain(ticket) if ticket is not None else []


def _is_whole(ticket: Ticket, entries: list[EntryRow], comments: list[CommentRow]) -> bool:
    """Whether everything fits at first sight."""
    previous, sum_of = "", Told()
    for place, row in enumerate(entries, 1):
        if row.seq != place or row.previous_hash != previous:
            return False
        previous = chain_hash(
            previous, ticket=row.ticket, seq=row.seq, verb=row.verb, actor=row.actor,
            on_behalf_of=row.on_behalf_of, via=row.via, at=row.at, facts=row.facts,
            comment=row.comment, salt=row.salt,
        )  # fmt: skip
        if previous != row.hash:
            return False
        sum_of.hear(row.verb, row.facts, row.comment, row.actor)
    if (len(entries), previous) != (ticket.journal_length, ticket.journal_head):
        return False
    if sum_of.are_words_changed:  # earlier wordings are looked at closely, and they are rare
        return False
    if len(comments) != len(sum_of.comments) or not all(_fits(row, sum_of) for row in comments):
        return False
    return next(differences(ticket, sum_of), None) is None


def _fits(row: CommentRow, sum_of: Told) -> bool:
    is_gone = row.deleted_at is not None
    says = Said(row.author, row.kind, text_digest(row.text, row.salt), row.answers, is_gone)
    return sum_of.comments.get(row.pk) == says and markdown.shows(row.text_html, row.text)
