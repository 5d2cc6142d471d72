"""What happens to an address later: on, off, tried again, tested, removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import Kind as Trail
from estafeta.notifications.addresses import notices, trail
from estafeta.notifications.addresses.owners import owner_of, require
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Address, Delivery, DeliveryState

MOST_TESTS = 10
TEST_LASTS = timedelta(minutes=30)


@action
def switch(address: Address, is_on: bool, *, by: Person) -> None:
    """Send nothing there for a while, or again."""
    require(owner_of(address), by=by)
    Address.objects.filter(pk=address.pk).update(is_on=is_on)


@action
def choose_kinds(address: Address, kinds: Sequence[str], *, by: Person) -> None:
    """What the address of a department hears of; people choose in their matrix."""
    require(owner_of(address), by=by)
    if address.department_id is None or not kinds or set(kinds) - set(Kind.values):
        raise Invalid.at("kinds", _("Choose at least one kind of news."))
    row = Address.objects.select_for_update(of=("self",)).get(pk=address.pk)
    row.details["kinds"] = list(kinds)
    row.save(update_fields=["details"])


@action
def resume(address: Address, *, by: Person) -> None:
    """Try a stopped address again: its owner says that it works."""
    require(owner_of(address), by=by)
    Address.objects.filter(pk=address.pk).update(stopped_at=None, stopped_reason="", is_on=True)


@action
def send_test(address: Address, *, by: Person) -> Delivery:
    """A message that says nothing but that it has arrived."""
    require(owner_of(address), by=by)
    if address.confirmed_at is None:
        raise Invalid.at("", _("Confirm this address first."))
    if notices.count("test", by=by) >= MOST_TESTS:
        raise Invalid.at("", _("You have sent many tests. Wait an hour and try again."))
    return notices.enqueue("test", address, by=by, lasts=TEST_LASTS)


@action
def remove(address: Address, *, by: Person) -> None:
    """Forget it; what was sent there stays in the ledger, what still waits is not sent."""
    require(owner_of(address), by=by)
    Delivery.objects.queued().filter(target=address).update(
        state=DeliveryState.EXPIRED, settled_at=timezone.now(), error="The address was removed."
    )
    if address.confirmed_at is not None:
        trail.tell(Trail.ADDRESS_REMOVED, address, by=by)
    address.delete()
