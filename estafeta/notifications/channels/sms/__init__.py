"""SMS: over a gateway's HTTP, over SMPP, or over a provider that Apprise knows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from estafeta.notifications.channels.channel import Channel, Given, Sender, Values
from estafeta.notifications.channels.sms.form import PhoneForm, SmsForm

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.notifications.content import Content
    from estafeta.notifications.models import Delivery

NEEDED = {"gateway": "gateway_url", "smpp": "smpp_host", "apprise": "apprise_url"}


class Sms(Channel):
    """One short text for each bundle, in no more parts than administrators pay for."""

    name = "sms"
    label = _("SMS")
    icon = "device-mobile-message"
    form = SmsForm
    help = _("You need a contract with a provider of short messages, or a gateway with a SIM card.")
    needed = ("way",)
    is_short = True
    messages_a_minute = 60
    address_form = PhoneForm
    address_help = _("Short messages cost money: choose for them only what cannot wait.")

    def is_ready(self, values: Values) -> bool:
        """The chosen way knows where to go."""
        return bool(values.get(NEEDED.get(str(values.get("way")), "")))

    def suggestion(self, person: Person) -> Mapping[str, Any]:
        """The phone on the card, which counts only once a code has arrived there."""
        return {"phone": person.phone} if person.phone else {}

    def check_address(self, given: Values) -> Given:
        """The number with its country."""
        from estafeta.notifications import channel_settings
        from estafeta.notifications.channels.sms import phones

        country = str(channel_settings.values_of(self.name).get("country") or "")
        try:
            phone = phones.read(str(given["phone"]), country=country)
        except ValidationError as wrong:
            raise ValidationError({"phone": wrong.messages}) from None
        return Given(phone.number, phone.shown)

    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        """One text; the name stays the same however often it is sent."""
        from estafeta.notifications.channels.sms.text import text_of

        number = bundle[0].bundle or min(delivery.pk for delivery in bundle)
        text = text_of(content, most_parts=int(values.get("most_parts") or 3))
        said = {"text": text, "id": f"estafeta-{number}", "reference": number}
        return json.dumps(said, ensure_ascii=False).encode()

    @contextmanager
    def open(self, values: Values) -> Iterator[Sender]:
        """By the chosen way."""
        from estafeta.notifications.channels.sms.gateway import Gateway
        from estafeta.notifications.channels.sms.provider import Provider
        from estafeta.notifications.channels.sms.smpp import SmppConnection

        sender: SmppConnection | Provider | Gateway
        way = str(values.get("way"))
        if way == "smpp":
            sender = SmppConnection(values)
        elif way == "apprise":
            sender = Provider(values)
        else:
            sender = Gateway(values)
        try:
            yield sender
        finally:
            sender.close()
