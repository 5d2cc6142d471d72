"""What the page shows: each channel with its addresses, and how one is added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from estafeta.accounts.models import Department, Person
from estafeta.notifications import addresses, channel_settings
from estafeta.notifications.addresses import Owner
from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.channels.webpush.device import Device, device_of, is_signed_in
from estafeta.notifications.models import Address, Delivery, DeliveryState
from estafeta.notifications.outside import USUAL_KINDS


@dataclass
class Line:
    """One address."""

    address: Address
    last: Delivery | None
    code_error: str = ""

    @property
    def waits_for_code(self) -> bool:
        """Nobody has proved yet whose it is."""
        return self.address.confirmed_at is None

    @property
    def device(self) -> Device | None:
        """A program that registered itself, and no browser."""
        return device_of(self.address)

    @property
    def is_signed_out(self) -> bool:
        """The program's token is no longer valid: nothing goes there."""
        return self.device is not None and not is_signed_in(self.device)

    @property
    def is_code_open(self) -> bool:
        """A code that was sent is still worth something."""
        return addresses.is_open(self.address)

    @property
    def kinds(self) -> Sequence[str]:
        """What it hears of, if it is a department's."""
        chosen: Sequence[str] = self.address.details.get("kinds", USUAL_KINDS)
        return chosen

    @property
    def is_moving(self) -> bool:
        """Something is on its way there just now, so that the page looks again."""
        return (
            self.last is not None
            and self.last.notice is not None
            and self.last.state == DeliveryState.QUEUED
            and (timezone.now() - self.last.created_at).total_seconds() < 120
        )

    @property
    def told(self) -> str:
        """How the last message to it fared."""
        if self.last is None:
            return ""
        if self.last.state == DeliveryState.QUEUED:
            if not self.last.error:
                return _("A message is on its way.")
            return _("A message has not arrived yet and is tried again: %(reason)s") % {
                "reason": self.last.error
            }
        if self.last.state == DeliveryState.SENT:
            return _("The last message has arrived.")
        return _("The last message was not delivered: %(reason)s") % {"reason": self.last.error}


@dataclass
class Section:
    """One channel."""

    channel: Channel
    lines: list[Line]
    form: forms.Form | None
    card_address: str = ""
    """What the person's card says, where that is how the channel reaches him."""
    way: Mapping[str, Any] = field(default_factory=dict)
    """What the template of the channel's own way needs."""
    is_open: bool = False
    """The form was filled in wrongly and has to be seen."""


def sections(owner: Owner, *, wrong: forms.Form | None = None, to: str = "") -> list[Section]:
    """Every channel that can reach the owner; `wrong` is the form of channel `to` to show again."""
    own: dict[str, list[Line]] = {}
    for address in _with_last(addresses.of(owner)):
        own.setdefault(address.channel, []).append(Line(address, _last_of(address)))
    found = []
    for name, channel in channel_settings.ready().items():
        form = wrong if name == to else form_of(channel, owner)
        lines = own.get(name, [])
        card = owner.email if name == "mail" and isinstance(owner, Person) else ""
        way = channel.own_way_values(owner) if has_own_way(channel, owner) else {}
        if form or lines or card or has_own_way(channel, owner):
            found.append(Section(channel, lines, form, card, way, is_open=name == to))
    return found


def form_of(channel: Channel, owner: Owner, data: Any = None) -> forms.Form | None:
    """The fields for another address, or None where none can be added this way."""
    takes = channel.for_departments if isinstance(owner, Department) else channel.for_people
    if channel.address_form is None or not takes:
        return None
    initial = channel.suggestion(owner) if isinstance(owner, Person) else {}
    return channel.address_form(data, auto_id=f"{channel.name}-%s", initial=dict(initial))


def has_own_way(channel: Channel, owner: Owner) -> bool:
    """Whether a person adds one another way."""
    return bool(channel.own_way) and isinstance(owner, Person)


def _with_last(rows: Any) -> Iterable[Address]:
    latest = Delivery.objects.filter(target=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    found = list(rows.annotate(last_delivery=Subquery(latest)))
    known = Delivery.objects.in_bulk([row.last_delivery for row in found if row.last_delivery])
    for row in found:
        row.last_shown = known.get(row.last_delivery)
    return found


def _last_of(address: Any) -> Delivery | None:
    last: Delivery | None = address.last_shown
    return last
