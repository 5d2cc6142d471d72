"""Who only watches a ticket, and who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.permissions import Relation
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


def may_follow(ticket: Ticket, person: Person) -> bool:
    """Staff, whoever sees the ticket anyhow, and colleagues of the client who asks."""
    if not person.is_active or person.is_system:
        return False
    if person.is_agent or Relation.between(person, ticket).sees():
        return True
    return person.organisation_id is not None and (
        person.organisation_id == ticket.requester.organisation_id
    )


def add(ticket: Ticket, person: Person) -> bool:
    """From now on he hears of everything, and sees it; False if he has followed before."""
    row, made = Participant.objects.get_or_create(
        ticket=ticket,
        person=person,
        defaults={
            "is_follower": True,
            "only_follows": True,
            "is_current": ticket.status not in (Status.ARCHIVED, Status.MERGED),
        },
    )
    if made or row.is_follower:
        return made
    row.is_follower = True
    row.save(update_fields=["is_follower"])
    return True


def remove(ticket: Ticket, person: Person) -> bool:
    """He no longer hears of it, nor sees it where nothing else ties him; False if he did not follow."""
    rows = Participant.objects.filter(ticket=ticket, person=person, is_follower=True)
    gone, _tables = rows.filter(only_follows=True).delete()
    return bool(gone) or bool(rows.update(is_follower=False))
