"""What the audience rules look at: an entry, its ticket as it is now, and the people around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from estafeta.accounts.models import Department, Membership
from estafeta.tickets.models import Comment, Entry, Participant, Ticket


class Staff:
    """Members and heads of departments, each department asked once."""

    def __init__(self) -> None:
        self._members: dict[int, list[int]] = {}
        self._ways: dict[int, list[list[int]]] = {}

    def members(self, department: int) -> list[int]:
        """Ids of everybody who belongs to the department, heads included."""
        if department not in self._members:
            rows = Membership.objects.filter(department=department)
            self._members[department] = list(rows.values_list("person", flat=True))
        return self._members[department]

    def heads(self, department: int) -> list[int]:
        """Ids of its heads; where it has none, of those of the nearest department above."""
        return next(filter(None, self._way(department)), [])

    def heads_above(self, department: int) -> list[int]:
        """Ids of its heads and of all above them."""
        return list(chain.from_iterable(self._way(department)))

    def _way(self, department: int) -> list[list[int]]:
        """Heads of the department, of the one above it, and so on to the root."""
        if department not in self._ways:
            way = Department.objects.get(pk=department).path_numbers()
            rows = Membership.objects.filter(
                department__in=way, is_head=True, person__is_active=True
            )
            by_place = defaultdict(list)
            for place, person in rows.values_list("department", "person"):
                by_place[place].append(person)
            self._ways[department] = [by_place[place] for place in reversed(way)]
        return self._ways[department]


@dataclass(frozen=True)
class Scene:
    """One entry with its surroundings."""

    entry: Entry
    participants: Sequence[Participant]
    commenters: Sequence[int]
    staff: Staff

    @property
    def ticket(self) -> Ticket:
        """The ticket, as it is by now."""
        return self.entry.ticket

    @cached_property
    def present(self) -> set[int]:
        """Ids of those whom the ticket concerns in person."""
        return {row.person_id for row in self.participants}

    @property
    def department(self) -> int:
        """Where the entry brought the ticket, else where it is."""
        named = self.entry.facts.get("department")
        return int(named["id"]) if named else self.ticket.department_id


def scenes(entries: Iterable[Entry]) -> list[Scene]:
    """Surround many entries at once: two queries, and two for each department as it is asked."""
    entries = list(entries)
    tickets = {entry.ticket_id for entry in entries}
    participants = defaultdict(list)
    for row in Participant.objects.filter(ticket__in=tickets).order_by("pk"):
        participants[row.ticket_id].append(row)
    commenters = defaultdict(list)
    written = Comment.objects.filter(ticket__in=tickets).order_by()
    for ticket, author in written.values_list("ticket", "author").distinct():
        commenters[ticket].append(author)
    staff = Staff()
    return [
        Scene(entry, participants[entry.ticket_id], commenters[entry.ticket_id], staff)
        for entry in entries
    ]
