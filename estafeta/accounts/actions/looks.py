"""How a person likes his lists: columns and the height of rows, for each list."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from estafeta.accounts.models import Person

MOST_LISTS = 60
"""The looks of lists that were set longest ago make room."""


def keep_look(by: Person, place: str, look: dict[str, Any] | None) -> None:
    """Keep it for the list of this name, or forget it."""
    with transaction.atomic():
        looks = dict(Person.objects.select_for_update().get(pk=by.pk).list_looks)
        looks.pop(place, None)
        if look is not None:
            looks[place] = look
        kept = dict(list(looks.items())[-MOST_LISTS:])
        Person.objects.filter(pk=by.pk).update(list_looks=kept)
    by.list_looks = kept
