"""Clients who are perhaps the same person: before somebody is added a second time."""

from __future__ import annotations

from estafeta.accounts.models import Person

FEWEST_DIGITS = 5
MOST = 5


def lookalikes(*, email: str, phone: str) -> list[Person]:
    """Active clients with this e-mail, or with this phone however it is written."""
    digits = "".join(filter(str.isdigit, phone))
    rows = Person.objects.active().clients()
    found = list(rows.filter(email__iexact=email)[:MOST]) if email else []
    if len(digits) >= FEWEST_DIGITS:
        found += [row for row in rows.find(digits)[:MOST] if row not in found]
    return found
