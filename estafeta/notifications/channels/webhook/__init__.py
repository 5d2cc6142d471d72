"""Webhooks: another system hears of entries, each message signed (standardwebhooks.com)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from estafeta.notifications.channels.channel import Channel, Values

if TYPE_CHECKING:
    from estafeta.notifications.channels.webhook.sender import WebhookSender
    from estafeta.notifications.content import Content
    from estafeta.notifications.models import Delivery


class Webhooks(Channel):
    """Addresses are made by administrators, with what they want to hear (`models.Webhook`)."""

    name = "webhook"
    label = _("Webhooks")
    icon = "webhook"
    help = _("Other systems hear what happens to tickets. Add and try them on the page “Webhooks”.")
    is_on_by_itself = True
    is_personal = False
    has_words = False
    hears_of_deletion = True
    for_people = False
    lines = 4

    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        """The entry as JSON, and its signature."""
        from estafeta.notifications.channels.webhook.writing import request_for

        return request_for(bundle[0])

    @contextmanager
    def open(self, values: Values) -> Iterator[WebhookSender]:
        """Keep connections."""
        from estafeta.notifications.channels.webhook.sender import WebhookSender

        sender = WebhookSender()
        try:
            yield sender
        finally:
            sender.close()

    def objection(self, delivery: Delivery) -> str:
        """The ticket may stand elsewhere by now, or the webhook may want less than it did."""
        from estafeta.notifications.webhooks import hearing

        return hearing.objection(delivery)
