"""Whom a notification still concerns: rights may have changed since it was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from estafeta.accounts.standing import Standing
from estafeta.notifications import audience
from estafeta.notifications.models import Notification
from estafeta.tickets.models import Participant


def still_concern(notifications: Iterable[Notification]) -> set[int]:
    """Ids of those whose person may still read them; three queries for any number."""
    rows = list(notifications)
    present: dict[int, set[int]] = defaultdict(set)
    ties = Participant.objects.filter(
        ticket__in={row.ticket_id for row in rows}, person__in={row.person_id for row in rows}
    )
    for ticket, person in ties.values_list("ticket", "person"):
        present[ticket].add(person)
    standings = Standing.of_all({row.person for row in rows})
    return {
        row.pk
        for row in rows
        if audience.hears(row.person, standings[row.person_id], row.entry, present[row.ticket_id])
    }
