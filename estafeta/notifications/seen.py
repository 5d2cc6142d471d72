"""What somebody has already noticed does not call him any more."""

from __future__ import annotations

from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.notifications.models import Notification
from estafeta.notifications.models.notification import NotificationQuerySet
from estafeta.tickets.models import Ticket


def unseen_count(person: Person) -> int:
    """How many calls the bell shows."""
    return Notification.objects.filter(person=person).unseen().count()


def mark_ticket_seen(person: Person, ticket: Ticket) -> int:
    """The person has the ticket's page before him; how many notifications that settles."""
    return settle(Notification.objects.filter(person=person, ticket=ticket))


def mark_all_seen(person: Person, *, up_to: int | None = None) -> int:
    """The person has looked through the bell, to the notification with this id or to the end."""
    rows = Notification.objects.filter(person=person)
    return settle(rows if up_to is None else rows.filter(pk__lte=up_to))


def settle(rows: NotificationQuerySet) -> int:
    """These call nobody any more; how many it were."""
    rows = rows.unseen()
    # Asked first: a page that is only read must not queue for the right to write.
    return rows.update(seen_at=timezone.now()) if rows.exists() else 0
