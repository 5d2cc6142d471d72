"""The keys by which push services know this installation: made once, the private one kept sealed."""

from __future__ import annotations

import base64
from contextlib import suppress
from typing import NamedTuple

from django.utils import timezone

from estafeta.lib import sealed
from estafeta.notifications.models import PushKeys


class Pair(NamedTuple):
    """Both base64url: the public point as browsers want it, the private number."""

    public: str
    private: str


def current() -> Pair:
    """Read them, or make them if this is the first time anybody asks."""
    rows = list(PushKeys.objects.order_by("-pk"))
    for row in rows:
        # A pair that was sealed under another key of the installation stays, should that come back.
        with suppress(sealed.CannotBeOpened):
            return _pair(row)
    return _pair(_made(rows[0].pk + 1 if rows else 1))


def _pair(row: PushKeys) -> Pair:
    return Pair(row.public, sealed.opened(row.sealed_private))


def _made(number: int) -> PushKeys:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = ec.generate_private_key(ec.SECP256R1())
    secret = key.private_numbers().private_value.to_bytes(32, "big")
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    # Two processes may ask at once: what the other one has made counts.
    return PushKeys.objects.get_or_create(
        pk=number,
        defaults={
            "public": as_text(point), "sealed_private": sealed.sealed(as_text(secret)),
            "created_at": timezone.now(),
        },
    )[0]  # fmt: skip


def as_text(content: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def as_bytes(text: str) -> bytes:
    """The bytes again. Raises ValueError."""
    if not text.isascii():
        raise ValueError("not base64url")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
