"""Deliveries with all that is needed to write them, in four queries whose SQL is made once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model

from estafeta.accounts.models import Announcement, Person
from estafeta.lib.prepared import Prepared
from estafeta.notifications.models import Address, Delivery, Notification
from estafeta.tickets.models import Entry

M = TypeVar("M", bound=Model)

_DELIVERIES = Prepared(lambda ids: Delivery.objects.filter(pk__in=ids))
_PEOPLE = Prepared(lambda ids: Person.objects.filter(pk__in=ids))
_TARGETS = Prepared(lambda ids: Address.objects.filter(pk__in=ids))
_ANNOUNCEMENTS = Prepared(lambda ids: Announcement.objects.filter(pk__in=ids))
_NOTIFICATIONS = Prepared(
    lambda ids: Notification.objects.filter(pk__in=ids).select_related("stands_in_for")
)
_ENTRIES = Prepared(
    lambda ids: Entry.objects.filter(pk__in=ids).select_related("ticket", "actor", "comment")
)


def loaded(ids: list[int]) -> dict[int, Delivery]:
    """By id; what belongs to several of them is one object."""
    rows = _DELIVERIES(ids=ids)
    people = _found(_PEOPLE, (row.person_id for row in rows))
    told = _found(_NOTIFICATIONS, (row.notification_id for row in rows))
    entries = _found(
        _ENTRIES,
        [*(row.entry_id for row in rows), *(one.entry_id for one in told.values())],
    )
    targets = _found(_TARGETS, (row.target_id for row in rows))
    announced = _found(_ANNOUNCEMENTS, (row.announcement_id for row in rows))
    for one in told.values():
        one.entry = entries[one.entry_id]
        if one.person_id in people:
            one.person = people[one.person_id]
    for row in rows:
        row.person = people.get(row.person_id)
        row.notification = told.get(row.notification_id)
        row.entry = entries.get(row.entry_id)
        row.target = targets.get(row.target_id)
        row.announcement = announced.get(row.announcement_id)
    return {row.pk: row for row in rows}


def _found(query: Prepared[M], ids: Iterable[int | None]) -> dict[Any, M]:
    """By id, with None for nothing."""
    wanted = sorted({pk for pk in ids if pk is not None})
    return {row.pk: row for row in query(ids=wanted)} if wanted else {}
