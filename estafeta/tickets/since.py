"""What became of a person's tickets since a place in the journal, for programs that keep a copy.

His are the tickets that he sees by one of the paths of the rule; a director, who sees everything by
his office, keeps no copy of everything. A stretch of the journal is looked through at a time, so that
an answer costs the same however long the program slept. It says where it ended: going on from there
misses nothing, for the order of ids is the order of commits, and what changes while one looks has an
entry behind that place.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from estafeta.accounts.standing import Standing
from estafeta.tickets import left_sight
from estafeta.tickets.models import Entry, Participant, Ticket
from estafeta.tickets.queries import TicketQuerySet

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

STRETCH = 20_000
"""So many entries of anybody are looked through for one answer."""
MOST_ENTRIES = 1_000
"""So many entries of one's own tickets are looked at for one answer."""


@dataclass(frozen=True)
class Since:
    """`changed` are visible now, in the order of their last change; `gone` were until lately."""

    changed: list[int]
    gone: list[int]
    reached: int
    """The entry up to which this is everything."""


def newest() -> int:
    """The id of the last entry."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def own(reader: Person) -> Standing:
    """The standing by which his tickets are his."""
    return replace(reader.standing, is_director=False)


def his(reader: Person) -> TicketQuerySet:
    """All of them, also the closed ones."""
    return Ticket.objects.visible_to(own(reader))


def open_after(reader: Person, number: int, limit: int) -> tuple[list[int], bool]:
    """Numbers of his open tickets behind this one, and whether there are more."""
    rows = his(reader).open().filter(pk__gt=number).order_by("pk")
    found = list(rows.values_list("pk", flat=True)[: limit + 1])
    return found[:limit], len(found) > limit


def after(reader: Person, position: int, limit: int) -> Since:
    """What became of at most `limit` of his tickets since this entry."""
    end = min(newest(), position + STRETCH)
    if end <= position:
        return Since([], [], position)
    entries = Entry.objects.filter(pk__gt=position).order_by("pk")
    is_his = Exists(his(reader).filter(pk=OuterRef("ticket")).order_by())
    changed: dict[int, None] = {}
    rows = entries.filter(is_his, pk__lte=end).values_list("pk", "ticket")[: MOST_ENTRIES + 1]
    for count, (pk, ticket) in enumerate(rows):
        if count == MOST_ENTRIES or (ticket not in changed and len(changed) == limit):
            end = pk - 1
            break
        changed.pop(ticket, None)
        changed[ticket] = None
    leaving = entries.filter(~is_his, pk__lte=end, verb__in=left_sight.VERBS)
    left = list(leaving.values_list("pk", "ticket", "verb", "actor", "facts")[: MOST_ENTRIES + 1])
    if len(left) > MOST_ENTRIES:
        # What lies behind is told again with the next stretch.
        end = left.pop()[0] - 1
    before = left_sight.gather(row[1:] for row in left)
    return Since(list(changed), _gone(reader, before), end)


def _gone(reader: Person, before: dict[int, left_sight.Before]) -> list[int]:
    if not before:
        return []
    tied = _tied(reader.pk, before)
    tickets = Ticket.with_deleted.filter(pk__in=before).only(*left_sight.COLUMNS)
    standing = own(reader)
    return sorted(
        ticket.pk
        for ticket in tickets
        if before[ticket.pk].let_see(standing, ticket, [reader.pk] if ticket.pk in tied else [])
    )


def _tied(person: int, tickets: Collection[int]) -> set[int]:
    rows = Participant.objects.filter(person=person, ticket__in=tickets)
    return set(rows.values_list("ticket", flat=True))
