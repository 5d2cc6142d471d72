"""Deleted tickets, protocols of what was removed for good, the security trail."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from estafeta.api.schemas.base import Body, Id, Named, Out, Page, Reason
from estafeta.api.schemas.tickets import a_name, maybe
from estafeta.tickets.models import Purge
from estafeta.tickets.upkeep.deleted import Deleted


class DeletedOut(Out):
    """A deleted ticket; what it says is not told here."""

    number: int
    label: str
    department: str
    by: Named | None
    at: datetime | None
    reason: str

    @classmethod
    def of(cls, row: Deleted) -> DeletedOut:
        """As an administrator is told."""
        return cls(
            number=row.number, label=row.written, department=row.department, by=maybe(row.by),
            at=row.at, reason=row.reason,
        )  # fmt: skip


class DeletedTickets(Page):
    """Those with the highest numbers first."""

    tickets: list[DeletedOut]


class PurgeBody(Body):
    """Nothing brings it back, so the number is said twice."""

    number: Id = Field(description="The number of the ticket once more", examples=[2417])
    reason: Reason = Field(description="Stays in the protocol", examples=["Asked to be forgotten"])


class PurgeOut(Out):
    """The protocol: all that stays of a ticket that was removed for good."""

    seq: int
    number: int
    at: datetime
    by: Named
    reason: str
    counts: dict[str, int] = Field(description="How many entries, comments, files there were")
    previous_hash: str
    hash: str

    @classmethod
    def of(cls, row: Purge) -> PurgeOut:
        """Expects `by` to be loaded."""
        return cls(
            seq=row.seq, number=row.number, at=row.at, by=a_name(row.by), reason=row.reason,
            counts=row.counts, previous_hash=row.previous_hash, hash=row.hash,
        )  # fmt: skip


class Purges(Page):
    """Protocols, the newest first."""

    purges: list[PurgeOut]
