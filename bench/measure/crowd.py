"""Run inside an installation: sessions of many browsers of one department, and changes for them."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from bench.measure.inside import session
from bench.sizes import BIG

TICKETS = 100


def browsers(count: int) -> list[str]:
    """So many signed-in browsers of the big department's people, as Cookie headers."""
    from django.db import transaction

    from estafeta.accounts.models import Membership

    rows = Membership.objects.filter(department=_big(), is_head=False).select_related("person")
    people = [row.person for row in rows.order_by("pk")]
    with transaction.atomic():
        return [session(people[number % len(people)]) for number in range(count)]


def change(count: int, rate: float) -> list[float]:
    """So many changes of tickets that all of the department see; gives when each was committed."""
    from estafeta.accounts.models import Person
    from estafeta.tickets import actions
    from estafeta.tickets.models import Priority, Ticket
    from estafeta.tickets.statuses import OPEN_STATUSES

    director = Person.objects.filter(is_director=True).order_by("pk")[0]
    found = Ticket.objects.filter(department=_big(), status__in=OPEN_STATUSES).order_by("-pk")
    tickets = list(found[:TICKETS])
    began, moments = time.monotonic(), []
    for number in range(count):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        ticket = tickets[number % len(tickets)]
        wanted = Priority.LOW if ticket.priority != Priority.LOW else Priority.NORMAL
        actions.set_priority(ticket, by=director, priority=wanted, reason="bench")
        moments.append(time.monotonic())
    return moments


def _big() -> Any:
    from estafeta.accounts.models import Department

    return Department.objects.order_by("pk")[BIG]


if __name__ == "__main__":
    from estafeta.ops.django_setup import load_django

    load_django()
    what, *numbers = sys.argv[1:]
    if what == "browsers":
        print(json.dumps(browsers(int(numbers[0]))))
    else:
        print(json.dumps(change(int(numbers[0]), float(numbers[1]))))
