"""A test message through the queue, as every other one goes; and what became of it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from estafeta.accounts import permissions
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.lib import nudge
from estafeta.notifications import channel_settings
from estafeta.notifications.channels.channel import Channel, Target
from estafeta.notifications.models import Address, Delivery

LASTS = timedelta(minutes=15)
"""A test that comes an hour later only puzzles."""
SPAN = timedelta(hours=1)
MOST = 30


def targets(channel: Channel, person: Person) -> list[Target]:
    """Where the administrator can have one sent: to himself, or to an address of a department."""
    rows = Address.objects.usable().filter(channel=channel.name)
    own = (
        list(channel.targets_of(person, list(rows.filter(person=person))))
        if channel.is_personal
        else []
    )
    others = rows.filter(department__isnull=False).select_related("department").order_by("pk")
    return own + [Target(f"{row.department}: {row.label}", row) for row in others[:50]]


def send_test(channel: Channel, target: Target, *, by: Person) -> Delivery:
    """Put it into the queue. Raises Invalid where it could not leave."""
    permissions.require(permissions.administers(by))
    if not channel_settings.is_ready(channel):
        raise Invalid.at("", _("Switch the channel on and fill in what is missing first."))
    now = timezone.now()
    lately = Delivery.objects.filter(person=by, created_at__gt=now - SPAN, notice__name="test")
    if lately.count() >= MOST:
        raise Invalid.at("", _("You have sent many tests. Wait an hour and try again."))
    with transaction.atomic():
        made = Delivery.objects.create(
            notice={"name": "test"}, person=by, channel=channel.name,
            address=target.address.label if target.address else target.shown,
            target=target.address, created_at=now, next_attempt_at=now, expires_at=now + LASTS,
        )  # fmt: skip
        nudge.ring("notification")
    return made
