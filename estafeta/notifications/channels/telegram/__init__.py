"""Telegram: a bot that tells people what happened, with buttons under its messages.

What they press and write comes in at `estafeta/telegram`, a face like the desk.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from estafeta.notifications.channels.channel import Channel, Values
from estafeta.notifications.channels.telegram.form import TelegramForm

if TYPE_CHECKING:
    from estafeta.notifications.channels.telegram.sender import ChatSender
    from estafeta.notifications.content import Content
    from estafeta.notifications.models import Delivery


class Telegram(Channel):
    """One message for each bundle, into the chat that a person linked with a code."""

    name = "telegram"
    label = _("Telegram")
    icon = "brand-telegram"
    form = TelegramForm
    help = _(
        "Make a bot with @BotFather in Telegram. People then link their chats in their profiles; "
        "what Telegram carries lies on servers outside the house."
    )
    needed = ("token",)
    lines = 3
    # Thirty a second is what Telegram allows; answers to presses need some of it.
    messages_a_minute = 1500
    own_way = "desk/profile/telegram_offer.html"

    def is_ready(self, values: Values) -> bool:
        """There is a bot."""
        return bool(values.get("token"))

    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        """Write the message; its buttons are those of the person who gets it, as of now."""
        from estafeta.notifications.channels.telegram.writing import text_of

        return json.dumps(message(text_of(content), _buttons(content, bundle))).encode()

    @contextmanager
    def open(self, values: Values) -> Iterator[ChatSender]:
        """Keep one connection for many messages."""
        from estafeta.notifications.channels.telegram.sender import ChatSender

        sender = ChatSender(values)
        try:
            yield sender
        finally:
            sender.close()


def message(text: str, buttons: dict[str, Any] | None) -> dict[str, Any]:
    """The fields that every message of ours has."""
    fields: dict[str, Any] = {
        "text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True},
    }  # fmt: skip
    return {**fields, "reply_markup": buttons} if buttons else fields


def _buttons(content: Content, bundle: Sequence[Delivery]) -> dict[str, Any] | None:
    """Of the one ticket that the message tells about."""
    from estafeta.notifications.channels.telegram.buttons import keyboard

    told = [row.notification for row in bundle]
    newest, first = told[-1], bundle[0]
    if newest is None or first.person is None or first.target is None:
        return None
    if {row.ticket_id if row else None for row in told} != {newest.ticket_id}:
        return None
    ticket = newest.entry.ticket
    return keyboard(first.person, ticket, chat=first.target.value, link=content.link)
