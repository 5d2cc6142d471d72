"""The keys by which push services know this installation: made once, the private one kept sealed."""

from __future__ import annotations

import base64
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
    row = PushKeys.objects.filter(pk=1).first() or _made()
    return Pair(row.public, sealed.opened(row.sealed_private))


def _made() -> PushKeys:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = ec.generate_private_key(ec.SECP256R1())
    number = key.private_numbers().private_value.to_bytes(32, "big")
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    # Two processes may ask at once: what the other one has made counts.
    return PushKeys.objects.get_or_create(
        pk=1,
        defaults={
            "public": as_text(point), "sealed_private": sealed.sealed(as_text(number)),
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
