"""After an upgrade the search index is made anew where it has to learn something, step by step.

A step is a transaction that locks its tickets, so that no verb writes a row of the index at the same
moment. The schedule comes again for the rest; whatever is stopped goes on where it was.
"""

from __future__ import annotations

import time

from django.db import transaction

from estafeta.lib import clock
from estafeta.tickets.lists import search
from estafeta.tickets.models import Attachment, Renewal, Ticket
from estafeta.tickets.models.renewal import FILE_NAMES

STEP = 50
SECONDS = 20
"""So long at once; it runs each minute, beside the other work of the schedule."""


def go_on(*, seconds: float = SECONDS) -> int:
    """Write some rows anew, as long as there are any to do; how many it was."""
    began, made = time.monotonic(), 0
    while time.monotonic() - began < seconds:
        amount = _step()
        if not amount:
            break
        made += amount
    return made


def progress() -> Renewal | None:
    """How far it is; None when there is nothing to do."""
    return Renewal.objects.filter(name=FILE_NAMES, finished_at=None).first()


def _step() -> int:
    with transaction.atomic():
        rows = Renewal.objects.select_for_update().filter(name=FILE_NAMES, finished_at=None)
        if (run := rows.first()) is None:
            return 0
        files = Attachment.objects.sent().there().filter(ticket__gt=run.up_to)
        numbers = list(files.order_by("ticket").values_list("ticket", flat=True).distinct()[:STEP])
        for ticket in Ticket.with_deleted.select_for_update().filter(pk__in=numbers).order_by("pk"):
            search.index(ticket)
        if numbers:
            run.up_to, run.done = numbers[-1], run.done + len(numbers)
        else:
            run.finished_at = clock.now()
        run.save(update_fields=["up_to", "done", "finished_at"])
    return len(numbers)
