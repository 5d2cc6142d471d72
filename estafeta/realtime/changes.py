"""What the journal says has changed, and who sees it now or saw it before; read in a thread."""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import dataclass, field

from estafeta.accounts.standing import Standing
from estafeta.lib.prepared import Prepared
from estafeta.realtime import events
from estafeta.tickets import visibility
from estafeta.tickets.models import Entry, Participant, Ticket
from estafeta.tickets.models.comment import CommentKind
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import STAFF_ONLY, Verb

MOST = 500
COLUMNS = ("number", "journal_length", "status", *(path.column for path in visibility.PATHS))


@dataclass
class Change:
    """A ticket that has new entries."""

    ticket: Ticket
    participants: set[int]
    # The ticket as it stood in the departments it has left meanwhile, or before it was deleted.
    earlier: list[Ticket] = field(default_factory=list)
    no_longer_follow: set[int] = field(default_factory=set)
    """Following alone may have given them sight of it."""
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
        was_seen = self._was_seen(standing)
        return was_seen and not visibility.sees(standing, self.ticket, self.participants)

    def event(self, entry: int, crowd: int) -> bytes:
        """For those to whom it is shown; `crowd`: how many they are."""
        return events.ticket(self.ticket.pk, self.ticket.journal_length, entry, crowd)

    def gone(self) -> bytes:
        """For those who saw it until now."""
        return events.gone(self.ticket.pk)

    def _was_seen(self, standing: Standing) -> bool:
        if standing.person in self.no_longer_follow:
            return True
        return any(visibility.sees(standing, one, self.participants) for one in self.earlier)


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
    passed = [pk for pk, _ticket, verb, _kind in rows if verb == Verb.HAND_OVER]
    for number, facts in Entry.objects.filter(pk__in=passed).values_list("ticket", "facts"):
        if left := facts.get("from", {}).get("department"):
            before = copy.copy(changes[number].ticket)
            before.department_id = left["id"]
            changes[number].earlier.append(before)
    ended = [pk for pk, _ticket, verb, _kind in rows if verb == Verb.UNFOLLOW]
    told = Entry.objects.filter(pk__in=ended).values_list("ticket", "actor", "facts")
    for number, actor, facts in told:
        named = [person["id"] for person in facts.get("people", ())]
        changes[number].no_longer_follow.update(named or [actor])
    undone = [pk for pk, _ticket, verb, _kind in rows if verb == Verb.UNMERGE]
    # Who was put among the followers by the merge is taken off again by its undo.
    for number, facts in Entry.objects.filter(pk__in=undone).values_list("ticket", "facts"):
        changes[number].no_longer_follow.update(facts.get("followers", ()))
    for change in changes.values():
        if change.ticket.status == Status.DELETED:
            before = copy.copy(change.ticket)
            before.status = Status.DONE
            change.earlier.append(before)
    return rows[-1][0], list(changes.values())
