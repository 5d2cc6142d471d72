"""A new client in the form of a new ticket never overwrites or doubles a card unasked."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from estafeta.accounts.models import Person

MOST = 3
FEWEST_DIGITS = 5
"""Shorter numbers are extensions that many share."""


def alike(card: dict[str, Any]) -> list[Person]:
    """People who have the same e-mail or phone."""
    digits = _digits(card["phone"])
    same = Q()
    if card["email"]:
        same |= Q(email__iexact=card["email"])
    if len(digits) >= FEWEST_DIGITS:
        same |= Q(find_text__contains=digits)
    if not same:
        return []
    found = Person.objects.active().filter(same).select_related("organisation")[: MOST * 5]
    return [person for person in found if _is_same(person, card["email"], digits)][:MOST]


def _is_same(person: Person, email: str, digits: str) -> bool:
    if email and person.email.casefold() == email.casefold():
        return True
    return len(digits) >= FEWEST_DIGITS and _digits(person.phone).endswith(digits)


def _digits(phone: str) -> str:
    return "".join(filter(str.isdigit, phone))
