"""A gateway that is called over HTTP, in the way that an administrator has described."""

from __future__ import annotations

import json

from django.conf import settings

from estafeta.lib import outside
from estafeta.notifications.channels.channel import DeliveryError, Values
from estafeta.notifications.channels.sms import patterns
from estafeta.notifications.channels.sms.filling import (
    BODIES,
    filled,
    in_header,
    in_url,
    values_for,
)

PEACE_SECONDS = 30.0
"""For a gateway that asks for peace without saying how long."""
LONGEST_TOLD = 300


class Gateway:
    """One kept connection."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._way = outside.Way(settings.INSIDE_ADDRESSES)

    def send(self, message: bytes, *, to: str) -> str:
        """Give the gateway's name for the message. Raises DeliveryError."""
        said = json.loads(message)
        secret = str(self._values.get("gateway_secret") or "")
        filling = values_for(to, said["text"], said["id"], secret)
        try:
            answer = self._ask(filling)
        except (outside.Refused, outside.Unreachable) as error:
            raise DeliveryError(
                self._clean(str(error)), permanent=False, channel_is_at_fault=True
            ) from error
        return self._judge(answer)

    def close(self) -> None:
        """Hang up."""
        self._way.close()

    def _ask(self, filling: dict[str, str]) -> outside.Answer:
        values = self._values
        method = str(values.get("gateway_method") or "POST")
        headers = {
            name: filled(value, filling, in_header)
            for name, value in header_lines(str(values.get("gateway_headers") or ""))
        }
        body = b""
        if method == "POST":
            kind, encode = BODIES[str(values.get("gateway_body_kind") or "form")]
            body = filled(str(values.get("gateway_body") or ""), filling, encode).encode()
            headers.setdefault("Content-Type", kind)
        address = filled(str(values["gateway_url"]), filling, in_url)
        return self._way.request(method, address, headers=headers, body=body)

    def _judge(self, answer: outside.Answer) -> str:
        text = answer.body.decode(errors="replace")
        told = self._clean(f"{answer.status} {' '.join(text.split())}"[:LONGEST_TOLD])
        if self._matches("gateway_bad_number", text):
            raise DeliveryError(told, permanent=True, address_is_dead=True)
        if answer.status == 429 or answer.status == 503:
            after = answer.retry_after or PEACE_SECONDS
            raise DeliveryError(told, permanent=False, retry_after=after)
        if answer.status in (401, 402, 403, 404, 407) or not 200 <= answer.status < 500:
            raise DeliveryError(told, permanent=False, channel_is_at_fault=True)
        if answer.status >= 300:
            raise DeliveryError(told, permanent=True)
        # A pattern that takes too long says nothing, and the status speaks alone.
        is_success = self._matches("gateway_success", text, in_doubt=True)
        if self._values.get("gateway_success") and not is_success:
            # It may be an empty account or a fault of the moment: the message waits for better times.
            raise DeliveryError(told, permanent=False)
        return self._name_in(text) or told

    def _matches(self, name: str, text: str, *, in_doubt: bool = False) -> bool:
        pattern = str(self._values.get(name) or "")
        return bool(pattern) and patterns.matches(pattern, text, in_doubt=in_doubt)

    def _name_in(self, text: str) -> str:
        pattern = str(self._values.get("gateway_id") or "")
        return patterns.found(pattern, text) if pattern else ""

    def _clean(self, told: str) -> str:
        """Gateways like to repeat what they were asked, the secret too."""
        secret = str(self._values.get("gateway_secret") or "")
        for form in {secret, in_url(secret)} - {""}:
            told = told.replace(form, "•••")
        return told


def header_lines(text: str) -> list[tuple[str, str]]:
    """Lines "Name: value"."""
    lines = (line.partition(":") for line in text.splitlines() if line.strip())
    return [(name.strip(), value.strip()) for name, _colon, value in lines]
