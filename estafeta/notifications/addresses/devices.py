"""Programs on phones and desks that take messages: they register with the token they act by.

A device is an address of the channel of browsers: whatever hands out an endpoint with keys by RFC 8030
and 8291 (a browser, a distributor of UnifiedPush) is written to in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import ApiToken, Person
from estafeta.lib.text import one_line
from estafeta.notifications import channel_settings
from estafeta.notifications.addresses import adding
from estafeta.notifications.addresses.owners import of, require
from estafeta.notifications.channels.channel import Given
from estafeta.notifications.channels.webpush import WebPush
from estafeta.notifications.channels.webpush.device import DETAIL, device_of
from estafeta.notifications.channels.webpush.subscription import Subscription
from estafeta.notifications.models import Address
from estafeta.notifications.models.address import AddressQuerySet, fingerprint_of

SEEN_AT_MOST_EVERY = timedelta(minutes=15)
LONGEST_NAME = 80


@dataclass(frozen=True)
class Wanted:
    """What a program says of its device."""

    name: str
    platform: str
    endpoint: str
    p256dh: str
    auth: str


def devices_of(person: Person) -> AddressQuerySet:
    """All of a person's, the oldest first."""
    return of(person).filter(channel=WebPush.name, details__has_key=DETAIL)


def register(wanted: Wanted, *, token: ApiToken, by: Person) -> Address:
    """Keep a device; the same one again is only brought up to date. Raises Invalid."""
    return _keep(wanted, None, token=token, by=by)


def change(address: Address, wanted: Wanted, *, token: ApiToken, by: Person) -> Address:
    """The same device under another name, or with another endpoint. Raises Invalid."""
    require(address.person, by=by)
    return _keep(wanted, address, token=token, by=by)


@action
def _keep(wanted: Wanted, known: Address | None, *, token: ApiToken, by: Person) -> Address:
    channel = channel_settings.ready().get(WebPush.name)
    if channel is None:
        raise Invalid.at("", _("Messages to devices are switched off here."))
    name, value = _a_name(wanted.name), _value(wanted)
    same = Address.objects.filter(channel=WebPush.name, fingerprint=fingerprint_of(value))
    known = known or same.filter(person=by).first()
    # Whoever used the device before hears nothing there any more.
    (same.exclude(pk=known.pk) if known else same).delete()
    details = {DETAIL: {"platform": wanted.platform, "token": token.pk, "seen_at": _now()}}
    if known is None:
        return adding.keep(channel, Given(value, name, details), owner=by, by=by)
    known.value, known.label, known.details = value, name, {**known.details, **details}
    known.stopped_at, known.stopped_reason = None, ""
    known.save()
    return known


@action
def rename(address: Address, name: str, *, by: Person) -> Address:
    """The name by which its person knows it. Raises Invalid."""
    require(address.person, by=by)
    address.label = _a_name(name)
    address.save(update_fields=["label"])
    return address


def mark_seen(person: Person, number: int) -> None:
    """The program of this device has asked for news; written down now and then."""
    row = devices_of(person).filter(pk=number).first()
    device = device_of(row) if row else None
    if row is None or device is None or timezone.now() - device.seen_at < SEEN_AT_MOST_EVERY:
        return
    row.details[DETAIL]["seen_at"] = _now()
    row.save(update_fields=["details"])


def _value(wanted: Wanted) -> str:
    subscription = Subscription(wanted.auth, wanted.endpoint, wanted.p256dh)
    try:
        return subscription.given("").value
    except Invalid:
        detail = _("Nothing can be sent to this endpoint with these keys.")
        raise Invalid.at("endpoint", detail) from None


def _a_name(given: str) -> str:
    name = one_line(given)
    if not name:
        raise Invalid.at("name", _("Give the device a name."))
    if len(name) > LONGEST_NAME:
        raise Invalid.at("name", _("At most 80 characters fit."))
    return name


def _now() -> str:
    return timezone.now().isoformat()
