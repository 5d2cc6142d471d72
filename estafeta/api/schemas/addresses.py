"""Where people and departments are reached."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from django import forms
from pydantic import Field, StringConstraints

from estafeta.api.schemas.base import Body, Id, Named, Out
from estafeta.api.schemas.tickets import maybe
from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.models import Address


class Act(StrEnum):
    """What can be done to an address."""

    CONFIRM = "confirm"
    CODE = "code"
    ON = "on"
    OFF = "off"
    RESUME = "resume"
    TEST = "test"
    REMOVE = "remove"


class AddressOut(Out):
    """One address; what it is nobody is told again."""

    id: int
    channel: str
    label: str = Field(description="As people may see it")
    department: Named | None = Field(description="Whose it is; null: yours")
    is_on: bool
    is_confirmed: bool = Field(description="Its code has come back; before, nothing goes there")
    stopped_at: datetime | None = Field(description="Since when the other side refuses it")
    stopped_reason: str
    created_at: datetime

    @classmethod
    def of(cls, row: Address) -> AddressOut:
        """Expects the department to be loaded."""
        return cls(
            id=row.pk, channel=row.channel, label=row.label, department=maybe(row.department),
            is_on=row.is_on, is_confirmed=row.confirmed_at is not None, stopped_at=row.stopped_at,
            stopped_reason=row.stopped_reason, created_at=row.created_at,
        )  # fmt: skip


class FieldOut(Out):
    """One field of a new address."""

    name: str
    label: str
    help: str
    is_required: bool


class ChannelOut(Out):
    """A channel that takes addresses now."""

    name: str
    label: str
    fields: list[FieldOut]

    @classmethod
    def of(cls, channel: Channel, form: forms.Form) -> ChannelOut:
        """With the fields of its form."""
        return cls(
            name=channel.name, label=str(channel.label),
            fields=[
                FieldOut(
                    name=field.name, label=str(field.label), help=str(field.help_text),
                    is_required=field.field.required,
                )
                for field in form
            ],
        )  # fmt: skip


class Addresses(Out):
    """All of one owner, and what can be added."""

    addresses: list[AddressOut]
    channels: list[ChannelOut]


class AddressBody(Body):
    """A new address: a code is sent there."""

    channel: Annotated[str, StringConstraints(max_length=20)]
    fields: Annotated[dict[str, Annotated[str, StringConstraints(max_length=4000)]], Field(
        max_length=20, description="By the names of the channel's fields"
    )]  # fmt: skip
    department: Id | None = Field(None, description="Left out: it is yours")


class ActBody(Body):
    """What the act needs."""

    code: Annotated[str, StringConstraints(max_length=20)] = Field(
        "", description="To confirm: the six digits that came there"
    )
