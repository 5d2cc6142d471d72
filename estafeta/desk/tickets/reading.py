"""How far a person has read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists

from estafeta.lib.prepared import Prepared
from estafeta.notifications.seen import mark_ticket_seen
from estafeta.tickets.models import Draft, ReadMark

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket


class Look(NamedTuple):
    """Up to where the person had read before, and whether he has begun to write here."""

    read_to: int = 0
    has_draft: bool = False


def read_up(ticket: Ticket, person: Person) -> Look:
    """Everything is read from now on. Writes only if needed."""
    mark_ticket_seen(person, ticket)
    mark = _MARK.first(ticket=ticket.pk, person=person.pk)
    if mark is None:
        ReadMark.objects.get_or_create(
            ticket=ticket, person=person, defaults={"seq": ticket.journal_length}
        )
        return Look()
    number, seq, has_draft = mark
    if seq < ticket.journal_length:
        ReadMark.objects.filter(pk=number, seq__lt=ticket.journal_length).update(
            seq=ticket.journal_length
        )
    return Look(seq, bool(has_draft))


def _mark(ticket: int, person: int) -> Any:
    """One question for both: nobody writes where he has never looked."""
    drafts = Draft.objects.filter(ticket=ticket, person=person)
    rows = ReadMark.objects.filter(ticket=ticket, person=person).order_by()
    return rows.values_list("pk", "seq", Exists(drafts))


_MARK: Prepared[Any] = Prepared(_mark)
