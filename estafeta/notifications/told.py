"""Was he told? What became of each message about a ticket, entry by entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from estafeta.accounts.models import Department, Person
from estafeta.notifications.models import Delivery, Notification
from estafeta.notifications.models.notification import IncludedEntry
from estafeta.tickets.models import Entry, Ticket


@dataclass(frozen=True)
class Told:
    """One person who was told of an entry, or a place outside that is nobody's in particular."""

    person: Person | None
    department: Department | None = None
    stands_in_for: Person | None = None
    seen_at: datetime | None = None
    amount: int = 1
    deliveries: list[Delivery] = field(default_factory=list)


def entries_told(ticket: Ticket, *, reader: Person) -> QuerySet[Entry]:
    """The entries of which anybody was told and that the reader may read, the newest first."""
    told = Notification.objects.filter(entry=OuterRef("pk"))
    included = IncludedEntry.objects.filter(entry=OuterRef("pk"))
    outside = Delivery.objects.filter(entry=OuterRef("pk"))
    found = ticket.entries.readable_by(reader)
    return (
        found.filter(Q(Exists(told)) | Q(Exists(included)) | Q(Exists(outside)))
        .select_related("actor", "ticket", "comment")
        .order_by("-seq")
    )


def told_of(entries: Iterable[Entry]) -> dict[int, list[Told]]:
    """By id of the entry: everybody who was told of it, by name; five queries for any number."""
    wanted = [entry.pk for entry in entries]
    found: dict[int, list[Told]] = defaultdict(list)
    included: dict[int, list[int]] = defaultdict(list)
    ties = IncludedEntry.objects.filter(entry__in=wanted).values_list("notification", "entry")
    for summary, entry in ties:
        included[summary].append(entry)
    rows = Notification.objects.filter(Q(entry__in=wanted) | Q(pk__in=included))
    rows = rows.select_related("person", "stands_in_for").prefetch_related(_DELIVERIES)
    for row in rows.order_by("person__name", "pk"):
        told = Told(
            row.person, None, row.stands_in_for, row.seen_at, row.amount, [*row.deliveries.all()]
        )
        for entry in {row.entry_id, *included.get(row.pk, ())} & set(wanted):
            found[entry].append(told)
    outside = Delivery.objects.filter(entry__in=wanted).select_related("target__department")
    for delivery in outside.order_by("channel", "pk"):
        department = delivery.target.department if delivery.target else None
        found[delivery.entry_id or 0].append(Told(None, department, deliveries=[delivery]))
    return found


_DELIVERIES = Prefetch("deliveries", Delivery.objects.order_by("channel", "pk"))
