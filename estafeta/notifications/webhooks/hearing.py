"""Which webhook hears of which entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from estafeta.accounts.models import Department
from estafeta.notifications.channels.channel import Target
from estafeta.notifications.kinds import KIND_OF, Kind
from estafeta.notifications.models import Delivery, Webhook
from estafeta.notifications.outgoing import Outgoing
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.verbs import Verb

CHANNEL = "webhook"
OF_COPIES = frozenset({Verb.DELETE, Verb.RESTORE})
"""Only staff may read why, but whoever keeps a copy has to know that."""
NOT_WANTED = "The webhook does not want this any more."


@dataclass(frozen=True)
class Ear:
    """What one webhook wants."""

    webhook: Webhook
    places: frozenset[int]
    """Departments with all below them; none: every one."""

    @classmethod
    def of(cls, webhook: Webhook) -> Ear:
        """Expects the departments to be loaded."""
        rows = list(webhook.departments.all())
        below = Department.objects.below(rows).values_list("pk", flat=True) if rows else ()
        return cls(webhook, frozenset(below))

    def wants(self, entry: Entry, others: dict[int, int]) -> bool:
        """`others` are the departments of the tickets that entries tell of besides their own."""
        if entry.is_staff_only and not (self.webhook.with_notes or entry.verb in OF_COPIES):
            return False
        kind = KIND_OF.get(Verb(entry.verb), Kind.CHANGED)
        if self.webhook.kinds and kind not in self.webhook.kinds:
            return False
        return self._stands_here(entry.ticket.department_id) and self._may_know(entry, others)

    def _stands_here(self, department: int) -> bool:
        return not self.places or department in self.places

    def _may_know(self, entry: Entry, others: dict[int, int]) -> bool:
        """Not of a ticket elsewhere that this one is linked with."""
        other = entry.facts.get("other")
        return not self.places or other is None or others.get(other) in self.places


def of_webhooks(entries: Sequence[Entry]) -> Iterable[Outgoing]:
    """For the fan-out: one query without webhooks, a few with them."""
    rows = Webhook.objects.listening().select_related("address").prefetch_related("departments")
    ears = [Ear.of(row) for row in rows]
    if not ears:
        return
    others = _places_of_others(entries)
    for entry in entries:
        for ear in ears:
            if ear.wants(entry, others):
                target = Target(ear.webhook.address.label, ear.webhook.address)
                yield Outgoing(entry, CHANNEL, target, may_wait=False)


def objection(delivery: Delivery) -> str:
    """Asked again before it leaves; tests always do."""
    if delivery.entry is None:
        return ""
    rows = Webhook.objects.filter(address=delivery.target_id).prefetch_related("departments")
    ears = [Ear.of(row) for row in rows]
    others = _places_of_others([delivery.entry])
    return "" if any(ear.wants(delivery.entry, others) for ear in ears) else NOT_WANTED


def _places_of_others(entries: Sequence[Entry]) -> dict[int, int]:
    numbers = {n for entry in entries if (n := entry.facts.get("other"))}
    rows = Ticket.objects.filter(pk__in=numbers) if numbers else Ticket.objects.none()
    return dict(rows.values_list("pk", "department"))
