"""Web push: messages that a browser shows though no page of ours is open (RFC 8030, 8291, 8292)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from estafeta.notifications.channels.channel import Channel, Values

if TYPE_CHECKING:
    from estafeta.notifications.addresses import Owner
    from estafeta.notifications.channels.webpush.sender import PushSender
    from estafeta.notifications.content import Content
    from estafeta.notifications.models import Delivery


class PushForm(forms.Form):
    """What push services want to know of us."""

    contact = forms.EmailField(
        label=_("E-mail of whoever looks after this installation"), required=False,
        help_text=_(
            "The makers of browsers write there when something is wrong with our messages. "
            "Empty: the sender of our mails."
        ),
    )  # fmt: skip


class WebPush(Channel):
    """One address for each browser; the message is encrypted for that browser alone."""

    name = "webpush"
    label = _("Messages in browsers")
    icon = "bell-ringing"
    is_on_by_itself = True
    form = PushForm
    lines = 4
    own_way = "desk/reach/webpush.html"

    def own_way_values(self, owner: Owner) -> Mapping[str, Any]:
        """The key that browsers subscribe to."""
        from estafeta.notifications.channels.webpush import keys

        return {"push_key": keys.current().public}

    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        """Encrypt it for the browser, and sign the request."""
        from estafeta.notifications.channels.webpush.writing import parcel_for

        return parcel_for(content, bundle, contact=str(values.get("contact") or ""))

    def objection(self, delivery: Delivery) -> str:
        """Nothing reaches a device whose program may not act for its person any more."""
        from estafeta.notifications.channels.webpush.device import (
            SIGNED_OUT,
            device_of,
            is_signed_in,
        )

        device = device_of(delivery.target) if delivery.target else None
        return "" if device is None or is_signed_in(device) else SIGNED_OUT

    @contextmanager
    def open(self, values: Values) -> Iterator[PushSender]:
        """Keep connections to the services of the browsers' makers."""
        from estafeta.notifications.channels.webpush.sender import PushSender

        sender = PushSender()
        try:
            yield sender
        finally:
            sender.close()
