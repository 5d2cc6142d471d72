"""Devices that take messages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from estafeta.api.schemas.base import Body, Out
from estafeta.notifications.addresses.devices import Wanted
from estafeta.notifications.channels.webpush.device import device_of
from estafeta.notifications.models import Address

Platform = Literal["android", "ios", "linux", "macos", "windows", "web", "other"]
_Name = Annotated[str, StringConstraints(max_length=200)]
_Endpoint = Annotated[str, StringConstraints(max_length=2000)]
_Key = Annotated[str, StringConstraints(max_length=200)]


class DeviceBody(Body):
    """What push messages are sent to (RFC 8030, 8291)."""

    name: _Name = Field(description="By which its person knows it")
    platform: Platform = "other"
    endpoint: _Endpoint = Field(description="Where the push service takes messages for it")
    p256dh: _Key = Field(description="Its public key, base64url")
    auth: _Key = Field(description="Its secret, base64url")

    def wanted(self) -> Wanted:
        """As the domain takes it."""
        return Wanted(self.name, self.platform, self.endpoint, self.p256dh, self.auth)


class RenameBody(Body):
    """Another name."""

    name: _Name


class RevokeBody(Body):
    """What ends."""

    token_too: bool = Field(
        False, description="The token that registered it as well: the device was lost"
    )


class DeviceOut(Out):
    """A device; where its messages go nobody is told again."""

    id: int
    name: str
    platform: str
    is_on: bool
    is_this: bool = Field(description="Registered with the token that asks")
    seen_at: datetime = Field(description="When its program last asked for news")
    stopped_at: datetime | None = Field(description="Since when its service refuses messages")
    stopped_reason: str
    created_at: datetime

    @classmethod
    def of(cls, row: Address, token: int) -> DeviceOut:
        """For a request with this token."""
        device = device_of(row)
        assert device is not None
        return cls(
            id=row.pk, name=row.label, platform=device.platform, is_on=row.is_on,
            is_this=device.token == token, seen_at=device.seen_at, stopped_at=row.stopped_at,
            stopped_reason=row.stopped_reason, created_at=row.created_at,
        )  # fmt: skip


class Devices(Out):
    """All of yours."""

    devices: list[DeviceOut]
    push_key: str = Field(
        description="The key by which this installation signs messages (VAPID, RFC 8292)"
    )


class Revoked(Out):
    """It takes no more messages."""

    revoked: bool = True
    token_revoked: bool = False
