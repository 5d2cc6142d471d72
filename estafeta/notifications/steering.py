"""What administrators do with the queue: try again, hold a channel back, let it go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib import nudge
from estafeta.notifications.models import Address, ChannelState, Delivery, DeliveryState
from estafeta.notifications.models.delivery import DeliveryQuerySet

TRIED_FOR = timedelta(days=1)
"""So long what is tried again may take."""
GIVEN_UP = (DeliveryState.FAILED, DeliveryState.EXPIRED)


@action
def retry(delivery: Delivery, *, by: Person) -> int:
    """Try one message again now; how many deliveries travel in it.

    None, if it was sent or if its address is stopped: that has to be resumed first.
    """
    permissions.require(permissions.administers(by))
    rows = Delivery.objects.filter(channel=delivery.channel)
    rows = rows.filter(Q(bundle=delivery.bundle) if delivery.bundle else Q(pk=delivery.pk))
    rows.queued().filter(worker="").update(next_attempt_at=timezone.now())
    count = _again(rows.filter(state__in=GIVEN_UP))
    _tell(by, f"{delivery.channel} #{delivery.pk}", queued_again=[0, count])
    return count


@action
def retry_all(channel: str, cause: str, *, by: Person) -> int:
    """Try again whatever has failed for this cause; how many deliveries it were."""
    permissions.require(permissions.administers(by))
    count = _again(
        Delivery.objects.filter(channel=channel, cause=cause, state=DeliveryState.FAILED)
    )
    _tell(by, f"{channel}: {cause}", queued_again=[0, count])
    return count


@action
def pause(channel: str, *, by: Person) -> None:
    """Let nothing leave by the channel; whatever is due waits."""
    permissions.require(permissions.administers(by))
    ChannelState.objects.get_or_create(channel=channel)
    if ChannelState.objects.filter(channel=channel, paused_at=None).update(
        paused_at=timezone.now(), paused_by=by
    ):
        _tell(by, channel, paused=[False, True])


@action
def resume(channel: str, *, by: Person) -> None:
    """Let messages leave again, also if the channel rests because it has failed."""
    permissions.require(permissions.administers(by))
    was_paused = ChannelState.objects.filter(channel=channel, paused_at__isnull=False).exists()
    ChannelState.objects.filter(channel=channel).update(
        paused_at=None, paused_by=None, failures=0, broken_until=None
    )
    nudge.ring("notification")
    if was_paused:
        _tell(by, channel, paused=[True, False])


_STOPPED_CARD = Address.objects.filter(
    stopped_at__isnull=False, person=OuterRef("person"), channel=OuterRef("channel"),
    label=OuterRef("address"),
)  # fmt: skip
"""What stands on a card has a row only once it was stopped, and no delivery names that."""


def _again(rows: DeliveryQuerySet) -> int:
    now = timezone.now()
    on_card = Q(Exists(_STOPPED_CARD), target=None)
    stopped = Q(target__stopped_at__isnull=False) | on_card
    count = Delivery.objects.filter(pk__in=rows.exclude(stopped).values("pk")).update(
        state=DeliveryState.QUEUED, attempts=0, next_attempt_at=now, worker="", settled_at=None,
        expires_at=Greatest("expires_at", now + TRIED_FOR),
    )  # fmt: skip
    nudge.ring("notification")
    return count


def _tell(by: Person, name: str, **changes: Any) -> None:
    security.record(Kind.SETTINGS_CHANGED, by=by, name=name, changes=changes)
