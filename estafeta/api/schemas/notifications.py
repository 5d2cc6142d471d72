"""The person's own bell."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from estafeta.api.schemas.base import Named, Out, Page
from estafeta.api.schemas.tickets import a_name
from estafeta.notifications.models import Notification
from estafeta.notifications.summary import message_about
from estafeta.tickets.verbs import Verb


class NotificationOut(Out):
    """Somebody did something that concerns you."""

    id: int
    ticket: int = Field(description="The first of them, where `amount` is more than 1")
    title: str = Field(description="Number and title of the ticket, or how many they are")
    text: str = Field(description="Who did what, and the beginning of what was said")
    verb: Verb
    actor: Named
    at: datetime
    seen_at: datetime | None
    amount: int = Field(description="To so many tickets the same happened at once")
    stands_in_for: Named | None = Field(description="The absent person whom it concerns")
    is_quiet: bool = Field(description="You wish no pop-up for such events")

    @classmethod
    def of(cls, row: Notification) -> NotificationOut:
        """Expects what `with_what_happened` loads."""
        message = message_about(row)
        return cls(
            id=row.pk, ticket=row.ticket_id, title=message.title, text=message.text,
            verb=Verb(row.entry.verb), actor=a_name(row.entry.actor), at=row.at,
            seen_at=row.seen_at, amount=row.amount, is_quiet=row.is_quiet,
            stands_in_for=a_name(row.stands_in_for) if row.stands_in_for else None,
        )  # fmt: skip


class Bell(Page):
    """Notifications, the newest first."""

    notifications: list[NotificationOut]
    unseen: int = Field(description="How many you have not seen, on all pages")
