"""Who has seen a comment: everybody whose mark in the ticket's journal has passed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estafeta.accounts.models import Person
from estafeta.accounts.standing import Standing
from estafeta.tickets.models import Comment, Entry, Participant, ReadMark
from estafeta.tickets.verbs import CHANGING_WORDS, WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 200


@dataclass(frozen=True)
class Reader:
    """`is_current`: he has opened the ticket since the comment says what it says."""

    person: Person
    is_current: bool


def readers_of(comment: Comment, *, by: Person) -> list[Reader]:
    """Without the author and the asker. Who is no agent learns only of those who take part.

    A mark tells how far somebody has read and not when, and whoever does not read notes passes them
    unseen.
    """
    told = Entry.objects.filter(comment=comment).order_by("seq").values_list("verb", "seq")
    written = next((seq for verb, seq in told if verb in WRITTEN), None)
    if written is None:
        return []
    newest = max((seq for verb, seq in told if verb in CHANGING_WORDS), default=written)
    marks = ReadMark.objects.filter(ticket=comment.ticket_id, seq__gte=written)
    marks = marks.exclude(person__in=[comment.author_id, by.pk]).exclude(person__login="system")
    if not by.is_agent:
        marks = marks.filter(person__in=_taking_part(comment, by))
    rows = list(marks.select_related("person").order_by("person__name", "pk")[:MOST])
    if comment.is_note:
        standings = Standing.of_all({row.person for row in rows})
        rows = [row for row in rows if standings[row.person_id].is_agent]
    return [Reader(row.person, row.seq >= newest) for row in rows]


def _taking_part(comment: Comment, by: Person) -> Iterable[int]:
    ticket = comment.ticket
    rows = Participant.objects.filter(ticket=ticket).shown_to(by)
    ties = rows.values_list("person", flat=True)
    wrote = ticket.comments.filter(kind=comment.kind).values_list("author", flat=True)
    return {ticket.author_id, ticket.requester_id, *ties, *wrote}
