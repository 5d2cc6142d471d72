"""Addresses that will never work again: nothing more is sent there, and their owner is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from estafeta.accounts.models import Membership, Person
from estafeta.lib import nudge
from estafeta.notifications import channel_settings, ledger
from estafeta.notifications.causes import cause_of
from estafeta.notifications.channels.channel import Target
from estafeta.notifications.models import Address, Delivery, DeliveryState, Webhook
from estafeta.notifications.models.address import fingerprint_of

TOLD_WITHIN = timedelta(days=3)
MOST_TOLD = 20
"""Of heads or administrators, where the address is nobody's own."""


def stop(delivery: Delivery, reason: str) -> bool:
    """The other side says that nothing will ever reach this address; False: it was stopped before."""
    now = timezone.now()
    with transaction.atomic():
        address = _row_of(delivery)
        stopped = Address.objects.filter(pk=address.pk, stopped_at=None).update(
            stopped_at=now, stopped_reason=reason[:500]
        )
        ledger.waiting_with(delivery).filter(worker="").update(
            state=DeliveryState.FAILED, settled_at=now, error=reason, cause=cause_of(reason)
        )
        if stopped:
            _tell(address, reason)
    return bool(stopped)


def _row_of(delivery: Delivery) -> Address:
    """Its row; what stands on a person's card gets one now."""
    if delivery.target is not None:
        return delivery.target
    value, now = delivery.address, timezone.now()
    made = Address(
        person=delivery.person, channel=delivery.channel, label=value, created_at=now,
        confirmed_at=now,
    )  # fmt: skip
    made.value = value
    return Address.objects.get_or_create(
        person=delivery.person, channel=delivery.channel, fingerprint=made.fingerprint,
        defaults={
            "sealed_value": made.sealed_value, "label": value[:200], "created_at": now,
            "confirmed_at": now,
        },
    )[0]  # fmt: skip


def _tell(address: Address, reason: str) -> None:
    now = timezone.now()
    notice = {
        "name": "address_stopped", "channel": address.channel, "address": address.label,
        "reason": reason[:500],
        **_whose(address),
    }  # fmt: skip
    rows = [
        Delivery(
            notice=notice, person=person, channel=channel, address=target.shown,
            target=target.address, created_at=now, next_attempt_at=now,
            expires_at=now + TOLD_WITHIN,
        )
        for person in _owners(address)
        for channel, target in _another_way(person, address)
    ]  # fmt: skip
    Delivery.objects.bulk_create(rows)
    nudge.ring("notification")


def _whose(address: Address) -> dict[str, Any]:
    """What the notice has to say of an address that is nobody's own."""
    if address.department is not None:
        return {"department": address.department.name, "department_id": address.department.pk}
    webhook = Webhook.objects.filter(address=address).first()
    return {"webhook": webhook.name, "webhook_id": webhook.pk} if webhook else {}


def _owners(address: Address) -> list[Person]:
    if address.person is not None:
        return [address.person] if address.person.is_active else []
    if address.department_id is not None:
        heads = Membership.objects.filter(
            department=address.department_id, is_head=True, person__is_active=True
        )
        return [row.person for row in heads.select_related("person").order_by("pk")[:MOST_TOLD]]
    everybody = Person.objects.filter(is_administrator=True, is_active=True)
    return list(everybody.order_by("pk")[:MOST_TOLD])


def _another_way(person: Person, dead: Address) -> Iterator[tuple[str, Target]]:
    """The first way on which the person is still reached; another channel before the same one."""
    channels = channel_settings.ready()
    order = sorted(channels, key=lambda name: name == dead.channel)
    for name in order:
        usable = list(Address.objects.usable().filter(person=person, channel=name).order_by("pk"))
        stopped = Address.objects.filter(person=person, channel=name, stopped_at__isnull=False)
        barred = set(stopped.values_list("fingerprint", flat=True))
        for target in channels[name].targets_of(person, usable):
            if target.address is not None or fingerprint_of(target.shown) not in barred:
                yield name, target
                return
