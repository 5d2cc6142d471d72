"""What somebody has already noticed does not call him any more."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.lib.prepared import Prepared
from estafeta.notifications.models import Notification
from estafeta.notifications.models.notification import NotificationQuerySet
from estafeta.tickets.models import Ticket


def unseen_count(person: Person) -> int:
    """How many calls the bell shows."""
    return sum(_UNSEEN(person=person.pk))


def _unseen(person: int) -> Any:
    rows = Notification.objects.filter(person=person).unseen().order_by().values("person")
    return rows.annotate(amount=Count("pk")).values_list("amount", flat=True)


def _calls(person: int, ticket: int) -> Any:
    rows = Notification.objects.filter(person=person, ticket=ticket, amount=1).unseen()
    return rows.order_by().values_list("pk", flat=True)[:1]


_UNSEEN, _CALLS = Prepared(_unseen), Prepared(_calls)


def mark_ticket_seen(person: Person, ticket: Ticket) -> int:
    """The person has the ticket's page before him; how many notifications that settles.

    A summary of many tickets has a page of its own.
    """
    if not _CALLS(person=person.pk, ticket=ticket.pk):
        return 0
    return settle(Notification.objects.filter(person=person, ticket=ticket, amount=1))


def mark_all_seen(person: Person, *, up_to: int | None = None) -> int:
    """The person has looked through the bell, to the notification with this id or to the end."""
    rows = Notification.objects.filter(person=person)
    return settle(rows if up_to is None else rows.filter(pk__lte=up_to))


def settle(rows: NotificationQuerySet) -> int:
    """These call nobody any more; how many it were."""
    rows = rows.unseen()
    # Asked first: a page that is only read must not queue for the right to write.
    return rows.update(seen_at=timezone.now()) if rows.exists() else 0
