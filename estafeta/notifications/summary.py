"""What a row of the bell says: of one entry, of many alike, or for somebody who is away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from estafeta.accounts.models import Person
from estafeta.notifications.message import Message, message_of
from estafeta.notifications.models import IncludedEntry, Notification
from estafeta.tickets.models import Entry, Ticket

PATH = "/notifications/"


def message_about(row: Notification) -> Message:
    """In the language of the moment; expects what `with_what_happened` loads."""
    message = message_of(row.entry, to=row.person_id)
    if row.amount > 1:
        # Quotes differ from one to the next.
        message = replace(message, amount=row.amount, place=f"{PATH}{row.pk}", quote="", notice="")
    if row.stands_in_for is not None:
        message = replace(message, instead_of=row.stands_in_for.name)
    return message


class Stretch(NamedTuple):
    """Some of what a summary tells, the oldest first, and where the rest begins."""

    entries: list[Entry]
    following: int | None


def entries_of(row: Notification, *, after: int = 0, most: int) -> Stretch:
    """What it includes, as far as its person still sees the tickets; `after` is of `following`."""
    ties = IncludedEntry.objects.filter(notification=row, pk__gt=after).order_by("pk")
    pairs = list(ties.values_list("pk", "entry")[: most + 1])
    following = pairs[most - 1][0] if len(pairs) > most else None
    numbers = [entry for _pk, entry in pairs[:most]]
    if not after:
        numbers.insert(0, row.entry_id)
    found = Entry.objects.filter(pk__in=numbers).select_related(
        "ticket__department", "actor", "comment"
    )
    entries = list(found.order_by("pk"))
    seen = _seen(row.person, entries)
    return Stretch([entry for entry in entries if entry.ticket_id in seen], following)


def _seen(person: Person, entries: Sequence[Entry]) -> set[int]:
    numbers = {entry.ticket_id for entry in entries}
    visible = Ticket.objects.visible_to(person).filter(pk__in=numbers)
    return set(visible.values_list("pk", flat=True))
