"""Whose an address is, proved by a code of six digits that was sent there."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib import sealed
from estafeta.notifications.addresses import notices, trail
from estafeta.notifications.addresses.owners import owner_of, require
from estafeta.notifications.models import Address

VALID = timedelta(minutes=15)
MOST_TRIES = 5
MOST_CODES = 6
"""That one person may have sent within an hour: nobody's phone is rung by strangers."""


@action
def send_code(address: Address, *, by: Person) -> None:
    """Send another code; the one before is worth nothing any more."""
    require(owner_of(address), by=by)
    if address.confirmed_at is None:
        send(address, by=by)


def send(address: Address, *, by: Person) -> None:
    """The same inside somebody else's transaction."""
    if notices.count("code", by=by) >= MOST_CODES:
        raise Invalid.at("", _("You have asked for many codes. Wait an hour and try again."))
    code = f"{secrets.randbelow(10**6):06}"
    until = timezone.now() + VALID
    waiting = {"hash": _hash(address, code), "until": until.isoformat(), "tries": 0}
    address.details = {**address.details, "code": waiting}
    address.save(update_fields=["details"])
    notices.enqueue("code", address, by=by, lasts=VALID, sealed_code=sealed.sealed(code))


def is_open(address: Address) -> bool:
    """Whether a code that was sent there is still worth something."""
    code = address.details.get("code")
    return bool(code) and (
        timezone.now() < datetime.fromisoformat(code["until"]) and code["tries"] < MOST_TRIES
    )


def confirm(address: Address, code: str, *, by: Person) -> Address:
    """It is the owner's. Raises Invalid at "code"; a wrong one counts even so."""
    require(owner_of(address), by=by)
    with transaction.atomic():
        row = Address.objects.select_for_update(of=("self",)).get(pk=address.pk)
        if row.confirmed_at is not None:
            return row
        was_open = is_open(row)
        is_right = was_open and constant_time_compare(
            row.details["code"]["hash"], _hash(row, "".join(code.split()))
        )
        if is_right:
            del row.details["code"]
            row.confirmed_at = timezone.now()
        elif was_open:
            row.details["code"]["tries"] += 1
        row.save(update_fields=["details", "confirmed_at"])
    if not was_open:
        raise Invalid.at("code", _("This code is too old. Ask for another one."))
    if not is_right:
        raise Invalid.at("code", _("This is not the code. Look at the newest message."))
    trail.tell(Kind.ADDRESS_ADDED, row, by=by)
    return row


def _hash(address: Address, code: str) -> str:
    # Under the installation's key: whoever has only the database cannot try all codes.
    return salted_hmac(
        "estafeta.address_code", f"{address.pk}:{code}", algorithm="sha256"
    ).hexdigest()
