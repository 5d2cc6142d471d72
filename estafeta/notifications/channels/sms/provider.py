"""A ready-made provider: one of the services that Apprise knows, by its address."""

from __future__ import annotations

import json

from django.conf import settings

from estafeta.lib.apprising import Hung, Said, Speaker
from estafeta.notifications.channels.channel import DeliveryError, Values
from estafeta.notifications.channels.sms.filling import filled, in_url, values_for


class Provider:
    """One process of the library for as long as the line is open."""

    def __init__(self, values: Values) -> None:
        self._address = str(values.get("apprise_url") or "")
        self._speaker = Speaker(settings.INSIDE_ADDRESSES, kind="sms")

    def send(self, message: bytes, *, to: str) -> str:
        """The library tells no name of the message. Raises DeliveryError."""
        told = json.loads(message)
        filling = values_for(to, told["text"], told["id"], "")
        try:
            said = self._speaker.send(filled(self._address, filling, in_url), "", told["text"])
        except Hung as error:
            words = f"The provider did not answer: {error}"
            raise DeliveryError(words, permanent=False, channel_is_at_fault=True) from error
        if not said.is_sent:
            raise _refusal(said)
        return ""

    def close(self) -> None:
        """End the process."""
        self._speaker.close()


def _refusal(said: Said) -> DeliveryError:
    """The account of the house is refused, or the one message; which numbers are dead, none says."""
    if said.status == 429:
        return DeliveryError(said.reason, permanent=False, retry_after=30)
    is_ours = said.status in (401, 402, 403, 404) or said.status >= 500 or not said.status
    return DeliveryError(said.reason, permanent=False, channel_is_at_fault=is_ours)


def is_understood(address: str) -> bool:
    """Whether the library knows such a provider; asks nobody outside. Raises Hung."""
    speaker = Speaker(settings.INSIDE_ADDRESSES, kind="sms")
    try:
        return not speaker.look(address).wrong
    finally:
        speaker.close()
