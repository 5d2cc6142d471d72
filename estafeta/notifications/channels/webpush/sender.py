"""Hands a message to the push service of a browser's maker, and reads what it says."""

from __future__ import annotations

import json

from django.conf import settings

from estafeta.lib import outside
from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.channels.webpush import keys

GONE = (404, 410)
ANOTHER_KEY = 403
"""The browser subscribed to other keys than ours: no message will ever reach it."""


class PushSender:
    """Connections kept for many messages; one browser's service is often that of many."""

    def __init__(self) -> None:
        self._way = outside.Way(settings.INSIDE_ADDRESSES)

    def send(self, message: bytes, *, to: str) -> str:
        """Give the service's name for the message. Raises DeliveryError."""
        parcel = json.loads(message)
        body = keys.as_bytes(parcel["body"])
        try:
            answer = self._way.request("POST", parcel["url"], headers=parcel["headers"], body=body)
        except outside.Refused as error:
            raise DeliveryError(str(error), permanent=True, address_is_dead=True) from error
        except outside.Unreachable as error:
            raise DeliveryError(str(error), permanent=False) from error
        if 200 <= answer.status < 300:
            return answer.headers.get("location", "").rpartition("/")[2] or str(answer.status)
        raise refusal(answer)

    def close(self) -> None:
        """Hang up."""
        self._way.close()


def refusal(answer: outside.Answer) -> DeliveryError:
    """What the answer means for the message, the browser and all the others."""
    reason = f"{answer.status} {answer.text[:200]}".strip()
    if answer.status in GONE:
        gone = f"The browser no longer takes messages ({answer.status})."
        return DeliveryError(gone, permanent=True, address_is_dead=True)
    if answer.status == ANOTHER_KEY:
        return DeliveryError(reason, permanent=True, address_is_dead=True)
    if answer.status == 401:
        return DeliveryError(reason, permanent=False, channel_is_at_fault=True)
    if answer.status == 429 or answer.status >= 500:
        return DeliveryError(reason, permanent=False, retry_after=answer.retry_after)
    return DeliveryError(reason, permanent=True)
