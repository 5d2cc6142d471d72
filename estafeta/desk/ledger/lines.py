"""Deliveries as pages show them: by which way, where it stands, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.notifications.causes import cause_of
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import DeliveryState
from estafeta.notifications.wording.events import EVENTS

if TYPE_CHECKING:
    from estafeta.notifications.models import Delivery

TONES = {
    DeliveryState.QUEUED: "neutral",
    DeliveryState.SENT: "success",
    DeliveryState.FAILED: "danger",
    DeliveryState.EXPIRED: "warning",
}
ICONS = {
    DeliveryState.QUEUED: "hourglass",
    DeliveryState.SENT: "circle-check",
    DeliveryState.FAILED: "circle-x",
    DeliveryState.EXPIRED: "clock",
}


@dataclass(frozen=True)
class Line:
    """One delivery."""

    number: int
    channel: str
    icon: str
    address: str
    state: str
    label: str
    tone: str
    sign: str
    at: datetime
    """When it was sent or given up; while it waits, when it is tried next."""
    reason: str
    server_id: str
    attempts: int
    is_waiting: bool


def line_of(row: Delivery, *, is_foreign: bool = False) -> Line:
    """Phrase it in the reader's language; servers like to name the address, which is its owner's."""
    channel, state = CHANNELS.get(row.channel), DeliveryState(row.state)
    is_waiting = state is DeliveryState.QUEUED
    return Line(
        number=row.pk,
        channel=str(channel.label) if channel else row.channel,
        icon=channel.icon if channel else "send",
        address=row.address,
        state=state.value,
        label=_("Tried again") if is_waiting and row.error else str(state.label),
        tone=TONES[state],
        sign=ICONS[state],
        at=row.next_attempt_at if is_waiting else row.settled_at or row.created_at,
        reason=cause_of(row.error) if is_foreign else row.error,
        server_id=row.server_id,
        attempts=row.attempts,
        is_waiting=is_waiting,
    )


def about(row: Delivery) -> str:
    """What it tells of: the number of a ticket, no more, for not everybody may read it."""
    told = row.notification or row.entry
    if told is not None:
        return f"#{told.ticket_id}"
    if row.announcement_id is not None:
        return str(Kind.ANNOUNCED.label)
    told_of = row.notice or {}
    event = EVENTS.get(told_of.get("kind", "")) or EVENTS.get(f"notice.{told_of.get('name', '')}")
    return str(event.label) if event else "—"
