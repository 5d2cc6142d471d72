"""What changed for a person since his program asked last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import StringConstraints

from estafeta.accounts.models import Person
from estafeta.api import sync_cursor
from estafeta.api.cursors import MOST_ID
from estafeta.api.lookups import the_person
from estafeta.api.schemas.notifications import NotificationOut
from estafeta.api.schemas.sync import CopiedTicket, CopiedView, CountersOut, Sync
from estafeta.api.sync_cursor import SyncCursor
from estafeta.lib import clock
from estafeta.notifications.addresses import devices
from estafeta.notifications.concern import still_concern
from estafeta.notifications.models import Notification
from estafeta.notifications.seen import unseen_count
from estafeta.tickets import since as journal
from estafeta.tickets.lists import saved_views
from estafeta.tickets.permissions import Relation

router = Router(tags=["You"])

Since = Annotated[
    Annotated[str, StringConstraints(max_length=300)] | None,
    Query(None, description="`next` of the answer before; left out: from the beginning"),
]
Limit = Annotated[int, Query(100, ge=1, le=200, description="Tickets an answer")]
Device = Annotated[
    int | None, Query(None, ge=1, le=MOST_ID, description="The device that asks: it was seen")
]

ROUND_LASTS = timedelta(hours=24)
"""Then everything open is told anew: names may have changed, which no entry of a ticket tells."""
FIRST_NOTIFICATIONS = 50
MOST_NOTIFICATIONS = 100
MOST_UNSEEN = 200


@router.get("", response=Sync, operation_id="sync", summary="What changed since you asked last")
def sync(
    request: HttpRequest, since: Since = None, limit: Limit = 100, device: Device = None
) -> Sync:
    """For programs that keep a copy: first all your open tickets, later what became of them.

    Yours are those that you see without being a director. A ticket is told whole, also when it was
    closed. A new round begins by itself when your rights have changed, and once a day. 410: the
    cursor is too old; begin again without it.
    """
    person, now = the_person(request), clock.now()
    if device is not None:
        devices.mark_seen(person, device)
    before = sync_cursor.read(since, now) if since else None
    rights, newest = sync_cursor.rights_of(person), journal.newest()
    if before is None or _begins_anew(before, rights, newest, now):
        place = SyncCursor(
            entry=newest, notification=_newest(person), round=int(now.timestamp() * 1000), page=0,
            at=0, rights=rights, views=0,
        )  # fmt: skip
        step = _of_round(person, place, limit)
        told = _latest(person, place.notification)
        is_all_told = True
    else:
        place = before
        step = _of_round(person, place, limit) if place.page else _of_journal(person, place, limit)
        told, is_all_told = _newer(person, place.notification)
    reached = step.place
    if told:
        reached = replace(reached, notification=max(reached.notification, told[-1].pk))
    more = step.more or not is_all_told
    views = saved_views.of(person)
    known = sync_cursor.number_of(repr([CopiedView.of(view, person.pk) for view in views]))
    reached = replace(reached, at=int(now.timestamp()), views=known)
    return Sync(
        round=reached.round, complete=reached.page == 0, tickets=_whole(person, step.changed),
        gone=step.gone, notifications=_shown(told), unseen=None if more else _unseen(person),
        counters=None if more else CountersOut.of(person, unseen_count(person)),
        views=[CopiedView.of(one, person.pk) for one in views] if known != place.views else None,
        more=more, next=str(reached),
    )  # fmt: skip


def _begins_anew(before: SyncCursor, rights: int, newest: int, now: datetime) -> bool:
    """Also where a backup was restored that is older than the copy."""
    is_over = before.round < (now - ROUND_LASTS).timestamp() * 1000
    return before.rights != rights or before.entry > newest or is_over


@dataclass(frozen=True)
class Step:
    """What one answer tells of tickets, and where the next goes on."""

    changed: list[int]
    gone: list[int]
    place: SyncCursor
    more: bool


def _of_round(person: Person, place: SyncCursor, limit: int) -> Step:
    """The next of all open tickets. What happens to those told already is told when it has ended."""
    numbers, is_more = journal.open_after(person, place.page, limit)
    place = replace(place, page=numbers[-1] if is_more else 0)
    return Step(numbers, [], place, is_more or journal.newest() > place.entry)


def _of_journal(person: Person, place: SyncCursor, limit: int) -> Step:
    found = journal.after(person, place.entry, limit)
    place = replace(place, entry=found.reached)
    return Step(found.changed, found.gone, place, journal.newest() > found.reached)


def _whole(person: Person, numbers: list[int]) -> list[CopiedTicket]:
    """As they are now; one that has left his sight in this moment is `gone` in the next answer."""
    rows = journal.his(person).with_people().select_related("organisation").in_bulk(numbers)
    tickets = [rows[number] for number in numbers if number in rows]
    return [
        CopiedTicket.of_relation(relation) for relation in Relation.between_all(person, tickets)
    ]


def _newest(person: Person) -> int:
    rows = Notification.objects.of(person).values_list("pk", flat=True)
    return rows.first() or 0


def _latest(person: Person, newest: int) -> list[Notification]:
    rows = Notification.objects.of(person).filter(pk__lte=newest).with_what_happened()
    return list(rows.select_related("person")[:FIRST_NOTIFICATIONS])[::-1]


def _newer(person: Person, place: int) -> tuple[list[Notification], bool]:
    rows = Notification.objects.filter(person=person, pk__gt=place).order_by("pk")
    rows = rows.with_what_happened().select_related("person")
    found = list(rows[: MOST_NOTIFICATIONS + 1])
    return found[:MOST_NOTIFICATIONS], len(found) <= MOST_NOTIFICATIONS


def _shown(rows: list[Notification]) -> list[NotificationOut]:
    mine = still_concern(rows)
    return [NotificationOut.of(row) for row in rows if row.pk in mine]


def _unseen(person: Person) -> list[int]:
    rows = Notification.objects.of(person).unseen().values_list("pk", flat=True)
    return list(rows[:MOST_UNSEEN])
