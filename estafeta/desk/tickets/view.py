"""Everything the ticket page shows, put together for one reader in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from estafeta.accounts.deputies import Row, away_of
from estafeta.desk import deadline, relay
from estafeta.desk.tickets import side
from estafeta.desk.tickets.offer import Offer, offer
from estafeta.desk.tickets.story import Counts, Show, Story, count
from estafeta.lib import clock
from estafeta.lib.prepared import Prepared
from estafeta.notifications.muted import is_muted
from estafeta.tickets.actions.merging import UNDONE_WITHIN
from estafeta.tickets.models import Entry, Evidence, Hold, Ticket
from estafeta.tickets.performers.roll_call import RollCall, roll_call
from estafeta.tickets.performers.waiting import Waiting, waiting
from estafeta.tickets.permissions import Relation, may
from estafeta.tickets.proof.faults import Fault
from estafeta.tickets.proof.verify import check_tail
from estafeta.tickets.relations.relating import Related, related
from estafeta.tickets.upkeep.archiving import archived_at
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

MOST_CALLED = 12
MOST_PARTS = 8
"""A relay bar with more segments tells nothing any more; what came earlier is folded."""


@dataclass(frozen=True)
class Top:
    """Above the story: what it is, where the baton is, what can be done now."""

    ticket: Ticket
    deadline: deadline.Deadline | None
    place: str
    parts: list[relay.Part]
    folded: int
    offer: Offer
    waiting: Waiting
    is_muted: bool = False
    """The reader wants to hear no more of it."""


@dataclass(frozen=True)
class Side:
    """The right column."""

    people: side.People
    performers: list[Person]
    requester: side.Requester | None
    archived_on: Any
    evidence: list[str]
    roll_call: RollCall | None = None
    related: Related = field(default_factory=Related)
    undoable: frozenset[int] = frozenset()
    """Tickets merged into it whose merge can still be undone."""
    away: dict[int, Row] = field(default_factory=dict)
    """Performers who are away now, by their ids."""


@dataclass(frozen=True)
class View:
    """The page."""

    ticket: Ticket
    reader: Person
    top: Top
    side: Side
    story: Story
    counts: Counts
    faults: list[Fault] | None = field(default=None)
    """What the quick check of the newest entries found; None where it was not asked."""

    def role_of(self, person: Person) -> str:
        """requester, performer or nothing."""
        if person.pk == self.ticket.requester_id:
            return "requester"
        return "performer" if person in self.side.performers else ""


def make(ticket: Ticket, reader: Person, told: Story) -> View:
    """For one reader; `told` is the stretch of the story he looks at."""
    people = side.People.of(ticket, reader)
    relation = Relation(reader, ticket, people.row_of(reader))
    requester = side.requester_of(ticket, reader)
    belongs = related(ticket, reader)
    parts = relay.parts(_HOLDS(ticket=ticket.pk))
    performers = people.performers(ticket)
    return View(
        ticket=ticket,
        reader=reader,
        top=Top(
            ticket=ticket,
            deadline=deadline.of(ticket),
            place=requester.place if requester else "",
            parts=parts[-MOST_PARTS:],
            folded=len(parts[:-MOST_PARTS]),
            offer=offer(relation),
            waiting=waiting(relation),
            is_muted=is_muted(reader, ticket),
        ),
        side=Side(
            people=people,
            performers=performers,
            away=away_of(person.pk for person in performers),
            requester=requester,
            archived_on=archived_at(ticket),
            evidence=[str(Evidence(kind).label) for kind in ticket.evidence],
            roll_call=roll_call(ticket, MOST_CALLED) if ticket.is_separate else None,
            related=belongs,
            undoable=_undoable(belongs, reader),
        ),
        story=told,
        counts=count(ticket, reader, told),
        faults=_quick_check(ticket, reader, told),
    )


def _undoable(belongs: Related, reader: Person) -> frozenset[int]:
    if not belongs.merged:
        return frozenset()
    since = clock.now() - UNDONE_WITHIN
    numbers = [one.pk for one in belongs.merged]
    merged = Entry.objects.filter(ticket__in=numbers, verb=Verb.MERGE, at__gt=since)
    fresh = set(merged.order_by().values_list("ticket", flat=True))
    relations = Relation.between_all(reader, [one for one in belongs.merged if one.pk in fresh])
    return frozenset(one.ticket.pk for one in relations if may(Verb.UNMERGE, one))


def _holds(ticket: int) -> Any:
    rows = Hold.objects.filter(ticket=ticket).select_related("person", "department").order_by("pk")
    people = ("person__name", "person__photo", "department__name")
    return rows.only("ticket", "reason", "since", "until", "person", "department", *people)


_HOLDS = Prepared(_holds)


def _quick_check(ticket: Ticket, reader: Person, told: Story) -> list[Fault] | None:
    """Only staff reads whole chains: a client's has gaps where the notes are."""
    if not reader.is_agent or told.show is Show.CONVERSATION:
        return None
    return check_tail(ticket, told.entries)
