"""What a person looked for last: his alone, only the newest, cleared when he says so."""

from __future__ import annotations

from django.db import transaction

from estafeta.accounts.models import Person
from estafeta.lib import clock
from estafeta.lib.text import one_line
from estafeta.tickets.lists.filter_reading import LONGEST_TEXT
from estafeta.tickets.models import RecentSearch

MOST = 10
SHORTEST = 2


def remember(text: str, *, by: Person) -> None:
    """Put it first; what is older than the newest `MOST` is forgotten."""
    text = one_line(text)[:LONGEST_TEXT]
    if len(text) < SHORTEST:
        return
    with transaction.atomic():
        RecentSearch.objects.update_or_create(person=by, text=text, defaults={"at": clock.now()})
        kept = RecentSearch.objects.filter(person=by).order_by("-at", "-pk")
        for old in kept[MOST:]:
            old.delete()


def of(person: Person) -> list[str]:
    """The newest first."""
    rows = RecentSearch.objects.filter(person=person).order_by("-at", "-pk")
    return list(rows.values_list("text", flat=True)[:MOST])


def forget(*, by: Person, text: str = "") -> None:
    """One of them, or all."""
    rows = RecentSearch.objects.filter(person=by)
    (rows.filter(text=text) if text else rows).delete()
