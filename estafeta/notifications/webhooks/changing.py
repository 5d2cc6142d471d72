"""What administrators do with webhooks; each is written into the security trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Person
from estafeta.accounts.models.security_entry import Kind as Trail
from estafeta.lib import nudge, outside, sealed
from estafeta.lib.text import one_line
from estafeta.notifications.addresses import notices
from estafeta.notifications.channels.webhook.writing import new_secret
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Address, Delivery, DeliveryState, Webhook
from estafeta.notifications.models.address import fingerprint_of
from estafeta.notifications.webhooks.hearing import CHANNEL

OVERLAP = timedelta(days=1)
"""So long the secret before still signs too, that the other side can change over."""
MOST, MOST_TESTS = 50, 30
TEST_LASTS = timedelta(minutes=30)
AGAIN_LASTS = timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """What the form says."""

    name: str
    url: str
    kinds: Sequence[str]
    departments: Sequence[Department]
    with_notes: bool


@action
def make(wanted: Wanted, *, by: Person) -> tuple[Webhook, str]:
    """Add one; its secret is shown this once."""
    permissions.require(permissions.administers(by))
    if Webhook.objects.count() >= MOST:
        raise Invalid.at("", _("There are too many webhooks. Remove one first."))
    now, secret = timezone.now(), new_secret()
    address = Address(channel=CHANNEL, created_at=now, confirmed_at=now)
    webhook = Webhook(made_by=by, created_at=now, sealed_secret=sealed.sealed(secret))
    _fill(webhook, address, wanted)
    address.save()
    webhook.address = address
    webhook.save()
    webhook.departments.set(wanted.departments)
    _tell(webhook, by, added=True)
    return webhook, secret


@action
def change(webhook: Webhook, wanted: Wanted, *, by: Person) -> list[str]:
    """Another address or other wishes; names of what changed."""
    permissions.require(permissions.administers(by))
    row = Webhook.objects.select_related("address").get(pk=webhook.pk)
    before = _shape(row)
    _fill(row, row.address, wanted)
    row.address.save()
    row.save()
    row.departments.set(wanted.departments)
    after = _shape(row)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        _tell(row, by, fields=changed)
    return changed


@action
def rotate(webhook: Webhook, *, by: Person) -> str:
    """Another secret, shown this once; for a day messages are signed with both."""
    permissions.require(permissions.administers(by))
    row, secret = Webhook.objects.get(pk=webhook.pk), new_secret()
    row.sealed_old_secret, row.sealed_secret = row.sealed_secret, sealed.sealed(secret)
    row.old_secret_until = timezone.now() + OVERLAP
    row.save()
    _tell(row, by, fields=["secret"])
    return secret


@action
def switch(webhook: Webhook, is_on: bool, *, by: Person) -> None:
    """Send nothing for a while, or again; what was stopped is tried again."""
    permissions.require(permissions.administers(by))
    row = Address.objects.select_for_update(of=("self",)).get(pk=webhook.address_id)
    row.is_on = is_on
    if is_on:
        row.stopped_at, row.stopped_reason = None, ""
        row.details["tried_again_at"] = timezone.now().isoformat()
    row.save(update_fields=["is_on", "stopped_at", "stopped_reason", "details"])
    Webhook.objects.filter(pk=webhook.pk).update(failing_since=None)
    _tell(webhook, by, fields=["is_on"])


@action
def remove(webhook: Webhook, *, by: Person) -> None:
    """For good; what waits is not sent."""
    permissions.require(permissions.administers(by))
    Delivery.objects.queued().filter(target=webhook.address_id).update(
        state=DeliveryState.EXPIRED, settled_at=timezone.now(), error="The webhook was removed."
    )
    _tell(webhook, by, removed=True)
    Address.objects.filter(pk=webhook.address_id).delete()


@action
def send_test(webhook: Webhook, *, by: Person) -> Delivery:
    """A message that tells of nothing."""
    permissions.require(permissions.administers(by))
    if notices.count("test", by=by) >= MOST_TESTS:
        raise Invalid.at("", _("You have sent many tests. Wait an hour and try again."))
    return notices.enqueue("test", webhook.address, by=by, lasts=TEST_LASTS)


@action
def redeliver(delivery: Delivery, *, by: Person) -> None:
    """Send one again, under the same id, whatever became of it."""
    permissions.require(permissions.administers(by))
    now = timezone.now()
    Delivery.objects.filter(pk=delivery.pk, channel=CHANNEL).update(
        state=DeliveryState.QUEUED, attempts=0, next_attempt_at=now, worker="", settled_at=None,
        sent_at=None, server_id="", error="", cause="", expires_at=now + AGAIN_LASTS,
    )  # fmt: skip
    nudge.ring("notification")


def _fill(webhook: Webhook, address: Address, wanted: Wanted) -> None:
    name, url = one_line(wanted.name), wanted.url.strip()
    if not name or len(name) > 80:
        raise Invalid.at("name", _("Give it a name of at most 80 characters."))
    if unknown := set(wanted.kinds) - set(Kind.values):
        raise Invalid.at("kinds", _("Unknown: %(names)s") % {"names": ", ".join(sorted(unknown))})
    webhook.name, webhook.kinds = name, list(wanted.kinds)
    webhook.with_notes = wanted.with_notes
    if not url and address.pk:
        return
    try:
        outside.check(url, settings.INSIDE_ADDRESSES)
    except outside.Refused as refused:
        raise Invalid.at("url", _refusal(str(refused))) from None
    same = Address.objects.filter(channel=CHANNEL, fingerprint=fingerprint_of(url))
    if same.exclude(pk=address.pk).exists():
        raise Invalid.at("url", _("Another webhook has this address."))
    address.value, address.label = url, f"{name} ({urlsplit(url).hostname})"[:200]


def _refusal(reason: str) -> str:
    if "inside" in reason:
        return _(
            "This address is inside. Whoever runs the server can allow it (ESTAFETA_INSIDE_ADDRESSES)."
        )
    return _("Type an address that begins with https://")


def _shape(webhook: Webhook) -> dict[str, object]:
    return {
        "name": webhook.name, "url": webhook.address.fingerprint, "kinds": list(webhook.kinds),
        "departments": sorted(webhook.departments.values_list("pk", flat=True)),
        "with_notes": webhook.with_notes,
    }  # fmt: skip


def _tell(webhook: Webhook, by: Person, **facts: Any) -> None:
    security.record(Trail.WEBHOOK_CHANGED, by=by, name=webhook.name, webhook=webhook.pk, **facts)
