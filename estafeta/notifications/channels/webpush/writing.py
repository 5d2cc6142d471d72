"""A message as the browser gets it: what its service worker shows, encrypted, and the request's headers."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone

from estafeta.lib.outside import check
from estafeta.notifications import seen
from estafeta.notifications.channels.webpush import keys
from estafeta.notifications.channels.webpush.buttons import buttons
from estafeta.notifications.channels.webpush.subscription import Subscription
from estafeta.notifications.content import BELL, Content

if TYPE_CHECKING:
    from estafeta.notifications.models import Delivery

LONGEST_TITLE, LONGEST_BODY = 160, 600
MOST_BYTES = 3000
"""Services take 4096 bytes with everything around it."""
SIGNED_FOR = 12 * 3600
"""Seconds; RFC 8292 allows a day."""


def parcel_for(content: Content, bundle: Sequence[Delivery], *, contact: str) -> bytes:
    """What the sender needs: endpoint, headers and the encrypted body."""
    delivery = bundle[0]
    assert delivery.target is not None
    browser = Subscription.of(delivery.target.value)
    topic = _topic(content)
    headers = {
        "TTL": str(max(0, int((delivery.expires_at - timezone.now()).total_seconds()))),
        "Urgency": "high" if content.is_urgent else "normal",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        **_signature(browser.endpoint, contact),
    }
    if topic:
        # A newer word on the same takes the place of one that has not been fetched yet.
        headers["Topic"] = topic
    body = _encrypted(_plaintext(content, delivery), browser)
    parcel = {"url": browser.endpoint, "headers": headers, "body": keys.as_text(body)}
    return json.dumps(parcel).encode()


def shown(content: Content, delivery: Delivery) -> dict[str, Any]:
    """What the service worker (static/js/service_worker.js) shows and does."""
    told: dict[str, Any] = {
        "title": content.title[:LONGEST_TITLE],
        "body": content.text[:LONGEST_BODY],
        "path": _path_of(content.link) or _page_of(content),
        "tag": _topic(content) or f"message-{delivery.bundle or delivery.pk}",
        "urgent": content.is_urgent,
        "icon": static("icons/app-192.png"),
        "badge": static("icons/badge-96.png"),
    }
    if delivery.person is not None:
        told["unread"] = seen.unseen_count(delivery.person)
    return told | buttons(delivery)


def _topic(content: Content) -> str:
    """The one ticket or room that it tells of."""
    if content.talk is not None:
        return f"room-{content.talk}"
    return f"ticket-{content.message.number}" if content.message else ""


def _page_of(content: Content) -> str:
    """Where nobody has said the address of the house."""
    if content.talk is not None:
        return f"/chat/{content.talk}"
    return content.message.path if content.message else BELL


def _path_of(link: str) -> str:
    """Everything after the host."""
    parts = urlsplit(link)
    return parts._replace(scheme="", netloc="").geturl() if parts.path else ""


def _plaintext(content: Content, delivery: Delivery) -> bytes:
    told = shown(content, delivery)
    while len(text := json.dumps(told, ensure_ascii=False).encode()) > MOST_BYTES:
        longest = "body" if told["body"] else "title"
        told[longest] = told[longest][: len(told[longest]) // 2]
    return text


def _encrypted(plaintext: bytes, browser: Subscription) -> bytes:
    import http_ece
    from cryptography.hazmat.primitives.asymmetric import ec

    encrypted: bytes = http_ece.encrypt(
        plaintext, private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=keys.as_bytes(browser.p256dh), auth_secret=keys.as_bytes(browser.auth),
        version="aes128gcm",
    )  # fmt: skip
    return encrypted


def _signature(endpoint: str, contact: str) -> dict[str, str]:
    from py_vapid import Vapid02

    signer = Vapid02.from_raw(keys.current().private.encode())
    audience = check(endpoint, settings.INSIDE_ADDRESSES).origin
    claims = {"aud": audience, "sub": _subject(contact), "exp": int(time.time()) + SIGNED_FOR}
    signer.conf["no-strict"] = True
    headers: dict[str, str] = signer.sign(claims)
    return headers


def _subject(contact: str) -> str:
    """Whom the service can write to."""
    return f"mailto:{contact or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
