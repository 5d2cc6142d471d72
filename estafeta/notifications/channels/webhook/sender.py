"""Hands a message to another system, and reads what it answers."""

from __future__ import annotations

import json
import time

from django.conf import settings

from estafeta.lib import outside
from estafeta.notifications.channels.channel import DeliveryError

GONE = 410


class WebhookSender:
    """Connections kept for many messages."""

    def __init__(self) -> None:
        self._way = outside.Way(settings.INSIDE_ADDRESSES)

    def send(self, message: bytes, *, to: str) -> str:
        """Give the status and how long it took. Raises DeliveryError."""
        told, began = json.loads(message), time.monotonic()
        try:
            answer = self._way.request(
                "POST", to, headers=told["headers"], body=told["body"].encode()
            )
        except outside.Refused as error:
            raise DeliveryError(str(error), permanent=True) from error
        except outside.Unreachable as error:
            raise DeliveryError(str(error), permanent=False) from error
        took = f"{answer.status} · {(time.monotonic() - began) * 1000:.0f} ms"
        if 200 <= answer.status < 300:
            return took
        raise self._refusal(answer, took)

    def close(self) -> None:
        """Hang up."""
        self._way.close()

    def _refusal(self, answer: outside.Answer, took: str) -> DeliveryError:
        reason = f"{took}: {answer.text[:200]}".rstrip(": ")
        if answer.status == GONE:
            return DeliveryError(reason, permanent=True, address_is_dead=True)
        # Whatever else it says, it may be mended there: the message is kept for three days.
        return DeliveryError(reason, permanent=False, retry_after=answer.retry_after)
