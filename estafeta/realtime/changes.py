"""What the journal says has changed, and who sees it now or saw it before; read in a thread."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from estafeta.accounts.standing import Standing
from estafeta.lib.prepared import Prepared
from estafeta.realtime import events
from estafeta.tickets import left_sight, visibility
from estafeta.tickets.left_sight import Before
from estafeta.tickets.models import Entry, Participant, Ticket
from estafeta.tickets.models.comment import CommentKind
from estafeta.tickets.verbs import STAFF_ONLY

MOST = 500
COLUMNS = ("number", "journal_length", "status", *(path.column for path in visibility.PATHS))


@dataclass
class Change:
    """A ticket that has new entries."""

    ticket: Ticket
    participants: set[int]
    before: Before | None = None
    """What was different about it, where somebody may have lost sight of it."""
    is_staff_only: bool = True

    def told_to(self, standing: Standing, entry: int) -> bytes:
        """Give the event for this person, or nothing; `entry`: up to where the journal was read."""
        if self.is_shown_to(standing):
            return self.event(entry, 1)
        return self.gone() if self.has_left(standing) else b""

    def is_shown_to(self, standing: Standing) -> bool:
        """Whether something is different on this person's pages."""
        # A note changes nothing on the pages of those who do not read notes.
        is_read = standing.is_agent or not self.is_staff_only
        return is_read and visibility.sees(standing, self.ticket, self.participants)

    def has_left(self, standing: Standing) -> bool:
        """Whether this person saw it until now."""
        if self.before is None or not self.before.let_see(standing, self.ticket, self.participants):
            return False
        return not visibility.sees(standing, self.ticket, self.participants)

    def event(self, entry: int, crowd: int) -> bytes:
        """For those to whom it is shown; `crowd`: how many they are."""
        return events.ticket(self.ticket.pk, self.ticket.journal_length, entry, crowd)

    def gone(self) -> bytes:
        """For those who saw it until now."""
        return events.gone(self.ticket.pk)


def newest() -> int:
    """Give the id of the last entry."""
    return _NEWEST.first() or 0


_NEWEST = Prepared(lambda: Entry.objects.order_by("-pk").values_list("pk", flat=True)[:1])


def after(position: int) -> tuple[int, list[Change]]:
    """Give the changes after an entry, one a ticket, and the entry up to which they reach."""
    rows = list(
        Entry.objects.filter(pk__gt=position)
        .order_by("pk")
        .values_list("pk", "ticket", "verb", "comment__kind")[:MOST]
    )
    if not rows:
        return position, []
    numbers = {ticket for _pk, ticket, _verb, _kind in rows}
    present = defaultdict(set)
    for ticket, person in Participant.objects.filter(ticket__in=numbers).values_list(
        "ticket", "person"
    ):
        present[ticket].add(person)
    changes = {
        ticket.pk: Change(ticket, present[ticket.pk])
        for ticket in Ticket.with_deleted.filter(pk__in=numbers).only(*COLUMNS)
    }
    for _pk, number, verb, kind in rows:
        changes[number].is_staff_only &= verb in STAFF_ONLY or kind == CommentKind.NOTE
    leaving = [pk for pk, _ticket, verb, _kind in rows if verb in left_sight.VERBS]
    if leaving:
        told = Entry.objects.filter(pk__in=leaving)
        before = left_sight.gather(told.values_list("ticket", "verb", "actor", "facts"))
        for number, one in before.items():
            changes[number].before = one
    return rows[-1][0], list(changes.values())
