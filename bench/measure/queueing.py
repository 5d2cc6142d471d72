"""Deliveries for the measurements: entries of real tickets told to a hundred people, and long queues."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

RECEIVERS, ENTRIES = 100, 20
LETTERS = RECEIVERS * ENTRIES
LONG_QUEUE = 100_000
FAR_AWAY = timedelta(days=2)


def receivers() -> list[Any]:
    """A hundred people with addresses, members of the department whose tickets they are told of."""
    from estafeta.accounts.models import Membership, Person

    known = list(Person.objects.filter(login__startswith="bench-mail-").order_by("pk"))
    if len(known) < RECEIVERS:
        Person.objects.bulk_create(
            Person(
                login=f"bench-mail-{n}", name=f"Получатель {n}", email=f"r{n}@example.org",
                password="!", language=("ru", "uk", "en")[n % 3],
            )
            for n in range(RECEIVERS)
        )  # fmt: skip
        known = list(Person.objects.filter(login__startswith="bench-mail-").order_by("pk"))
        rows = (Membership(person=one, department=_department()) for one in known)
        Membership.objects.bulk_create(rows)
    return known


def _department() -> Any:
    from estafeta.accounts.models import Department

    return Department.objects.order_by("pk")[0]


def queue_letters(*, ready_at: datetime) -> None:
    """Two thousand letters, as the fan-out queues them."""
    from django.db import transaction
    from django.utils import timezone

    from estafeta.notifications.models import Delivery, Notification
    from estafeta.tickets.models import Entry

    people, now = receivers(), timezone.now()
    rows = Entry.objects.filter(ticket__department=_department(), verb="open")
    # Nobody hears of what he has done himself.
    rows = rows.exclude(actor__in=people)
    entries = list(rows.select_related("ticket").order_by("-pk")[:ENTRIES])
    assert len(entries) == ENTRIES, "too few tickets"
    with transaction.atomic():
        clear()
        told = Notification.objects.bulk_create(
            Notification(person=one, entry=entry, ticket=entry.ticket, created_at=now)
            for entry in entries for one in people
        )  # fmt: skip
        Delivery.objects.bulk_create(
            Delivery(
                notification=row, person=row.person, channel="mail", address=row.person.email,
                created_at=now, next_attempt_at=ready_at, expires_at=now + FAR_AWAY,
            )
            for row in told
        )  # fmt: skip


def queue_many(count: int) -> None:
    """So many more that are due: a notice to each of the hundred, over and over."""
    from django.db import transaction
    from django.utils import timezone

    from estafeta.lib import many_rows
    from estafeta.notifications.models import Delivery

    people, now = receivers(), timezone.now()
    for start in range(0, count, 5000):
        with transaction.atomic():
            many_rows.insert(
                Delivery,
                [
                    Delivery(
                        notice={"name": "test"}, person=people[n % RECEIVERS], channel="mail",
                        address=people[n % RECEIVERS].email, created_at=now, next_attempt_at=now,
                        expires_at=now + FAR_AWAY,
                    )
                    for n in range(start, min(start + 5000, count))
                ],
            )  # fmt: skip


def release() -> datetime:
    """Let everything that waits leave now; the moment of the commit."""
    from django.db import transaction
    from django.utils import timezone

    from estafeta.lib import nudge
    from estafeta.notifications.models import Delivery

    with transaction.atomic():
        Delivery.objects.queued().update(next_attempt_at=timezone.now())
        nudge.ring("notification")
    return timezone.now()


def clear() -> None:
    """Forget what the hundred were ever sent."""
    from estafeta.notifications.models import Delivery, Notification

    Delivery.objects.filter(person__login__startswith="bench-mail-")._raw_delete("default")
    Notification.objects.filter(person__login__startswith="bench-mail-").delete()
