"""What leaves for nobody in particular: addresses of departments, and other systems.

Each source names what it wants to have of the entries; the fan-out writes the deliveries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from django.db.models import Q

from estafeta.accounts import tree
from estafeta.accounts.models import Department
from estafeta.notifications.channels.channel import Target
from estafeta.notifications.kinds import KIND_OF, Kind
from estafeta.notifications.models import Address
from estafeta.notifications.outgoing import Outgoing
from estafeta.notifications.webhooks.hearing import of_webhooks
from estafeta.tickets.models import Entry
from estafeta.tickets.verbs import Verb

USUAL_KINDS = (Kind.OFFERED, Kind.REMINDED, Kind.ESCALATED)
"""What the address of a department gets unless its details name other `kinds`."""


Source = Callable[[Sequence[Entry]], Iterable[Outgoing]]


def of_departments(entries: Sequence[Entry]) -> Iterable[Outgoing]:
    """Addresses of the departments in which the tickets stand; never what only staff may read."""
    by_department = defaultdict(list)
    # A ticket may still stand in a department whose addresses went elsewhere in a merge.
    merged = Department.objects.filter(merged_into__isnull=False).values("merged_into")
    places = Q(department__in={entry.ticket.department_id for entry in entries})
    rows = Address.objects.usable().filter(places | Q(department__in=merged))
    for row in rows.defer("sealed_value").order_by("pk"):
        by_department[row.department_id].append(row)
    if not by_department:
        return
    for entry in (one for one in entries if not one.is_staff_only):
        for row in by_department[tree.where_now(entry.ticket.department_id)]:
            if KIND_OF.get(Verb(entry.verb), Kind.CHANGED) in _kinds_of(row):
                yield Outgoing(entry, row.channel, Target(row.label, row))


def _kinds_of(address: Address) -> Sequence[str]:
    kinds: Sequence[str] = address.details.get("kinds", USUAL_KINDS)
    return kinds


SOURCES: tuple[Source, ...] = (of_departments, of_webhooks)


def targets_outside(entries: Sequence[Entry]) -> list[Outgoing]:
    """Ask every source, once for all the entries."""
    return [one for source in SOURCES for one in source(entries)]
