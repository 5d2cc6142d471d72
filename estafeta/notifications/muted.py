"""Whether somebody has muted a ticket, for its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from estafeta.lib.prepared import Prepared
from estafeta.notifications.models import Mute

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket


def is_muted(person: Person, ticket: Ticket) -> bool:
    """One small query, whose SQL is made once."""
    return bool(_MUTED(person=person.pk, ticket=ticket.pk))


def _muted(person: int, ticket: int) -> Any:
    rows = Mute.objects.filter(person=person, ticket=ticket)
    return rows.order_by().values_list("pk", flat=True)[:1]


_MUTED = Prepared(_muted)
