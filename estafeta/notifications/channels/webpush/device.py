"""A device in an address's details: what it is, and by which token its program acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from estafeta.accounts.models import ApiToken

if TYPE_CHECKING:
    from estafeta.notifications.models import Address

DETAIL = "device"
SIGNED_OUT = "The token of the device is no longer valid."


@dataclass(frozen=True)
class Device:
    """Not a browser: it has no session."""

    platform: str
    token: int
    seen_at: datetime


def device_of(address: Address) -> Device | None:
    """Nothing, where it is a browser."""
    kept = address.details.get(DETAIL)
    if kept is None:
        return None
    return Device(kept["platform"], kept["token"], datetime.fromisoformat(kept["seen_at"]))


def is_signed_in(device: Device) -> bool:
    """Whether its program still acts for its person."""
    token = ApiToken.objects.filter(pk=device.token).first()
    return token is not None and token.is_valid
