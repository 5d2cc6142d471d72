"""What was sent, and what became of it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from estafeta.api.schemas.base import Named, Out, Page
from estafeta.api.schemas.tickets import a_name
from estafeta.notifications.causes import cause_of
from estafeta.notifications.models import Delivery, DeliveryState
from estafeta.notifications.told import Told
from estafeta.tickets.models import Entry
from estafeta.tickets.verbs import Verb


class DeliveryOut(Out):
    """One message on its way to one address."""

    id: int
    channel: str
    state: DeliveryState
    created_at: datetime
    next_attempt_at: datetime | None = Field(description="While it waits")
    settled_at: datetime | None = Field(description="When it was sent or given up")
    attempts: int
    error: str = Field(description="Why it was not sent, or not yet")
    server_id: str = Field(description="How the receiving server calls it")

    @classmethod
    def of(cls, row: Delivery) -> DeliveryOut:
        """As the ledger has it; the address is told to its owner only, also where a server names it."""
        waits = row.state == DeliveryState.QUEUED
        return cls(
            id=row.pk, channel=row.channel, state=DeliveryState(row.state),
            created_at=row.created_at, next_attempt_at=row.next_attempt_at if waits else None,
            settled_at=row.settled_at, attempts=row.attempts,
            error=cause_of(row.error), server_id=row.server_id,
        )  # fmt: skip


class OwnDeliveryOut(DeliveryOut):
    """One that went to you."""

    address: str
    notification: int | None

    @classmethod
    def of(cls, row: Delivery) -> OwnDeliveryOut:
        """With where it went."""
        plain = DeliveryOut.of(row).model_dump() | {"error": row.error}
        return cls(**plain, address=row.address, notification=row.notification_id)


class OwnDeliveries(Page):
    """What was sent to you, the newest first."""

    deliveries: list[OwnDeliveryOut]


class ToldOut(Out):
    """Somebody who was told of an entry, or a place that is nobody's in particular."""

    person: Named | None
    department: Named | None
    stands_in_for: Named | None
    seen_at: datetime | None
    deliveries: list[DeliveryOut]

    @classmethod
    def of(cls, one: Told) -> ToldOut:
        """As the page shows it."""
        return cls(
            person=a_name(one.person) if one.person else None,
            department=a_name(one.department) if one.department else None,
            stands_in_for=a_name(one.stands_in_for) if one.stands_in_for else None,
            seen_at=one.seen_at, deliveries=[DeliveryOut.of(row) for row in one.deliveries],
        )  # fmt: skip


class EntryToldOut(Out):
    """An entry of the journal, and everybody who was told of it."""

    seq: int
    verb: Verb
    at: datetime
    told: list[ToldOut]

    @classmethod
    def of(cls, entry: Entry, told: list[Told]) -> EntryToldOut:
        """Expects what `told_of` gives."""
        return cls(
            seq=entry.seq, verb=Verb(entry.verb), at=entry.at,
            told=[ToldOut.of(one) for one in told],
        )  # fmt: skip


class TicketTold(Page):
    """Entries of which anybody was told, the newest first."""

    entries: list[EntryToldOut]
