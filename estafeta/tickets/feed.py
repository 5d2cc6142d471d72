"""What happened: entries of the tickets that a person sees, the newest first.

A page is found by walking down the journal in stretches, each bounded, whatever is asked for. So it
costs the same with ten million entries as with ten thousand; where little is found in a long
stretch, the reader is told up to when was looked and may go on from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.relations.relating import without_unseen
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

STRETCH = 2_000
MOST = 60_000
"""So many entries at most are looked through for one page."""

OPENED, MOVED, FINISHED, SAID, OTHER = "opened", "moved", "finished", "said", "other"
_NAMED: dict[str, frozenset[Verb]] = {
    OPENED: frozenset({Verb.OPEN, Verb.REOPEN}),
    MOVED: frozenset(
        {
            Verb.TAKE, Verb.RELEASE, Verb.ASSIGN, Verb.HAND_OVER, Verb.ACCEPT_HAND_OVER,
            Verb.DECLINE_HAND_OVER, Verb.WAIT, Verb.RESUME,
        }
    ),
    FINISHED: frozenset(
        {Verb.COMPLETE, Verb.ACCEPT, Verb.RETURN_TO_WORK, Verb.CANCEL, Verb.ARCHIVE}
    ),
    SAID: frozenset({Verb.REPLY, Verb.NOTE}),
}  # fmt: skip
KINDS: dict[str, frozenset[Verb]] = {
    **_NAMED,
    OTHER: frozenset(Verb) - frozenset().union(*_NAMED.values()),
}
"""Every verb belongs to exactly one kind."""


@dataclass(frozen=True)
class Wanted:
    """What the reader wants to know; everything left out is everything."""

    kind: str = ""
    department: int | None = None
    actor: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    everywhere: bool = False
    """Not only what his departments have to do with, but all that he sees."""


@dataclass(frozen=True)
class Page:
    """`older` is where to go on (0: this is the end); `is_all` says that nothing was left out."""

    entries: list[Entry]
    older: int
    looked_until: datetime | None


def page(reader: Person, wanted: Wanted, *, before: int = 0, size: int = 50) -> Page:
    """The newest entries below `before` that the reader may read."""
    rows, bottom = _rows(reader, wanted), first_at(wanted.since) if wanted.since else 1
    at = min(before, _end(wanted)) if before else _end(wanted)
    found: list[Entry] = []
    looked, stretch = 0, STRETCH
    while at > bottom and len(found) <= size and looked < MOST:
        low, room = max(at - stretch, bottom), size + 1 - len(found)
        here = list(rows.filter(pk__gte=low, pk__lt=at)[:room])
        low = here[-1].pk if len(here) == room else low
        found += without_unseen(here, reader)
        looked, at, stretch = looked + at - low, low, min(stretch * 4, MOST)
    if len(found) > size:
        return Page(found[:size], found[size - 1].pk, None)
    if at > bottom:
        return Page(found, at, _moment_of(at))
    return Page(found, 0, None)


def first_at(moment: datetime) -> int:
    """An id up from which all entries are not older, and below which all are.

    Entries are written in the order of time, so it is found by halving.
    """
    low, high = 1, _newest() + 1
    while low < high:
        middle = (low + high) // 2
        row = Entry.objects.filter(pk__gte=middle).order_by("pk").values_list("pk", "at").first()
        if row is None or row[1] >= moment:
            high = middle
        else:
            low = row[0] + 1
    return low


def _end(wanted: Wanted) -> int:
    return first_at(wanted.until) if wanted.until else _newest() + 1


def _newest() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _moment_of(number: int) -> datetime | None:
    rows = Entry.objects.filter(pk__gte=number).order_by("pk")
    return rows.values_list("at", flat=True).first()


def _rows(reader: Person, wanted: Wanted) -> QuerySet[Entry]:
    tickets = Ticket.objects.visible_to(reader).filter(pk=OuterRef("ticket")).order_by()
    if not wanted.everywhere:
        tickets = tickets.filter(_of_own_departments(reader))
    if wanted.department is not None:
        tickets = tickets.filter(department=wanted.department)
    rows = Entry.objects.readable_by(reader).filter(Exists(tickets))
    if wanted.kind in KINDS:
        rows = rows.filter(verb__in=KINDS[wanted.kind])
    if wanted.actor is not None:
        rows = rows.filter(actor=wanted.actor)
    named = ("actor", "ticket__department", "comment")
    return rows.select_related(*named).order_by("-pk")


def _of_own_departments(reader: Person) -> Q:
    """What stands in them, and what their people wrote where the reader heads them."""
    standing = reader.standing
    if not standing.departments:  # a director, or a client: all that he sees is his
        return Q()
    return Q(department__in=sorted(standing.departments)) | Q(
        author_department__in=sorted(standing.headed)
    )
