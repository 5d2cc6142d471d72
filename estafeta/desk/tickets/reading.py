"""How far a person has read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estafeta.lib.prepared import Prepared
from estafeta.notifications.seen import mark_ticket_seen
from estafeta.tickets.models import ReadMark

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket


_MARK = Prepared(
    lambda ticket, person: ReadMark.objects.filter(ticket=ticket, person=person).order_by()
)


def read_up(ticket: Ticket, person: Person) -> int:
    """Everything is read from now on; returns up to where it was before. Writes only if needed."""
    mark_ticket_seen(person, ticket)
    mark = _MARK.first(ticket=ticket.pk, person=person.pk)
    if mark is None:
        ReadMark.objects.get_or_create(
            ticket=ticket, person=person, defaults={"seq": ticket.journal_length}
        )
        return 0
    if mark.seq < ticket.journal_length:
        ReadMark.objects.filter(pk=mark.pk, seq__lt=ticket.journal_length).update(
            seq=ticket.journal_length
        )
    return mark.seq
