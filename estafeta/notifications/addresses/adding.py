"""A new address: checked by its channel, limited in number, kept sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib import rate
from estafeta.notifications.addresses import proving, trail
from estafeta.notifications.addresses.owners import Owner, of, owned_by, require, takes
from estafeta.notifications.channels.channel import Channel, Given
from estafeta.notifications.models import Address
from estafeta.notifications.models.address import fingerprint_of

MOST_ADDRESSES = 30
MOST_OF_ONE_CHANNEL = 10
MOST_A_MINUTE = 10
"""To judge one may take a process and a second."""


def begin(channel: Channel, given: Mapping[str, Any], *, owner: Owner, by: Person) -> Address:
    """Keep what the channel's filled-in form says and send a code there; nothing else goes there yet.

    Raises Invalid, by the form's fields.
    """
    require(owner, by=by)
    if not takes(channel, owner):
        raise Invalid.at("", _("No address of this kind can be added here."))
    if rate.seconds_to_wait("address", by.pk, most=MOST_A_MINUTE):
        raise Invalid.at("", _("You try many addresses. Wait a minute and try again."))
    try:
        # Outside the transaction: some channels have a process of their own judge it.
        checked = channel.check_address(given)
    except ValidationError as error:
        raise Invalid.of(error) from None
    return _begin(channel, checked, owner=owner, by=by)


@action
def _begin(channel: Channel, checked: Given, *, owner: Owner, by: Person) -> Address:
    address = _kept(channel, checked, owner=owner, confirmed_at=None)
    proving.send(address, by=by)
    return address


@action
def keep(channel: Channel, given: Given, *, owner: Owner, by: Person) -> Address:
    """Keep an address that proved itself another way: a browser subscribed, a chat sent its code."""
    require(owner, by=by)
    address = _kept(channel, given, owner=owner, confirmed_at=timezone.now())
    trail.tell(Kind.ADDRESS_ADDED, address, by=by)
    return address


def _kept(
    channel: Channel, given: Given, *, owner: Owner, confirmed_at: datetime | None
) -> Address:
    rows = of(owner)
    known = rows.filter(channel=channel.name, fingerprint=fingerprint_of(given.value)).first()
    if known is not None and known.confirmed_at is not None and confirmed_at is None:
        raise Invalid.at("", _("This address is there already."))
    if known is None:
        same = rows.filter(channel=channel.name).count()
        if same >= MOST_OF_ONE_CHANNEL or rows.count() >= MOST_ADDRESSES:
            raise Invalid.at("", _("There are too many addresses. Remove one first."))
        known = Address(channel=channel.name, created_at=timezone.now(), **owned_by(owner))
    known.value, known.label, known.details = given.value, given.label[:200], dict(given.details)
    known.confirmed_at = known.confirmed_at or confirmed_at
    known.is_on, known.stopped_at, known.stopped_reason = True, None, ""
    known.save()
    return known
