"""Which place each open page shows, and where somebody is writing.

A place is a text, "ticket:2417" or "room:12". This floor knows no more of it than that: who may be
there is asked on the floor of the stream (`realtime/kinds.py`) before anything is said here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.lib import nudge
from estafeta.presence import states
from estafeta.presence.models import Place

LEASE = timedelta(seconds=60)
WRITES = timedelta(seconds=12)
SAID = timedelta(minutes=11)
"""A page that is looked at says so every few minutes: one that died is forgotten in the end."""
FORGOTTEN = timedelta(hours=1)
MOST_OF_A_PAGE = 6
MANY = 5_000
PLACE = re.compile(r"[a-z]{1,20}:\d{1,18}")
PAGE = re.compile(r"[a-z0-9-]{1,32}")


@dataclass(frozen=True)
class Open:
    """A page that shows a place; over when `until` has passed."""

    id: int
    place: str
    person: int
    writes_until: datetime | None
    until: datetime
    changed_at: datetime


def mark(session: str) -> str:
    """What is kept of a session's key: enough to know it again, too little to use it."""
    return hashlib.blake2b(session.encode(), digest_size=16).hexdigest()


def say(shown: Collection[str], *, by: Person, session: str, page: str, writing: str = "") -> None:
    """This page shows these places and no others; in one of them its reader writes."""
    now, key = timezone.now(), mark(session)
    rows = [
        Place(
            session=key, page=page, place=place, person=by, said_at=now, until=now + LEASE,
            changed_at=now, writes_until=now + WRITES if place == writing else None,
        )
        for place in list(shown)[:MOST_OF_A_PAGE]
    ]  # fmt: skip
    with transaction.atomic():
        own = Place.objects.filter(session=key, page=page)
        left = own.exclude(place__in=shown).filter(until__gt=now)
        left.update(until=now, changed_at=now, writes_until=None)
        Place.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["session", "page", "place"],
            update_fields=["person", "writes_until", "said_at", "until", "changed_at"],
        )
        nudge.ring("presence")
    states.act(by.pk)


def leave(*, session: str, page: str) -> None:
    """The page has been left."""
    now = timezone.now()
    with transaction.atomic():
        own = Place.objects.filter(session=mark(session), page=page, until__gt=now)
        if own.update(until=now, changed_at=now, writes_until=None):
            nudge.ring("presence")


def renew(sessions: Collection[str]) -> None:
    """Streams to these sessions (their marks) are open: their pages are still there."""
    now = timezone.now()
    for some in _parts(sessions):
        fresh = Place.objects.filter(session__in=some, until__gt=now, said_at__gt=now - SAID)
        fresh.update(until=now + LEASE, changed_at=now)


def forget_old() -> None:
    """Delete what has been over for long."""
    Place.objects.filter(until__lt=timezone.now() - FORGOTTEN).delete()


def changed_since(moment: datetime) -> list[Open]:
    """Pages that came, left, wrote or were renewed since then."""
    return _opened(Place.objects.filter(changed_at__gt=moment))


def opened(place: str) -> list[Open]:
    """Pages that show it now."""
    return _opened(Place.objects.filter(place=place, until__gt=timezone.now()))


def present(place: str) -> set[int]:
    """Ids of those who have it open and in view now."""
    return present_at_any([place])[place]


def present_at_any(places: Iterable[str]) -> dict[str, set[int]]:
    """The same for many places at once."""
    found: dict[str, set[int]] = {place: set() for place in places}
    rows = Place.objects.filter(place__in=found, until__gt=timezone.now())
    for place, person in rows.values_list("place", "person"):
        found[place].add(person)
    return found


def _opened(rows: object) -> list[Open]:
    columns = ("pk", "place", "person", "writes_until", "until", "changed_at")
    return [Open(*row) for row in rows.order_by("pk").values_list(*columns)]  # type: ignore[attr-defined]


def _parts(keys: Collection[str]) -> Iterable[list[str]]:
    all_keys = sorted(keys)
    return (all_keys[at : at + MANY] for at in range(0, len(all_keys), MANY))
