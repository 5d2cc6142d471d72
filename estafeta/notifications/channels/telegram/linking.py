"""Whose chat it is: a code from the profile, shown once, says it for a quarter of an hour."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from estafeta.accounts import security
from estafeta.accounts.models import Person
from estafeta.notifications import addresses
from estafeta.notifications.addresses.owners import owned_by
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import Given
from estafeta.notifications.models import Address, LinkCode
from estafeta.notifications.models.address import fingerprint_of

NAME = "telegram"
VALID = timedelta(minutes=15)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 10


class Code(NamedTuple):
    """What the profile shows."""

    text: str
    until: datetime


class Taken(Exception):
    """The chat belongs to somebody already."""

    def __init__(self, owner: Person) -> None:
        super().__init__(owner.pk)
        self.owner = owner


def new_code(person: Person) -> Code:
    """Make one; the person's code before is worth nothing any more."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    until = timezone.now() + VALID
    LinkCode.objects.update_or_create(
        person=person, defaults={"hash": _hash(code), "expires_at": until}
    )
    return Code(code, until)


def link(code: str, *, chat: str, name: str) -> Person | None:
    """Give the chat to whoever the code was made for; None for a code that is worth nothing.

    Raises Taken, and Invalid where the person has too many chats already.
    """
    with transaction.atomic():
        security.lock()  # nobody else links this chat at the same moment
        rows = LinkCode.objects.select_for_update(of=("self",)).select_related("person")
        row = rows.filter(hash=_hash(code), expires_at__gt=timezone.now()).first()
        if row is None or not row.person.is_active:
            return None
        owner = owner_of(chat)
        if owner is not None and owner.person_id != row.person_id:
            assert owner.person is not None
            raise Taken(owner.person)
        addresses.keep(CHANNELS[NAME], Given(chat, name), owner=row.person, by=row.person)
        row.delete()
    return row.person


def owner_of(chat: str) -> Address | None:
    """The linked address of this chat, whether it is switched on or not."""
    rows = Address.objects.filter(channel=NAME, fingerprint=fingerprint_of(chat))
    return (
        rows.filter(confirmed_at__isnull=False, person__isnull=False)
        .select_related("person")
        .first()
    )


def chats_of(person: Person) -> list[Address]:
    """What the person has linked, the oldest first."""
    return list(Address.objects.filter(channel=NAME, **owned_by(person)).order_by("pk"))


def unlink(address: Address, *, by: Person) -> None:
    """Nothing is sent there any more, and nothing that comes from there is heard."""
    addresses.remove(address, by=by)


def _hash(code: str) -> str:
    return hashlib.sha256("".join(code.upper().split()).encode()).hexdigest()
