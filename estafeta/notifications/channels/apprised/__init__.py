"""Chats and push services of others: Slack, Mattermost, Teams, Matrix, ntfy, Gotify and many more."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from estafeta.notifications.channels.apprised.form import ServiceForm
from estafeta.notifications.channels.channel import Channel, Given, Values

if TYPE_CHECKING:
    from estafeta.notifications.channels.apprised.sender import ServiceSender
    from estafeta.notifications.content import Content
    from estafeta.notifications.models import Delivery


class Services(Channel):
    """A person's own chat, or a room that a whole department reads."""

    name = "service"
    label = _("Chats and push services")
    icon = "apps"
    help = _(
        "People and heads add their own rooms and devices. Servers inside have to be allowed by "
        "whoever runs this installation (ESTAFETA_INSIDE_ADDRESSES)."
    )
    lines = 2
    seconds = 40.0
    address_form = ServiceForm
    address_help = _("Slack, Mattermost, Teams, Matrix, ntfy, Gotify and many others.")
    for_departments = True

    def check_address(self, given: Values) -> Given:
        """Let the library name the service, and what of the address may be shown."""
        from estafeta.notifications.channels.apprised.looking import look

        return look(given)

    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        """Plain words and the link."""
        lines = [content.text, content.hint, content.link]
        told = {
            "title": content.title,
            "body": "\n".join(line for line in lines if line),
            "is_urgent": content.is_urgent,
        }
        return json.dumps(told, ensure_ascii=False).encode()

    @contextmanager
    def open(self, values: Values) -> Iterator[ServiceSender]:
        """A process of its own while there is something to send."""
        from estafeta.notifications.channels.apprised.sender import ServiceSender

        sender = ServiceSender()
        try:
            yield sender
        finally:
            sender.close()
