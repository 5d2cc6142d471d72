"""A message to a webhook: the body, and the headers by which the other side knows it is ours."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from estafeta.notifications.channels.webhook import body
from estafeta.notifications.models import Webhook

if TYPE_CHECKING:
    from estafeta.notifications.models import Delivery

PREFIX = "whsec_"
SECRET_BYTES = 32


def request_for(delivery: Delivery) -> bytes:
    """Headers and body; the id stays the same however often it is sent, the time does not."""
    assert delivery.target_id is not None
    webhook = Webhook.objects.get(address=delivery.target_id)
    now = timezone.now()
    content = json.dumps(_told(delivery, webhook, now), ensure_ascii=False, separators=(",", ":"))
    name = f"msg_{delivery.bundle or delivery.pk}"
    signatures = [signature(secret, name, now, content) for secret in webhook.secrets(now)]
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Estafeta-Webhooks",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
    return json.dumps({"headers": headers, "body": content}, ensure_ascii=False).encode()


def _told(delivery: Delivery, webhook: Webhook, now: datetime) -> body.Json:
    if delivery.entry is not None:
        return body.of_entry(delivery.entry, with_notes=webhook.with_notes)
    facts = delivery.notice or {}
    if facts.get("name") == "purged":
        at = datetime.fromisoformat(facts["at"])
        return body.of_purge(at, int(facts["number"]), str(facts["hash"]))
    return body.of_test(now, webhook.name)


def signature(secret: str, name: str, at: datetime, content: str) -> str:
    """As standardwebhooks.com says: HMAC-SHA256 over id, seconds and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{name}.{int(at.timestamp())}.{content}".encode()
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def new_secret() -> str:
    """A key in the form that libraries for it read."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
