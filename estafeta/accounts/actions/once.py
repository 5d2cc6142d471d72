"""What a program adds with a key of its own is added once, however often the request arrives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import models, transaction

from estafeta.accounts import security
from estafeta.accounts.models.receipt import Receipt
from estafeta.lib.request_keys import Key, KeyReused

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


def make_once(make: Callable[[], models.Model], *, by: Person, key: Key | None) -> tuple[int, bool]:
    """The id of what `make` makes, or of what it made for this key before, which True tells.

    The trail's lock is taken first, so that of two at the same moment one waits and then finds what
    the other has made. Raises KeyReused, and what `make` raises.
    """
    if key is None:
        return int(make().pk), False
    with transaction.atomic():
        security.lock()
        row = Receipt.objects.filter(person=by, key=key.key).first()
        if row is None:
            made = int(make().pk)
            Receipt.objects.create(person=by, key=key.key, digest=key.digest, made=made)
            return made, False
        if row.digest != key.digest:
            raise KeyReused(key.key)
        return row.made, True
