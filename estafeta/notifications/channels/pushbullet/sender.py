"""Hands a push to Pushbullet, and reads its answers (docs.pushbullet.com)."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.conf import settings

from estafeta.lib import outside
from estafeta.notifications.channels.channel import DeliveryError

NO_SUCH_TOKEN = (401, 403)


class PushbulletSender:
    """One connection for all accounts."""

    def __init__(self, api: str) -> None:
        self._url = f"{api.rstrip('/')}/v2/pushes"
        self._way = outside.Way(settings.INSIDE_ADDRESSES)

    def send(self, message: bytes, *, to: str) -> str:
        """Give the push's `iden`. Raises DeliveryError."""
        headers = {"Access-Token": to, "Content-Type": "application/json"}
        try:
            answer = self._way.request("POST", self._url, headers=headers, body=message)
        except (outside.Refused, outside.Unreachable) as error:
            raise DeliveryError(str(error), permanent=False, channel_is_at_fault=True) from error
        said = _said(answer.body)
        if answer.status == 200:
            return str(said.get("iden", ""))
        raise refusal(answer, said)

    def close(self) -> None:
        """Hang up."""
        self._way.close()


def refusal(answer: outside.Answer, said: Mapping[str, Any]) -> DeliveryError:
    """What the answer means."""
    error = said.get("error")
    words = str(error.get("message", "")) if isinstance(error, dict) else ""
    reason = f"{answer.status} {words[:300]}".strip()
    if answer.status in NO_SUCH_TOKEN:
        return DeliveryError(reason, permanent=True, address_is_dead=True)
    if answer.status == 429:
        return DeliveryError(reason, permanent=False, retry_after=_peace(answer))
    if answer.status >= 500:
        return DeliveryError(reason, permanent=False, channel_is_at_fault=True)
    return DeliveryError(reason, permanent=True)


def _peace(answer: outside.Answer) -> float | None:
    """`X-Ratelimit-Reset` is the time at which the account may push again."""
    reset = answer.headers.get("x-ratelimit-reset", "")
    if reset.isdecimal() and len(reset) < 12:
        return max(1.0, float(reset) - time.time())
    return answer.retry_after


def _said(body: bytes) -> Mapping[str, Any]:
    with suppress(ValueError):
        said = json.loads(body)
        if isinstance(said, dict):
            return said
    return {}
