"""Receptions and talks with operators for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from estafeta.accounts.models import Department, Person
from estafeta.chat.models import Reception, Room
from estafeta.chat.operators.asking import ask
from estafeta.presence.models import Stay


def receive(department: Department, **fields: Any) -> Reception:
    """The department receives round the clock, unless said otherwise."""
    given = {"is_open": True, "days": "1234567", "opens_at": None, "closes_at": None, **fields}
    return Reception.objects.update_or_create(department=department, defaults=given)[0]


def here(*people: Person, gone_for: timedelta = timedelta()) -> None:
    """They have a page open now, or had one until some time ago."""
    until = timezone.now() - gone_for if gone_for else timezone.now() + timedelta(minutes=1)
    for person in people:
        Stay.objects.update_or_create(
            person=person, defaults={"until": until, "acted_at": timezone.now()}
        )


def asked(client: Person, department: Department, text: str = "The printer is dead") -> Room:
    """A client waits."""
    if not Reception.objects.filter(department=department, is_open=True).exists():
        receive(department)
    return ask(department, text, by=client)
