"""Jabber (XMPP): a chat message from an account of the house."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from estafeta.notifications.channels.channel import Channel, Given, Values
from estafeta.notifications.channels.jabber.form import JabberForm, JidForm

if TYPE_CHECKING:
    from estafeta.notifications.channels.jabber.connection import JabberConnection
    from estafeta.notifications.content import Content
    from estafeta.notifications.models import Delivery


class Jabber(Channel):
    """One message for each bundle; those of one ticket belong to one thread."""

    name = "jabber"
    label = _("Jabber")
    icon = "message-circle"
    form = JabberForm
    help = _("Make an account for this system on your XMPP server: Prosody, ejabberd, Openfire.")
    needed = ("jid", "password")
    messages_a_minute = 600
    address_form = JidForm
    for_departments = True

    def is_ready(self, values: Values) -> bool:
        """There is an account."""
        return bool(values.get("jid") and values.get("password"))

    def check_address(self, given: Values) -> Given:
        """The form has made it what it has to be."""
        return Given(str(given["jid"]), str(given["jid"]))

    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        """Write the message; the same bundle bears the same id, so that a repeat can be folded."""
        from estafeta.notifications.channels.jabber.text import text_of

        number = bundle[0].bundle or min(delivery.pk for delivery in bundle)
        thread = f"ticket-{content.message.number}" if content.message else ""
        said = {"id": f"estafeta-{number}", "text": text_of(content), "thread": thread}
        return json.dumps(said, ensure_ascii=False).encode()

    @contextmanager
    def open(self, values: Values) -> Iterator[JabberConnection]:
        """Keep one stream for many messages."""
        from estafeta.notifications.channels.jabber.connection import JabberConnection

        connection = JabberConnection(values)
        try:
            yield connection
        finally:
            connection.close()
