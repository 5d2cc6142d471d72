"""Whose an address is, and who may change it."""

from __future__ import annotations

from typing import Any

from estafeta.accounts import permissions
from estafeta.accounts.models import Department, Person
from estafeta.notifications import channel_settings
from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.models import Address
from estafeta.notifications.models.address import AddressQuerySet

Owner = Person | Department


def of(owner: Owner) -> AddressQuerySet:
    """All addresses of a person or a department, by channel, the oldest first."""
    return Address.objects.filter(**owned_by(owner)).order_by("channel", "pk")


def owned_by(owner: Owner) -> dict[str, Any]:
    """What a row of this owner says."""
    return {"person": owner} if isinstance(owner, Person) else {"department": owner}


def owner_of(address: Address) -> Owner | None:
    """Nobody, where another system listens."""
    return address.person or address.department


def may_change(owner: Owner | None, *, by: Person) -> bool:
    """One's own; a department's its heads, those above them, and administrators."""
    if isinstance(owner, Person):
        return owner.pk == by.pk and by.is_active
    if owner is None:
        return permissions.administers(by)
    return permissions.administers(by) or (by.is_active and owner.pk in by.standing.headed)


def require(owner: Owner | None, *, by: Person) -> None:
    """Raise NotAllowed unless allowed."""
    permissions.require(may_change(owner, by=by))


def takes(channel: Channel, owner: Owner) -> bool:
    """Whether the owner may add an address of this channel by its form now."""
    fits = channel.for_departments if isinstance(owner, Department) else channel.for_people
    return fits and channel.address_form is not None and channel_settings.is_ready(channel)
