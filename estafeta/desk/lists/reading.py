"""Reading many tickets at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from estafeta.tickets.models import ReadMark
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.queries import TicketQuerySet

MOST = 5000
"""Of a longer list the newest are marked: the rest is history."""


def mark_read(person: Person, tickets: TicketQuerySet) -> int:
    """Everything of these that is not in the archive counts as read to its end; returns how many."""
    mark = ReadMark.objects.filter(person=person, ticket=OuterRef("pk")).values("seq")
    unread = (
        tickets.exclude(status=Status.ARCHIVED)
        .annotate(read_to=Subquery(mark))
        .filter(Q(read_to__isnull=True) | Q(read_to__lt=F("journal_length")))
        .order_by("-changed_at")
        .values_list("pk", "journal_length")[:MOST]
    )
    marks = [ReadMark(person=person, ticket_id=pk, seq=length) for pk, length in unread]
    with transaction.atomic():
        ReadMark.objects.bulk_create(
            marks, batch_size=500, update_conflicts=True,
            unique_fields=["person", "ticket"], update_fields=["seq"],
        )  # fmt: skip
    return len(marks)
