"""Tickets of which somebody wants to hear no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from estafeta.lib.prepared import Prepared
from estafeta.notifications.models import Mute

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket


def mute(ticket: Ticket, *, by: Person) -> bool:
    """Hear no more of it; False: that was so already."""
    return Mute.objects.get_or_create(ticket=ticket, person=by, defaults={"at": timezone.now()})[1]


def unmute(ticket: Ticket, *, by: Person) -> bool:
    """Hear of it again; False: that was so already."""
    return bool(Mute.objects.filter(ticket=ticket, person=by).delete()[0])


def is_muted(person: Person, ticket: Ticket) -> bool:
    """One small query, whose SQL is made once."""
    return bool(_MUTED(person=person.pk, ticket=ticket.pk))


def _muted(person: int, ticket: int) -> Any:
    rows = Mute.objects.filter(person=person, ticket=ticket)
    return rows.order_by().values_list("pk", flat=True)[:1]


_MUTED = Prepared(_muted)
