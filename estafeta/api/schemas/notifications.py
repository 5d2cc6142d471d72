"""The person's own bell."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from estafeta.api.schemas.base import Named, Out, Page
from estafeta.api.schemas.tickets import a_name
from estafeta.notifications.message import message_of
from estafeta.notifications.models import Notification
from estafeta.tickets.verbs import Verb


class NotificationOut(Out):
    """Somebody did something that concerns you."""

    id: int
    ticket: int
    title: str = Field(description="Number and title of the ticket")
    text: str = Field(description="Who did what, and the beginning of what was said")
    verb: Verb
    actor: Named
    at: datetime
    seen_at: datetime | None

    @classmethod
    def of(cls, row: Notification) -> NotificationOut:
        """Expects what `with_what_happened` loads."""
        message = message_of(row.entry, to=row.person_id)
        return cls(
            id=row.pk, ticket=row.ticket_id, title=message.title, text=message.text,
            verb=Verb(row.entry.verb), actor=a_name(row.entry.actor), at=row.at,
            seen_at=row.seen_at,
        )  # fmt: skip


class Bell(Page):
    """Notifications, the newest first."""

    notifications: list[NotificationOut]
    unseen: int = Field(description="How many you have not seen, on all pages")
