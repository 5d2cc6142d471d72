"""A person's own notifications, page by page, as far as he may still read them."""

from __future__ import annotations

from dataclasses import dataclass

from estafeta.accounts.models import Person
from estafeta.notifications.concern import still_concern
from estafeta.notifications.models import Notification
from estafeta.notifications.seen import settle


@dataclass(frozen=True)
class BellPage:
    """Some notifications, the newest first, and where the older ones begin."""

    rows: list[Notification]
    older: int | None


def page(person: Person, *, before: int | None = None, size: int) -> BellPage:
    """Give notifications older than the one with this id.

    Those of tickets that the person no longer sees are left out, and call him no more.
    """
    found = Notification.objects.of(person).with_what_happened().select_related("person")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: size + 1])
    older = rows[size - 1].pk if len(rows) > size else None
    rows = rows[:size]
    readable = still_concern(rows)
    settle(Notification.objects.filter(pk__in=[row.pk for row in rows if row.pk not in readable]))
    return BellPage([row for row in rows if row.pk in readable], older)
