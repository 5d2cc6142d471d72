"""What a message says, in the receiver's language, before a channel gives it its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from estafeta.accounts.models import Site
from estafeta.notifications.message import Message, message_of, said
from estafeta.tickets.models import Priority
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.notifications.models import Delivery
    from estafeta.tickets.models import Entry


@dataclass(frozen=True)
class Content:
    """One message. `link` is absolute, or empty while nobody has said where the house is."""

    title: str
    """The ticket, or what it is about, in one line."""
    text: str
    """What happened in one line, with the beginning of what was said."""
    said: str = ""
    """What was said in full, as it was typed."""
    said_html: str = ""
    """The same, as its page shows it; sanitised."""
    link: str = ""
    is_urgent: bool = False
    message: Message | None = None
    """Of the entry, where the message tells of exactly one."""
    parts: Sequence[Content] = field(default_factory=tuple)
    """What a gathered message consists of, the oldest first."""


def content_of(bundle: Sequence[Delivery]) -> Content:
    """Say it in the language of the moment (see `message.speaking_to`)."""
    (delivery,) = bundle
    assert delivery.notification is not None
    entry = delivery.notification.entry
    message = message_of(entry, to=delivery.notification.person_id)
    return Content(
        title=message.title,
        text=message.text,
        said=said(entry),
        said_html=_html_of(entry),
        link=public_address(message.path),
        is_urgent=entry.ticket.priority == Priority.URGENT,
        message=message,
    )


def public_address(path: str) -> str:
    """The path as people open it, or nothing while nobody has said where that is."""
    base = Site.current().address
    return f"{base}{path}" if base else ""


def _html_of(entry: Entry) -> str:
    """What was written, as its page shows it; reasons are plain text and have no HTML."""
    if entry.comment is not None:
        return entry.comment.text_html
    return entry.ticket.text_html if entry.verb == Verb.OPEN else ""
