"""Messages of our own to one address: a code, a test."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from estafeta.accounts.models import Person
from estafeta.lib import nudge
from estafeta.notifications.models import Address, Delivery

SPAN = timedelta(hours=1)


def enqueue(name: str, address: Address, *, by: Person, lasts: timedelta, **facts: Any) -> Delivery:
    """Put it into the queue, in the language of whoever asked; inside a transaction."""
    now = timezone.now()
    made = Delivery.objects.create(
        notice={"name": name, **facts}, person=by, channel=address.channel, target=address,
        address=address.label, created_at=now, next_attempt_at=now, expires_at=now + lasts,
    )  # fmt: skip
    nudge.ring("notification")
    return made


def count(name: str, *, by: Person) -> int:
    """How many the person has had sent within the hour, also to addresses that are gone."""
    rows = Delivery.objects.filter(person=by, created_at__gt=timezone.now() - SPAN)
    return rows.filter(notice__name=name).count()
