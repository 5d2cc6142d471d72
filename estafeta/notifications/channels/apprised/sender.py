"""Says a message through the library's process, and reads what the service answered."""

from __future__ import annotations

import json

from django.conf import settings

from estafeta.lib.apprising import Hung, Said, Speaker
from estafeta.notifications.channels.channel import DeliveryError

GONE = (401, 403, 404, 410)
"""The room or the token is no more: whoever gave the address has to look."""


class ServiceSender:
    """One process for as long as the line is open."""

    def __init__(self) -> None:
        self._speaker = Speaker(settings.INSIDE_ADDRESSES)

    def send(self, message: bytes, *, to: str) -> str:
        """Services give no name for a message. Raises DeliveryError."""
        told = json.loads(message)
        try:
            said = self._speaker.send(
                to, told["title"], told["body"], is_urgent=told["is_urgent"]
            )  # fmt: skip
        except Hung as error:
            raise DeliveryError(f"The service did not answer: {error}", permanent=False) from error
        if said.is_sent:
            return ""
        raise refusal(said)

    def close(self) -> None:
        """End the process."""
        self._speaker.close()


def refusal(said: Said) -> DeliveryError:
    """What the answer means."""
    if said.status in GONE:
        return DeliveryError(said.reason, permanent=True, address_is_dead=True)
    is_ours = 400 <= said.status < 500 and said.status not in (408, 425, 429)
    return DeliveryError(said.reason, permanent=is_ours)
